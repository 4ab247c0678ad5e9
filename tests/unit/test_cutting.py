"""What is left out of a long way, list or text is counted."""

from __future__ import annotations

from canvas_tui.core.cutting import and_more, ends_of, shortened


def test_a_short_way_is_whole_and_a_long_one_has_both_ends() -> None:
    assert ends_of(range(5), 4) == (range(5), 0, ())  # the words for one would take its room
    begin, left_out, end = ends_of(range(4_000), 12)
    assert (list(begin), left_out, list(end)) == (list(range(11)), 3_988, [3_999])


def test_counts_are_told_as_people_write_them() -> None:
    assert and_more(3_988) == "and 3,988 more"


def test_a_text_is_cut_where_nobody_reads_on() -> None:
    assert shortened("short") == "short"
    assert shortened("x" * 1_900_000, 100) == "x" * 100 + "… and 1,899,900 more characters"
