"""What the fuzzer begins with: real files, hostile ones, and the words that TOML and we ourselves know."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from canvas_tui.core import commands
from canvas_tui.core.places import Ref
from canvas_tui.storage.write.queue.serial import to_data
from tests.hostile import ESCAPES, MARKUP, PAYLOADS, toml_string
from tests.promises.app import REPOSITORY
from tests.promises.hostile.files import files
from tests.unit.store_styles import FOLDERS

_MOST = 8_000  # bytes: longer ones are the file tests' own
_WORDS = (
    *(
        "[[problem]]\\x0a",
        "[[strengths]]\\x0a",
        "[[goals]]\\x0a",
        "[[initiatives]]\\x0a",
        "[[waivers]]\\x0a",
        "[cell.x]",
    ),
    *(
        "text = ",
        "id = ",
        "title = ",
        "model = ",
        "links = [",
        "cells",
        "grid",
        "parent = ",
        "depends-on = [",
        "metric = {",
    ),
    *(
        "rules",
        "severity",
        "settings",
        "off = [",
        '\\"\\"\\"',
        "'''",
        "\\x0d\\x0a",
        "\\\\u001b",
        "\\\\U000E0041",
        "\\\\x1b",
    ),
    *(
        "\\xef\\xbb\\xbf",
        "\\xe2\\x80\\xae",
        "\\xc2\\x9b",
        "\\x1b[200~",
        "\\x1b[201~",
        "\\x1b]0;",
        "\\x7f",
        "1979-05-27",
        "0x",
    ),
    *("inf", "nan", "true", "{ a = 1 }", "[ ]", "# c\\x0a", "\\xf0\\x9f\\x91\\xa9\\xe2\\x80\\x8d", "\\xed\\xa0\\x80"),
    *('{\\"$\\":\\"', "AddEntry", "SetField", "Batch", '\\"value\\":', "NaN", "Infinity", "1e999", "canvas-tui image"),
)


def write_dictionary(path: Path) -> None:
    """The words, as libFuzzer reads them."""
    path.write_text("".join(f'"{word}"\n' for word in _WORDS), encoding="ascii")


def seeds(target: str) -> Iterator[bytes]:
    """Inputs of a target, each with the bytes in front that it takes for its choices."""
    if target == "text":
        for number, payload in enumerate((*PAYLOADS, *ESCAPES, *MARKUP)):
            way = number % 8 | (64 if number % 3 else 0) | (128 if "\ud800" in payload else 0)
            yield bytes([way]) + payload.encode("utf-8", "surrogatepass")
    elif target == "keys":
        for number, payload in enumerate(PAYLOADS):
            raw = payload.encode("utf-8", "replace")
            yield bytes([number % 7]) + raw
            yield bytes([number % 5]) + b"a\x1b[200~" + raw + b"\x1b[201~q\x1b[A"
    elif target == "planted":
        yield from _planted()
    else:
        for number, data in enumerate(_files()):
            if target == "edit":
                yield number.to_bytes(4, "big") + data
            else:
                yield bytes([3 if b"[[cells]]" in data else number % 3]) + data


def _files() -> Iterator[bytes]:
    for path in sorted([*(REPOSITORY / "samples").rglob("*.toml"), *(REPOSITORY / "canvas_tui/models").glob("*.toml")]):
        yield path.read_bytes()
    for folder in FOLDERS.values():
        yield from (text.encode() for text in folder.values())
    for _, data in files(60, seed=5):
        if len(data) < _MOST:
            yield data
    for count in (3_000, 4_000):  # below and beyond the limit of digits
        yield b"model = 'swot'\n[[strengths]]\ntext = 'x'\nimportance = 0x" + b"f" * count + b"\n"
    texts = [toml_string(each) for each in PAYLOADS if "\ud800" not in each]
    yield ("model = 'swot'\nstrengths = [" + ", ".join(texts) + "]\n").encode()


def _planted() -> Iterator[bytes]:
    one = Ref("swot/strengths/1", "One")
    for command in (
        commands.AddEntry("swot/strengths", {"text": "New"}), commands.RemoveEntry(one),
        commands.ChangeEntry(one, "\x1b]0;t"), commands.MoveEntry(one, "swot/threats"),
        commands.SetField(Ref("t"), "note", "n"), commands.AddLink(Ref("t"), "vision"),
        commands.Batch((commands.ChangeEntry(one, "x"),)),
    ):  # fmt: skip
        waiting = {"workspace": "/plan", "title": "T", "reason": "full", "when": 1.0, "command": to_data(command)}
        yield b"\x00" + json.dumps(waiting).encode()
    draft = {"key": "k", "text": "t", "base": "b", "when": 1.0}
    yield b"\x01" + json.dumps({"workspace": "/plan", "change": 1, "drafts": [draft]}).encode()
    person = {"pid": 1, "host": "h", "name": "bea", "since": 1.0, "file": "", "where": "swot", "editing": True}
    yield b"\x02" + json.dumps(person).encode()
    for text in ("ascii = true\n[keys]\nadd = 'a'\nquit = ['q', 'Q']\n", "[keys]\nadd = ['x', 'ctrl+m']\n", "x = 1\n"):
        yield b"\x03" + text.encode()
    for name in range(5):
        yield bytes([4, name]) + b"model = 'swot'\n"
    for kind in range(5):
        yield bytes([kind]) + b"[" * 3_000
        yield bytes([kind]) + b"9" * 5_000
        yield bytes([kind]) + b"\xff\x00\x1b"
