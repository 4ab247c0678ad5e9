"""Reads [rules] of strategy.toml: rules that are off, other severities, settings; and finds the mistakes in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from canvas_tui.core.closest import closest_of
from canvas_tui.core.text import clean
from canvas_tui.core.toml_words import in_sentence
from canvas_tui.rules.finding import Severity
from canvas_tui.rules.registry import PLANNED, RULES, SETTINGS, closest_rule
from canvas_tui.rules.scene import ConfigMistake


@dataclass(frozen=True)
class Config:
    """How the workspace is to be checked. `settings` has a value for every setting, the default if none is given."""

    off: frozenset[str]
    severity: Mapping[str, Severity]
    settings: Mapping[str, int]
    preview: bool = False
    complaints: tuple[ConfigMistake, ...] = ()


def read_config(table: Mapping[str, Any]) -> Config:
    """The Config that the [rules] table asks for. Mistakes are left out, and become complaints.

    The reader reports unknown keys of [rules] itself, and keys of the wrong type.
    """
    complaints: list[ConfigMistake] = []
    off = frozenset(_off(table.get("off", ()), complaints))
    severity = dict(_severities(table.get("severity", {}), complaints))
    settings = {name: each.default for name, each in SETTINGS.items()}
    settings.update(_settings(table.get("settings", {}), complaints))
    return Config(off, severity, settings, table.get("preview") is True, tuple(complaints))


def _off(value: object, complaints: list[ConfigMistake]) -> Iterator[str]:
    for name in value if isinstance(value, (list, tuple)) else ():
        if not isinstance(name, str):
            complaints.append(
                ConfigMistake(f"off in [rules] names {_shown(name)}, which is no text.", "Put it in quotes.")
            )
        elif _is_known("off in [rules]", name, complaints):
            yield name


def _severities(value: object, complaints: list[ConfigMistake]) -> Iterator[tuple[str, Severity]]:
    for name, word in value.items() if isinstance(value, dict) else ():
        if not _is_known("[rules.severity]", name, complaints):
            continue
        if isinstance(word, str) and word in tuple(Severity):
            yield name, Severity(word)
        else:
            message = f"The severity of {name} is {_shown(word)}, which is none."
            complaints.append(ConfigMistake(message, "Write error, warning or info."))


def _settings(value: object, complaints: list[ConfigMistake]) -> Iterator[tuple[str, int]]:
    for name, number in value.items() if isinstance(value, dict) else ():
        setting = SETTINGS.get(name)
        if setting is None:
            complaints.append(_unknown("[rules.settings]", name, tuple(SETTINGS)))
        elif not isinstance(number, int) or isinstance(number, bool) or not setting.low <= number <= setting.high:
            message = f"The setting {name} is {_shown(number)}."
            complaints.append(ConfigMistake(message, f"Write a whole number from {setting.low} to {setting.high}."))
        else:
            yield name, number


def _is_known(place: str, name: str, complaints: list[ConfigMistake]) -> bool:
    if name in RULES or name in PLANNED:
        return True
    suggestion = closest_rule(name)
    fix = f"Write '{suggestion}' instead." if suggestion else "`canvas-tui rules` lists the rules there are."
    complaints.append(ConfigMistake(f"{place} names the rule '{clean(name)}', which there is not.", fix))
    return False


def _unknown(place: str, name: str, known: tuple[str, ...]) -> ConfigMistake:
    near = closest_of(name, known)
    fix = f"Write '{near}' instead." if near else f"Use one of: {', '.join(known)}."
    return ConfigMistake(f"{place} has '{clean(name)}', which means nothing there.", fix)


def _shown(value: object) -> str:
    return clean(in_sentence(value))
