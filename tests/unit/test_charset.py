"""Which characters a terminal shows follows from LC_ALL, LC_CTYPE and LANG; it gets no bytes that mean others to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.cli.coercion import undo_coercion
from canvas_tui.core.charset import Typed, charset_of, encoded, encoding_for, has_only_ascii_signs


@pytest.mark.parametrize(
    ("environ", "charset"),
    [
        ({}, ""),
        ({"LANG": "C"}, "ascii"),
        ({"LANG": "en_US.ISO-8859-1"}, "iso8859-1"),
        ({"LANG": "de_DE@euro"}, "iso8859-15"),
        ({"LANG": "de_DE.iso885915@euro"}, "iso8859-15"),
        ({"LANG": "de_DE"}, ""),
        ({"LANG": "ru_RU.KOI8-R"}, "other"),
        ({"LANG": "xx.ISO-8859-99"}, "other"),
        ({"LANG": "C.UTF-8"}, "utf-8"),
        ({"LANG": "de_DE.utf8"}, "utf-8"),
        ({"LC_CTYPE": "UTF-8"}, "utf-8"),
        ({"LC_CTYPE": "en_US.ISO-8859-1", "LANG": "de_DE.UTF-8"}, "iso8859-1"),
        ({"LC_CTYPE": "de_DE.UTF-8", "LANG": "C"}, "utf-8"),
        ({"LC_ALL": "C", "LC_CTYPE": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}, "ascii"),
        ({"LC_ALL": "", "LC_CTYPE": "", "LANG": "POSIX"}, "ascii"),
    ],
)
def test_the_locale_is_found_as_posix_has_it(environ: dict[str, str], charset: str) -> None:
    assert charset_of(environ) == charset
    assert has_only_ascii_signs(environ, "utf-8") is (charset not in ("utf-8", ""))


@pytest.mark.parametrize(
    ("environ", "written", "encoding"),
    [
        ({}, "utf-8", "utf-8"),
        ({"LANG": "C"}, "utf-8", "utf-8"),
        ({"LANG": "de_DE.ISO-8859-1"}, "utf-8", "iso8859-1"),
        ({"LANG": "ru_RU.KOI8-R"}, "utf-8", "ascii"),
        ({"LANG": "ja_JP.ISO-2022-JP"}, "utf-8", "ascii"),
        ({"LANG": "de_DE"}, "ISO-8859-1", "iso8859-1"),
        ({}, "ascii", "utf-8"),
    ],
)
def test_text_is_written_as_the_terminal_reads_it(environ: dict[str, str], written: str, encoding: str) -> None:
    assert encoding_for(environ, written) == encoding


def test_what_a_charset_lacks_is_a_question_mark_for_each_of_its_cells() -> None:
    text = "caf\u00e9 \u65e5\u672c \u015b[31m \U0001f469\u200d\U0001f4bb e\u0301"
    assert encoded(text, "utf-8") == text.encode()
    assert encoded(text, "iso8859-1") == b"caf\xe9 ???? ?[31m ?? e"
    assert encoded(text, "ascii") == b"caf? ???? ?[31m ?? e"


def test_no_text_becomes_a_control_of_an_8_bit_terminal() -> None:
    text = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0xD800), *range(0xE000, 0x20000)]))
    assert any(0x80 <= byte < 0xA0 for byte in text.encode()), "as UTF-8 it would be full of them"
    for number in (1, 2, 5, 7, 9, 15, 16):
        assert not any(0x80 <= byte < 0xA0 for byte in encoded(text, f"iso8859-{number}"))


def test_what_is_typed_is_understood_in_the_charset_of_the_terminal_and_as_utf_8() -> None:
    latin = Typed("iso8859-1")
    assert latin.text(b"caf\xe9s") == "caf\u00e9s"
    assert latin.text(b"\xe9") + latin.rest() == "\u00e9", "a letter does not wait for the next key"
    assert latin.text("日é".encode()) == "日é", "the locale may be wrong about the terminal"
    usual = Typed("utf-8")
    assert usual.text(b"\xc3") + usual.rest() + usual.text(b"\xa9") == "\u00e9"
    assert usual.text(b"caf\xe9s") == "caf\ufffds"


def test_what_python_wrote_over_the_locale_is_taken_back(tmp_path: Path) -> None:
    def left(first: bytes | None, **environ: str) -> dict[str, str]:
        at = tmp_path / "environ"
        at.unlink(missing_ok=True)
        if first is not None:
            at.write_bytes(first)
        undo_coercion(environ, str(at))
        return environ

    latin, coerced = "en_US.ISO-8859-1", "C.UTF-8"
    assert left(f"A=1\0LC_CTYPE={latin}\0".encode(), LC_CTYPE=coerced) == {"LC_CTYPE": latin}
    assert left(f"LANG={latin}\0".encode(), LANG=latin, LC_CTYPE=coerced) == {"LANG": latin}
    assert left(b"LANG=C\0LC_CTYPE=C.UTF-8\0", LANG="C", LC_CTYPE=coerced) == {"LANG": "C", "LC_CTYPE": coerced}
    assert left(None, LANG=latin, LC_CTYPE=coerced) == {"LANG": latin}, "where nothing tells, LANG counts"
    assert left(None, LC_CTYPE=coerced) == {"LC_CTYPE": coerced}
    assert left(b"", LC_CTYPE="de_DE.UTF-8") == {"LC_CTYPE": "de_DE.UTF-8"}, "that was never Python"
