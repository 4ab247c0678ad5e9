"""The one writer to stdout and stderr.

Every text is cleaned here, so that nothing in a file can control a terminal, or a CI host that reads the output. JSON
is printed as ASCII, in its envelope. Answers go to stdout, everything else to stderr. Knows no commands or elements.
"""

from __future__ import annotations

import io
import math
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Literal, NamedTuple, TextIO

from canvas_tui.cli.signs import Signs, signs_for
from canvas_tui.core.cells import width, wrap
from canvas_tui.core.charset import UTF_8, encoding_for
from canvas_tui.core.text import clean
from canvas_tui.core.told import harmless_json, harmless_line

JSON_VERSION = 1
NARROWEST, WIDEST, USUAL = 40, 100, 80

Style = Literal["bold", "dim", "accent", "good", "warning", "error"]
_CODES: Mapping[Style, str] = {
    "bold": "1", "dim": "2", "accent": "36", "good": "32", "warning": "33", "error": "31",
}  # fmt: skip


class Styled(NamedTuple):
    """A text with a style. Without colour the style is lost, so it must never carry meaning alone."""

    text: str
    style: Style


Part = str | Styled


class OutputLost(Exception):
    """Writing to stdout failed; the message is the system's reason."""


@contextmanager
def _told_apart() -> Iterator[None]:
    """Turn an OSError of writing output into OutputLost, so that it does not look like one of reading or saving."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputLost((error.strerror or type(error).__name__).lower()) from error


class Output:
    """Writes the lines, JSON and complaints of one run.

    `columns` is the width for the layout of text: the terminal's, or 80 if there is none.
    """

    def __init__(
        self, stdout: TextIO | None, stderr: TextIO | None, environ: Mapping[str, str], *,
        color: str = "auto", ascii_only: bool = False,
    ) -> None:  # fmt: skip
        self.signs: Signs = signs_for(getattr(stdout, "encoding", None), environ, ascii_only=ascii_only)
        self._stdout, self._stderr = _unbreakable(stdout, environ), _unbreakable(stderr, environ)
        self.has_color = _wants_color(color, self._stdout, environ)
        self.is_terminal = self._stdout is not None and self._stdout.isatty()
        self.columns = _columns() if self.is_terminal else USUAL

    def line(self, *parts: Part) -> None:
        """One line to stdout."""
        self._write(harmless_line("".join(self._painted(part) for part in parts)) + "\n")

    def paragraph(self, text: str, *, first: str = "", rest: str | None = None, style: Style | None = None) -> None:
        """A text over as many lines as it takes; `first` stands before the first line, `rest` before the others."""
        rest = " " * width(first) if rest is None else rest
        room = max(10, self.columns - max(width(first), width(rest)))
        for number, part in enumerate(wrap(clean(text, multiline=True).rstrip(), room)):
            lead = first if number == 0 else rest
            self.line(lead, Styled(part, style) if style else part) if part else self.line(lead.rstrip())

    def text(self, text: str) -> None:
        """Several lines to stdout, which are laid out already."""
        for line in text.rstrip("\n").split("\n"):
            self.line(line)

    def data(self, command: str, data: Any) -> None:
        """The answer as JSON: ASCII only, so that nothing in it reaches a terminal raw; laid out where people look."""
        envelope = {"schema": JSON_VERSION, "command": command, "data": data}
        import json

        indent = 2 if self.is_terminal else None
        try:
            text = json.dumps(envelope, indent=indent, default=_plain, allow_nan=False)
        except ValueError:  # JSON has no nan and no inf
            text = json.dumps(_without_nan(envelope), indent=indent, default=_plain, allow_nan=False)
        self._write(harmless_json(text) + "\n")

    def complain(self, text: str) -> None:
        """One line to stderr. What was said on stdout before it comes first."""
        self.flush()
        if self._stderr is not None:
            with suppress(OSError, ValueError):  # nobody is left to tell
                self._stderr.write(harmless_line(clean(text)) + "\n")
                self._stderr.flush()

    def fail(self, text: str) -> None:
        """Why the command did not do what was asked: a sentence on stderr, after the program's name."""
        for number, line in enumerate(text.split("\n")):
            self.complain(f"canvas-tui: {line}" if number == 0 else line)

    def flush(self) -> None:
        """Write everything out to the system. Raises BrokenPipeError, or OutputLost if that fails."""
        if self._stdout is not None:
            with _told_apart():
                self._stdout.flush()

    def _write(self, text: str) -> None:
        if self._stdout is not None:
            with _told_apart():
                self._stdout.write(text)

    def _painted(self, part: Part) -> str:
        if isinstance(part, str):
            return clean(part)
        text = clean(part.text)
        return f"\x1b[{_CODES[part.style]}m{text}\x1b[0m" if self.has_color and text else text


def abandon_stdout() -> None:
    """Forget what could not be written, so that Python does not try again, and fail, while it ends."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):
        return


def _unbreakable(stream: TextIO | None, environ: Mapping[str, str]) -> TextIO | None:
    """The stream, made to write what its encoding lacks as \\u... instead of failing in the middle of a line.

    A terminal whose locale names another charset than UTF-8 gets nothing else; a file or pipe gets what Python chose.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
        if stream.isatty() and (encoding := encoding_for(environ, stream.encoding)) != UTF_8:
            stream.reconfigure(encoding=encoding)
    return stream


def _wants_color(wish: str, stream: TextIO | None, environ: Mapping[str, str]) -> bool:
    if wish != "auto":
        return wish == "always"
    if environ.get("NO_COLOR") or environ.get("TERM", "") in ("", "dumb"):
        return False
    return stream is not None and stream.isatty()


def _columns() -> int:
    return min(WIDEST, max(NARROWEST, shutil.get_terminal_size((USUAL, 24)).columns))


def _without_nan(value: Any) -> Any:
    """The value with null for what is no number to JSON."""
    if isinstance(value, Mapping):
        return {key: _without_nan(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _plain(value: object) -> object:
    """What JSON has no word for: dates are told as ISO 8601."""
    isoformat = getattr(value, "isoformat", None)
    if isoformat is not None:
        return isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (tuple, set, frozenset)):
        return list(value)
    return str(value)
