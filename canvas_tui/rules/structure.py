"""Rules on the shape of the files: ids, links, loops. No rule here reads what a strategy says."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.copies import is_named_after, looks_like_copy
from canvas_tui.core.cutting import and_more, ends_of
from canvas_tui.core.elements import VISION, Kind
from canvas_tui.core.text import clean, slug
from canvas_tui.graph import Node, Relation
from canvas_tui.graph.nodes import Wire
from canvas_tui.rules.finding import ElementAt
from canvas_tui.rules.gone import FLOOD, gone_in, is_loose, is_slip, told_gone
from canvas_tui.rules.rule import Found
from canvas_tui.rules.scene import Scene, at, quoted


def duplicate_ids(scene: Scene) -> Iterator[Found]:
    """An id is used twice in the workspace."""
    again: dict[str, list[Node]] = {}
    for node in scene.graph.shadowed:
        has_own_id = node.kind is not Kind.CELL and (node.kind is not Kind.ENTRY or node.entry.id is not None)
        if has_own_id:
            again.setdefault(node.address, []).append(node)
    by_files: dict[tuple[str, str], list[list[Node]]] = {}
    for identity, others in again.items():
        nodes = [scene.graph.nodes[identity], *sorted(others, key=lambda node: (node.file, node.line))]
        if identity == VISION:
            message = f"'{VISION}' is what links call the vision, and {quoted(nodes[1])} has it as its id."
            yield Found(message, f"Give {quoted(nodes[1])} another id.", (at(nodes[1]), at(nodes[0])))
            continue
        copies = _copies_among([node.file for node in nodes])
        nodes.sort(key=lambda node: (_is_unnamed(node), node.file in copies))  # the last is the one to change
        by_files.setdefault((nodes[0].file, nodes[-1].file), []).append(nodes)
    for (first, last), doubled in by_files.items():
        if first != last and len(doubled) > 1:
            yield _mostly_the_same(first, last, doubled)
            continue
        for nodes in doubled:
            message, fix = _twice(scene, nodes[0].address, nodes)
            yield Found(message, fix, tuple(map(at, (*nodes[1:], nodes[0]))))


_COMPARED = 100  # files whose names are compared with each other's


def _copies_among(files: list[str]) -> frozenset[str]:
    """The files that are by their names rather copies of one of the others than the other way round."""
    each_once = list(dict.fromkeys(files))
    others = each_once[:_COMPARED]
    return frozenset(
        file for file in each_once if looks_like_copy(file) or any(is_named_after(file, other) for other in others)
    )


def _mostly_the_same(first: str, last: str, doubled: list[list[Node]]) -> Found:
    """Several ids in the same two files are one mistake: a file was copied."""
    names = [f"'{clean(nodes[0].address)}'" for nodes in doubled]
    some = ", ".join(names[:2]) + (f" {and_more(len(names) - 2)}" if len(names) > 2 else "")
    message = (
        f"{len(doubled):,} ids of {clean(last)} are used in {clean(first)} too ({some}), as in a copy: "
        "a link to one of them could mean either."
    )
    fix = f"Compare {clean(last)} with {clean(first)}, then delete the copy; where both are meant, write other ids."
    return Found(message, fix, (at(doubled[0][-1]), at(doubled[0][0]), *(at(each[-1]) for each in doubled[1:])))


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


_KEYS = {
    "links": "links to",
    "parent": "names as its parent",
    "depends-on": "depends on",
    "promotes": "promotes",
}


def dangling_links(scene: Scene) -> Iterator[Found]:
    """A link, parent, depends-on or promotes names no element; what was perhaps meant is the second element."""
    is_flood = len(scene.graph.dangling) > FLOOD
    gone = gone_in(scene)
    if gone.wires:
        yield told_gone(scene, gone)
    told = set(gone.wires)
    for part, wiring in zip(scene.graph.parts, scene.graph.wirings, strict=True):
        for wire in dict.fromkeys(wiring.dangling):
            if wire not in told and is_loose(scene, wire):
                yield _dangling(scene, part.nodes[wire.source], wire, is_flood=is_flood)
    yield from _lost_links(scene)


def _dangling(scene: Scene, node: Node, wire: Wire, *, is_flood: bool) -> Found:
    name = clean(wire.target)
    message = f"{quoted(node)} {_KEYS[wire.key]} '{name}', and nothing has that id."
    closest = None if is_flood else _meant(scene, node, wire)
    if closest is not None:
        fix = f"Write '{clean(closest)}' instead, or the id that is meant."
    else:
        fix = f"Write the id that is meant, or add what '{name}' stands for."
    meant = scene.graph.node(closest) if closest is not None else None
    elements = (at(node),) if meant is None else (at(node), at(meant))
    return Found(message, fix, elements, (node.address,))


def _meant(scene: Scene, node: Node, wire: Wire) -> str | None:
    """The name that was perhaps meant: of the kind that may stand there, unless another is nearly the same."""
    near = scene.names.closest(wire.target, but=node.address)
    if near is not None and is_slip(near, wire.target):
        return near
    return scene.names_for(wire.key, node.kind).closest(wire.target, but=node.address)


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
