"""What two branches may do to one file, and what comes of it: the table of docs/merge.md, each row of it a test.

Beside it stands what git alone makes of the same three files, line by line, and with `merge=union`.
"""

from __future__ import annotations

import subprocess
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import check
from canvas_tui.storage.merge.merge import merge_files
from tests.merge_table.example import BASE, Edit
from tests.merge_table.rows import ROWS, Row
from tests.unit.merge_edits import workspace_of
from tests.unit.strategy_factory import TODAY

PAGE = Path(__file__).parents[2] / "docs" / "merge.md"
MARK = "table"
_STRUCTURE = frozenset({"dangling-link", "duplicate-id", "invalid-value"})

__all__ = ["BASE", "PAGE", "ROWS", "Came", "Row", "came_of", "edited", "page_with", "table"]


@dataclass(frozen=True)
class Came:
    """What came of a row: our text, sentences and conflicts; what git made of it, and with merge=union."""

    text: str
    told: tuple[str, ...]
    conflicts: int
    git: str
    union: str


def edited(text: str, edits: tuple[Edit, ...]) -> str:
    """The text after some replacements, each of which must find its place."""
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def came_of(row: Row) -> Came:
    """Merge a row in all three ways."""
    base, ours, theirs = BASE, edited(BASE, row.ours), edited(BASE, row.theirs)
    done = merge_files(base.encode(), ours.encode(), theirs.encode(), "bea")
    git, union = _by_git(base, ours, theirs), _by_git(base, ours, theirs, "--union")
    return Came(done.data.decode(), done.told, done.conflicts, git, union)


def _by_git(base: str, ours: str, theirs: str, *options: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, text in zip(paths, (ours, base, theirs), strict=True):
            path.write_text(text)
        command = ["git", "merge-file", "-p", *options, *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return "conflict"
    return _judged(done.stdout, {base, ours, theirs})


def _judged(text: str, before: set[str]) -> str:
    """Whether a file that merged without a word is in order: TOML, and with no mistake that it did not have."""
    try:
        tomllib.loads(text)
    except ValueError:
        return "**no TOML any more**"
    known = set().union(*map(_mistakes, before))
    new = sorted(_mistakes(text) - known)
    return f"merges, with **{new[0]}**" if new else "merges"


def _mistakes(text: str) -> set[str]:
    workspace = workspace_of({"strategy.toml": text})
    report = check(workspace, StrategyGraph.of(workspace), TODAY)
    return {finding.rule for finding in report.findings} & _STRUCTURE


def table() -> str:
    """The table as Markdown."""
    lines = ["| one branch | the other | canvas-tui | git alone | git, `merge=union` |", "|---|---|---|---|---|"]
    for row in ROWS:
        came = came_of(row)
        lines.append(f"| {row.one} | {row.other} | {row.comes_to} | {came.git} | {came.union} |")
    return "\n".join(lines) + "\n"


def page_with(text: str, made: str) -> str:
    """The page with another table in it."""
    start, end = f"<!-- {MARK} -->\n", f"<!-- /{MARK} -->"
    return text[: text.index(start) + len(start)] + made + text[text.index(end) :]
