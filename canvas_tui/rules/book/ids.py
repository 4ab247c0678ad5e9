"""The rule on ids: one id means one element in the whole workspace."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.copies import is_named_after, looks_like_copy
from canvas_tui.core.cutting import and_more
from canvas_tui.core.elements import VISION, Kind
from canvas_tui.core.text import clean, slug
from canvas_tui.graph import Node
from canvas_tui.rules.finding import Severity
from canvas_tui.rules.rule import Asks, Found, Group, Page, Rule
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
    """The files that, by their names, are copies of another of these files."""
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
    # the files come first, so that they can still be read if the line is cut
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


RULES = (
    Rule(
        name="duplicate-id",
        family="structure",
        group=Group.MEND,
        severity=Severity.ERROR,
        summary="An id is used twice in the workspace.",
        is_told_one_by_one=True,
        check=duplicate_ids,
        asks=Asks.NOTHING,
        is_about_all=True,
        no_fix="which of the two is renamed, and which links mean it, only who wrote them can tell",
        page=Page(
            means=(
                "Links name ids, so an id has to mean one thing in the whole workspace. Where two elements share one, "
                "every link to it goes to the first of them, and neither can be edited by its id: the edit might land "
                "in the other."
            ),
            wrong="""
[[goals]]
id = "growth"
title = "500 paying consultants"

[[initiatives]]
id = "growth"            # the same id again
title = "Referral kit"
""",
            right="""
[[goals]]
id = "growth"
title = "500 paying consultants"

[[initiatives]]
id = "referral-kit"
title = "Referral kit"
""",
            mend=(
                "Give one of the two another id, and change the links that mean it. An id is never shown on the "
                "board, so any short words will do. A canvas with no id is called like its file: of two files of one "
                'name in two folders one needs id = "..." at its top.'
            ),
        ),
    ),
)
