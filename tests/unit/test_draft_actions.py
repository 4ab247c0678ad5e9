"""The action that goes on with a draft."""

from __future__ import annotations

from canvas_tui.tui.flows.draft_actions import action_of


def test_the_key_that_opens_a_draft_again_is_the_one_of_its_field() -> None:
    keys = ("one:text", "one:note", "one:fields", "lean/problem:new", "new goal:fields")
    assert [action_of(key) for key in keys] == ["edit", "note", "details", "add", "add"]
