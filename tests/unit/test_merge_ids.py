"""Ids that two branches changed, gave twice or took out: one element has one id, and nothing of it goes untold."""

from __future__ import annotations

import tomllib
from typing import Any

from canvas_tui.storage.merge.merge import Outcome, merge_files

HEAD = 'model = "lean-canvas"\n'


def problem(identity: str, text: str, link: str = "") -> str:
    fields = (("id", f'"{identity}"' * bool(identity)), ("text", f'"{text}"'), ("links", f'["{link}"]' * bool(link)))
    return "[[problem]]\n" + "".join(f"{key} = {value}\n" for key, value in fields if value)


def merged(base: str, ours: str, theirs: str) -> tuple[list[dict[str, Any]], Outcome]:
    done = merge_files((HEAD + base).encode(), (HEAD + ours).encode(), (HEAD + theirs).encode())
    return tomllib.loads(done.data.decode())["problem"], done


def test_an_id_that_one_side_took_out_and_the_other_changed_stays_and_is_told() -> None:
    for ours, theirs in (("b", ""), ("", "b")):
        found, done = merged(problem("a", "Alpha"), problem(ours, "Alpha"), problem(theirs, "Alpha"))
        assert found == [{"id": "b", "text": "Alpha"}]
        assert "id was taken out" in done.told[0]


def test_two_elements_that_get_one_id_on_two_sides_keep_one_each_and_their_links() -> None:
    base = problem("a", "Alpha") + problem("c", "Cash is late")
    ours = problem("x", "Alpha") + problem("c", "Cash is late")
    found, done = merged(base, ours, problem("a", "Alpha") + problem("x", "Cash is late") + problem("n", "New", "x"))
    assert [each["id"] for each in found] == ["x", "x-2", "n"]
    assert found[2]["links"] == ["x-2"]
    assert "theirs is 'x-2' now" in done.told[0]


def test_an_id_for_what_had_none_meets_the_same_id_for_something_new() -> None:
    ours = problem("", "Alpha") + problem("x", "Fresh entry")
    found, _ = merged(problem("", "Alpha"), ours, problem("x", "Alpha") + problem("n", "New", "x"))
    assert [(each["id"], each["text"]) for each in found] == [("x-2", "Alpha"), ("x", "Fresh entry"), ("n", "New")]
    assert found[2]["links"] == ["x-2"]


def test_of_two_new_ids_of_one_element_the_one_that_goes_is_told() -> None:
    theirs = problem("c", "Alpha") + problem("n", "New", "c")
    found, done = merged(problem("a", "Alpha"), problem("b", "Alpha"), theirs)
    assert ([each["id"] for each in found], found[1]["links"]) == (["b", "n"], ["b"])
    assert "'b' here and 'c' there" in done.told[0]
