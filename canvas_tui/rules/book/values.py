"""Rules on single values: wrong values that the reader found, unknown cells, texts with hidden characters."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.elements import Kind
from canvas_tui.core.text import clean
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Node
from canvas_tui.graph.nodes import UnsafeText
from canvas_tui.rules.finding import Advised, ElementAt, Finding, Severity
from canvas_tui.rules.fix import Act, Fix
from canvas_tui.rules.gone import empty_files, gone_in
from canvas_tui.rules.offers import change_fields
from canvas_tui.rules.problems import problems, told_problem
from canvas_tui.rules.rule import Asks, Found, Group, Page, Rule
from canvas_tui.rules.scene import Scene, at, quoted, with_article


def invalid_values(scene: Scene) -> Iterator[Found]:
    """A field has the wrong type or an unknown word, or two fields contradict each other."""
    empty = gone_in(scene).files if empty_files(scene) else ()  # told with the links that lead into them
    for problem in problems(scene, "invalid-value"):
        if problem.file not in empty:
            yield told_problem(scene, problem)
    yield from _wrong_config(scene)
    for node, initiative in scene.initiatives:
        if initiative.start and initiative.end and initiative.end < initiative.start:
            message = f"{quoted(node)} ends on {initiative.end}, before it starts on {initiative.start}."
            yield Found(message, "Correct the start or the end.", (at(node),), advised=(Advised(node.address, "end"),))
        for key in ("parent", "depends-on", "promotes"):
            for name in initiative.list_field(key):
                yield from _wrong_kind(scene, node, key, name, (Kind.INITIATIVE,))
    for node, goal in scene.goals:
        if goal.parent and not scene.workspace.vision:  # with a vision, goal-detached tells it
            yield from _wrong_kind(scene, node, "parent", goal.parent, (Kind.GOAL, Kind.VISION))


def _wrong_kind(scene: Scene, node: Node, key: str, name: str, kinds: tuple[Kind, ...]) -> Iterator[Found]:
    target = scene.graph.node(name)
    if target is None or target.kind in kinds:
        return
    message = f"{key} of {quoted(node)} names {quoted(target)}, which is {with_article(target.kind)} and no {kinds[0]}."
    fix = f"Name {with_article(kinds[0])} under {key}, or move '{clean(name)}' to links."
    advised = (Advised(node.address, key),)
    yield Found(message, fix, (at(node), at(target)), (node.address, target.address), advised)


def _wrong_config(scene: Scene) -> Iterator[Found]:
    header = scene.workspace.header
    if header is None:
        return
    file = next(document.path for document in scene.workspace.documents if document.header is header)
    place = ElementAt(file, "file", file, header.line or 1)
    for wrong in scene.complaints:
        yield Found(wrong.message, wrong.fix, (place,))


def unknown_cells(scene: Scene) -> Iterator[Found]:
    """A canvas file has a table its model does not know."""
    told = set()
    for problem in problems(scene, "unknown-cell"):
        told.add((problem.file, problem.element))
        found, node = told_problem(scene, problem), scene.graph.node(problem.element or "")
        yield found if node is None else found._replace(elements=(*found.elements, *_cell_meant(scene, node)))
    for node in scene.graph.of_kind(Kind.CELL):
        if node.canvas is None or node.spec is not None or (node.file, node.address) in told:
            continue
        template, cell = scene.workspace.template(node.canvas), clean(node.cell or "")
        message = f"The model {template.title} has no cell '{cell}', so nothing shows what stands in it."
        meant = _cell_meant(scene, node)
        fix = "Rename it to a cell of the model."
        if meant:
            fix = f"Rename it to '{meant[0].id.rpartition('/')[2]}'."
        yield Found(message, fix, (at(node), *meant))


def _cell_meant(scene: Scene, node: Node) -> tuple[ElementAt, ...]:
    """The cell of the model whose name is most like that of a cell which the model does not have."""
    if node.canvas is None or node.cell is None:
        return ()
    closest = scene.cell_names(scene.workspace.template(node.canvas)).closest(node.cell)
    meant = scene.graph.node(f"{node.canvas.id}/{closest}") if closest else None
    return () if meant is None else (at(meant),)


def unsafe_texts(scene: Scene) -> Iterator[Found]:
    """Control, escape or bidirectional-override characters in a text."""
    nodes = scene.graph.nodes
    for part in scene.graph.parts:
        for found in part.unsafe:
            if nodes[found.node.address] is found.node and _is_own(found.node, found.field):
                yield _unsafe(found)


def _is_own(node: Node, key: str) -> bool:
    """Cells and canvases share no fields, but the vision's table is the whole header."""
    return node.kind is not Kind.VISION or key in ("vision", "name", "vision-conflict")


