"""`git checkout` every 50 ms under two editors and an open screen: nothing lost, nothing torn, nobody thrown out."""

from __future__ import annotations

from tests.lanes import few_or_many
from tests.promises.editors.checkouts import run

FEWER = 150  # on the same file: git has been there often enough by then, and more only takes time


@few_or_many("saves", 150, 500)
def test_branches_that_change_under_two_editors_lose_nothing(saves: int) -> None:
    outcome = run(saves)
    assert outcome.checkouts > 5, "git did not get its turn, so nothing is proved"
    assert (outcome.acknowledged, outcome.lost, outcome.gave_up) == (2 * saves, 0, 0)
    assert outcome.screen == ""


def test_branches_that_change_the_edited_file_itself_leave_it_whole_and_the_editors_at_work() -> None:
    outcome = run(FEWER, same_file=True)
    assert outcome.checkouts > 5
    assert (outcome.torn, outcome.gave_up, outcome.screen) == (False, 0, "")
    assert outcome.overwritten < outcome.acknowledged // 20, "only what fell between git's look and its write"


def test_control_careless_editors_lose_edits_under_checkouts() -> None:
    outcome = run(FEWER, how="no-lock")
    assert outcome.torn or outcome.lost > 0
