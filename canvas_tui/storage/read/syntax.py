"""Turns bytes into a TOML table, or into problems that say in plain words, with line numbers, why it is not TOML.

Decodes strictly (it never guesses an encoding), keeps hostile files away from the parser, and puts the parser's
messages into plain words. Knows nothing of strategies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import tomli

from canvas_tui.core.values import with_one_nan
from canvas_tui.core.workspace import Problem
from canvas_tui.storage.read.blocks import Scan, scan, scan_like
from canvas_tui.storage.read.limits import MAX_DIGITS, MAX_TOLD, LimitExceeded, check_digits, check_elements, check_size

BOM = "\ufeff"
_LONG_NUMBER = re.compile(rf"0[xob][\da-fA-F_]{{{MAX_DIGITS // 2}}}")
# What only few files need is compiled when one does; `re` keeps it.
_WHERE = r" \(at (?:line (\d+), column (\d+)|end of document)\)$"
_NAN = r"nan(?<![\w'\"-]nan)(?![\w'\"-])"  # plain letters come first because `re` searches for those quickly
_MARKER = r"(?m)^(?:<{7}|={7}|>{7})(?: |\r?$)"
_ILLEGAL = r"(?:Illegal|Found invalid) character (.+)$"

# How a message of tomli begins, what it means, and what to do.
_WORDS = (
    ("Invalid statement", "this line is no TOML", 'write key = "value", [table] or # comment'),
    ("Expected newline", "something stands behind the value", "begin a new line, or put the whole text in quotes"),
    ("Cannot declare", "this table is declared a second time", "merge the two, or write [[name]] for one more"),
    ("Cannot overwrite", "this key stands here a second time", "keep one of the two"),
    ("Cannot mutate", "this adds to a value that is complete already", "write it in one place"),
    ("Cannot redefine", "this adds to a value that is complete already", "write it in one place"),
    ("Duplicate inline", "a key stands twice between the braces", "keep one of the two"),
    ("Expected ']]'", "the table header is not closed", "write [[name]]"),
    ("Expected ']'", "the table header is not closed", "write [name]"),
    ("Expected '='", "an = is missing behind the key", 'write key = "value"'),
    ("Invalid initial", "a key is missing or has a character that needs quotes", 'write key = "value"'),
    ("Unclosed array", "a list is not closed", "write a comma between its items and ] at its end"),
    ("Unclosed inline", "a table in braces is not closed", "write a comma between its parts and } at its end"),
    ("Unescaped '\\'", "a backslash that means nothing", "write \\\\ for a backslash, or use single quotes"),
    ("Invalid hex", "\\u and \\U need hexadecimal digits", "write four digits behind \\u, eight behind \\U"),
    ("Escaped character", "the number behind \\u is no character", "write another one, or take it out"),
    ("Unterminated string", "a text is not closed", "write the closing quotes"),
    ("Expected", "a text is not closed", "write the closing quotes"),
    ("Invalid date", "there is no such day or time", "write it like 2027-06-30"),
    ("Invalid value", "the value is missing or no TOML value", "put texts in quotes, write days like 2027-06-30"),
)


class Parsed(NamedTuple):
    """A text that is TOML: its table, and where its headers are."""

    scan: Scan
    data: dict[str, Any]

    @property
    def text(self) -> str:
        """The text, without byte order mark."""
        return self.scan.text


class NotToml(ValueError):
    """A file that is not valid TOML; `problems` holds every reason found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def parse_toml(path: str, data: bytes, near: Scan | None = None) -> Parsed:
    """The file's table. `near` is the scan of a nearly equal text, such as the one before an edit; it saves time.

    Raises NotToml with all problems found in one run.
    """
    try:
        check_size(len(data))
        text = decode(path, data)
        found = scan(text) if near is None else scan_like(text, near)
    except LimitExceeded as problem:
        raise NotToml((Problem(path, problem.line, problem.message, problem.hint),)) from None
    try:
        table = tomli.loads(text)
        _check_contents(found, table)
        has_nan = "nan" in text and re.search(_NAN, text)
        return Parsed(found, with_one_nan(table) if has_nan else table)
    except LimitExceeded as problem:
        raise NotToml((Problem(path, problem.line, problem.message, problem.hint),)) from None
    except (ValueError, RecursionError) as problem:
        raise NotToml(tuple(_syntax_problems(path, found, problem))) from None


