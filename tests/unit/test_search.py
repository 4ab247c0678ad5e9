"""Search finds what a person remembers of a text; pickers rank what they mean first."""

from __future__ import annotations

import time
import unicodedata

import pytest

from canvas_tui.core import edits
from canvas_tui.core.elements import as_id
from canvas_tui.core.search import Searcher, fold, fuzzy_score, rank, search
from tests.unit import strategy_factory
from tests.unit.test_core_commands import workspace


def test_every_word_must_stand_in_one_text() -> None:
    assert [hit.item.address for hit in search(workspace(), "all WELL")] == ["vision"]
    assert search(workspace(), "well unwell") == []
    assert search(workspace(), "  ") == []


def test_searching_on_while_typing_and_editing_finds_what_a_new_search_finds() -> None:
    first = workspace()
    second = edits.change_text(first.get("sea"), "All at sea").apply(first).workspace
    searcher = Searcher()
    for words in ("a", "al", "all", "al", "", "s", "se", "sea", "sea a", "sea", "win"):
        for each in (first, second, second):
            assert searcher.search(each, words) == search(each, words), words
    assert [hit.item.address for hit in searcher.search(second, "at sea")] == ["sea"]
    assert searcher.search(first, "at sea") == []


def test_accents_and_case_do_not_matter() -> None:
    assert fold("Crème BRÛLÉE") == "creme brulee"
    assert fuzzy_score("creme", "Crème brûlée") is not None


def test_letters_in_order_are_enough_for_a_picker() -> None:
    assert fuzzy_score("atr", "Automatic reminders") is not None
    assert fuzzy_score("xyz", "Automatic reminders") is None


def test_a_whole_word_beats_scattered_letters() -> None:
    whole, scattered = fuzzy_score("pay", "Days to payment"), fuzzy_score("pay", "People are yelling")
    assert whole is not None
    assert scattered is not None
    assert whole > scattered


def test_an_empty_query_keeps_everything_in_order() -> None:
    items = list(workspace().elements())
    assert rank(" ", items) == items


def test_an_element_is_found_by_its_id_too() -> None:
    assert rank("sea", workspace().elements())[0].address == "sea"


def test_thousands_of_marks_on_a_letter_are_folded_as_fast_as_letters() -> None:
    began = time.process_time()
    assert fold("a" + "\u0301\u0316" * 300_000 + "b") == "ab"
    assert as_id("\u0301\u0316" * 300_000) == "\u0301\u0316" * 300_000
    assert time.process_time() - began < 2


def test_control_what_sorts_the_marks_takes_minutes() -> None:
    def seconds(count: int) -> float:
        began = time.process_time()
        unicodedata.normalize("NFKD", "\u0301\u0316" * count)
        return time.process_time() - began

    assert seconds(16_000) > 8 * seconds(4_000) / 2


def test_a_search_that_is_given_up_leaves_the_next_one_what_it_knows() -> None:
    class GivenUp(Exception):
        pass

    def give_up() -> None:
        raise GivenUp

    plan = strategy_factory.workspace(goals=[strategy_factory.goal(f"g{number}") for number in range(3_000)])
    searcher = Searcher()
    with pytest.raises(GivenUp):
        searcher.search(plan, "goal", give_up)
    assert [hit.item.address for hit in searcher.search(plan, "goal g2999")] == ["g2999"]
    with pytest.raises(GivenUp):
        searcher.search(plan, "goal g1", give_up)
    assert len(searcher.search(plan, "goal")) == 3_000
