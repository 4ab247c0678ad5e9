"""The rule on what only says that it is to be decided: "TBD", "to be defined", "?"."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.elements import Goal, Initiative, Kind
from canvas_tui.core.placeholder import is_undecided
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Node
from canvas_tui.rules.finding import Advised, Finding, Severity
from canvas_tui.rules.fix import Act, Fix
from canvas_tui.rules.offers import field_meant, fill_in, for_later
from canvas_tui.rules.problems import problems, told_problem
from canvas_tui.rules.rule import ORPHANS, Found, Group, Page, Rule
from canvas_tui.rules.scene import Scene, at, quoted

_FIX = "Decide it, and write what was decided. Where it has to wait, waive this until the day when it is decided."


def undecided(scene: Scene) -> Iterator[Found]:
    """An element in use whose text, date or number only says that it is to be decided."""
    for node in scene.graph.of_kind(Kind.ENTRY):
        if node.spec is None or not _is_in_use(scene, node):
            continue
        if is_undecided(node.text) and _is_worth_telling(scene, node):
            yield Found(
                f"{_place(scene, node)} only says {quoted(node)}: nobody has decided it yet.", _FIX, (at(node),)
            )
        elif is_undecided(node.element.text_field("target")):
            yield from _number(node, "target", node.element.text_field("target"))
    for node, goal in scene.goals:
        if goal.is_active:
            yield from _title_or_number(node, goal.title, _number_of(goal))
    for node, initiative in scene.initiatives:
        if initiative.is_open and initiative.status != "idea":
            yield from _title_or_number(node, initiative.title, "")
    for problem in problems(scene, "undecided"):
        if _asks(scene, scene.graph.node(problem.element)):
            yield told_problem(scene, problem)


def _is_worth_telling(scene: Scene, node: Node) -> bool:
    """Whether to report it: it has words, or is all that its cell holds. A lone "?" beside other entries is a slip."""
    has_words = any(map(str.isalpha, node.text))
    return has_words or node.canvas is None or node.cell not in scene.filled_cells.get(node.canvas.id, ())


def _place(scene: Scene, node: Node) -> str:
    """What to call it: the cell, if this is its only entry, else an entry in the cell."""
    canvas, cell = node.canvas, node.spec.title if node.spec is not None else node.cell
    if canvas is None:
        return f"{cell}"
    has_more = node.cell in scene.filled_cells.get(canvas.id, ())
    return f"{'An entry in ' if has_more else ''}{cell} of {quoted(canvas.title)}"


def _asks(scene: Scene, node: Node | None) -> bool:
    """Whether the date or number of an element is needed by now."""
    match node.element if node is not None else None:
        case Goal() as goal:
            return goal.is_active
        case Initiative() as initiative:
            return initiative.is_open and initiative.status != "idea"
    return node is None or node.kind is not Kind.ENTRY or _is_in_use(scene, node)


def _is_in_use(scene: Scene, node: Node) -> bool:
    """Whether anybody works with it: not of drafts, nor of a canvas that says nothing but this."""
    canvas = node.canvas
    if canvas is None or canvas.is_archived or canvas.is_draft or node.entry.is_future:
        return False
    return canvas.id not in scene.replaced and bool(scene.filled_cells.get(canvas.id))


def _number_of(goal: Goal) -> str:
    name = goal.metric.get("name")
    return name if isinstance(name, str) else ""


def _title_or_number(node: Node, title: str, metric: str) -> Iterator[Found]:
    if is_undecided(title):
        yield Found(f"The {node.kind} '{node.address}' only says {quoted(title)}: nobody has decided it yet.",
                    _FIX, (at(node),))  # fmt: skip
    elif is_undecided(metric):
        yield from _number(node, "metric", metric)


def _number(node: Node, field: str, text: str) -> Iterator[Found]:
    message = f"The {field} of {quoted(node)} only says {quoted(text)}: nobody has decided it yet."
    name = "metric.name" if field == "metric" else field
    yield Found(message, _FIX, (at(node),), advised=(Advised(node.address, name),))


def _undecided_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if item.kind is Kind.ENTRY:
        yield Fix(Act.TEXT, "write what it is", item.address)
        yield for_later(item)
    else:
        yield fill_in("write what it is", item.address, field_meant(finding))


RULES = (
    Rule(
        name="undecided",
        family="why",
        group=Group.FILL,
        severity=Severity.WARNING,
        summary="A text only says that it is to be decided.",
        several="{count} entries{of} only say that they are to be decided",
        check=undecided,
        silences={"orphan-entry"},
        silences_below=ORPHANS,
        fixes=_undecided_fixes,
        page=Page(
            means=(
                "A text only says that it is to be decided: TBD, to be defined, to do, a question mark. It counts as "
                "empty for every other rule, so that this is told once. Drafts, what is true in future, ideas and "
                "canvases that hold nothing else are passed over."
            ),
            wrong="""
[[go-no-go]]
text = "TBD with Henk"         # who stops the launch, and when?
""",
            right="""
[[go-no-go]]
text = "Henk stops it if a fault of the worst kind is open two days before"
""",
            beside="""
model = "go-to-market"
target = ["Consultants billing by the day"]
""",
            mend=(
                "Decide it, and write what was decided. If it has to wait, waive the finding until the day when it is "
                "decided, or set the canvas's status to draft."
            ),
        ),
    ),
)
