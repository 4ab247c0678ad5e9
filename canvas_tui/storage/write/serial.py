"""Turns commands into plain data and back, so that an edit can outlive its process.

It works for every command class of core: a new field needs no change here. Reading is strict: data of an unknown kind,
with a field too many, too few or of the wrong type, is refused.
"""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from canvas_tui.core import commands, places, structure, waiving
from canvas_tui.core.commands import ANYTHING, Anything, Command
from canvas_tui.core.values import with_one_nan

Data = dict[str, Any]

_COMMANDS: tuple[type, ...] = (
    commands.AddEntry, commands.RemoveEntry, commands.MoveEntry, commands.SetField, commands.ChangeEntry,
    commands.AddLink, commands.RemoveLink, commands.Batch, structure.AddGoal, structure.AddInitiative,
    structure.RemoveElement, structure.AddCanvas, waiving.AddWaiver, waiving.RemoveWaiver,
)  # fmt: skip
_CLASSES: dict[str, type] = {each.__name__: each for each in (*_COMMANDS, places.Ref, places.Place)}
_KIND, _VALUE = "$", "value"

_PARSERS: dict[str, Callable[[str], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "float": lambda text: with_one_nan(float(text)),
}


class SerialError(ValueError):
    """Data that is no command, or a command that cannot be turned into data."""


def to_data(command: Command) -> Data:
    """The command as data that JSON can hold. Raises SerialError for a command of a class that is not core's."""
    data = _encode(command)
    if not isinstance(command, _COMMANDS):
        raise SerialError(f"{type(command).__name__} is no command")
    assert isinstance(data, dict)
    return data


def from_data(data: object) -> Command:
    """The command in data that `to_data` made. Raises SerialError for any other data."""
    try:
        command = _decode(data)
    except RecursionError:
        raise SerialError("nested too deeply") from None
    if not _is_command(command):
        raise SerialError("not a command")
    done: Command = command
    return done


def _encode(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else {_KIND: "float", _VALUE: repr(value)}
        case datetime() | date() | time():
            return {_KIND: type(value).__name__, _VALUE: value.isoformat()}
        case Anything():
            return {_KIND: "anything"}
        case list():
            return [_encode(each) for each in value]
        case tuple():
            return {_KIND: "tuple", _VALUE: [_encode(each) for each in value]}
        case Mapping():
            return _encode_table(value)
    return _encode_instance(value)


def _encode_instance(value: Any) -> Data:
    name = type(value).__name__
    if not is_dataclass(value) or _CLASSES.get(name) is not type(value):
        raise SerialError(f"{name} cannot be written down")
    return {_KIND: name} | {each.name: _encode(getattr(value, each.name)) for each in fields(value)}


def _encode_table(table: Mapping[Any, Any]) -> Data:
    if not all(isinstance(key, str) for key in table):
        raise SerialError("a table whose keys are no texts cannot be written down")
    encoded = {key: _encode(value) for key, value in table.items()}
    return {_KIND: "table", _VALUE: encoded} if _KIND in encoded else encoded


def _decode(data: Any) -> Any:
    if isinstance(data, list):
        return [_decode(each) for each in data]
    if not isinstance(data, dict):
        return data
    if _KIND not in data:
        return {key: _decode(value) for key, value in data.items()}
    kind = data[_KIND]
    if not isinstance(kind, str):
        raise SerialError("a kind must be a text")
    if kind in _CLASSES:
        return _build(_CLASSES[kind], {key: _decode(value) for key, value in data.items() if key != _KIND})
    if kind == "anything" and len(data) == 1:
        return ANYTHING
    if set(data) != {_KIND, _VALUE}:
        raise SerialError(f"'{kind}' is no kind known here")
    return _decode_tagged(kind, data[_VALUE])


def _decode_tagged(kind: str, value: Any) -> Any:
    if kind == "tuple" and isinstance(value, list):
        return tuple(_decode(each) for each in value)
    if kind == "table" and isinstance(value, dict):
        return {key: _decode(each) for key, each in value.items()}
    if kind in _PARSERS and isinstance(value, str):
        try:
            return _PARSERS[kind](value)
        except ValueError as problem:
            raise SerialError(f"'{value}' is no {kind}") from problem
    raise SerialError(f"'{kind}' is no kind known here")


def _build(kind: type, values: dict[str, Any]) -> Any:
    """An instance of a command class, a Ref or a Place, its fields checked against their types."""
    hints = _hints(kind)
    for name, value in values.items():
        if name not in hints:
            raise SerialError(f"{kind.__name__} has no '{name}'")
        if not _fits(value, hints[name]):
            raise SerialError(f"'{name}' of {kind.__name__} is of the wrong type")
    if missing := hints.keys() - values.keys():
        raise SerialError(f"{kind.__name__} lacks '{min(missing)}'")
    return kind(**values)


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


def _fits(value: Any, hint: Any) -> bool:
    origin = get_origin(hint)
    if hint is Any:
        return not _is_command(value)
    if origin in (Union, types.UnionType):
        return any(_fits(value, each) for each in get_args(hint))
    if hint is None or hint is type(None):
        return value is None
    if hint is Command:
        return _is_command(value)
    if origin is tuple:
        return isinstance(value, tuple) and all(_fits(each, get_args(hint)[0]) for each in value)
    if origin is not None and issubclass(origin, Mapping):
        return isinstance(value, dict)
    return isinstance(value, hint) and (hint is bool or not isinstance(value, bool))


def _is_command(value: Any) -> bool:
    return isinstance(value, _COMMANDS)
