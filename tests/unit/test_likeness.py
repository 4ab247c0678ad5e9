"""What says the like is put first, so that the goal that is meant is under the cursor."""

from __future__ import annotations

from canvas_tui.core.likeness import most_alike


def test_what_shares_the_rarest_words_comes_first_and_the_rest_keeps_its_order() -> None:
    goals = ["More customers in the north", "Clients are paid within 10 days", "Fewer customers leave", "Happy clients"]
    assert most_alike("Paying takes 34 days, and clients wait", goals) == [1, 3, 0, 2]


def test_endings_case_accents_and_short_words_do_not_matter() -> None:
    assert most_alike("RÉMINDERS of it", ["it is of no use", "reminds them"]) == [1, 0]


def test_nothing_in_common_changes_nothing() -> None:
    assert most_alike("", ["b", "a"]) == [0, 1]
    assert most_alike("x", []) == []
