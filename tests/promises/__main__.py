"""The promises as figures: `python -m tests.promises [--long] [--write] [--only PART ...]`.

Prints one table. `--write` puts it, with the date and a line about the machine, into docs/promises.md in place of the
one for runs of that length. Exit code 1 where a promise did not hold.
"""

from __future__ import annotations

import argparse
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
HEADINGS = ("| promise | what was done | what was found |", "|---|---|---|")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.promises", description=__doc__)
    parser.add_argument("--long", action="store_true", help="the counts of a long run; hours")
    parser.add_argument("--write", action="store_true", help=f"write the table into {PAGE.relative_to(REPOSITORY)}")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART", help=", ".join(PARTS))
    given = parser.parse_args()
    began = time.monotonic()
    figures: list[Figure] = []
    for part in given.only:
        for figure in PARTS[part](given.long):
            figures.append(figure)
            print(_row(figure), flush=True)
    minutes = (time.monotonic() - began) / 60
    if given.write:
        _write("long" if given.long else "short", _table(figures, minutes, given.only))
    broken = [figure.promise for figure in figures if figure.holds is False]
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


def _table(figures: list[Figure], minutes: float, parts: list[str]) -> str:
    which = "" if parts == list(PARTS) else f", parts: {', '.join(parts)}"
    head = f"{date.today()}, {machine()}, Python {platform.python_version()}, {minutes:.0f} minutes{which}."
    return "\n".join([head, "", *HEADINGS, *map(_row, figures)])


def _write(length: str, table: str) -> None:
    start, end = f"<!-- {length} -->", f"<!-- end of {length} -->"
    text = PAGE.read_text(encoding="utf-8")
    new = re.sub(f"{start}.*{end}", lambda _: f"{start}\n{table}\n{end}", text, flags=re.DOTALL)
    assert new.count(start) == 1, f"{PAGE.name} has no place for the {length} run"
    PAGE.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
