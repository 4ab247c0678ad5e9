"""Three tables made one: what clashes, what stays, and what is of no consequence."""

from __future__ import annotations

from typing import Any

import pytest

from canvas_tui.core.threeway import Clash, Rescued, merge_fields

Table = dict[str, Any]


def merged(base: Table, ours: Table, theirs: Table, rescued: Rescued | None = None) -> Table:
    found = merge_fields(base, ours, theirs, rescued or Rescued())
    assert not found.clashes
    return found.fields


def test_fields_of_a_table_in_a_table_are_fields_of_their_own() -> None:
    base = {"metric": {"current": 1, "target": 2}}
    ours, theirs = {"metric": {"current": 3, "target": 2}}, {"metric": {"current": 1, "target": 4, "unit": "d"}}
    assert merged(base, ours, theirs) == {"metric": {"current": 3, "target": 4, "unit": "d"}}


def test_true_is_not_one_and_one_is_not_one_point_nought() -> None:
    assert merge_fields({"a": 1}, {"a": True}, {"a": 1.0}).clashes == [Clash(("a",), True, 1.0)]


def test_what_one_side_took_out_and_the_other_changed_stays_and_is_told() -> None:
    for ours, theirs in (({}, {"due": 2}), ({"due": 2}, {})):
        found = merge_fields({"due": 1}, ours, theirs)
        assert (found.fields, found.stayed, found.clashes) == ({"due": 2}, [("due",)], [])


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        (["a", "b"], ["b"], ["a", "b", "c"], ["b", "c"]),
        (["a"], None, ["a", "b"], ["b"]),
        (["a"], None, ["a"], None),
        (["a"], [], ["a"], []),
        (None, ["a"], ["b"], ["a", "b"]),
        (["a@1"], ["a@2"], ["a@1", "b"], ["a@2", "b"]),
        (["a@1"], ["a@2"], ["a@3"], ["a@2"]),
        (["a"], ["a"], [], []),
    ],
)
def test_links_go_one_by_one(base: Any, ours: Any, theirs: Any, result: Any) -> None:
    one, two, three = ({"links": each} if each is not None else {} for each in (base, ours, theirs))
    assert merged(one, two, three).get("links") == result


def test_evidence_in_tables_is_known_by_its_words_and_one_field_of_it_may_clash() -> None:
    base = {"evidence": ["x", {"text": "t", "url": "u"}]}
    ours = {"evidence": ["x", {"text": "t", "url": "u", "date": 1}, "y"]}
    theirs = {"evidence": [{"text": "t", "url": "v"}]}
    assert merged(base, ours, theirs) == {"evidence": [{"text": "t", "url": "v", "date": 1}, "y"]}
    clash = merge_fields(base, {"evidence": [{"text": "t", "url": "w"}]}, theirs).clashes
    assert clash == [Clash(("evidence",), [{"text": "t", "url": "w"}], theirs["evidence"])]


def test_numbers_in_a_list_are_one_value() -> None:
    assert merge_fields({"range": [1, 10]}, {"range": [1, 20]}, {"range": [5, 10]}).clashes


def test_a_link_to_what_stays_after_all_stays_too_but_not_one_that_was_taken_out_for_itself() -> None:
    rescued = Rescued(ours=frozenset({"x"}))
    assert merged({"links": ["x"]}, {}, {"links": ["x"]}, rescued) == {"links": ["x"]}
    assert merged({"parent": "x"}, {}, {"parent": "x"}, rescued) == {"parent": "x"}
    assert merged({"links": ["x", "y"]}, {"links": ["x", "y"]}, {"links": ["y"]}, rescued) == {"links": ["y"]}


OPEN = {"text": "X", "conflict": [{"field": "text", "other": "Y"}]}


def test_two_choices_between_the_versions_that_the_base_kept_clash_though_one_is_what_the_base_said() -> None:
    for ours, theirs in (("X", "Y"), ("Y", "X"), ("X", "Z")):
        found = merge_fields(OPEN, {"text": ours}, {"text": theirs})
        assert (found.fields, found.clashes) == ({"text": ours}, [Clash(("text",), ours, theirs)])
    changed = {**OPEN, "text": "Z"}
    assert merge_fields(OPEN, {"text": "X"}, changed).clashes == [Clash(("text",), "X", "Z")]
    assert merged(OPEN, {"text": "Y"}, {"text": "Y"}) == {"text": "Y"}
    assert merged(OPEN, {"text": "X"}, OPEN) == merged(OPEN, OPEN, {"text": "X"}) == {"text": "X"}


def test_choices_are_known_below_a_table_and_in_lists() -> None:
    kept = [{"field": "metric.current", "other": 2}, {"field": "tags", "other": ["b"]}]
    base = {"metric": {"current": 1}, "tags": ["a"], "conflict": kept}
    found = merge_fields(base, {"metric": {"current": 1}, "tags": ["a"]}, {"metric": {"current": 2}, "tags": ["b"]})
    assert found.clashes == [Clash(("metric", "current"), 1, 2), Clash(("tags",), ["a"], ["b"])]
