"""Turns Python values into TOML text, in the style of the file that they go into. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
# Not only what TOML forbids: C1 controls, and characters that reverse a line or are hidden, would mislead in an editor.
_UNSAFE = re.compile('[\x00-\x1f"\\\\\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_UNSAFE_LONG = re.compile('[\x00-\x08\x0b-\x1f\\\\\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|"(?="")')
_NEEDS_BASIC = re.compile("['\x00-\x08\x0a-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


_SAMPLE = 20_000  # characters that are looked at to find a file's style
_BRACE = re.compile(r"[=\[,][ \t]*\{([ \t]*)[\w\"']")
_INDENT = re.compile(r"\[[ \t]*(?:#[^\n]*)?\r?\n([ \t]+)[\"'{]")


@dataclass(frozen=True, slots=True)
class FileStyle:
    """The style of a file. `brace` is what stands inside `{` and `}`: a space, or nothing."""

    newline: str = "\n"
    is_literal: bool = False  # texts in single quotes if TOML allows it
    brace: str = " "
    equals: str = " = "
    indent: str = "    "  # of the items of an array over several lines


def style_of(text: str, around: str = "") -> FileStyle:
    """The style of a file. `around` is the part of it that counts most, such as the element that is edited."""
    sample = around if '"' in around or "'" in around else text[:_SAMPLE]
    singles = len(re.findall(r"[=\[,{]\s*'(?!'')", sample))
    doubles = len(re.findall(r'[=\[,{]\s*"(?!"")', sample))
    brace = _BRACE.search(sample) or _BRACE.search(text, 0, _SAMPLE)
    equals = re.search(r"^[ \t]*[\w-]+( ?= ?)\S", sample, re.MULTILINE)
    indent = _INDENT.search(sample) or _INDENT.search(text, 0, _SAMPLE)
    return FileStyle(
        newline=newline_of(text),
        is_literal=singles > doubles,
        brace=brace[1][:1] if brace else " ",
        equals=equals[1] if equals else " = ",
        indent=indent[1] if indent else "    ",
    )


def newline_of(text: str) -> str:
    """The kind of line end a text uses."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"


def format_key(key: str) -> str:
    """One part of a key, quoted where it must be."""
    return key if _BARE_KEY.fullmatch(key) else format_text(key, FileStyle())


def format_value(value: Any, style: FileStyle, *, is_inline: bool = True) -> str:
    """A value as TOML text. Not `is_inline`: a text of several lines becomes a string in triple quotes.

    Raises ValueError for a value that TOML cannot hold.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return format_text(value, style) if is_inline or "\n" not in value else format_long_text(value, style)
        case int():
            return str(value)
        case float():
            return _format_float(value)
        case datetime() | date() | time():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(format_value(item, style) for item in value)}]"
        case Mapping():
            parts = (f"{format_key(key)} = {format_value(item, style)}" for key, item in value.items())
            inside = ", ".join(parts)
            return f"{{{style.brace}{inside}{style.brace}}}" if inside else "{}"
    raise ValueError(f"TOML has no place for a {type(value).__name__}")


def _format_float(value: float) -> str:
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return repr(value)


def format_text(text: str, style: FileStyle) -> str:
    """A text as a TOML string on one line. Raises ValueError for half of a surrogate pair, which no file can hold."""
    _check_encodable(text)
    if style.is_literal and not _NEEDS_BASIC.search(text):
        return f"'{text}'"
    return f'"{_UNSAFE.sub(_escape, text)}"'


def format_long_text(text: str, style: FileStyle) -> str:
    """A text as a TOML string over several lines, in triple quotes."""
    _check_encodable(text)
    escaped = _UNSAFE_LONG.sub(_escape, text)
    if escaped.endswith('"'):
        escaped = escaped[:-1] + '\\"'
    return '"""' + style.newline + escaped.replace("\n", style.newline) + '"""'


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT.get(character) or f"\\u{ord(character):04X}"


def _check_encodable(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("the text holds half of a character - write it again") from None
