"""Rules on the shape of the files: ids, links, loops. No rule here reads what a strategy says."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.copies import looks_like_copy
from canvas_tui.core.cutting import and_more, ends_of
from canvas_tui.core.elements import VISION, Kind
from canvas_tui.core.text import clean, slug
from canvas_tui.graph import Node, Relation
from canvas_tui.rules.finding import ElementAt
from canvas_tui.rules.rule import Found
from canvas_tui.rules.scene import Scene, at, quoted


def duplicate_ids(scene: Scene) -> Iterator[Found]:
    """An id is used twice in the workspace."""
    again: dict[str, list[Node]] = {}
    for node in scene.graph.shadowed:
        has_own_id = node.kind is not Kind.CELL and (node.kind is not Kind.ENTRY or node.entry.id is not None)
        if has_own_id:
            again.setdefault(node.address, []).append(node)
    for identity, others in again.items():
        nodes = [scene.graph.nodes[identity], *sorted(others, key=lambda node: (node.file, node.line))]
        if identity == VISION:
            message = f"'{VISION}' is what links call the vision, and {quoted(nodes[1])} has it as its id."
            yield Found(message, f"Give {quoted(nodes[1])} another id.", (at(nodes[1]), at(nodes[0])))
            continue
        nodes.sort(key=lambda node: (_is_unnamed(node), looks_like_copy(node.file)))  # the last is the one to change
        message, fix = _twice(scene, identity, nodes)
        yield Found(message, fix, tuple(map(at, (*nodes[1:], nodes[0]))))


def _is_unnamed(node: Node) -> bool:
    """Whether its id is nothing but the name of its file."""
    return node.kind is Kind.CANVAS and "id" not in node.element.fields


def _twice(scene: Scene, identity: str, nodes: list[Node]) -> tuple[str, str]:
    """What is wrong with an id that several have, and what to do about the last of them."""
    first, last, name = nodes[0], nodes[-1], clean(identity)
    files = list(dict.fromkeys(node.file for node in nodes))
    # where it is comes first, and whose it is after it: of a row that is too long the files are still read
    where = f", in {' and '.join(map(clean, files[:2]))}" if len(files) > 1 else ""
    count = "twice" if len(nodes) == 2 else f"{len(nodes)} times"
    owners = f"by {' and '.join(dict.fromkeys(map(quoted, nodes[:2])))}"
    message = f"The id '{name}' is used {count}{where}, {owners}. A link to it could mean either."
    if _is_unnamed(last):
        message += " Where no id is written, the file's name is the id."
        fix = f'Write id = "{_free_id(scene, last.file)}" at the top of {clean(last.file)}.'
    elif looks_like_copy(last.file) and last.file != first.file:
        fix = f"Compare {clean(last.file)} with {clean(first.file)}, then give {quoted(last)} another id or delete it."
    else:
        where = f" in {clean(last.file)}" if len(files) > 1 else ""
        fix = f"Give {quoted(last)}{where} another id, and point the links that mean it there."
    return message, fix


def _free_id(scene: Scene, file: str) -> str:
    """An id for a canvas, of the names of its file and the folders it is in."""
    return slug(file.removesuffix(".toml").replace("/", " "), scene.graph.nodes, fallback="canvas")


_FLOOD = 200  # so many names of nothing are no slips of the pen: a file is missing, and guesses would mislead

_KEYS = {
    "links": "links to",
    "parent": "names as its parent",
    "depends-on": "depends on",
    "promotes": "promotes",
}


def dangling_links(scene: Scene) -> Iterator[Found]:
    """A link, parent, depends-on or promotes names no element; what was perhaps meant is the second element."""
    is_flood = len(scene.graph.dangling) > _FLOOD
    for part, wiring in zip(scene.graph.parts, scene.graph.wirings, strict=True):
        for wire in dict.fromkeys(wiring.dangling):
            if wire.target in scene.planned_ids or (scene.unread and scene.unread.may_have(wire.target)):
                continue
            node = part.nodes[wire.source]
            name = clean(wire.target)
            message = f"{quoted(node)} {_KEYS[wire.key]} '{name}', and nothing has that id."
            closest = None if is_flood else scene.names.closest(wire.target)
            if closest is not None:
                fix = f"Write '{clean(closest)}' instead, or the id that is meant."
            else:
                fix = f"Write the id that is meant, or add what '{name}' stands for."
            meant = scene.graph.node(closest) if closest is not None else None
            elements = (at(node),) if meant is None else (at(node), at(meant))
            yield Found(message, fix, elements, (node.address,))
    yield from _lost_links(scene)


def _lost_links(scene: Scene) -> Iterator[Found]:
    """Links that name what may be in a file of which nothing is known. Where its text has the name, it is there."""
    known = scene.planned_ids
    wires = [each for each in scene.graph.dangling if not (each.target in known or scene.unread.names(each.target))]
    if not wires or not scene.unread.without_text:
        return
    places = tuple(at(scene.graph.nodes[source]) for source in dict.fromkeys(wire.source for wire in wires))
    files = ", ".join(map(clean, scene.unread.without_text[:3]))
    count = "A link names" if len(wires) == 1 else f"{len(wires)} links name"
    message = f"{count} what is in no file that could be read; it may be in {files}, which could not."
    yield Found(message, f"Mend {files} first, then look again.", places)


_SHOWN = 9  # addresses of a loop that its message has; its path has all

_LOOPS = {
    Relation.ROLLS_UP: ("is its own parent goal", "go round in a circle as parents of each other", "parent"),
    Relation.PART_OF: ("is a part of itself", "go round in a circle as parts of each other", "parent"),
    Relation.DEPENDS_ON: ("depends on itself", "each wait for the next, so that none can begin", "depends-on"),
}


def cycles(scene: Scene) -> Iterator[Found]:
    """A loop in parent or depends-on."""
    for loop in scene.graph.loops:
        nodes = [scene.graph.nodes[address] for address in loop.addresses]
        alone, together, key = _LOOPS[loop.relation]
        path = (*loop.addresses, loop.addresses[0])
        begin, left_out, end = ends_of(path, _SHOWN + 1)
        names = " → ".join([*map(clean, begin), *([and_more(left_out)] if left_out else []), *map(clean, end)])
        if len(nodes) == 1:
            message = f"{quoted(nodes[0])} {alone}."
        else:
            message = f"{len(nodes):,} {nodes[0].kind}s {together}: {names}."
        fix = f"Take '{clean(path[1])}' out of {key} of {quoted(nodes[0])}, or break the circle at another place."
        yield Found(message, fix, tuple(map(at, nodes)), path)


def copied_files(scene: Scene) -> Iterator[Found]:
    """A file that a sync, a merge or a file manager left as a copy of the one beside it."""
    for copy in scene.workspace.copies:
        message = f"This file is a copy of {clean(copy.original)}, so nothing in it counts."
        fix = "Compare the two, take over what the original lacks, then delete the copy."
        places = tuple(ElementAt(file, "file", file, 0) for file in (copy.file, copy.original))
        yield Found(message, fix, places)
