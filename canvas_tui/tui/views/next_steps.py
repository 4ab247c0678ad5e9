"""What is most worth doing now: at most three steps, each with what its number does, and where. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from canvas_tui.core.elements import VISION, Canvas
from canvas_tui.core.placeholder import is_placeholder, says_something
from canvas_tui.core.workspace import Workspace
from canvas_tui.rules.finding import Finding, Report, Severity
from canvas_tui.rules.fixes import fixes_of
from canvas_tui.tui.views.parts import counted, quoted, said, sentence_of

UNREADABLE = "unreadable:"  # begins the target that is a file nobody can read


EDIT, ADD, FIX, LOOK = "write it", "add it", "what to do", "look"


@dataclass(frozen=True, slots=True)
class Step:
    """Something worth doing now: a sentence, where its number goes, and what that does there: one of the words above.

    Nothing is to be done there by hand where `does` is "". `finding` is the one that is to be mended.
    """

    sentence: str
    target: str
    does: str
    style: str = ""
    finding: Finding | None = None


def next_steps(workspace: Workspace, report: Report | None, *, is_read_only: bool = False) -> list[Step]:
    """At most three things worth doing now, the most useful first, each of another kind."""
    steps = _unread_first(workspace)
    seen: set[str] = set()  # the rules of which something is told
    if not workspace.vision and workspace.header is not None:
        steps.append(Step("Write the vision: one sentence on what it is all for", VISION, EDIT))
    if not workspace.may_lack_goals and not any(says_something(goal.title) for goal in workspace.goals):
        place = (workspace.goals[0].id, EDIT) if workspace.goals else ("screen:tree", ADD)
        steps.append(Step("Write the first goal, so that entries have something to serve", *place))
        seen.add("no-goals")  # the same, told once
    if not workspace.canvases and not workspace.unread:
        steps.append(Step("Start the first canvas from a model", "do:add", ADD))
    place_to_begin = _first_placeholder(workspace)
    unread = {document.path for document in workspace.documents if not document.is_readable}
    for finding in report.findings if report is not None else ():
        if finding.rule in seen or (finding.about.kind == "file" and finding.about.file in unread):
            continue
        if place_to_begin is not None and finding.severity is not Severity.ERROR:
            steps.append(_to_fill_in(*place_to_begin))  # what is wrong comes before what is not begun
            place_to_begin = None
        seen.add(finding.rule)
        same = len(report.by_rule(finding.rule)) - 1 if report is not None else 0
        steps.append(_step_of(finding, same, workspace, is_read_only=is_read_only))
    if place_to_begin is not None:
        steps.append(_to_fill_in(*place_to_begin))
    return [replace(step, does="") if is_read_only else step for step in steps[:3]]


def _to_fill_in(canvas: Canvas, address: str) -> Step:
    return Step(f"Fill in {quoted(canvas.title, 40)}: nothing is written in it yet", address, EDIT)


def _unread_first(workspace: Workspace) -> list[Step]:
    """Files that cannot be read: until they can, what else is missing may be in them."""
    unread = [document for document in workspace.documents if not document.is_readable]
    if not unread:
        return []
    first = unread[0]
    line = next((f", line {problem.line}" for problem in first.problems if problem.line), "")
    more = f" (and {counted(len(unread) - 1, 'more file')})" if len(unread) > 1 else ""
    sentence = f"Mend {said(first.path)}{line}: it cannot be read{more}"
    return [Step(sentence, f"{UNREADABLE}{first.path}", LOOK)]


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
    more = f" (and {counted(same, 'more', 'more')} like it)" if same else ""
    target = finding.about.id if item is not None else "screen:findings"
    does = FIX if not is_read_only and fixes_of(finding, workspace) else LOOK
    return Step(sentence_of(finding) + more, target, does, "", finding)
