"""Whatever a terminal does for long, a session is afterwards what it was: no open file more, and no spinning."""

from __future__ import annotations

import shutil
import sys

import pytest

from tests.promises.terminal import endurance
from tests.promises.terminal.endurance import GROWTH, STORMS, Load, Storm

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads what a process uses from /proc")
SPINNING = 10.0  # percent of a core; how little it is exactly, an idle machine measures: `python -m tests.promises`


def is_as_before(load: Load) -> bool:
    return not load.wrong and load.files[0] == load.files[1] and load.grew <= GROWTH and load.after < SPINNING


def test_a_session_that_is_resized_without_pause_is_afterwards_what_it_was() -> None:
    load = endurance.under("resized", 1.0, rest=1.0)
    assert is_as_before(load), str(load)


@pytest.mark.slow
@pytest.mark.parametrize("storm", STORMS)
def test_a_session_is_afterwards_what_it_was(storm: Storm) -> None:
    load = endurance.under(storm, 4.0)
    assert is_as_before(load), str(load)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")
def test_a_session_in_tmux_is_detached_and_attached_again_and_again() -> None:
    load = endurance.in_tmux(4.0)
    assert is_as_before(load), str(load)


@pytest.mark.slow
def test_viewers_of_a_file_that_never_rests_follow_it_and_keep_nothing() -> None:
    loads = endurance.following(4.0)
    assert all(map(is_as_before, loads)), "; ".join(map(str, loads))


def test_a_terminal_that_is_gone_from_the_start_leaves_nobody_behind() -> None:
    assert endurance.gone_from_the_start(3) == []


def test_control_a_session_that_keeps_something_for_each_size_is_seen() -> None:
    load = endurance.under("resized", 1.0, careful=False, rest=1.0)
    assert load.files[1] > load.files[0]
    assert not is_as_before(load)
