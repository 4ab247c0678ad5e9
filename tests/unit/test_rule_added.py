"""A rule is one new module and one line: a throw-away one, added to a copy of the program, is everywhere a rule is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

MODULE = '''
"""The rule on goals with long titles."""

from collections.abc import Iterator

from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.fix import Fix
from canvas_tui.rules.offers import fill_in
from canvas_tui.rules.rule import Found, Group, Page, Rule, Setting
from canvas_tui.rules.scene import Scene, at, quoted


def long_titles(scene: Scene) -> Iterator[Found]:
    for node, goal in scene.goals:
        if len(goal.title.split()) > scene.settings["most-words"]:
            yield Found(f"{quoted(node)} is long.", "Make it shorter.", (at(node),))


def _shorter(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield fill_in("make it shorter", item.address, "title")


RULES = (
    Rule(
        name="long-title",
        family="visibility",
        group=Group.FILL,
        severity=Severity.WARNING,
        summary="A goal has a title that nobody can remember.",
        several="{count} goals have long titles",
        check=long_titles,
        is_preview=True,
        settings={"most-words": Setting(3, 1, 99, "so many words are not long yet")},
        silences={"goal-unmeasured"},
        fixes=_shorter,
        page=Page(
            means="Who cannot remember a goal will not work for it.",
            wrong="""
[[goals]]
title = "More of everything for everybody at once"
""",
            right="""
[[goals]]
title = "More for everybody"
""",
            mend="Leave out what goes without saying.",
        ),
    ),
)
'''

PROBE = """
import contextlib, io, json
from datetime import date
from pathlib import Path
from canvas_tui.__main__ import main
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import check
from canvas_tui.rules.fixes import fixes_of
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.tui.paint.style import UNICODE, plain
from canvas_tui.tui.findings.view import findings_rows
from tests.corpus import table

def printed(*arguments):
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        main(list(arguments))
    return out.getvalue()

workspace = read_workspace(Path("plan")).workspace
report = check(workspace, StrategyGraph.of(workspace), date(2026, 11, 21), preview=True)
print(json.dumps({
    "listed": printed("rules"),
    "page": printed("rules", "long-title"),
    "slip": printed("rules", "long-titel"),
    "unasked": printed("check", "plan"),
    "asked": json.loads(printed("check", "plan", "--preview", "--json")),
    "configured": json.loads(printed("check", "configured", "--json")),
    "screen": [plain(row.line) for row in findings_rows(report, workspace, 100, UNICODE)],
    "fixes": [fix.words for finding in report.by_rule("long-title")[:1] for fix in fixes_of(finding, workspace)],
    "table": table(),
}))
"""

GOALS = "".join(f'[[goals]]\nid = "g{number}"\ntitle = "More of everything for everybody"\n\n' for number in range(4))
CONFIGURED = """
[rules]
preview = true
[rules.severity]
long-title = "error"
[rules.settings]
most-words = 4
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the program says of the rule that was added to it."""
    copy = tmp_path_factory.mktemp("copy")
    program = copy / "canvas_tui"
    shutil.copytree(ROOT / "canvas_tui", program, ignore=shutil.ignore_patterns("__pycache__"))
    (program / "rules" / "book" / "long_titles.py").write_text(MODULE)
    registry = program / "rules" / "registry.py"
    lines = registry.read_text().splitlines(keepends=True)
    lines.insert(lines.index(")\n", lines.index("BOOK = (\n")), '    "long_titles",\n')  # one line
    registry.write_text("".join(lines))
    for name, header in (("plan", ""), ("configured", CONFIGURED)):
        (copy / name).mkdir()
        (copy / name / "strategy.toml").write_text(f"format = 1\n{header}")
        (copy / name / "goals.toml").write_text(GOALS)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(copy), str(ROOT)]), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", PROBE], cwd=copy, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def rules_in(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["rule"], each["severity"]) for each in report["data"]["findings"]]


def test_it_is_listed_and_has_a_page(told: dict[str, Any]) -> None:
    assert "long-title" in told["listed"]
    assert "A goal has a title that nobody can remember. (warning, preview)" in " ".join(told["listed"].split())
    for words in ("Who cannot remember a goal", "for everybody at once", "Preview: run with", "most-words = 3"):
        assert words in told["page"]
    assert "did you mean 'long-title'?" in told["slip"]


def test_a_check_tells_it_where_it_is_asked_for(told: dict[str, Any]) -> None:
    assert "is long." not in told["unasked"]
    assert rules_in(told["asked"]).count(("long-title", "warning")) == 4


def test_the_rules_table_may_name_it_and_its_setting(told: dict[str, Any]) -> None:
    assert rules_in(told["configured"]).count(("long-title", "error")) == 4
    assert "invalid-value" not in dict(rules_in(told["configured"]))


def test_it_silences_what_it_says_it_does(told: dict[str, Any]) -> None:
    assert "so nobody can tell when it is reached" in told["unasked"]
    assert "goal-unmeasured" not in dict(rules_in(told["asked"]))


def test_the_screen_groups_folds_and_mends_it(told: dict[str, Any]) -> None:
    heading = next(number for number, line in enumerate(told["screen"]) if line.startswith(" Fill it in"))
    assert "4 goals have long titles" in "".join(told["screen"][heading + 1 : heading + 3])
    assert told["fixes"] == ["make it shorter", "waive"]


def test_the_table_of_figures_has_it(told: dict[str, Any]) -> None:
    assert "| `long-title` (preview) | 0 | 0 |  | 0 | 0 |  |" in told["table"]
