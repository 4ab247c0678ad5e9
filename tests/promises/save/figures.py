"""The figures of the saving promises: what was done to one save, what came of it, and whether that is as it must be.

A control is a careless way of saving under the same attack; it is as it must be where it loses or tears something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, get_args

from tests.promises.save import crowds, disks, injections, kills, power, short_writes, writers

LONG_KILLS = 10_000  # for each way of saving
TRIES = 3  # of a control that is left to chance


class Finding(NamedTuple):
    done: str
    found: str
    as_it_must_be: bool | None  # None where this machine cannot run it
    is_control: bool = False


def figures(*, long: bool) -> Iterator[Finding]:
    """Run everything. Long: about forty minutes on one core."""
    yield from _kills(long)
    yield from _crowds(long)
    yield from _injections()
    yield from _short_writes(long)
    for how in get_args(power.How):
        lost = power.run(how)
        yield _finding(f"power lost, {how}", lost.states, lost.wrong, how in ("naive", "unsynced"))


def _kills(long: bool) -> Iterator[Finding]:
    for how in get_args(kills.How):
        found = kills.run(LONG_KILLS if long and how != "naive" else kills.SHORT[how], how)
        text = f"{found.acknowledged} acknowledged, {found.torn} torn, {found.lost} lost"
        if how == "naive":
            yield Finding(_kill_words(found.kills, how), text, found.torn > 0, is_control=True)
            continue
        if how == "in-place":
            text += f", {found.finished} cut in the middle and finished by the next save"
        held = not (found.torn or found.lost or found.leftovers) and found.acknowledged > 0
        yield Finding(_kill_words(found.kills, how), f"{text}, {found.leftovers} files left beside it", held)


def _kill_words(count: int, how: str) -> str:
    return f"{count} kills at random, {how}"


def _crowds(long: bool) -> Iterator[Finding]:
    saves = 1_000 if long else crowds.SHORT_SAVES
    four = crowds.run(saves, writers.ours, editors=4)
    yield Finding(f"4 writers x {saves} saves on one file", _of(four), four.lost == 0)
    yield _control("2 writers without a lock", lambda: crowds.run(crowds.SHORT_SAVES, writers.renaming_without_lock))
    for foreign, name in ((writers.renaming_without_lock, "vim"), (writers.unlinking_and_creating, "git")):
        for save, words in ((writers.ours, ""), (writers.ours_stalled, ", each save stalled before its swap")):
            found = crowds.run(saves, save, foreign=foreign, foreign_saves=saves // 2)
            done = f"2 writers x {saves} beside {saves // 2} saves as {name} does{words}"
            yield Finding(done, _of(found), found.lost == 0)
        yield _control(
            f"2 writers with a lock alone, beside {saves // 2} saves as {name} does",
            lambda foreign=foreign: crowds.run(  # type: ignore[misc]
                saves, writers.renaming_under_a_lock, foreign=foreign, foreign_saves=saves // 2
            ),
        )


def _of(found: crowds.Outcome) -> str:
    return f"{found.lost} of {found.saved} lost, {found.told} kept beside the file and told"


def _control(done: str, run: Callable[[], crowds.Outcome]) -> Finding:
    """A careless crowd; who wins is chance, so it gets a few tries to lose something."""
    for _ in range(TRIES):
        found = run()
        if found.lost:
            break
    return Finding(done, _of(found), found.lost > 0, is_control=True)


def _injections() -> Iterator[Finding]:
    missing = injections.why_not()
    for how in get_args(injections.How):
        for fault in get_args(injections.Fault):
            done = f"{fault} at every system call, {how}"
            if missing:
                yield Finding(done, missing, None, how == "naive")
                continue
            found = injections.run(how, fault)
            yield _finding(done, found.trials, found.wrong, how == "naive")


def _short_writes(long: bool) -> Iterator[Finding]:
    for how in get_args(injections.How):
        found = short_writes.run(how)
        yield _finding(f"every write cut short, {how}", found.trials, found.wrong, how == "naive")
    for how in get_args(injections.How):
        found = short_writes.under_limits(how, short_writes.ALL_SIZES if long else short_writes.FEW_SIZES)
        yield _finding(f"a limit on the size of files, {how}", found.trials, found.wrong, how == "naive")
    for how in get_args(injections.How):
        done = f"a disk with a few pages left, {how}"
        try:
            found = short_writes.on_a_full_disk(how)
        except disks.CannotMount as reason:
            yield Finding(done, str(reason), None, how == "naive")
            continue
        yield _finding(done, found.trials, found.wrong, how == "naive")


def _finding(done: str, tried: int, wrong: list[str], is_control: bool) -> Finding:
    text = f"{tried} tried, {len(wrong)} neither old nor new, or not told truly"
    if wrong and not is_control:
        text += f": {wrong[0]}"
    return Finding(done, text, bool(wrong) == is_control and tried > 0, is_control)
