"""What is most worth doing now: at most three steps, each with where it is done and by which keys. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from canvas_tui.core.elements import VISION, Canvas
from canvas_tui.core.placeholder import is_placeholder, says_something
from canvas_tui.core.workspace import Workspace
from canvas_tui.rules.finding import Finding, Report
from canvas_tui.rules.fixes import fixes_of
from canvas_tui.tui.views.parts import counted, quoted, said, sentence_of

UNREADABLE = "unreadable:"  # begins the target that is a file nobody can read


@dataclass(frozen=True, slots=True)
class Step:
    """Something worth doing now: a sentence, where Enter goes, and the keys that do it there."""

    sentence: str
    target: str
    keys: str
    style: str = ""


def next_steps(workspace: Workspace, report: Report | None, *, is_read_only: bool = False) -> list[Step]:
    """At most three things worth doing now, the most useful first, each of another kind."""
    steps = _unread_first(workspace)
    seen: set[str] = set()  # the rules of which something is told
    if not workspace.vision and workspace.header is not None:
        steps.append(Step("Write the vision: one sentence on what it is all for", VISION, "enter edit"))
    if not workspace.may_lack_goals and not any(says_something(goal.title) for goal in workspace.goals):
        place = (workspace.goals[0].id, "enter edit") if workspace.goals else ("screen:tree", "gs a")
        steps.append(Step("Write the first goal, so that entries have something to serve", *place))
        seen.add("no-goals")  # the same, told once
    if not workspace.canvases and not workspace.unread:
        steps.append(Step("Start the first canvas from a model", "do:add", "a"))
    elif (place_to_begin := _first_placeholder(workspace)) is not None:
        canvas, address = place_to_begin
        steps.append(Step(f"Fill in {quoted(canvas.title, 40)}: nothing is written in it yet", address, "enter edit"))
    unread = {document.path for document in workspace.documents if not document.is_readable}
    for finding in report.findings if report is not None else ():
        if finding.rule in seen or (finding.about.kind == "file" and finding.about.file in unread):
            continue
        seen.add(finding.rule)
        same = len(report.by_rule(finding.rule)) - 1 if report is not None else 0
        steps.append(_step_of(finding, same, workspace, is_read_only=is_read_only))
    return steps[:3]


def _unread_first(workspace: Workspace) -> list[Step]:
    """Files that cannot be read: until they can, what else is missing may be in them."""
    unread = [document for document in workspace.documents if not document.is_readable]
    if not unread:
        return []
    first = unread[0]
    line = next((f", line {problem.line}" for problem in first.problems if problem.line), "")
    more = f" (and {counted(len(unread) - 1, 'more file')})" if len(unread) > 1 else ""
    sentence = f"Mend {said(first.path)}{line}: it cannot be read{more}"
    return [Step(sentence, f"{UNREADABLE}{first.path}", "enter")]


def _first_placeholder(workspace: Workspace) -> tuple[Canvas, str] | None:
    """The first canvas with placeholders and nothing else, and the first of them; None where there is none."""
    for canvas in workspace.canvases:
        entries = list(canvas.entries())
        if canvas.is_archived or any(entry.is_written for _, _, entry in entries):
            continue
        template = workspace.template(canvas)
        order = {cell: number for number, cell in enumerate(template.cell_ids)}
        open_ones = [each for each in entries if is_placeholder(each[2].text)]
        if open_ones:
            cell, index, entry = min(open_ones, key=lambda each: (order.get(each[0], len(order)), each[1]))
            return canvas, entry.id or f"{canvas.id}/{cell}/{index + 1}"
    return None


def _step_of(finding: Finding, same: int, workspace: Workspace, *, is_read_only: bool) -> Step:
    item = workspace.find(finding.about.id)
    message = sentence_of(finding)
    more = f" (and {counted(same, 'more', 'more')} like it)" if same else ""
    target = finding.about.id if item is not None else "screen:findings"
    fixes = () if is_read_only else fixes_of(finding, workspace)
    keys = f"f 1 {fixes[0].words}" if fixes else "" if is_read_only else "enter"
    return Step(message + more, target, keys if item is not None else "gf", "")
