"""The figures of the saving promises for a long run: one line each, with its negative control beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from tests.promises.save import crowds, injections, kills, power, writers


def figures(*, long: bool) -> Iterator[tuple[str, str]]:
    """Run everything and yield (promise, what was counted). Long: about half an hour on two cores."""
    count = 10_000 if long else kills.SHORT
    for how in get_args(kills.How):
        yield f"kill -9 at random, {how}", str(kills.run(count if how != "naive" else kills.SHORT, how))
    saves = 1_000 if long else crowds.SHORT_SAVES
    yield "4 writers", str(crowds.run(saves, writers.ours, editors=4))
    yield "2 writers without a lock", str(crowds.run(crowds.SHORT_SAVES, writers.renaming_without_lock))
    for foreign in (writers.renaming_without_lock, writers.unlinking_and_creating):
        for save in (writers.ours, writers.ours_stalled, writers.renaming_under_a_lock):
            outcome = crowds.run(saves, save, foreign=foreign, foreign_saves=saves // 2)
            yield f"2 x {save.__name__} beside {foreign.__name__}", str(outcome)
    missing = injections.why_not()
    for how in get_args(injections.How):
        for fault in get_args(injections.Fault):
            yield f"{fault} at every system call, {how}", missing or _short(injections.run(how, fault))
    for how in get_args(power.How):
        yield f"power lost, {how}", _short(power.run(how))


def _short(outcome: injections.Outcome | power.Outcome) -> str:
    tried = outcome.trials if isinstance(outcome, injections.Outcome) else outcome.states
    return f"{tried} tried, {len(outcome.wrong)} neither old nor new"


if __name__ == "__main__":
    import sys

    for promise, figure in figures(long="--long" in sys.argv):
        print(f"{promise}: {figure}", flush=True)
