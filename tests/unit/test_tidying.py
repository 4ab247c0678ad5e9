"""Everything is looked through for what nobody uses only while nobody types."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from canvas_tui.tui import tidying


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.enable()
    gc.unfreeze()


def whole_passes_while_growing() -> int:
    """How often Python looked through everything while a large plan was made."""
    before = gc.get_stats()[2]["collections"]
    kept = [[number] for number in range(400_000)]
    assert len(kept) == 400_000
    return int(gc.get_stats()[2]["collections"]) - int(before)


def test_a_plan_that_grows_is_never_looked_through_as_a_whole() -> None:
    gc.collect()
    tidying.begin()
    assert whole_passes_while_growing() == 0


def test_control_by_itself_python_looks_through_all_of_it() -> None:
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    assert whole_passes_while_growing() > 0


def test_it_is_tidied_when_nobody_has_typed_for_a_while_and_there_is_something_to_tidy() -> None:
    tidying.begin()
    _ = [[number] for number in range(400_000)]
    assert not tidying.tidy(lambda: 1.0)
    assert tidying.tidy(lambda: 60.0)
    assert not tidying.tidy(lambda: 60.0), "nothing has happened since"
