"""What a person sets for themselves: ~/.config/canvas-tui/config.toml, read once at the start and never written.

Owns the file's place, its keys and its complaints. Mistakes in it are reported; the rest of it still counts.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from canvas_tui.tui.input.keymap import Keymap, keymap_with

_LIMIT = 100_000  # bytes; a keymap is a few lines
_KNOWN = ("keys", "ascii")


class Config(NamedTuple):
    """A person's own settings; `problems` are sentences about what was left out of account."""

    keymap: Keymap = Keymap()
    is_ascii: bool = False
    problems: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """What is wrong with the settings, in a line that begins with where to read all of it; "" for nothing."""
        if len(self.problems) < 2:
            return "".join(self.problems)
        return f"config.toml: {len(self.problems)} problems, `canvas-tui keys` tells all · {self.problems[0]}"


def config_path(environ: Mapping[str, str]) -> Path:
    """Where the settings are, whether or not there are any."""
    home = environ.get("XDG_CONFIG_HOME", "")
    base = Path(home) if home.startswith("/") else Path(environ.get("HOME", "") or os.path.expanduser("~")) / ".config"
    return base / "canvas-tui" / "config.toml"


def read_config(path: Path) -> Config:
    """The settings in this file; the standard ones where there is none."""
    try:
        if not path.is_file():
            return Config()
        with path.open("rb") as file:
            raw = file.read(_LIMIT + 1)
        if len(raw) > _LIMIT:
            return Config(problems=(f"{path.name} is larger than {_LIMIT} bytes - it was left out of account",))
        return config_from(tomli.loads(raw.decode("utf-8")))
    except OSError as error:
        return Config(problems=(f"{path.name} cannot be read: {error.strerror} - the standard keys are used",))
    except (ValueError, RecursionError) as error:  # ValueError: TOML, UTF-8, and numbers too long to be printed
        return Config(problems=(f"{path.name} is no valid TOML ({error}) - the standard keys are used",))


def config_from(data: Mapping[str, Any]) -> Config:
    """The settings in a parsed table: `ascii = true`, and `[keys]` with action = "key" or ["key", ...]."""
    problems = [f"config.toml: nothing is called '{name}' - use keys or ascii" for name in data if name not in _KNOWN]
    own: dict[str, tuple[str, ...]] = {}
    keys = data.get("keys", {})
    if not isinstance(keys, dict):
        problems.append('config.toml: keys must be a table - write [keys] and below it add = ["a"]')
        keys = {}
    for identity, value in keys.items():
        listed = [value] if isinstance(value, str) else value
        if isinstance(listed, list) and all(isinstance(key, str) for key in listed):
            own[identity] = tuple(listed)
        else:
            problems.append(f'keys: {identity} must be a key or a list of keys - write {identity} = ["a"]')
    keymap = keymap_with(own)
    return Config(keymap, data.get("ascii") is True, (*problems, *keymap.problems))
