"""What is most worth doing now: at most three steps, each with what its number does, and where. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from canvas_tui.core.text import counted
from canvas_tui.core.workspace import Workspace
from canvas_tui.rules.beginnings import Beginning, to_begin
from canvas_tui.rules.finding import Finding, Report, Severity
from canvas_tui.rules.fixes import fixes_of
from canvas_tui.tui.paint.parts import quoted, said, sentence_of

UNREADABLE = "unreadable:"  # a target that begins so is a file that cannot be read


EDIT, ADD, FIX, LOOK = "write it", "add it", "what to do", "look"


@dataclass(frozen=True, slots=True)
class Step:
    """Something worth doing now: a sentence, the place that its number key goes to, and what that key does there.

    `does` is one of the words above, or "" where the key only goes there. `finding` is the problem to fix.
    """

    sentence: str
    target: str
    does: str
    style: str = ""
    finding: Finding | None = None


def next_steps(workspace: Workspace, report: Report | None, *, is_read_only: bool = False) -> list[Step]:
    """At most three things worth doing now, the most useful first, each of another kind."""
    steps = _unread_first(workspace)
    seen: set[str] = set()  # the rules and tasks that have a step already
    to_fill_in: Step | None = None  # what is wrong comes before what is not begun
    for beginning in to_begin(workspace):
        if beginning.what in seen:
            continue  # of several canvases the first
        seen |= {beginning.what, "no-goals"} if beginning.what == "goal" else {beginning.what}
        if beginning.canvas is not None:
            to_fill_in = _step_to_begin(beginning)
        else:
            steps.append(_step_to_begin(beginning))
    unread = {document.path for document in workspace.documents if not document.is_readable}
    for finding in report.findings if report is not None else ():
        if finding.rule in seen or (finding.about.kind == "file" and finding.about.file in unread):
            continue
        if to_fill_in is not None and finding.severity is not Severity.ERROR:
            steps.append(to_fill_in)
            to_fill_in = None
        seen.add(finding.rule)
        same = len(report.by_rule(finding.rule)) - 1 if report is not None else 0
        steps.append(_step_of(finding, same, workspace, is_read_only=is_read_only))
    if to_fill_in is not None:
        steps.append(to_fill_in)
    return [replace(step, does="") if is_read_only else step for step in steps[:3]]


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


def _step_to_begin(beginning: Beginning) -> Step:
    canvas, address = beginning.canvas, beginning.address
    if canvas is not None:
        return Step(f"Fill in {quoted(canvas.title, 40)}: nothing is written in it yet", address, EDIT)
    if beginning.what == "vision":
        return Step("Write the vision: one sentence on what it is all for", address, EDIT)
    if beginning.what == "goal":
        place = (address, EDIT) if address else ("screen:tree", ADD)
        return Step("Write the first goal, so that entries have something to serve", *place)
    return Step("Start the first canvas from a model", "do:add", ADD)


def _step_of(finding: Finding, same: int, workspace: Workspace, *, is_read_only: bool) -> Step:
    item = workspace.find(finding.about.id)
    more = f" (and {counted(same, 'more', 'more')} like it)" if same else ""
    target = finding.about.id if item is not None else "screen:findings"
    does = FIX if not is_read_only and fixes_of(finding, workspace) else LOOK
    return Step(sentence_of(finding) + more, target, does, "", finding)
