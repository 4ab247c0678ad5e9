"""Overview, findings, chains, search and help as plain text; and that every view fits its window."""

from __future__ import annotations

import pytest

from canvas_tui.core.commands import Batch, ChangeEntry, SetField
from canvas_tui.core.places import ref_to
from canvas_tui.core.search import search
from canvas_tui.core.text import width
from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import ElementAt, Finding, Report, Severity, check
from canvas_tui.rules.registry import RULES
from canvas_tui.rules.rule import Group
from canvas_tui.tui.findings.folding import folds_of
from canvas_tui.tui.findings.view import (
    finding_detail,
    finding_line,
    findings_rows,
    fold_detail,
    path_lines,
    shortened,
)  # fmt: skip
from canvas_tui.tui.help.view import help_lines
from canvas_tui.tui.input.actions import actions_on
from canvas_tui.tui.input.keymap import shown_key
from canvas_tui.tui.overview.next_steps import next_steps
from canvas_tui.tui.overview.view import overview_rows
from canvas_tui.tui.paint.style import ASCII, UNICODE, Line, Marks, plain
from canvas_tui.tui.search.view import search_rows
from canvas_tui.tui.strategy.nodes import rows_of, tree_of
from canvas_tui.tui.strategy.view import detail_lines
from canvas_tui.tui.why.view import how_rows, why_rows
from tests.tree_lines import tree_rows
from tests.unit.strategy_factory import canvas, entry, goal, work
from tests.unit.strategy_factory import workspace as factory_workspace
from tests.unit.views_workspace import TODAY, row_with, small, strategy

SIZES = (60, 80, 100, 140)


@pytest.mark.parametrize("columns", SIZES)
@pytest.mark.parametrize("marks", [UNICODE, ASCII])
def test_no_line_is_wider_than_the_window(columns: int, marks: Marks) -> None:
    workspace, graph, report = strategy()
    by_element = report.by_element
    rows = rows_of(tree_of(workspace, graph), frozenset())
    lines: list[Line] = tree_rows(rows, columns, graph, by_element, TODAY, marks)
    lines += [row.line for row in overview_rows(workspace, graph, report, columns, marks)]
    lines += [row.line for row in findings_rows(report, workspace, columns, marks)]
    lines += [row.line for row in why_rows(workspace, graph, report, "late-payment", columns, marks)]
    lines += [row.line for row in how_rows(workspace, graph, report, "vision", columns, marks)]
    for row in rows:
        lines += detail_lines(row, columns, 9, workspace, by_element, TODAY, marks)
    for finding in report.findings:
        lines += finding_detail(finding, workspace, columns, 9, marks)
    lines += help_lines(actions_on("board"), columns, 22, str)
    lines += [row.line for row in search_rows(search(workspace, "a"), "a", workspace, columns, marks)]
    assert all(width(plain(line)) <= columns for line in lines)
    if marks is ASCII:
        own = {sign for line in lines for sign in plain(line) if not sign.isascii()}
        assert own <= set("“”…")


# the overview


def overview_text(workspace: Workspace, columns: int = 80) -> str:
    workspace, graph, report = strategy(workspace)
    return "\n".join(plain(row.line).rstrip() for row in overview_rows(workspace, graph, report, columns, UNICODE))


def test_the_overview_tells_vision_canvases_goals_and_what_to_do() -> None:
    text = overview_text(small())
    assert text.splitlines()[0].strip() == "Every consultant is paid the day the work is done."
    lines = text.splitlines()
    assert "3/12 filled" in row_with(lines, "Fieldnote for")
    assert "of 3 linked" in row_with(lines, "Fieldnote for")
    assert "no work" in row_with(lines, "500 paying consultants")
    assert "Next" in text


def test_a_file_that_cannot_be_read_is_told_with_line_and_reason() -> None:
    text = overview_text(small())
    assert "old.toml, line 7 cannot be read: a value is missing after '=' – write one" in " ".join(text.split())


def test_before_the_graph_is_made_the_overview_shows_what_is_known() -> None:
    text = "\n".join(plain(row.line) for row in overview_rows(small(), None, None, 80, UNICODE))
    assert "3/12 filled" in text
    assert "linked" not in text


def test_an_empty_workspace_says_how_to_begin() -> None:
    steps = next_steps(Workspace(), None)
    assert [step.target for step in steps] == ["screen:tree", "do:add"]
    assert "a starts one from a model" in overview_text(Workspace())


def test_a_file_that_cannot_be_read_is_named_where_its_finding_is_told() -> None:
    about = ElementAt("b/swot.toml", "file", "b/swot.toml", 2)
    finding = Finding("invalid-value", Severity.ERROR, "A merge left its markers here.", "Choose.", (about,), ())
    steps = next_steps(Workspace(), Report(TODAY, (finding,), ()))
    assert "b/swot.toml: A merge left its markers here." in [step.sentence for step in steps]
    assert "b/swot.toml: A merge left its markers here." in plain(finding_line(finding, 100, UNICODE))


