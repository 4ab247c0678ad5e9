"""How much of a file we are willing to read. All limits are here; the messages about them name the number.

They exist because a valid file can be hostile: the parsers take minutes for a few kilobytes of long dotted keys, and
overflow the stack on brackets within brackets. Real strategies stay far below every one of them.
"""

from __future__ import annotations

MAX_BYTES = 2 * 1024 * 1024  # one file; a thousand entries take about 200 KB
MAX_LINES = 60_000
MAX_SIGNS = 150_000  # commas, equals signs and backslashes: what a parser works on; a thousand entries have 15 000
MAX_KEY_PARTS = 16  # a.b.c is three
MAX_NESTING = 24  # brackets within brackets
MAX_ELEMENTS = 5_000  # keys of one file, and keys and items right below them
MAX_DIGITS = 4_000  # of a number; Python prints no longer ones
MAX_FILES = 2_000  # in one workspace
MAX_BYTES_TOGETHER = 8 * 1024 * 1024  # all files of a workspace that are read; 40 000 entries, in 10 s at worst
MAX_FOLDERS_DEEP = 12
MAX_TOLD = 25  # problems of one file that are reported; the rest is counted


class LimitExceeded(ValueError):
    """A file goes beyond a limit: `line` (1-based), `message` (what) and `hint` (what to do)."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(f"{message} - {hint}")
        self.line, self.message, self.hint = line, message, hint


def check_size(size: int) -> None:
    """Raises LimitExceeded if a file of `size` bytes is too large."""
    if size > MAX_BYTES:
        raise LimitExceeded(1, f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB", "split it into several")


def check_text(text: str) -> None:
    """Raises LimitExceeded if a text has too many lines or values."""
    if text.count(",") + text.count("=") + text.count("\\") > MAX_SIGNS:
        raise LimitExceeded(1, f"the file has more than {MAX_SIGNS} commas, = and backslashes", "split it into several")
    if text.count("\n") >= MAX_LINES:
        raise LimitExceeded(MAX_LINES, f"the file has more than {MAX_LINES} lines", "split it into several")


def check_key(line: int, parts: int) -> None:
    """Raises LimitExceeded if a key has too many `parts`."""
    if parts > MAX_KEY_PARTS:
        raise LimitExceeded(line, f"a key has more than {MAX_KEY_PARTS} parts", "use a shorter key")


def check_nesting(line: int, depth: int) -> None:
    """Raises LimitExceeded if brackets are nested too deeply."""
    if depth > MAX_NESTING:
        raise LimitExceeded(line, f"brackets are nested more than {MAX_NESTING} deep", "use fewer levels")


def check_elements(count: int) -> None:
    """Raises LimitExceeded if a file has too many elements."""
    if count > MAX_ELEMENTS:
        raise LimitExceeded(1, f"the file holds more than {MAX_ELEMENTS} elements", "split it into several")


def check_digits(line: int, bits: int) -> None:
    """Raises LimitExceeded if a number of so many bits has too many digits."""
    if bits > MAX_DIGITS * 3:
        raise LimitExceeded(line, "a number has too many digits", "write it shorter, or as a text")
