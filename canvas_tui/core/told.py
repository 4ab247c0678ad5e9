"""Makes lines and paths safe to print for programs that read them: editors, shells, CI hosts.

A name or a text must not be mistaken for something else: an option, a command of a CI host, a line of another file.
"""

from __future__ import annotations

import re

# Compiled when the first line is printed; `re` keeps them.
_PLAIN_BEGINNING = r"[\w./]"
_LIKE_A_LINE = r":\d+:"
_COLON_OF_A_LINE = r":(?=\d+:)|(?<=\d):"

# What CI hosts take for a command or a heading: GitHub `::error::` after any space, and `##[error]` anywhere, as Azure
# does (`##vso[...]`) and TeamCity (`##teamcity[...]`); Buildkite `---`, `+++`, `~~~` and `^^^` where a line begins.
_COMMAND = r"^((?:\s|\x1b\[[0-9;]*m)*):(?=:)"
_BRACKET = r"##(?=\w*\[)"
_HEADING = r"^(?:\x1b\[[0-9;]*m)*(?:---|\+\+\+|~~~|\^\^\^)"


def told_path(path: str) -> str:
    """The path, with `./` in front unless it begins like a plain name. No shell then takes it for an option, and no CI
    host for a command."""
    return path if not path or re.match(_PLAIN_BEGINNING, path) else f"./{path}"


def told_place(path: str, line: int | None) -> str:
    """FILE:LINE, or FILE alone without a line; a name that looks like FILE:LINE itself has its colons escaped."""
    told = told_path(path)
    if re.search(_LIKE_A_LINE, told):
        told = re.sub(_COLON_OF_A_LINE, r"\\:", told)
    return told if line is None else f"{told}:{line}"


def harmless_line(line: str) -> str:
    """The line, with a space put in where a CI host would take it, or a part of it, for a command."""
    if ":" in line:
        line = re.sub(_COMMAND, r"\1: ", line)
    if "##" in line:
        line = re.sub(_BRACKET, "# #", line)
    return f" {line}" if re.match(_HEADING, line) else line


def harmless_json(text: str) -> str:
    """JSON with the same meaning in which no CI host finds a command: characters in strings are written as escapes."""
    return text.replace("##", "#\\u0023")
