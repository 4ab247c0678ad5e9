"""How CI hosts, shells and editors read the lines of a program: their grammars, as their own sources have them."""

from __future__ import annotations

import re
from collections.abc import Iterator

# .NET trims what Unicode calls white space; so does Python's strip.
_AZURE = re.compile(r"##(?:vso)?\[[^\]]*\]")  # Azure agent and the GitHub runner's first grammar: anywhere in a line
_TEAMCITY = re.compile(r"##teamcity\[")
_BUILDKITE = re.compile(r"^(?:---|\+\+\+|~~~|\^\^\^) ")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_PLACE = re.compile(r"^(.+?):(\d+)(?::(\d+))?: ")  # gcc's form, as vim, Emacs and problem matchers read it


def commands_in(output: str) -> Iterator[str]:
    """Every line that a CI host would carry out or draw in another way; colours may be taken out of it before."""
    for raw in output.splitlines():
        for line in (raw, _COLOURS.sub("", raw)):
            trimmed = line.strip()
            if trimmed.startswith("::") and "::" in trimmed[2:]:
                yield f"GitHub: {raw}"
            if _AZURE.search(line):
                yield f"Azure, GitHub: {raw}"
            if _TEAMCITY.search(line):
                yield f"TeamCity: {raw}"
            if _BUILDKITE.match(line):
                yield f"Buildkite: {raw}"


def place_in(line: str) -> tuple[str, int] | None:
    """The file and the line number that an editor would jump to."""
    match = _PLACE.match(line)
    return None if match is None else (match[1], int(match[2]))


def options_in(output: str) -> Iterator[str]:
    """Every line whose first word a shell's `xargs` would hand over as an option, or a tool as a file of arguments."""
    for line in output.splitlines():
        words = line.split(":")[0].split()
        if words and words[0][0] in "-@":
            yield line
