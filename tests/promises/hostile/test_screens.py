"""A thousand hostile texts, in every field and on every screen: nothing of them obeyed, nobody thrown out, nothing run.

There are two layers (what is shown is cleaned; what is painted is filtered), and each is enough alone. The quick lane
walks through every screen of one workspace; the slow lane, through all workspaces, with clicks all over.
"""

from __future__ import annotations

import pytest

from tests.promises.hostile import texts
from tests.promises.hostile.walks import SHORT_WALK, SIZES, WALK, Walk, run

# Each workspace at one of the two sizes, for a walk takes ten seconds; the long run takes both.
WALKS = [(number, SIZES[number % 2]) for number in range(texts.WORKSPACES)]


def test_no_text_is_obeyed_on_a_short_walk() -> None:
    outcome = run(0, SIZES[1], clicks=False, walk=SHORT_WALK)
    assert outcome.foreign == []
    assert outcome.wrong == []
    assert len(outcome.shown) > 25, "too few were on a screen to prove anything"


@pytest.mark.slow
@pytest.mark.parametrize(("which", "size"), WALKS)
def test_no_text_is_obeyed_on_any_screen(which: int, size: tuple[int, int]) -> None:
    outcome = run(which, size)
    assert outcome.foreign == []
    assert outcome.wrong == []
    assert outcome.texts >= texts.TEXTS
    assert len(outcome.shown) > 50, "too few were on a screen to prove anything"


@pytest.mark.parametrize("away", ["no cleaning", "no filter"])
@pytest.mark.parametrize("walk", [SHORT_WALK, pytest.param(WALK, marks=pytest.mark.slow)], ids=["short", "whole"])
def test_either_layer_is_enough_alone(walk: Walk, away: str) -> None:
    outcome = run(1, SIZES[1], away, clicks=False, walk=walk)
    assert outcome.foreign == []
    assert len(outcome.shown) > 25


def test_control_without_both_layers_the_texts_reach_the_terminal() -> None:
    outcome = run(1, SIZES[1], "no cleaning", "no filter", clicks=False, walk=SHORT_WALK)
    assert len(outcome.foreign) > 100
