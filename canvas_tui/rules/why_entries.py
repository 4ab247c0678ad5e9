"""Rules on entries and cells: every entry leads to a goal, every problem has an answer, every cell says something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from canvas_tui.core.elements import Cell, Kind
from canvas_tui.core.placeholder import is_undecided
from canvas_tui.core.text import clean
from canvas_tui.graph import Node, Relation, straight_up
from canvas_tui.rules.rule import Found
from canvas_tui.rules.scene import Scene, at, quoted


def orphan_entries(scene: Scene) -> Iterator[Found]:
    """A filled entry of a must-link cell reaches no goal, by why edges or through an initiative that works on it."""
    for node in scene.asked:
        if node.spec is None or not node.spec.must_link or scene.graph.has_goal(node.address):
            continue
        if node.role == "metric" or _is_answered(scene, node):
            continue  # metric-orphan asks for a goal, and of what is answered the answer is asked
        if node.role == "advantage" and scene.is_unpaid(node.canvas):
            continue  # a goal beside it would not help: there is no rival
        if any(scene.graph.has_goal(other.address) for other in scene.beside(node)):
            continue  # it stands beside something that has a goal: whose it is can be read there
        path = straight_up(scene.graph, node.address)
        where = node.spec.title
        if len(path) > 1:
            top = scene.graph.nodes[path[-1]]
            message = f"{quoted(node)} ({where}) is there for {quoted(top)}, which leads to no goal."
            fix = f"Link {quoted(top)} to the goal it is for, or link this entry to a goal."
        elif works := list(scene.joined_below(node, Relation.WORKS_ON)):
            message = f"{quoted(node)} ({where}) leads to no goal, and neither does its work {quoted(works[0])}."
            fix = "Link the work to the goal it is for, or the entry to the goal it serves."
            yield Found(message, fix, (at(node), at(works[0])), path)
            continue
        else:
            message = f"{quoted(node)} ({where}) leads to no goal."
            fix = "Link it to the goal it serves, or to the initiative that works on it."
        yield Found(message, fix, (at(node),), path)


def _is_answered(scene: Scene, node: Node) -> bool:
    """Whether a solution or an option answers it."""
    answers = scene.joined_below(node, Relation.ANSWERS, Relation.DRAWS_ON)
    return any(lower.role == "solution" or lower.role in _SIDES for lower in answers)


def empty_cells(scene: Scene) -> Iterator[Found]:
    """A cell that an active canvas needs has no entry, and no note that says why."""
    for node in scene.graph.of_kind(Kind.CELL):
        canvas, cell, spec = node.canvas, node.element, node.spec
        if canvas is None or spec is None or spec.optional or not isinstance(cell, Cell) or cell.note.strip():
            continue
        if canvas.is_draft or canvas.is_archived or canvas.id in scene.replaced or scene.is_begun_only(canvas):
            continue
        if spec.after is not None and spec.after not in scene.filled_cells.get(canvas.id, ()):
            continue  # the cell that it follows is empty, and that is told
        if any(is_undecided(entry.text) for entry in cell.entries):
            continue  # that it is still to be decided is told there
        if not cell.is_filled:
            message = f"{spec.title} of {quoted(canvas.title)} is empty, and no note says why."
            fix = "Write its first entry, or a note on the cell that says why it stays empty."
            yield Found(message, fix, (at(node),))


def doubled_canvases(scene: Scene) -> Iterator[Found]:
    """A canvas of an earlier year stands in use beside the one that took its place."""
    for identity, new in scene.replaced.items():
        node, newer = scene.graph.nodes[identity], scene.graph.node(new.id)
        if newer is None:
            continue
        names = f"{quoted(node)} ({clean(identity)}) is of an earlier year, and {quoted(newer)} ({clean(new.id)})"
        message = f"{names} took its place: both are in use."
        fix = f"Set the status of '{clean(identity)}' to archived; or give one a title that says what it is for."
        yield Found(message, fix, (at(node), at(newer)))


def problems_unsolved(scene: Scene) -> Iterator[Found]:
    """A problem that no solution or initiative answers."""
    for node in scene.with_role("problem"):
        if _is_minor(scene, node, "importance", "min-importance") or scene.has_nothing_in(node.canvas, "solution"):
            continue
        solutions = (lower for lower in scene.joined_below(node, Relation.ANSWERS) if lower.role == "solution")
        if not any(True for _ in solutions) and not scene.has_initiative(node):
            message = f"Nothing answers the problem {quoted(node)}: no solution and no initiative."
            fix = "Link the solution or the initiative that answers it, add one, or waive it with a reason."
            yield Found(message, fix, (at(node),), straight_up(scene.graph, node.address))


def solutions_unmotivated(scene: Scene) -> Iterator[Found]:
    """A solution that answers no problem."""
    for node in scene.with_role("solution"):
        if scene.has_nothing_in(node.canvas, "problem"):
            continue
        if not any(edge.relation is Relation.ANSWERS for edge in scene.graph.up.get(node.address, ())):
            message = f"The solution {quoted(node)} answers no problem."
            fix = "Link it to the problem it answers; if that one is not written down yet, add it."
            yield Found(message, fix, (at(node),), straight_up(scene.graph, node.address))


def fit_gaps(scene: Scene) -> Iterator[Found]:
    """A pain or a gain that no reliever or creator links to."""
    for node in scene.with_role("pain", "gain"):
        answer = "reliever" if node.role == "pain" else "creator"
        if _is_minor(scene, node, "importance", "min-fit-importance") or scene.has_nothing_in(node.canvas, answer):
            continue
        if scene.has_initiative(node) or any(other.role in ("reliever", "creator") for other in scene.linked(node)):
            continue
        if node.role == "pain":
            message, fix = f"No reliever takes away the pain {quoted(node)}.", "Link a pain reliever to it, or add one."
        else:
            message, fix = f"No creator brings about the gain {quoted(node)}.", "Link a gain creator to it, or add one."
        yield Found(message, fix, (at(node),), straight_up(scene.graph, node.address))


def segments_unreachable(scene: Scene) -> Iterator[Found]:
    """A customer segment with no channel, or, where it pays, no revenue stream linked."""
    for node in scene.with_role("segment"):
        roles = {other.role for other in scene.linked(node)}
        missing = [words for role, words in _wanted_by(scene, node) if role not in roles]
        if missing:
            message = f"{' and '.join(missing)} is linked to the segment {quoted(node)}."
            message = message[0].upper() + message[1:]
            wanted = " and ".join(words.replace("no ", "a ", 1) for words in missing)
            yield Found(
                message, f"Link {wanted} to it, or add one.", (at(node),), straight_up(scene.graph, node.address)
            )


def _wanted_by(scene: Scene, segment: Node) -> Iterator[tuple[str, str]]:
    """The roles that should be linked to a segment, with the words for their absence.

    The only segment of a canvas is the one that its channels and revenue streams are for, and where the whole cell
    is empty, that is told. Who pays already is reached already; who does not pay, and has nothing made for them,
    stands there to be named only.
    """
    if segment.canvas is None or scene.is_only_segment(segment):
        return
    linked, pays = list(scene.linked(segment)), segment.entry.pays
    is_paying = any(other.role == "revenue" and other.entry.state in ("fact", "validated") for other in linked)
    if (not is_paying if pays else linked) and not scene.has_nothing_in(segment.canvas, "channel"):
        yield "channel", "no channel"
    if pays and not scene.has_nothing_in(segment.canvas, "revenue"):
        yield "revenue", "no revenue stream"


def threats_unanswered(scene: Scene) -> Iterator[Found]:
    """A threat or weakness with no initiative or TOWS option."""
    for node in scene.with_role("threat", "weakness"):
        if not _is_minor(scene, node, "impact", "min-impact") and not _is_catchword(node):
            message = f"Nobody does anything about the {node.role} {quoted(node)}"
            yield from _not_taken_up(scene, node, message, "deals with it")


def opportunities_idle(scene: Scene) -> Iterator[Found]:
    """An opportunity with no initiative or TOWS option."""
    for node in scene.with_role("opportunity"):
        if not _is_minor(scene, node, "impact", "min-impact") and not _is_catchword(node):
            message = f"Nobody takes up the opportunity {quoted(node)}"
            yield from _not_taken_up(scene, node, message, "uses it")


def _is_catchword(node: Node) -> bool:
    """Whether it is one word, such as “Electricity (6)”: what could be done about it nobody can say yet."""
    words = re.findall(r"[^\W\d_]+", node.text)
    return len(words) == 1 and max(words[0]) < _WITHOUT_SPACES


_WITHOUT_SPACES = "\u0e00"  # from Thai on there are scripts that put no space between words


def _not_taken_up(scene: Scene, node: Node, message: str, does: str) -> Iterator[Found]:
    """A factor that no initiative works on, nor on an option that draws on it and is linked to no goal itself."""
    options = list(scene.joined_below(node, Relation.DRAWS_ON))
    if scene.has_initiative(node) or any(_leads_on(scene, option) for option in options):
        return
    path = straight_up(scene.graph, node.address)
    if options:
        message += f": no work carries out the option {quoted(options[0])}."
        fix = "Link the option to the initiative that carries it out, add one, or waive it with a reason."
    else:
        message += "."
        fix = f"Link the initiative or the TOWS option that {does}, or waive it with a reason."
    yield Found(message, fix, tuple(map(at, (node, *options))), path)


def _leads_on(scene: Scene, option: Node) -> bool:
    """Whether something comes of an option: work on it or a goal of its own; or a side is missing, which is told."""
    return (
        scene.has_initiative(option)
        or any(other.kind in (Kind.GOAL, Kind.INITIATIVE) for other in scene.linked(option))
        or bool(_missing_sides(scene, option))
    )


_SIDES = {
    "tows-so": ("strength", "opportunity"),
    "tows-st": ("strength", "threat"),
    "tows-wo": ("weakness", "opportunity"),
    "tows-wt": ("weakness", "threat"),
}


def tows_halves(scene: Scene) -> Iterator[Found]:
    """A TOWS option that does not cite both of its sides."""
    for node in scene.with_role(*_SIDES):
        sides = _SIDES[node.role or ""]
        if missing := _missing_sides(scene, node):
            words = " and no ".join(missing)
            message = f"The option {quoted(node)} should cross a {sides[0]} with {_a(sides[1])}, and cites no {words}."
            fix = f"Link it to the {' and the '.join(missing)} it draws on."
            yield Found(message, fix, (at(node),), straight_up(scene.graph, node.address))


def _missing_sides(scene: Scene, option: Node) -> list[str]:
    cited = {other.role for other in scene.linked(option)}
    return [side for side in _SIDES.get(option.role or "", ()) if side not in cited]


def metrics_orphan(scene: Scene) -> Iterator[Found]:
    """A key metric that no goal measures."""
    by_metric = {str(goal.metric.get("name", "")).casefold(): node for node, goal in scene.goals}
    for node in scene.with_role("metric"):
        if not any(edge.relation is Relation.MEASURES for edge in scene.graph.up.get(node.address, ())):
            twin = by_metric.get(node.text.strip().casefold())
            message = f"No goal measures the key metric {quoted(node)}."
            fix = "Link it to the goal that it measures, or give a goal this metric."
            if twin is not None:
                fix = f"Link it to the goal {quoted(twin)}, which has a metric of that name."
            has_goal = scene.graph.has_goal(node.address)
            path = straight_up(scene.graph, node.address)
            yield Found(message, fix, (at(node),), path, has_goal=has_goal)


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _is_minor(scene: Scene, node: Node, key: str, setting: str) -> bool:
    """Whether an entry says that it matters less than the setting asks for; one that says nothing is never minor."""
    value = node.entry.int_field(key)
    return value is not None and value < scene.settings.get(setting, 1)