def _check_contents(found: Scan, table: dict[str, Any]) -> None:
    """Raises LimitExceeded if the table has too many elements, or a number with too many digits."""
    check_elements(len(table) + sum(len(value) for value in table.values() if isinstance(value, (list, dict))))
    # Python reads 0xfff... of any length, and then cannot print it. Few files match the pattern.
    if match := _LONG_NUMBER.search(found.text):
        for number in _integers(table):
            check_digits(found.line_at(match.start()), number.bit_length())


def _integers(value: Any) -> Iterator[int]:
    if isinstance(value, int):
        yield value
    elif isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _integers(each)


def decode(path: str, data: bytes) -> str:
    """The text of a file, without byte order mark. Raises NotToml if it is not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotToml((Problem(path, 1, "the file is UTF-16", "save it as UTF-8"),))
    try:
        return data.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError:
        lines = _undecodable_lines(data)
    raise NotToml(tuple(Problem(path, line, "this is not UTF-8 text", "save the file as UTF-8") for line in lines))


def _undecodable_lines(data: bytes) -> list[int]:
    found: list[int] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            found.append(number)
            if len(found) == MAX_TOLD:
                break
    return found


def _syntax_problems(path: str, found: Scan, first: Exception) -> list[Problem]:
    """What is wrong with a text. The parser stops at the first mistake, so each block is also parsed alone."""
    markers = [found.line_at(match.start()) for match in re.finditer(_MARKER, found.text)]
    if markers:
        what, hint = "a merge left its markers here", "choose one side and take the <<<, === and >>> lines out"
        told = {line: Problem(path, line, what, hint) for line in markers if _is_opening(found.text, line)}
        if told:
            return list(told.values())[:MAX_TOLD]
    problem = _translate(path, found.text, 0, first)
    told = {problem.line: problem}
    for start, end in _blocks(found):
        if len(told) >= MAX_TOLD:
            break
        try:
            tomli.loads(found.text[start:end])
        except (ValueError, RecursionError) as error:
            problem = _translate(path, found.text[start:end], found.line_at(start) - 1, error)
            told.setdefault(problem.line, problem)
    return [told[line] for line in sorted(told)]


def _is_opening(text: str, line: int) -> bool:
    return text.split("\n", line)[line - 1].startswith("<<<<<<<")


def _blocks(found: Scan) -> Iterator[tuple[int, int]]:
    if found.root_end:
        yield 0, found.root_end
    for index, head in enumerate(found.heads):
        yield head.start, found.end_of(index)


def _translate(path: str, text: str, above: int, error: Exception) -> Problem:
    """The problem for a parser's error in `text`, a part of the file with `above` lines before it."""
    if isinstance(error, RecursionError):
        return Problem(path, above + 1, "brackets are nested too deep", "use fewer levels")
    said = str(error)
    where = re.search(_WHERE, said)
    said = said[: where.start()] if where else said
    line = int(where[1]) if where and where[1] else len(text.rstrip().split("\n"))
    illegal = re.match(_ILLEGAL, said)
    if illegal:
        line, what, hint = _illegal(text, line, illegal[1])
        return Problem(path, above + line, what, hint)
    if where and where[1]:
        from canvas_tui.storage.read.toml11 import newer_syntax  # imported late: few files need it

        if newer := newer_syntax(said, text, _offset(text, line, int(where[2]))):
            return Problem(path, above + line, *newer)
    for beginning, what, hint in _WORDS:
        if said.startswith(beginning):
            return Problem(path, above + line, what, hint)
    if "digits" in said:  # Python refuses to read numbers of thousands of digits
        return Problem(path, above + line, "a number has too many digits", "write it shorter, or as a text")
    return Problem(path, above + line, "this is no TOML", "look at the line, or at the one above it")


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1


def _illegal(text: str, line: int, shown: str) -> tuple[int, str, str]:
    if shown == repr("\n"):
        # the parser stands at the end of the line on which the text was left open
        return line, "a text is not closed on its line", 'write the closing quotes, or """ for several lines'
    if shown == repr("\r"):
        return line, "a line ends in the old Mac way", "save the file with LF or CRLF line ends"
    return line, f"the character {shown.strip(chr(39))} may not stand in a file", "take it out"
