"""What is most worth doing now: at most three steps, each with where it is done and by which keys. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from canvas_tui.core.workspace import Workspace
from canvas_tui.rules.beginnings import Beginning, to_begin
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
    seen: set[str] = set()  # the rules, and what is to be begun, of which something is told
    for beginning in to_begin(workspace):
        if beginning.what not in seen:  # of several canvases the first
            steps.append(_step_to_begin(beginning))
            seen |= {beginning.what, "no-goals"} if beginning.what == "goal" else {beginning.what}
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


def _step_to_begin(beginning: Beginning) -> Step:
    canvas, address = beginning.canvas, beginning.address
    if canvas is not None:
        return Step(f"Fill in {quoted(canvas.title, 40)}: nothing is written in it yet", address, "enter edit")
    if beginning.what == "vision":
        return Step("Write the vision: one sentence on what it is all for", address, "enter edit")
    if beginning.what == "goal":
        place = (address, "enter edit") if address else ("screen:tree", "gs a")
        return Step("Write the first goal, so that entries have something to serve", *place)
    return Step("Start the first canvas from a model", "do:add", "a")


def _step_of(finding: Finding, same: int, workspace: Workspace, *, is_read_only: bool) -> Step:
    item = workspace.find(finding.about.id)
    message = sentence_of(finding)
    more = f" (and {counted(same, 'more', 'more')} like it)" if same else ""
    target = finding.about.id if item is not None else "screen:findings"
    fixes = () if is_read_only else fixes_of(finding, workspace)
    keys = f"f 1 {fixes[0].words}" if fixes else "" if is_read_only else "enter"
    return Step(message + more, target, keys if item is not None else "gf", "")