def test_the_missing_goal_is_one_step_and_not_two() -> None:
    finding = Finding("no-goals", Severity.ERROR, "Nothing has a goal.", "f", (ElementAt("vision", "vision", "s", 1),))
    steps = next_steps(Workspace(), Report(TODAY, (finding,), ()))
    assert [step.sentence for step in steps if "goal" in step.sentence] == [
        "Write the first goal, so that entries have something to serve"
    ]


def test_the_three_next_steps_are_of_three_kinds_and_the_most_serious_first() -> None:
    workspace, _, report = strategy()
    steps = next_steps(workspace, report)
    assert len(steps) == 3
    assert len({step.sentence for step in steps}) == 3
    first = report.findings[0]
    assert [each.target for each in steps[:2]] == ["unreadable:old.toml", first.about.id]


def test_what_is_not_begun_comes_after_what_is_wrong_and_before_what_is_missing() -> None:
    about = (ElementAt("g", "goal", "goals.toml", 1),)
    findings = tuple(Finding(f"r-{each}", each, f"It is {each}.", "f", about) for each in Severity)
    plan = factory_workspace(canvas("swot", {"strengths": ["<What?>"]}), goals=[goal("g")])
    sentences = [step.sentence for step in next_steps(plan, Report(TODAY, findings))]
    assert [each.split()[0] for each in sentences] == ["It", "Fill", "It"]
    assert next_steps(plan, Report(TODAY))[0].sentence.startswith("Fill in")


def test_nothing_is_offered_to_be_edited_in_a_read_only_session() -> None:
    workspace, _, report = strategy()
    assert {step.does for step in next_steps(workspace, report, is_read_only=True)} == {""}


# findings


def test_every_finding_stands_in_one_group_and_its_rule_in_the_detail() -> None:
    workspace, _, report = strategy()
    rows = findings_rows(report, workspace, 80, UNICODE)
    assert sorted(row.finding.sort_key for row in rows if row.finding) == [f.sort_key for f in report.findings]
    for row in rows:
        if row.finding is not None:
            assert row.finding.rule not in plain(row.line)
            assert row.finding.rule in plain(finding_detail(row.finding, workspace, 80, 6, UNICODE)[-1])


def test_findings_that_say_the_same_are_one_line_with_a_count_until_they_are_unfolded() -> None:
    cells = [
        canvas(
            "swot",
            {
                "strengths": ["Known by all"],
                "weaknesses": [entry("w", "g")],
                "threats": ["Banks do it too", "A new law comes", "Rates go up again"],
            },
        )
    ]
    plan = factory_workspace(*cells, goals=[goal("g")], works=[work("i", "w")])
    report = check(plan, StrategyGraph.of(plan), TODAY)
    rows = findings_rows(report, plan, 80, UNICODE)
    head = next(row for row in rows if row.fold is not None)
    assert plain(head.line) == " · Nobody does anything about 3 threats and weaknesses of “swot” …"
    assert head.finding is None
    assert not any(row.finding and row.finding.rule == "threat-unanswered" for row in rows)
    assert head.fold is not None
    names = [plain(line).strip() for line in fold_detail(head.fold, plan, 80, 6, UNICODE)]
    assert names[1:] == [
        "· Banks do it too",
        "· A new law comes",
        "· Rates go up again",
        "threat-unanswered · enter shows them one by one",
    ]
    unfolded = findings_rows(report, plan, 80, UNICODE, unfolded={head.fold.key})
    shown = [row.finding.about.id for row in unfolded if row.finding and row.fold]
    assert shown == ["swot/threats/1", "swot/threats/2", "swot/threats/3"]


def test_a_rule_without_words_for_several_says_its_summary_once() -> None:
    about = [ElementAt(f"e{number}", "entry", "a.toml", number) for number in range(5)]
    rest = [Finding("fit-gap", Severity.ERROR, "m", "f", (each,)) for each in about[:2]]
    new = [Finding("some-rule", Severity.WARNING, "m", "f", (each,)) for each in about]
    own = [Finding("dangling-link", Severity.ERROR, "m", "f", (each,)) for each in about]
    folds = folds_of([*rest, *new, *own], Workspace())
    assert [fold.sentence for fold in folds] == ["", "5 times: some-rule", "", "", "", "", ""]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (80, "“A long name of a campaign” starts before “Some other work” is ready."),
        (60, "“A long name of …” starts before “Some other work” is ready."),
        (48, "“A long na…” starts before “Some othe…” is read…"),
    ],
)
def test_the_names_in_a_sentence_are_cut_before_its_end(columns: int, told: str) -> None:
    assert shortened("“A long name of a campaign” starts before “Some other work” is ready.", columns) == told


