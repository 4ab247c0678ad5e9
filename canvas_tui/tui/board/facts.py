"""What the inspector tells of an element, gathered from workspace, graph and findings. Pure.

Owns the order of the chain and the words for what is missing; how it is laid out is the inspector's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from canvas_tui.core.cutting import and_more, beginning, ends_of
from canvas_tui.core.elements import Cell, Entry, Goal, Initiative, Kind
from canvas_tui.core.placeholder import is_placeholder
from canvas_tui.core.text import clean
from canvas_tui.core.values import is_number
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.tui.board.inspector import Branch, Chains, Facts, Said
from canvas_tui.tui.paint.parts import day
from canvas_tui.tui.paint.style import Marks

if TYPE_CHECKING:
    from canvas_tui.graph import HowNode, Path, StrategyGraph
    from canvas_tui.rules import Report

_HOW_DEPTH = 2
_HOW_LINES = 60  # more than any inspector has


def facts_of(
    workspace: Workspace, item: Located, graph: StrategyGraph | None, report: Report | None, marks: Marks
) -> Facts:
    """The facts about an entry or a cell of a board; without graph and findings, what is written."""
    findings = _findings(item, report, marks)
    if item.kind is Kind.CELL and isinstance(item.element, Cell) and item.canvas is not None:
        spec = workspace.cell_spec(item.canvas, item.element.id)
        prompt = spec.prompt if spec else ""
        title = spec.title if spec else item.text
        usual = _usual(spec.limit if spec else None)
        return Facts(
            text=prompt or title, kind="cell", tags=(title, usual) if usual else (title,), is_prompt=True,
            help=spec.help if spec else "", note=item.element.note, findings=findings,
            chains=_chains(workspace, item, graph, report, marks),
        )  # fmt: skip
    entry = item.element
    assert isinstance(entry, Entry)
    is_prompt = is_placeholder(entry.text)
    spec = workspace.cell_spec(item.canvas, item.cell or "") if is_prompt and item.canvas is not None else None
    return Facts(
        text=entry.text, kind="entry", tags=_tags(entry), evidence=entry.evidence, note=entry.note, findings=findings,
        help=spec.help if spec else "", is_prompt=is_prompt,
        chains=_chains(workspace, item, graph, report, marks),
    )  # fmt: skip


def _usual(limit: int | None) -> str:
    """How many entries a cell has as a rule, where its model says so."""
    return "" if not limit else "one entry as a rule" if limit == 1 else f"up to {limit} as a rule"


def _tags(entry: Entry) -> tuple[str, ...]:
    importance = f"importance {entry.importance}" if entry.importance else ""
    stage, pays = "future" if entry.is_future else "", "" if entry.pays else "does not pay"
    target = "" if entry.target is None else f"target {entry.target}"
    tags = (stage, pays, target, entry.state, importance, entry.group, entry.owner, entry.id or "")
    return tuple(clean(beginning(tag)) for tag in tags if tag)


def _findings(item: Located, report: Report | None, marks: Marks) -> tuple[Said, ...]:
    if report is None:
        return ()
    from canvas_tui.tui.paint.signs import finding_sign

    return tuple(
        Said(*finding_sign(finding, marks), about_this(finding.message, item.text), finding.fix)
        for finding in report.by_element.get(item.address, ())
        if finding.about.file == item.file  # another may have its id
    )


def about_this(message: str, text: str) -> str:
    """A finding's sentence without the text that stands right above it: "The solution “...” answers" -> "This ..."."""
    quote = re.search("“([^“”]*)”", message)
    if quote is None or not clean(" ".join(beginning(text).split())).startswith(quote[1].rstrip("…")):
        return message
    before, after = message[: quote.start()], message[quote.end() :]
    if not before:
        return "This" + re.sub(r"^ \([^()]*\)", "", after)
    named = re.sub(r"\b([Tt])he ([a-z ]+) $", r"\1his \2", before)
    return named + after if named != before else message


def _chains(
    workspace: Workspace, item: Located, graph: StrategyGraph | None, report: Report | None, marks: Marks
) -> Chains:
    if graph is None or item.address not in graph.nodes or graph.nodes[item.address].file != item.file:
        return Chains()
    from canvas_tui.graph import how_tree, why_paths

    paths = [path for path in why_paths(graph, item.address, limit=6) if len(path) > 1]
    why = tuple(_why(workspace, paths[0], marks)) if paths else ()
    tree = how_tree(graph, item.address, depth=_HOW_DEPTH, lines=_HOW_LINES, is_counted=False)
    how = tuple(_how(workspace, tree, marks))
    others = ""
    if len(paths) > 1:
        others = f"and {len(paths) - 1} more way{'s' if len(paths) > 2 else ''} up (y)"
    if report is not None and any(finding.is_orphan for finding in report.by_element.get(item.address, ())):
        others = "leads to no goal yet" if why else ""
    return Chains(why, how, others)


def _why(workspace: Workspace, path: Path, marks: Marks) -> Iterable[Branch]:
    begin, left_out, end = ends_of(path.addresses[1:])
    for depth, address in enumerate((*begin, *end), 1):
        if left_out and depth == len(begin) + 1:
            yield Branch(and_more(left_out), depth)
        found = workspace.find(address)
        if found is not None:
            text = f"the vision: {found.text}" if found.kind is Kind.VISION else found.text
            yield Branch(text, depth + bool(left_out and depth > len(begin)), _detail(found, marks),
                         through=address == path.through)  # fmt: skip


def _how(workspace: Workspace, tree: HowNode, marks: Marks) -> Iterable[Branch]:
    from canvas_tui.graph import lines_of

    for line in lines_of(tree):
        found = None if line.is_more else workspace.find(line.node.address)
        if found is not None:
            yield Branch(found.text, len(line.branches), _detail(found, marks))


def _detail(item: Located, marks: Marks) -> str:
    """What is worth knowing of a step: where a goal stands, who does an initiative and until when."""
    match item.element:
        case Goal() as goal:
            metric = goal.metric
            numbers = [metric.get(key) for key in ("baseline", "current", "target")]
            known = [f"{value:g}" for value in numbers if is_number(value)]
            unit = metric.get("unit")
            if len(known) > 1:
                return f" {marks.arrow} ".join(known) + (f" {unit}" if isinstance(unit, str) else "")
            return f"due {day(goal.due)}" if goal.due else ""
        case Initiative() as work:
            end = f"to {day(work.end)}" if work.end else ""
            return ", ".join(part for part in (work.team, work.status if work.status != "active" else "", end) if part)
        case Entry() as entry:
            return entry.state if entry.state in ("assumption", "refuted") else ""
    return ""
