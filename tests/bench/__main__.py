"""`python -m tests.bench [--readme]`: every budget against its reference; `--readme` puts the table there.

Exit 1 where a budget is not met. Ratios of one run, so that the machine's own speed does not matter.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench import keys, process, sharing, terminal
from tests.promises.app import copy_of_sample
from tests.readme import put_between


class Row(NamedTuple):
    """One budget: what, its figure as text, the budget as text, and whether it is met."""

    what: str
    measured: str
    budget: str
    is_met: bool


def measure(folder: Path) -> Iterator[Row]:
    """Every row, in the order of the README's table."""
    python = process.seconds_of([sys.executable, "-c", "pass"], 15)
    version = process.seconds_of([sys.executable, "-m", "canvas_tui", "--version"], 15)
    yield _ratio("`--version` against `python -c pass`", version, python, 3)
    board, empty = terminal.first_paint()
    yield _ratio("first full paint of `samples/fieldnote` against an empty Textual app", board, empty, 1.4)
    yield _bytes("a cursor key at 80x24, median", terminal.bytes_per_key(), 2.5)
    yield _bytes("a confirmed edit at 80x24", terminal.bytes_per_edit(folder), 4)
    big = process.generated(folder, 10_000, 250)
    reference = process.printed_seconds(process.PARSE, big)
    checked = process.check_seconds(big)
    yield _ratio(
        "`check` of 10,000 entries in 250 files against tomllib and importing networkx", checked, reference, 2.5
    )
    memory = process.check_memory(big)
    yield Row("memory of that run", f"{memory:.0f} MB", "150 MB", memory < 150)
    merging, checking = process.merge_and_check_seconds(process.one_file(folder, 4800))
    yield _ratio("a merge of a 4,800-entry file that both sides changed, against `check` of it", merging, checking, 3)
    yield from _of_one_big_file(process.one_file(folder, 1000))
    yield _longest_wait(folder)
    shared = copy_of_sample(folder / "shared")
    budgets: dict[sharing.How, float] = {"inotify": 1, "polling": 3}
    for how, budget in budgets.items():
        slowest = sharing.others_edit_seconds(shared, how)
        what = f"another's edit, from disk to one's own screen, by {how}, slowest of {sharing.EDITS}"
        yield Row(what, f"{slowest:.2f} s", f"{budget:g} s", slowest <= budget)


def _of_one_big_file(one: Path) -> Iterator[Row]:
    tomlkit = process.printed_seconds(process.EDIT, one)
    yield _ratio(
        "an edit in a 1,000-entry file, key to screen, against tomlkit's parse, change, dump",
        terminal.edit_latency(one), tomlkit, 0.2,
    )  # fmt: skip
    yield _ratio(
        "a save in that file, the whole protocol, 95th percentile, against the same",
        sharing.save_seconds(one), tomlkit, 0.25,
    )  # fmt: skip


def _longest_wait(folder: Path) -> Row:
    """Whatever writes nothing, pressed in the largest plan: the key that holds up the next one for the longest."""
    waited = keys.worst(list(keys.walked(keys.largest(folder), folder / "state")))
    what = f"the longest that a key waits in 22,000 elements, processor time, against {keys.LONGEST * 1000:.0f} ms"
    return _ratio(what, waited.seconds, keys.LONGEST, 1)


def _ratio(what: str, seconds: float, reference: float, budget: float) -> Row:
    ratio = seconds / reference
    return Row(
        what, f"{ratio:.2f}x ({seconds * 1000:.0f} of {reference * 1000:.0f} ms)", f"{budget:g}x", ratio <= budget
    )


def _bytes(what: str, count: int, budget: float) -> Row:
    return Row(what, f"{count / 1000:.1f} KB", f"{budget:g} KB", count <= budget * 1000)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--readme", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    lines = ["| what | measured | budget |", "|---|---|---|"]
    met = True
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_STATE_HOME"] = os.environ["XDG_CONFIG_HOME"] = str(Path(name) / "home")
        for row in measure(Path(name)):
            met &= row.is_met
            lines.append(f"| {row.what} | {row.measured} | {row.budget} |")
            print(f"{'ok  ' if row.is_met else 'OVER'}  {row.measured:<28} of {row.budget:<8} {row.what}", flush=True)
    if options.readme:
        put_between("bench", "\n".join(lines))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
