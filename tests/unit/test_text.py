"""Promises of text: nothing unsafe is shown, widths are those Textual paints, ids are words."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from canvas_tui.core.cells import clusters
from canvas_tui.core.text import (
    clean,
    clean_input,
    clip,
    drop_unsafe,
    is_unsafe,
    is_valid_id,
    slug,
    unsafe_characters,
    width,
    wrap,
)
from tests.hostile import BIDI, CONTROLS, HIDDEN, PAYLOADS

ANY = st.text(alphabet=st.characters(), max_size=60)
MIXED = st.lists(
    st.sampled_from(
        [
            *("a", "Zeta", " ", "  ", "界", "한국어", "é", "e\u0301", "👩\u200d🚀", "❤\ufe0f", "1\ufe0f\u20e3"),
            *("🇫🇷", "क्\u200dष", "👍🏽"),
        ]
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize("character", [*CONTROLS, *BIDI, *HIDDEN])
def test_no_unsafe_character_reaches_the_screen(character: str) -> None:
    text = f"Price{character}list"
    for multiline in (False, True):
        if multiline and character in "\n\t":
            continue
        shown = clean(text, multiline=multiline)
        assert character not in shown
        assert shown.startswith("Price")
        assert shown.endswith("list")
        if character not in "\n\t":
            assert unsafe_characters(text, multiline=multiline) == (f"U+{ord(character):04X}",)
            assert is_unsafe(text, multiline=multiline)


def test_what_is_replaced_can_be_read() -> None:
    assert clean("a\x1b[31mb") == "a␛[31mb"
    assert clean("a\x7fb\x9bc") == "a␡b<9B>c"
    assert clean("evil\u202etxt.exe") == "evil<U+202E>txt.exe"
    assert clean("one\ntwo\tthree") == "one⏎two three"
    assert clean("one\ntwo\tthree", multiline=True) == "one\ntwo\tthree"
    assert clean("\ud800") == "<U+D800>"


@pytest.mark.parametrize(
    "text",
    [
        "Clients pay 34 days late",
        "👩\u200d🚀 and 👨\u200d👩\u200d👧\u200d👦",
        "❤\ufe0f\u200d🔥 1\ufe0f\u20e3 ☎\ufe0e",
        "🏳\ufe0f\u200d🌈",
        "🧔🏽\u200d♂\ufe0f",
        "क्\u200dष र्\u200dय",
        "می\u200cخواهم",
        "葛\U000e0100飾区",
        "שלום عليكم",
        "Z̈ürich naïve",
    ],
)
def test_text_that_needs_its_joiners_keeps_them(text: str) -> None:
    assert clean(text) == text
    assert unsafe_characters(text) == ()


@pytest.mark.parametrize(
    "text", ["pass\u200dword", "a\ufe0fb", "x\ufe00", "a\u200c\u200c", "\u200dfirst", "日\U000e0100\U000e0101"]
)
def test_a_joiner_that_joins_nothing_is_shown(text: str) -> None:
    assert "<U+" in clean(text)


@pytest.mark.parametrize(
    "heap",
    ["e" + "\u0301" * 900, "\u0301" * 900, "\U0001f469" + "\u200d\U0001f469" * 450, "\u0915" + "\u094d\u200d" * 450],
)
def test_marks_heaped_on_one_sign_are_counted_and_not_painted(heap: str) -> None:
    shown = clean(heap)
    assert len(shown) < 32 + 20
    assert shown.startswith(heap[:20])
    assert shown.endswith(" more marks>")
    assert clean(shown) == shown
    assert is_unsafe(heap)
    assert unsafe_characters(heap)
    assert width(drop_unsafe(heap)) == width(heap)
    assert len(drop_unsafe(heap)) <= 34
    assert clean_input(heap) == shown


def test_a_letter_with_as_many_marks_as_any_script_has_is_left_alone() -> None:
    assert clean("q" + "\u0301\u0323" * 15) == "q" + "\u0301\u0323" * 15


@given(ANY)
@settings(max_examples=300, deadline=None)
def test_cleaning_twice_changes_nothing_and_leaves_nothing_to_obey(text: str) -> None:
    for multiline in (False, True):
        shown = clean(text, multiline=multiline)
        assert clean(shown, multiline=multiline) == shown
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
        assert is_unsafe(text, multiline=multiline) == (shown != text)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_pasted_text_brings_no_sequence_along(payload: str) -> None:
    for multiline in (False, True):
        kept = clean_input(payload, multiline=multiline)
        assert not is_unsafe(kept, multiline=multiline)


def test_a_paste_keeps_its_words_and_its_lines() -> None:
    assert clean_input("\x1b[1;31mred\x1b[0m text") == "red text"
    assert clean_input("a\x1b]8;;https://x.test\x1b\\link\x1b]8;;\x1b\\") == "alink"
    assert clean_input("one\r\ntwo\rthree\n", multiline=True) == "one\ntwo\nthree\n"
    assert clean_input("one\r\n  two\tthree\n") == "one two three"
    assert clean_input("  spaces stay ") == "  spaces stay "


@given(ANY)
@example("\u200da")
@example("❤\ufe0f\ufe0f")
@example("a\u200d")
@settings(max_examples=500, deadline=None)
def test_width_is_the_one_textual_paints_with(text: str) -> None:
    assert width(text) == cell_len(text)


@given(MIXED)
@settings(deadline=None)
def test_width_of_mixed_scripts_is_the_one_textual_paints_with(text: str) -> None:
    assert width(text) == cell_len(text)


def test_every_character_has_the_width_textual_gives_it() -> None:
    wrong = [code for code in range(sys.maxunicode + 1) if width(chr(code)) != cell_len(chr(code))]
    assert wrong == []


@given(ANY)
@settings(deadline=None)
def test_dropping_what_is_unsafe_keeps_every_cell(text: str) -> None:
    kept = drop_unsafe(text)
    assert width(kept) == width(text)
    assert not is_unsafe(kept)


@given(MIXED | ANY, st.integers(0, 30))
@settings(max_examples=300, deadline=None)
def test_clipped_text_fits_and_is_a_beginning(text: str, limit: int) -> None:
    text = clean(text)
    cut = clip(text, limit)
    assert width(cut) <= limit
    if limit >= width(text):
        assert cut == text
    elif limit:
        assert cut.endswith("…")
        assert text.startswith(cut[:-1])


@given(MIXED | st.text(alphabet="ab  c\u0301", max_size=80), st.integers(2, 20))
@example("ab  \u0301cdefg", 6)  # a space that carries a mark is a sign like any other
@settings(max_examples=400, deadline=None)
def test_wrapped_lines_fit_and_lose_only_spaces(text: str, limit: int) -> None:
    lines = wrap(text, limit)
    assert lines
    assert all(width(line) <= limit for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(next(clusters(line), None) != (" ", 1) for line in lines[1:])


@given(st.text(alphabet="abc def", max_size=80), st.integers(2, 20))
@settings(deadline=None)
def test_plain_and_other_text_wrap_alike(text: str, limit: int) -> None:
    assert wrap(text.replace("a", "é"), limit) == [line.replace("a", "é") for line in wrap(text, limit)]


def test_wrapping_breaks_where_a_reader_would() -> None:
    assert wrap("Clients pay on average 34 days late", 14) == ["Clients pay on", "average 34", "days late"]
    assert wrap("a\n\nb", 10) == ["a", "", "b"]
    assert wrap("", 5) == [""]
    assert wrap("  indented text", 11) == ["  indented", "text"]
    assert wrap("  indented text", 9) == ["  indente", "d text"]
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert wrap("界界界", 4) == ["界界", "界"]
    assert wrap("a👩\u200d🚀b", 3) == ["a👩\u200d🚀", "b"]


@given(st.text(max_size=80), st.sets(st.sampled_from(["entry", "entry-2", "a", "a-2", "late-payment"])))
@settings(deadline=None)
def test_a_slug_is_a_valid_id_that_nobody_has(text: str, taken: set[str]) -> None:
    name = slug(text, taken)
    assert is_valid_id(name)
    assert name not in taken
    assert len(name) <= 40
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name)


def test_slugs_are_the_words_of_the_text() -> None:
    assert slug("Clients pay on average 34 days late, and nobody knows") == "clients-pay-on-average-34-days-late-and"
    assert slug("Größe & Façade: don't", ()) == "grosse-facade-dont"
    assert slug("日本語", ()) == "entry"
    assert slug("2026", ("entry-2026",), fallback="goal") == "goal-2026"
    assert slug("Late payment", ("late-payment", "late-payment-2")) == "late-payment-3"
    assert slug("x" * 60, ()) == "x" * 40
    assert slug("", ("entry",)) == "entry-2"


@pytest.mark.parametrize("name", ["", "3", "a/b", "a@b", "a b", "-a", "a-", "a\u202eb", "a\nb", "a--b", "x" * 101])
def test_ids_that_addresses_cannot_hold_are_refused(name: str) -> None:
    assert not is_valid_id(name)


@pytest.mark.parametrize("name", ["lean", "paid-in-10-days", "größe", "Q3_goal", "v1.2", "目標"])
def test_ids_people_write_by_hand_are_fine(name: str) -> None:
    assert is_valid_id(unicodedata.normalize("NFC", name))
