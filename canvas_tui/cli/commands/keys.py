"""`canvas-tui keys`: every key of the screen, from the registry and the settings that the screen itself uses."""

from __future__ import annotations

import argparse
import os

from canvas_tui.cli.exits import FINE
from canvas_tui.cli.output import Output, Styled

DESCRIPTION = "List every key of the screen, by what it is for."
EXAMPLES = """\
On the screen, ? shows the keys that do something there, and : finds an action
by its name.

Your own keys stand in ~/.config/canvas-tui/config.toml, by the ids of actions
that --json gives:
  [keys]
  undo = "x"
  go-findings = ["F", "g f"]"""

_NAMES = {
    "escape": "Esc", "enter": "Enter", "tab": "Tab", "shift+tab": "Shift+Tab", "backspace": "Backspace",
    "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End", "f1": "F1", "f2": "F2",
    "up": "Up", "down": "Down", "left": "Left", "right": "Right",
}  # fmt: skip


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(args: argparse.Namespace, out: Output) -> int:
    """Print the actions with the person's own keys, grouped as the help screen groups them.

    Mistakes in those keys are reported on stderr. They do not change the exit code.
    """
    from canvas_tui.tui.config import config_path, read_config

    config = read_config(config_path(os.environ))
    actions = config.keymap.actions
    for problem in config.problems:
        out.fail(problem)
    if args.json:
        out.data("keys", [
            {
                "id": action.id, "title": action.title, "help": action.help, "group": action.group,
                "keys": list(action.keys), "mutates": action.mutates,
            }
            for action in actions
        ])  # fmt: skip
        return FINE
    width = max(len(_spelled(action.keys)) for action in actions) + 2
    for number, group in enumerate(dict.fromkeys(action.group for action in actions)):
        if number:
            out.line()
        out.line(Styled(group, "bold"))
        for action in actions:
            if action.group == group:
                out.paragraph(f"{action.title}. {action.help}", first=f"  {_spelled(action.keys):{width}}")
    return FINE


def _spelled(keys: tuple[str, ...]) -> str:
    return " or ".join(spelled(keys))


def spelled(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Keys as they stand on a keyboard: ("gg", "Home"), ("1 to 9",), ("f 1 to 9",)."""
    if len(keys) > 1 and keys == tuple(f"{keys[0][:-1]}{digit}" for digit in "123456789"):
        return (f"{keys[0]} to 9",)
    return tuple("".join(_NAMES.get(part, part) for part in key.split(" ")) for key in keys)
