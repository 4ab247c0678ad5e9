"""Elements are found again in another version: by id, by text, by place, in that order of trust."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from canvas_tui.core.matching import How, Matching, Thing, match_elements, match_things
from canvas_tui.core.workspace import Workspace
from tests.unit.strategy_factory import canvas, goal, listed, templates
from tests.unit.strategy_random import workspaces

Fields = dict[str, object]


def _cells(**cells: list[Fields]) -> Workspace:
    return Workspace((canvas("lean-canvas", cells, id="lean"),), templates())


def _matched(before: Workspace, after: Workspace) -> Matching:
    return match_elements(before.elements(), after.elements())


def _entries(found: Matching) -> list[tuple[str, str, How]]:
    return [(each.before.text, each.after.text, each.by) for each in found.pairs if each.before.kind == "entry"]


def test_an_id_is_stronger_than_text_and_place() -> None:
    before = _cells(problem=[{"id": "a", "text": "One"}, {"id": "b", "text": "Two"}])
    after = _cells(problem=[{"id": "b", "text": "One"}], solution=[{"id": "a", "text": "Three"}])
    assert _entries(_matched(before, after)) == [("Two", "One", "id"), ("One", "Three", "id")]


def test_without_an_id_the_same_text_is_the_same_entry_wherever_it_went_and_an_id_it_got_since_changes_nothing() -> (
    None
):
    before = _cells(problem=[{"text": "One"}, {"text": "Two"}])
    after = _cells(solution=[{"text": "Two"}], problem=[{"text": "One", "id": "one"}])
    assert sorted(_entries(_matched(before, after))) == [("One", "One", "text"), ("Two", "Two", "text")]


def test_a_text_much_like_it_is_the_same_entry_unless_both_have_an_id_of_their_own() -> None:
    before = _cells(problem=[{"text": "Clients pay late"}, {"id": "x", "text": "Banks are slow to answer"}])
    after = _cells(problem=[{"text": "New"}, {"text": "Most clients pay late"}, {"id": "y", "text": "Banks are slow"}])
    found = _matched(before, after)
    assert _entries(found) == [("Clients pay late", "Most clients pay late", "alike")]
    assert [item.text for item in found.gone] == ["Banks are slow to answer"]
    assert [item.text for item in found.new] == ["New", "Banks are slow"]


def test_between_the_same_neighbours_one_for_one_a_text_may_be_another() -> None:
    before = _cells(problem=[{"text": "One"}, {"text": "Apples"}, {"text": "Two"}])
    after = _cells(problem=[{"text": "One"}, {"text": "Pears"}, {"text": "Two"}])
    assert ("Apples", "Pears", "place") in _entries(_matched(before, after))
    more = _cells(problem=[{"text": "One"}, {"text": "Pears"}, {"text": "Plums"}, {"text": "Two"}])
    assert [item.text for item in _matched(before, more).new] == ["Pears", "Plums"]


def test_a_goal_without_an_id_keeps_its_identity_when_its_title_changes_a_little() -> None:
    def goals(title: str) -> Workspace:
        document = listed("goals.toml", [goal("x")])
        fields = {"title": title}
        made = document.goals[0].__class__(title.casefold().replace(" ", "-"), fields)
        return Workspace((document.__class__("goals.toml", goals=(made,)),), templates())

    found = _matched(goals("Invoices are paid in time"), goals("All invoices are paid in time"))
    assert [each.by for each in found.pairs] == ["alike"]


def test_a_canvas_is_the_same_one_with_another_id_or_in_another_file() -> None:
    def one(path: str, identity: str) -> Workspace:
        made = canvas("lean-canvas", {"problem": [{"text": "One"}]}, id=identity)
        return Workspace((made.__class__(path, canvas=made.canvas),), templates())

    for other in (one("a.toml", "new"), one("b.toml", "lean")):
        found = _matched(one("a.toml", "lean"), other)
        assert (found.gone, found.new) == ((), ())


@given(workspaces())
def test_a_version_matches_itself_one_to_one(workspace: Workspace) -> None:
    items = list(workspace.elements())
    found = match_elements(items, items)
    assert (found.gone, found.new) == ((), ())
    assert all(each.before.text == each.after.text for each in found.pairs)


@given(workspaces(), workspaces())
def test_nothing_is_matched_twice_and_nothing_is_left_out(one: Workspace, other: Workspace) -> None:
    before, after = list(one.elements()), list(other.elements())
    found = match_elements(before, after)
    assert len(found.pairs) + len(found.gone) == len(before)
    assert len(found.pairs) + len(found.new) == len(after)
    assert {id(each) for each in before} == {id(p.before) for p in found.pairs} | {id(each) for each in found.gone}


_homes, _names, _texts = st.sampled_from("pq"), st.sampled_from(["", "a", "b"]), st.sampled_from(["", "t", "much t"])
_things = st.lists(st.builds(Thing, st.just("x"), _homes, _names, _texts))


@given(_things, _things)
def test_things_are_matched_at_most_once_each(before: list[Thing], after: list[Thing]) -> None:
    found = match_things(before, after)
    assert len({each.before for each in found}) == len({each.after for each in found}) == len(found)
