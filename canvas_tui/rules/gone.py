"""Links whose other ends went together: a file was emptied, or the one with the goals was deleted.

Each of them alone would be told as a slip of the pen, with the name of something else to write instead.
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

FLOOD = 200  # so many names of nothing are no slips of the pen: a file is missing, and guesses would mislead
_SLIP = 0.85  # names that are so much alike differ by a slip of the pen
_SEVERAL = 3  # so many links into an empty file, or names of nothing where no goal is, are no slips


class Gone(NamedTuple):
    """The links that lead to what is gone, and the files that hold nothing now."""

    wires: tuple[Wire, ...] = ()
    files: tuple[str, ...] = ()


def is_loose(scene: Scene, wire: Wire) -> bool:
    """Whether a link that names nothing is not about what is planned, or may be in a file that could not be read."""
    return wire.target not in scene.planned_ids and not (scene.unread and scene.unread.may_have(wire.target))


def gone_in(scene: Scene) -> Gone:
    """What went, of the links that name nothing; nothing where each of them may be a slip of the pen."""
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
    """The files of the strategy that hold nothing, which the reader tells."""
    documents = scene.workspace.documents
    return tuple(each.path for each in documents if each.is_readable and each.problems and is_bare(each))


def told_gone(scene: Scene, gone: Gone) -> Found:
    """One finding for all of them, at the empty file where there is one."""
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
    """Whether two names are so much alike that one is the other misspelt, whatever they are of."""
    return SequenceMatcher(None, known.casefold(), name.casefold()).ratio() >= _SLIP
