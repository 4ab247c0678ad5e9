"""The promises as figures: `python -m tests.promises [--long] [--write] [--only PART ...]`.

Prints a row a figure. `--write` puts each part's table, with the date and a line about the machine, into
docs/promises.md in place of the one before; it goes with `--long`. Exit code 1 where a promise did not hold.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import platform
import re
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.promises.app import REPOSITORY
from tests.promises.figures import PARTS, Figure

PAGE = REPOSITORY / "docs" / "promises.md"
BEGIN, END = "<!-- figures: `python -m tests.promises --long --write` -->\n", "<!-- /figures -->"
HEADINGS = ("| promise | what was done | what was found |", "|---|---|---|")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.promises", description=__doc__)
    parser.add_argument("--long", action="store_true", help="the counts of a long run; hours")
    parser.add_argument("--write", action="store_true", help=f"with --long: write them into {PAGE.name}")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART", help=", ".join(PARTS))
    given = parser.parse_args()
    if given.write and not given.long:
        parser.error(f"--write goes with --long: {PAGE.name} holds the figures of the long run")
    with tempfile.TemporaryDirectory(prefix="canvas-tui-state-") as state:
        os.environ["XDG_STATE_HOME"] = state  # receipts and drafts of the attacks are nobody's own
        return _run(given)


def _run(given: argparse.Namespace) -> int:
    broken: list[str] = []
    for part in given.only:
        began = time.monotonic()
        figures: list[Figure] = []
        for figure in PARTS[part](given.long):
            figures.append(figure)
            print(_row(figure), flush=True)
        if given.write:
            _write(part, _table(figures, time.monotonic() - began))
        broken += [figure.promise for figure in figures if figure.holds is False]
    for promise in broken:
        print(f"did not hold: {promise}", file=sys.stderr)
    return 1 if broken else 0


def machine() -> str:
    """A line about what this runs on; nothing that names it."""
    system = _file_system(Path(tempfile.gettempdir()))
    return f"{os.cpu_count()} cores, {platform.system()} {platform.release().split('-')[0]}, {system}"


def _file_system(path: Path) -> str:
    best = ("", "an unknown file system")
    if Path("/proc/mounts").exists():
        for line in Path("/proc/mounts").read_text().splitlines():
            _, where, kind = line.split()[:3]
            if (path == Path(where) or Path(where) in path.parents) and len(where) >= len(best[0]):
                best = (where, kind)
    return best[1]


def _row(figure: Figure) -> str:
    verdict = {True: "", False: " **did not hold**", None: ""}[figure.holds]
    return f"| {figure.promise} | {figure.done} | {figure.found}{verdict} |"


def _table(figures: list[Figure], seconds: float) -> str:
    took = f"{seconds / 60:.0f} minutes" if seconds >= 90 else f"{seconds:.0f} seconds"
    head = f"{date.today()}, {machine()}, Python {platform.python_version()}, {took}."
    return "\n".join([head, "", *HEADINGS, *map(_row, figures)])


def _write(part: str, table: str) -> None:
    """Put one part's table in its place; several runs may do so at a time, each with parts of its own."""
    with PAGE.open("r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        text = file.read()
        before, _, rest = text.partition(BEGIN)
        block, _, after = rest.partition(END)
        assert after, f"{PAGE.name} has no place for figures"
        tables = dict(re.findall(r"^### (\w+)\n\n(.*?)\n(?=\n### |\Z)", block, re.MULTILINE | re.DOTALL))
        tables[part] = table
        made = "\n".join(f"### {each}\n\n{tables[each]}\n" for each in PARTS if each in tables)
        file.seek(0)
        file.truncate()
        file.write(f"{before}{BEGIN}{made}{END}{after}")


if __name__ == "__main__":
    sys.exit(main())
