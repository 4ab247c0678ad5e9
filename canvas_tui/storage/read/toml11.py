"""What a file has from TOML 1.1, told by its name: files are TOML 1.0, which every tool reads.

Owns the look at the place where the parser stopped, and what to write instead. Must not parse anything itself.
"""

from __future__ import annotations

import re

_TIME = re.compile(r"(?:\d{4}-\d\d-\d\d[Tt ])?\d\d:\d\d(?![:\d])")
_REST = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*[,}]")
_HEX = re.compile(r"[\da-fA-F]{2}")
_SPAN = 24  # characters; longer than a day with its time


def newer_syntax(said: str, text: str, at: int) -> tuple[str, str] | None:
    """What is wrong and what to do, where the parser, which `said` so at `at`, met something of TOML 1.1; else None."""
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
    """A key was expected: between braces a line may not end there, nor the table behind a comma."""
    before, here = text[:at].rstrip(" \t")[-1:], text[at : at + 1]
    if before in ("{", ",") and here in ("\n", "\r", "#"):
        return _OVER_LINES
    if before == "," and here == "}":
        return "a comma stands before the }, which only TOML 1.1 allows", "take the comma out"
    return None
