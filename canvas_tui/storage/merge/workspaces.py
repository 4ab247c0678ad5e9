"""Merges three versions of a whole workspace in memory, file by file. Renamed files are found again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from canvas_tui.core.differences import differences
from canvas_tui.core.workspace import Workspace
from canvas_tui.storage.merge.merge import CannotMerge, merge_files
from canvas_tui.storage.read.passed import HEADER_FILE
from canvas_tui.storage.read.sourced import Sourced, workspace_of_files


class Merged(NamedTuple):
    """What a merge comes to: the workspace, what was decided about which file, and files that cannot be merged."""

    workspace: Workspace
    told: tuple[tuple[str, str], ...]  # file, sentence
    failed: tuple[tuple[str, str], ...]  # file, reason


class _Three(NamedTuple):
    """One file: its name in the merge, and its bytes in each version, None where it is not there."""

    name: str
    base: bytes | None
    ours: bytes | None
    theirs: bytes | None


def merge_workspaces(base: Sourced, ours: Sourced, theirs: Sourced, who: str = "") -> Merged:
    """Merge two versions that come from `base`. `who` is written beside what is kept of theirs.

    A file that cannot be merged stands as ours has it. A file that one side deleted and the other changed stays.
    """
    files: dict[str, bytes] = {}
    told: list[tuple[str, str]] = []
    failed: list[tuple[str, str]] = []
    for each in _threes(base, ours, theirs):
        try:
            data, sentences = _merged(each, who)
        except CannotMerge as reason:
            failed.append((each.name, str(reason)))
            data, sentences = each.ours, ()
        told += [(each.name, sentence) for sentence in sentences]
        if data is not None:
            files[each.name] = data
    has_their_models = [*ours.workspace.templates] == [*base.workspace.templates]
    like = theirs.workspace if has_their_models else ours.workspace
    return Merged(workspace_of_files(files, like), tuple(told), tuple(failed))


def _merged(each: _Three, who: str) -> tuple[bytes | None, tuple[str, ...]]:
    if each.ours == each.theirs or each.theirs == each.base:
        return each.ours, ()
    if each.ours == each.base:
        return each.theirs, ()
    if each.ours is None or each.theirs is None:
        return each.ours or each.theirs, ("One side deleted this file and the other changed it: it stays.",)
    outcome = merge_files(each.base or b"", each.ours, each.theirs, who, is_header=each.name == HEADER_FILE)
    return outcome.data, outcome.told


def _threes(base: Sourced, ours: Sourced, theirs: Sourced) -> Iterator[_Three]:
    """Every file of the three versions once, sorted by name. What both sides renamed has the name that ours gave it."""
    our_names, their_names = (dict(differences(base.workspace, each.workspace).files) for each in (ours, theirs))
    seen: tuple[set[str], set[str]] = (set(), set())
    found: list[_Three] = []
    for name, data in base.files.items():
        one, other = our_names.get(name, name), their_names.get(name, name)
        seen[0].add(one)
        seen[1].add(other)
        found.append(_Three(one if one != name else other, data, ours.files.get(one), theirs.files.get(other)))
    new = sorted((ours.files.keys() - seen[0]) | (theirs.files.keys() - seen[1]))
    found += [_Three(name, None, _new(ours.files, name, seen[0]), _new(theirs.files, name, seen[1])) for name in new]
    return iter(sorted(found, key=lambda each: each.name))


def _new(files: Mapping[str, bytes], name: str, seen: set[str]) -> bytes | None:
    return None if name in seen else files.get(name)
