"""What is left out of a long way, list or text is counted."""

from __future__ import annotations

from canvas_tui.core.cutting import and_more, beginning, ends_of, has_long_text, shortened


def test_a_short_way_is_whole_and_a_long_one_has_both_ends() -> None:
    assert ends_of(range(5), 4) == (range(5), 0, ())  # the words for one would take its room
    begin, left_out, end = ends_of(range(4_000), 12)
    assert (list(begin), left_out, list(end)) == (list(range(11)), 3_988, [3_999])


def test_counts_are_told_as_people_write_them() -> None:
    assert and_more(3_988) == "and 3,988 more"


def test_a_text_is_cut_where_nobody_reads_on() -> None:
    assert shortened("short") == "short"
    assert shortened("x" * 1_900_000, 100) == "x" * 100 + "… and 1,899,900 more characters"


def test_what_a_line_cannot_show_is_not_looked_at() -> None:
    assert beginning("short") == "short"
    assert beginning("x" * 1_900_000) == "x" * 4_000 + "…"


def test_a_long_text_is_found_in_a_list_too_and_other_values_are_none() -> None:
    assert has_long_text({"text": "x" * 20_001})
    assert has_long_text({"evidence": ["x" * 15_000] * 2})
    assert not has_long_text({"text": "x" * 20_000, "importance": 5, "evidence": ["x", 1], "metric": {"unit": "days"}})
