"""A thousand hostile texts, in every field and on every screen: nothing of them obeyed, nobody thrown out, nothing run.

There are two layers (what is shown is cleaned; what is painted is filtered), and each is enough alone.
"""

from __future__ import annotations

import pytest

from tests.promises.hostile import texts
from tests.promises.hostile.walks import SIZES, run

# Each workspace at one of the two sizes, for a walk takes twenty seconds; the long run takes both.
WALKS = [(number, SIZES[number % 2]) for number in range(texts.WORKSPACES)]


@pytest.mark.parametrize(("which", "size"), WALKS)
def test_no_text_is_obeyed_on_any_screen(which: int, size: tuple[int, int]) -> None:
    outcome = run(which, size)
    assert outcome.foreign == []
    assert outcome.wrong == []
    assert outcome.texts >= texts.TEXTS
    assert len(outcome.shown) > 50, "too few were on a screen to prove anything"


@pytest.mark.parametrize("away", ["no cleaning", "no filter"])
def test_either_layer_is_enough_alone(away: str) -> None:
    outcome = run(1, SIZES[0], away, clicks=False)
    assert outcome.foreign == []
    assert len(outcome.shown) > 50


def test_control_without_both_layers_the_texts_reach_the_terminal() -> None:
    outcome = run(1, SIZES[0], "no cleaning", "no filter", clicks=False)
    assert len(outcome.foreign) > 100