def test_the_group_with_the_most_serious_finding_comes_first() -> None:
    workspace, _, report = strategy()
    first = next(row.finding for row in findings_rows(report, workspace, 100, UNICODE) if row.finding is not None)
    assert first == report.findings[0]


def test_every_rule_stands_under_the_heading_of_its_group() -> None:
    for rule in RULES.values():
        finding = Finding(rule.name, rule.severity, "It is so.", "Mend it.", (ElementAt("x", "entry", "x.toml", 1),))
        heading, *_ = findings_rows(Report(TODAY, (finding,)), small(), 100, UNICODE)
        assert plain(heading.line) == f" {rule.group}  1"
    assert {rule.group for rule in RULES.values()} == set(Group)


def test_the_path_of_a_finding_is_drawn_with_titles() -> None:
    lines = path_lines(["consultants-500", "profitable", "vision"], small(), 80, UNICODE)
    text = " ".join(plain(line).strip() for line in lines)
    assert text == (
        "500 paying consultants (goal) ▸ Profitable by 2027 (goal) "
        "▸ Every consultant is paid the day the work is done. (vision)"
    )


# chains


def test_why_climbs_to_the_vision() -> None:
    workspace, graph, report = strategy()
    rows = why_rows(workspace, graph, report, "auto-reminders", 100, UNICODE)
    addresses = [row.address for row in rows]
    assert addresses[0] == "auto-reminders"
    assert {"paid-in-10-days", "profitable", "vision", "self-sending", "late-payment"} <= set(addresses)
    assert "works on Reminders that send themselves" in "\n".join(plain(row.line) for row in rows)


def test_why_of_an_orphan_says_what_to_do() -> None:
    workspace, graph, report = strategy()
    rows = why_rows(workspace, graph, report, "other-currencies", 100, UNICODE)
    assert "fa links it" in plain(rows[-1].line)


def test_how_descends_to_the_work() -> None:
    workspace, graph, report = strategy()
    rows = how_rows(workspace, graph, report, "profitable", 100, UNICODE)
    assert {"auto-reminders", "stop-chasing"} <= {row.address for row in rows}
    assert how_rows(workspace, graph, report, "consultants-500", 100, UNICODE)[-1].address is None


# search


def test_a_hit_in_a_note_shows_the_note() -> None:
    workspace = small()
    hits = search(workspace, "pilot")
    text = "\n".join(plain(row.line) for row in search_rows(hits, "pilot", workspace, 80, UNICODE))
    assert "note: Deliberately empty until the pilot ends" in text
    assert "Cost structure" in text


def test_the_words_found_are_underlined() -> None:
    workspace = small()
    rows = search_rows(search(workspace, "days late"), "days late", workspace, 80, UNICODE)
    assert [text for text, style in rows[0].line if style == "match"] == ["days", "late"]


def test_a_search_without_hits_says_so() -> None:
    assert "Nothing has all these words" in plain(search_rows([], "xyzzy", small(), 80, UNICODE)[0].line)


# help


def test_help_of_every_screen_names_every_action_and_its_first_key() -> None:
    for screen in ("board", "tree", "findings", "overview"):
        lines = [plain(line) for line in help_lines(actions_on(screen), 46, 999, shown_key)]
        for action in actions_on(screen):
            assert any(line.startswith(f" {shown_key(action.keys[0])}") for line in lines), action.id


def test_help_fits_the_smallest_designed_window_without_scrolling() -> None:
    assert len(help_lines(actions_on("board"), 80, 22, lambda key: key.replace(" ", ""))) <= 22


def test_why_tells_the_whole_text_the_evidence_and_the_note_in_rows_to_scroll_by() -> None:
    workspace, graph, report = strategy()
    item = workspace.get("late-payment")
    text = " ".join(f"word{number}" for number in range(400))
    command = Batch((SetField(ref_to(item), "note", "first line\nsecond line\n", None),
                     SetField(ref_to(item), "evidence", ["twelve talks"], item.element.fields.get("evidence")),
                     ChangeEntry(ref_to(item), text)))  # fmt: skip
    workspace = command.apply(workspace).workspace
    rows = why_rows(workspace, graph, report, "late-payment", 80, UNICODE)
    told = "\n".join(plain(row.line) for row in rows)
    assert "word399" in told
    assert "Evidence: twelve talks" in told
    assert "Note: first line" in told
    assert "second line" in told
    last = next(row for row in reversed(rows) if row.line)
    assert last.address == "late-payment"
