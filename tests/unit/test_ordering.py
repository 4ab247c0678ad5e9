"""The order of a list that two people changed: moves and additions of both sides count."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from canvas_tui.core.ordering import merge_order, moved_keys

lists = st.lists(st.integers(0, 12), unique=True)


def test_what_both_add_at_one_place_stands_one_behind_the_other_ours_first() -> None:
    assert merge_order("abc", "abxc", "abyc", "abcxy") == list("abxyc")


def test_moves_of_both_sides_count_and_what_both_moved_stands_where_we_put_it() -> None:
    assert merge_order("abcd", "bacd", "abdc", "abcd") == list("badc")
    assert merge_order("abc", "cab", "bca", "abc") == list("cba")
    assert merge_order("abcd", "dabc", "adbc", "abcd") == list("dabc")


def test_what_is_added_behind_something_that_we_moved_stays_where_it_was_meant() -> None:
    assert merge_order("abc", "cab", "abcx", "abcx") == list("cabx")


def test_the_fewest_moves_that_explain_an_order() -> None:
    assert moved_keys("abcd", "dabc") == {"d"}
    assert moved_keys("abcd", "abxcd") == set()


@given(lists, lists, lists)
def test_every_key_that_stays_stands_there_once(base: list[int], ours: list[int], theirs: list[int]) -> None:
    stays = {*ours, *theirs}
    found = merge_order(base, ours, theirs, stays)
    assert sorted(found) == sorted(stays)


@given(lists, lists)
def test_an_order_that_one_side_alone_changed_is_the_order(base: list[int], other: list[int]) -> None:
    assert merge_order(base, other, base, other) == other
    assert merge_order(base, base, other, other) == other