def _unsafe(found: UnsafeText) -> Found:
    node, hidden = found.node, found.characters
    advised = (Advised(node.address, found.field),)
    key, names = clean(found.field), ", ".join(hidden[:4]) + (" and more" if len(hidden) > 4 else "")
    characters, them = ("hidden characters", "them") if len(hidden) > 1 else ("a hidden character", "it")
    message = f"The {key} of {quoted(node)} has {characters} that may mislead a terminal or a reader: {names}."
    return Found(message, f"Write the {key} anew without {them}.", (at(node),), advised=advised)


def _unsafe_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if item.kind is Kind.ENTRY:
        yield Fix(Act.TEXT, "write it anew", item.address)
    yield from change_fields(finding, item, workspace)


RULES = (
    Rule(
        name="unknown-cell",
        family="structure",
        group=Group.MEND,
        severity=Severity.ERROR,
        summary="A canvas file has a table that its model does not know.",
        is_told_one_by_one=True,
        check=unknown_cells,
        asks=Asks.NOTHING,
        is_about_all=True,
        no_fix="its entries stand at the foot of the board, and are moved from there one by one",
        page=Page(
            means=(
                "A canvas file has a table that is no cell of its model, so no board shows what is in it. The text is "
                "kept in the file as it is."
            ),
            wrong="""
model = "lean-canvas"

[[problems]]                   # the cell is called problem
text = "Clients pay on average 34 days late"
""",
            right="""
model = "lean-canvas"

[[problem]]
text = "Clients pay on average 34 days late"
""",
            mend=(
                "Rename the table to the cell that is meant; the finding suggests the closest one. `canvas-tui "
                "models` lists the cells of every model. A workspace can have models of its own, in its folder "
                "models/."
            ),
        ),
    ),
    Rule(
        name="invalid-value",
        family="structure",
        group=Group.MEND,
        severity=Severity.ERROR,
        summary="A field has the wrong type or an unknown word.",
        is_told_one_by_one=True,
        check=invalid_values,
        asks=Asks.NOTHING,
        page=Page(
            means=(
                "A field has a value that cannot be right: the wrong type, a word that is not one of those it may "
                "have, a day that does not exist, an end before the start, or a name in [rules] that no rule or "
                "setting has. The value is kept in the file and counts as not there."
            ),
            wrong="""
[[initiatives]]
id = "reminders"
title = "Automatic payment reminders"
status = "actve"               # active
start = "2026-09-01"           # a date stands without quotes
""",
            right="""
[[initiatives]]
id = "reminders"
title = "Automatic payment reminders"
status = "active"
start = 2026-09-01
""",
            mend="Write the value as the finding says. `canvas-tui show ELEMENT` shows what was understood.",
        ),
    ),
    Rule(
        name="unsafe-text",
        family="structure",
        group=Group.MEND,
        severity=Severity.WARNING,
        summary="A text has control, escape or direction-changing characters.",
        several="{count} texts have characters that are no letters",
        check=unsafe_texts,
        asks=Asks.NOTHING,
        fixes=_unsafe_fixes,
        page=Page(
            means=(
                "A text has characters that cannot be seen: escape sequences, control characters, or characters that "
                "turn the direction of writing round; or a letter carries more marks than any script has. They could "
                "mislead a terminal or a reader, so they are shown as signs and never sent to the screen. The file "
                "keeps what it had."
            ),
            wrong="""
[[strengths]]
text = "Red \\u001b[31mletters"     # an escape sequence
""",
            right="""
[[strengths]]
text = "Red letters"
""",
            mend=(
                "Write the text anew without them. They often come along with text copied from a terminal or a web "
                "page."
            ),
        ),
    ),
)
