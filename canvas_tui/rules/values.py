"""Rules on single values: what the reader could not make sense of, unknown cells, texts with hidden characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from canvas_tui.core.elements import Kind
from canvas_tui.core.schema import SCHEMA
from canvas_tui.core.text import clean
from canvas_tui.core.workspace import Problem
from canvas_tui.graph import Node
from canvas_tui.rules.config import read_config
from canvas_tui.rules.finding import Advised, ElementAt
from canvas_tui.rules.gone import empty_files, gone_in
from canvas_tui.rules.rule import Found
from canvas_tui.rules.scene import Scene, at, quoted

_KEY = re.compile(r"[a-z]+(?:[.-][a-z]+)+ ")  # metric.target, depends-on


def invalid_values(scene: Scene) -> Iterator[Found]:
    """A field has the wrong type or an unknown word, or two fields contradict each other."""
    empty = gone_in(scene).files if empty_files(scene) else ()  # told with the links that lead into them
    for problem in problems(scene):
        if problem.rule == "invalid-value" and problem.file not in empty:
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
    message = f"{key} of {quoted(node)} names {quoted(target)}, which is {_a(target.kind)} and no {kinds[0]}."
    fix = f"Name {_a(kinds[0])} under {key}, or move '{clean(name)}' to links."
    advised = (Advised(node.address, key),)
    yield Found(message, fix, (at(node), at(target)), (node.address, target.address), advised)


def _a(kind: Kind) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _wrong_config(scene: Scene) -> Iterator[Found]:
    header = scene.workspace.header
    if header is None:
        return
    file = next(document.path for document in scene.workspace.documents if document.header is header)
    place = ElementAt(file, "file", file, header.line or 1)
    for wrong in read_config(header.rules).complaints:
        yield Found(wrong.message, wrong.fix, (place,))


def unknown_cells(scene: Scene) -> Iterator[Found]:
    """A canvas file has a table its model does not know."""
    told = set()
    for problem in problems(scene):
        if problem.rule == "unknown-cell":
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


def half_saved(scene: Scene) -> Iterator[Found]:
    """Something of a save that was cut off waits for a person."""
    yield from (told_problem(scene, problem) for problem in problems(scene) if problem.rule == "half-saved")


def foreign_leftovers(scene: Scene) -> Iterator[Found]:
    """A file that looks like a leftover of ours, and that nothing on this machine vouches for."""
    yield from (told_problem(scene, problem) for problem in problems(scene) if problem.rule == "foreign-leftover")


def problems(scene: Scene) -> Iterator[Problem]:
    """What the reader found, each under the rule that tells it."""
    yield from scene.workspace.problems
    for document in scene.workspace.documents:
        yield from document.problems


def told_problem(scene: Scene, problem: Problem) -> Found:
    node = scene.graph.node(problem.element) if problem.element else None
    place = ElementAt(problem.file, "file", problem.file, problem.line)
    if node is not None and node.file == problem.file:
        place = ElementAt(node.address, str(node.kind), problem.file, problem.line or node.line)
    return Found(_sentence(problem.message), _sentence(problem.hint), (place,), advised=_field_of(problem, place))


def _field_of(problem: Problem, place: ElementAt) -> tuple[Advised, ...]:
    """The field that the reader speaks of: its sentences on one begin with its key or its label."""
    words = problem.message.lower()
    specs = SCHEMA[Kind(place.kind)] if place.kind != "file" else ()
    named = (each.name for each in specs if words.startswith((f"{each.name} ", f"{each.label.lower()} ")))
    return tuple(Advised(place.id, name) for name in list(named)[:1])


def _sentence(words: str) -> str:
    """What the reader says, as a sentence; names in quotes, and keys that are no plain word, keep their case."""
    words = clean(words).strip()
    is_key = _KEY.match(words) is not None
    return (words[:1] if is_key else words[:1].upper()) + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")


def unsafe_texts(scene: Scene) -> Iterator[Found]:
    """Control, escape or bidirectional-override characters in a text."""
    nodes = scene.graph.nodes
    for part in scene.graph.parts:
        for node, key, hidden in part.unsafe:
            if nodes[node.address] is node and _is_own(node, key):
                yield _unsafe(node, key, hidden)


def _is_own(node: Node, key: str) -> bool:
    """Cells and canvases share no fields, but the vision's table is the whole header."""
    return node.kind is not Kind.VISION or key in ("vision", "name", "vision-conflict")


def _unsafe(node: Node, key: str, hidden: tuple[str, ...]) -> Found:
    advised = (Advised(node.address, key),)
    key, names = clean(key), ", ".join(hidden[:4]) + (" and more" if len(hidden) > 4 else "")
    characters, them = ("hidden characters", "them") if len(hidden) > 1 else ("a hidden character", "it")
    message = f"The {key} of {quoted(node)} has {characters} that may mislead a terminal or a reader: {names}."
    return Found(message, f"Write the {key} anew without {them}.", (at(node),), advised=advised)
