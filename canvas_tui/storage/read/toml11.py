"""Recognises syntax of TOML 1.1 where the parser stopped, and says what to write in TOML 1.0, which every tool reads.

It only looks at the text around that place; it parses nothing.
"""

from __future__ import annotations

import re

_TIME = re.compile(r"(?:\d{4}-\d\d-\d\d[Tt ])?\d\d:\d\d(?![:\d])")
_REST = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*[,}]")
_HEX = re.compile(r"[\da-fA-F]{2}")
_SPAN = 24  # characters; longer than a day with its time


def newer_syntax(said: str, text: str, at: int) -> tuple[str, str] | None:
    """(what is wrong, what to do) if the parser stopped at TOML 1.1 syntax, else None. `said` is its message, `at` the
    offset where it stopped."""
    if said.startswith("Unescaped"):
        return _escape(text, at)
    if said.startswith("Invalid initial"):
        return _braces(text, at)
    if said.startswith(("Expected newline", "Unclosed")):
        line = text.rfind("\n", 0, at) + 1
        for match in _TIME.finditer(text, max(line, at - _SPAN), at + _SPAN):
            if match.start() <= at <= match.end():
                return "the seconds are missing, which only TOML 1.1 allows", f"write {match[0]}:00"
    if said.startswith("Unclosed inline") and text[at : at + 1] in ("\n", "\r", "#") and _REST.match(text, at):
        return _OVER_LINES
    return None


_OVER_LINES = (
    "a table in braces goes over several lines, which only TOML 1.1 allows",
    "write it on one line, or as [name] with a line for each key",
)


def _escape(text: str, at: int) -> tuple[str, str] | None:
    letter = text[at - 1 : at]
    if letter == "e":
        return "\\e is TOML 1.1", "write \\u001b instead, or \\\\ for a backslash"
    if letter == "x" and (match := _HEX.match(text, at)):
        return f"\\x{match[0]} is TOML 1.1", f"write \\u00{match[0]} instead, or \\\\ for a backslash"
    return None


def _braces(text: str, at: int) -> tuple[str, str] | None:
    """The parser expected a key: in braces, TOML 1.0 allows no line break, and no comma at the end."""
    before, here = text[:at].rstrip(" \t")[-1:], text[at : at + 1]
    if before in ("{", ",") and here in ("\n", "\r", "#"):
        return _OVER_LINES
    if before == "," and here == "}":
        return "a comma stands before the }, which only TOML 1.1 allows", "take the comma out"
    return None
