"""The writer of the command line, on streams of its own: layout, cleaning, encodings, colour, JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import date

import pytest

from canvas_tui.cli.output import Output, Styled
from canvas_tui.cli.signs import ASCII, FANCY, signs_for
from canvas_tui.core.text import width


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def output(
    encoding: str = "utf-8", environ: Mapping[str, str] | None = None, *, terminal: bool = False, color: str = "auto"
) -> tuple[Output, io.BytesIO, io.BytesIO]:  # fmt: skip
    raw, errors = io.BytesIO(), io.BytesIO()
    kind = Terminal if terminal else io.TextIOWrapper
    streams = kind(raw, encoding), io.TextIOWrapper(errors, encoding)
    return Output(*streams, environ if environ is not None else {"TERM": "xterm"}, color=color), raw, errors


def test_a_paragraph_hangs_below_its_first_line() -> None:
    out, raw, _ = output()
    out.paragraph("word " * 40, first="1. ", rest="   ")
    out.flush()
    lines = raw.getvalue().decode().splitlines()
    assert len(lines) > 2
    assert lines[0].startswith("1. word")
    assert all(line.startswith("   word") for line in lines[1:])
    assert max(map(width, lines)) <= 80


def test_wide_signs_count_twice() -> None:
    out, raw, _ = output()
    out.paragraph("日本語" * 40, first="  ")
    out.flush()
    assert all(width(line) <= 80 for line in raw.getvalue().decode().splitlines())


def test_newlines_of_a_text_stay_inside_its_indent_and_nothing_else_does() -> None:
    out, raw, _ = output()
    out.paragraph("one\r\n\x1b[2Jtwo\n\n", first="- ")
    out.line("a\nb\tc")
    out.flush()
    lines = raw.getvalue().decode().splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("- one")
    assert lines[1].startswith("  ")
    assert lines[1].endswith("two")
    assert b"\x1b" not in raw.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_what_an_encoding_lacks_is_escaped_not_fatal(encoding: str) -> None:
    out, raw, errors = output(encoding)
    out.line("日本 – x")
    out.complain("日本")
    out.flush()
    assert b"\\u65e5\\u672c" in raw.getvalue()
    assert b"\\u65e5\\u672c" in errors.getvalue()
    assert out.signs is ASCII


@pytest.mark.parametrize(
    ("encoding", "environ", "ascii_only", "signs"),
    [
        ("utf-8", {}, False, FANCY),
        ("UTF8", {"LANG": "de_DE.UTF-8"}, False, FANCY),
        ("utf-8", {}, True, ASCII),
        ("utf-8", {"LANG": "C"}, False, ASCII),
        ("utf-8", {"LANG": "C", "LC_ALL": "en_US.UTF-8"}, False, FANCY),
        ("utf-8", {"LC_ALL": "POSIX"}, False, ASCII),
        ("utf-8", {"LANG": "en_US.ISO-8859-1"}, False, ASCII),
        ("utf-8", {"LANG": "C", "LC_CTYPE": "C.utf8"}, False, FANCY),
        ("iso8859-1", {}, False, ASCII),
        (None, {}, False, ASCII),
    ],
)
def test_signs_follow_encoding_locale_and_wish(
    encoding: str | None, environ: dict[str, str], ascii_only: bool, signs: object
) -> None:  # fmt: skip
    assert signs_for(encoding, environ, ascii_only=ascii_only) is signs


@pytest.mark.parametrize(
    ("environ", "terminal", "color", "expected"),
    [
        ({"TERM": "xterm"}, True, "auto", True),
        ({"TERM": "xterm"}, False, "auto", False),
        ({"TERM": "dumb"}, True, "auto", False),
        ({}, True, "auto", False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, True, "auto", False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True, "auto", True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False, "always", True),
        ({"TERM": "xterm"}, True, "never", False),
    ],
)
def test_colour_follows_terminal_environment_and_wish(
    environ: dict[str, str], terminal: bool, color: str, expected: bool
) -> None:  # fmt: skip
    out, raw, _ = output(environ=environ, terminal=terminal, color=color)
    out.line("a ", Styled("b", "bold"))
    out.flush()
    assert raw.getvalue() == (b"a \x1b[1mb\x1b[0m\n" if expected else b"a b\n")


def test_json_is_ascii_with_iso_dates_and_exact_texts() -> None:
    out, raw, _ = output()
    out.data("show", {"due": date(2027, 6, 30), "text": "\x1b\x9b\u202e\x7f\u65e5", "list": ("a",)})
    out.flush()
    assert raw.getvalue().isascii()
    assert not set(raw.getvalue().rstrip(b"\n")) & {*range(32), 127}
    data = {"due": "2027-06-30", "text": "\x1b\x9b\u202e\x7f\u65e5", "list": ["a"]}
    assert json.loads(raw.getvalue()) == {"schema": 1, "command": "show", "data": data}


def test_closed_streams_take_everything_in_silence() -> None:
    out = Output(None, None, {})
    out.line("x")
    out.data("show", {})
    out.fail("y")
    out.flush()
