"""Hostile text, and the check that none of it reached a terminal.

Owns the payloads that every field, file name and screen is tried with, and `foreign_sequences`, which finds in a
program's raw output whatever Textual itself would not have written. Some of the markup names real actions of Textual,
one of which writes `../swot.toml`: a control that runs them needs a folder of its own.
"""

from __future__ import annotations

import re

CONTROLS = tuple(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)))
"""The 65 control characters: C0, DEL and C1."""

BIDI = tuple("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HIDDEN = tuple(
    "\u00ad\u034f\u115f\u180e\u200b\u2028\u2029\u2060\u2063\u206a\u3164\ufeff\uffa0\ufff9\U0001d173"
) + tuple(chr(0xE0000 + code) for code in (0x01, 0x20, 0x41, 0x7F))

ESCAPES = (
    "\x1b[31mred\x1b[0m",
    "\x1b[2J\x1b[H",
    "\x1b[?1049l",
    "\x1b[?1000h",
    "\x1b[6n",
    "\x1b[21t",
    "\x1b[c",
    "\x1b]0;title\x07",
    "\x1b]2;title\x1b\\",
    "\x1b]8;;https://evil.test\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;cm0gLXJmIC8=\x07",
    "\x1b]1337;File=inline=1:AAAA\x07",
    "\x1bP+q544e\x1b\\",
    '\x1bP$q"p\x1b\\',
    "\x1b_Gf=24;AAAA\x1b\\",
    "\x1b^private\x1b\\",
    "\x1bXstring\x1b\\",
    "\x1bc",
    "\x1b(0",
    "\x1b#8",
    "\x9b31mred",
    "\x9d0;title\x9c",
    "\x90+q544e\x9c",
    "\x9fGf=24\x9c",
    "\x1b",
    "\x1b[",
    "\x1b]",
    "\x07\x08\x0b\x0c\x0e\x0f",
    "line\rover",
)
MARKUP = (
    "[@click=app.delete_item('x')]press[/]",
    "[@click=app.screenshot('swot.toml','..')]press[/]",
    "[@click=app.toggle('read_only')]press[/]",
    "[link=https://evil.test]here[/link]",
    "[bold red]shout[/]",
    "Q3 goal [/nope] done",
    "[",
    "]",
    "[[/]]",
    "[$error]x[/]",
    "[on red]",
    r"\[bold]",
)
REORDERED = tuple(f"safe{character}txt.exe" for character in BIDI)

PAYLOADS = (
    *(f"a{character}b" for character in CONTROLS),
    *REORDERED,
    *(f"a{character}b" for character in HIDDEN),
    *ESCAPES,
    *MARKUP,
    "\ud800",
    "\ufffe",
    "Z" + "\u0301" * 60,
)
"""Every text worth trying, as one flat tuple; a lone surrogate among them, which no TOML file can hold."""


def toml_string(text: str) -> str:
    """The text as a TOML basic string, in ASCII escapes only. Raises ValueError for a lone surrogate."""
    text.encode("utf-8")
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    if character in '"\\':
        return "\\" + character
    if 0x20 <= code < 0x7F:
        return character
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


# What Textual and its Linux driver write, and nothing else.
_OURS = re.compile(
    rb"\x1b\[(?:"
    rb"[0-9;:]*m"  # colours and attributes
    rb"|[0-9;]*H|[0-9]*[ABCDEFGJK]"  # cursor and erasing
    rb"|\?(?:7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]"  # modes
    rb"|>[0-9]+u|<[0-9]*u"  # kitty keyboard
    rb"|\?(?:2026|2048)\$p"  # questions
    rb")"
)
_FOREIGN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e0fff]"
)


def foreign_sequences(raw: bytes) -> list[bytes]:
    """What in a terminal's input is neither text nor a sequence Textual writes: each with 20 bytes of what follows.

    Empty is the promise kept. A link, a title, a clipboard, a bell, a C1 control (raw or as UTF-8), a bidi control or
    invisible character and any unknown sequence are told.
    """
    rest = _OURS.sub(b"", raw).decode("utf-8", "surrogateescape")
    found = [*_FOREIGN.finditer(rest), *re.finditer("[\udc80-\udcff]", rest)]
    return [rest[match.start() : match.start() + 20].encode("utf-8", "surrogateescape") for match in found]
