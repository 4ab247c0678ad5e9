"""Who else is here, in one short sentence."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from canvas_tui.session.presence_text import company
from tests.unit.session.test_session import workspace


@dataclass(frozen=True)
class Someone:
    name: str
    where: str = ""
    is_editing: bool = False


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ([], ""),
        ([Someone("bea")], "bea is here"),
        ([Someone("bea", "one")], "bea is in Problem"),
        ([Someone("bea", "lean/channels", True)], "bea is editing Channels"),
        ([Someone("bea", "gone")], "bea is here"),
        ([Someone("ana"), Someone("bea", "lean/channels", True)], "bea is editing Channels, 1 more here"),
        ([Someone("ana"), Someone("bea", "one")], "2 others are here"),
        ([Someone("\x1b[31mbea")], "␛[31mbea is here"),
    ],
)
def test_the_sentence_says_who_and_where(people: list[Someone], sentence: str) -> None:
    assert company(people, workspace()) == sentence
