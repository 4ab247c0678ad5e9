"""Finds links whose other ends disappeared together: a file was emptied, or the file with the goals was deleted.

They become one finding. Without this, each would be reported as a misspelt name, with a wrong name to write instead.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

from canvas_tui.core.cutting import and_more
from canvas_tui.core.structure import is_bare
from canvas_tui.core.text import clean
from canvas_tui.graph.nodes import Wire
from canvas_tui.rules.finding import ElementAt
from canvas_tui.rules.rule import Found
from canvas_tui.rules.scene import Scene, at, whole

FLOOD = 200  # with this many unknown names a file is missing: they are not misspelt, and guesses would mislead
_SLIP = 0.85  # likeness from which one name counts as the other, misspelt
_SEVERAL = 3  # this many links into an empty file, or unknown names in a workspace without goals, are not misspelt


class Gone(NamedTuple):
    """The links whose other ends disappeared together, and the files that are empty now."""

    wires: tuple[Wire, ...] = ()
    files: tuple[str, ...] = ()


def is_loose(scene: Scene, wire: Wire) -> bool:
    """Whether a link that names nothing is a mistake: not the name of an experiment or the like (which rules do not
    read yet), nor of something in a file that could not be read."""
    return wire.target not in scene.planned_ids and not (scene.unread and scene.unread.may_have(wire.target))


def gone_in(scene: Scene) -> Gone:
    """The links whose other ends disappeared together; none if each unknown name may be misspelt."""
    loose = [wire for wire in dict.fromkeys(scene.graph.dangling) if is_loose(scene, wire)]
    files = empty_files(scene)
    if not loose or (scene.goals and not files):
        return Gone()
    targets, is_flood = {wire.target for wire in loose}, len(loose) > FLOOD
    slips = {target: not is_flood and _is_slip(scene, target) for target in targets}
    far = tuple(wire for wire in loose if not slips[wire.target])
    names = len(slips) - sum(slips.values())
    is_shared = len(far) > max(names, _SEVERAL - 1)  # some of the names stand in several links
    if (files and is_shared) or (names >= _SEVERAL and not scene.goals):
        return Gone(far, files)
    return Gone()


def empty_files(scene: Scene) -> tuple[str, ...]:
    """The empty files of the strategy; the reader reports them."""
    documents = scene.workspace.documents
    return tuple(each.path for each in documents if each.is_readable and each.problems and is_bare(each))


def told_gone(scene: Scene, gone: Gone) -> Found:
    """One finding for all of those links, at the empty file if there is one."""
    names = list(dict.fromkeys(clean(wire.target) for wire in gone.wires))
    some = ", ".join(f"'{name}'" for name in names[:3]) + (f" {and_more(len(names) - 3)}" if len(names) > 3 else "")
    links = f"{len(gone.wires):,} links lead"
    nodes = [scene.graph.nodes[source] for source in dict.fromkeys(wire.source for wire in gone.wires)]
    places = [at(node) for node in nodes]
    if gone.files:
        files = ", ".join(map(clean, gone.files[:3]))
        hold = "holds" if len(gone.files) == 1 else "hold"
        message = f"{files} {hold} nothing, and {links} nowhere: {some}."
        fix = f"Bring back what {files} held, as with `git checkout`; or write what those names stand for."
        places = [ElementAt(gone.files[0], "file", gone.files[0], 1), *places]
    else:
        message = f"No goal is here, and {links} nowhere: {some}."
        fix = "Bring the file with the goals back, as with `git checkout`; or write what those names stand for."
    if not scene.goals:
        places.append(whole(scene))  # that there is no goal is said by this
    return Found(message, fix, tuple(places))


def _is_slip(scene: Scene, name: str) -> bool:
    closest = scene.names.closest(name)
    return closest is not None and is_slip(closest, name)


def is_slip(known: str, name: str) -> bool:
    """Whether two names are so much alike that one is probably the other, misspelt."""
    return SequenceMatcher(None, known.casefold(), name.casefold()).ratio() >= _SLIP
