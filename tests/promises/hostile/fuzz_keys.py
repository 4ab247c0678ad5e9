"""Fuzz target: whatever comes in by the keyboard or the clipboard, and whatever goes out by the last filter.

Takes the bytes as a terminal sends them, through our own decoding, paste guard, line buffer and line filter, and raises
where a letter is lost to a crash, an escape of a paste is left, or a painted segment holds what no text may.
"""

from __future__ import annotations

from codecs import getincrementaldecoder
from pathlib import Path

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.events import Key, Paste

from canvas_tui.core.cells import clusters
from canvas_tui.core.text import clean, clean_input, drop_unsafe, is_unsafe, slug, unsafe_characters, width, wrap
from canvas_tui.tui.board.entries import shown_lines
from canvas_tui.tui.dialogs.buffer import Buffer
from canvas_tui.tui.input.key_events import KeyEvents
from canvas_tui.tui.input.keymap import Keymap, KeyReader, token_of
from canvas_tui.tui.input.pastes import PasteGuard
from canvas_tui.tui.paint.field import field_line
from canvas_tui.tui.terminal.line_filter import filters_for
from canvas_tui.tui.terminal.terminal_diff import SHOWN, Pen
from tests.promises.hostile.fuzz_painting import assert_clean

_CONSOLE = Console(color_system="truecolor", width=80)
_GROUND = Color(0, 0, 0)


def keys(data: bytes, _: Path) -> None:
    """The first byte says in pieces of which size the rest comes in."""
    if not data:
        return
    size, body = data[0] or 4096, data[1:]
    _typed(body, size)
    _painted(body.decode("utf-8", "replace"))


def _typed(body: bytes, size: int) -> None:
    decode = getincrementaldecoder("utf-8")("replace").decode
    parser, guard, reader, buffer = KeyEvents(), PasteGuard(), KeyReader(Keymap()), Buffer.of("word")
    whole = PasteGuard().passed(body.decode("utf-8", "replace"))
    passed = ""
    for at in range(0, len(body), size):
        text = guard.passed(decode(body[at : at + size], at + size >= len(body)))
        passed += text
        if not text:
            continue
        for event in parser.feed(text):
            if isinstance(event, Paste):
                assert "\x1b" not in event.text, "an escape is left in a paste"
                buffer = buffer.typed(event.text)
            elif isinstance(event, Key):
                reader.feed("board", token_of(event))
                buffer = buffer.pressed(event.key, event.character if event.is_printable else None) or buffer
    assert passed == whole, "pieces of another size are another text"
    assert 0 <= buffer.cursor <= len(buffer.text)
    assert not is_unsafe(buffer.text) or "\u200d" in buffer.text or "\ufe0f" in buffer.text
    line, _ = field_line(buffer, 40, 0)
    assert_clean("".join(text for text, _ in line), "a field")


def _painted(text: str) -> None:
    shown = clean(text)
    assert_clean(shown, "clean")
    assert clean(shown) == shown, "cleaning twice changes something"
    assert_clean(clean(text, multiline=True).replace("\n", "").replace("\t", ""), "clean, many lines")
    typed = clean_input(text)
    assert_clean(typed, "clean_input")
    assert clean_input(typed) == typed, "what was typed, read and typed again is another text"
    assert "".join(cluster for cluster, _ in clusters(shown)) == shown, "signs were lost"
    assert bool(unsafe_characters(text)) == is_unsafe(text) or "\n" in text or "\t" in text
    for room in (1, 2, 7, 80):
        for line in (*wrap(shown, room), *shown_lines(text, room, 3)):
            assert room < 2 or width(line) <= room, "a line is wider than its room"
            assert_clean(line, "a wrapped line")
    slug(text)
    kept = drop_unsafe(text)
    assert_clean(kept, "drop_unsafe")
    assert width(kept) == width(text), "a line is not as wide as it was"
    segments = [Segment(text, Style(link="https://evil.test")), Segment(text, Style(color="red"))]
    for depth in ("none", "16", "truecolor"):
        filtered = segments
        for each in filters_for(depth):
            filtered = each.apply(filtered, _GROUND)
        for part in filtered:
            assert_clean(part.text, "the line filter")
            assert part.style is None or part.style.link is None, "a link is left"
        SHOWN.forget()
        pen = Pen(_CONSOLE)
        pen.write(0, 0, filtered)
        assert "\x1b]" not in pen.finish(), "a link or title is written"
