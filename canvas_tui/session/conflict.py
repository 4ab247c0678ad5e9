"""Makes the command that carries out what a person chose when their edit met a conflict. Pure.

The same command keeps the version that lost at its element, for whoever wrote it (see core.versions).
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from canvas_tui.core import edits
from canvas_tui.core.commands import AddEntry, Batch, ChangeEntry, Command, RemoveEntry, SetField
from canvas_tui.core.elements import Kind
from canvas_tui.core.field_paths import get_field
from canvas_tui.core.places import Conflict, Place, Ref, ref_to
from canvas_tui.core.settling import keep, settle
from canvas_tui.core.structure import RemoveElement
from canvas_tui.core.versions import ENTRY, KEPT_KEYS, Version, same_words, versions_of
from canvas_tui.core.workspace import Located, Workspace


def settled(
    workspace: Workspace,
    conflict: Conflict,
    command: Command | None,
    choice: str,
    *,
    me: str = "",
    them: str = "",
    keeps: bool = True,
) -> Command | None:
    """The edit after the choice "mine", "theirs" or "both"; None if there is nothing to do.

    After "mine" or "theirs", the other version is kept at the element, with the name of who wrote it (`me`, `them`).
    "both" with two texts of an entry: theirs stays, and mine becomes an entry below it that names theirs. "both" with
    other texts: mine goes below theirs in the same field. If the edit has several steps, the steps that are not in
    conflict are carried out in any case. With `keeps` False no version is kept.
    """
    item = workspace.find(conflict.address)
    if isinstance(command, Batch):
        return _settled_batch(workspace, conflict, command, choice, (me, them), keeps=keeps)
    if item is None:
        return _written_anew(conflict, command) if choice == "mine" else None
    if isinstance(command, (RemoveEntry, RemoveElement)):
        return edits.remove(workspace, item) if choice == "mine" else None
    if command is not None and not is_about(command, conflict):  # the conflict is only about which element is meant
        return pointed_at(command, conflict.address, item) if choice != "theirs" else None
    mine, theirs = wanted(command, conflict), get_field(item.element.fields, conflict.field)
    if choice == "theirs":
        return _kept(item, conflict.field, mine, theirs, me) if keeps else None
    if not isinstance(mine, str) or choice == "mine":
        first = _kept(item, conflict.field, theirs, mine, them) if keeps else None
        change = _field_set(item, conflict.field, mine, conflict.theirs)
        return Batch((first, change)) if first is not None else change
    if item.kind is Kind.ENTRY and conflict.field == "text" and item.canvas is not None:
        return _beside(item, mine, str(theirs), them, keeps=keeps)
    return _field_set(item, conflict.field, f"{conflict.theirs}\n{mine}", conflict.theirs)


def given_up(workspace: Workspace, conflict: Conflict, command: Command | None) -> Command | None:
    """The edit that puts mine there after "theirs" was carried out; None if nothing of mine is kept."""
    item, mine = workspace.find(conflict.address), wanted(command, conflict)
    for version in reversed(versions_of(item.kind, item.element.fields)) if item is not None else ():
        if item is not None and version.field == conflict.field and same_words(version.other, mine):
            return settle(workspace, item, version, "kept")
    return None


def _settled_batch(
    workspace: Workspace, conflict: Conflict, batch: Batch, choice: str, names: tuple[str, str], *, keeps: bool
) -> Command | None:
    """The batch, in which the step in conflict is replaced by what was chosen, or left out."""
    steps: list[Command] = []
    item, (me, them) = workspace.find(conflict.address), names
    if any(isinstance(step, (RemoveEntry, RemoveElement)) for step in batch.commands):
        return edits.remove(workspace, item) if choice == "mine" and item is not None else None
    if choice == "theirs" and not any(is_about(step, conflict) for step in batch.commands):
        return None  # no single step is in conflict, but the batch as a whole
    for step in batch.commands:
        if is_about(step, conflict):
            chosen = settled(workspace, conflict, step, choice, me=me, them=them, keeps=keeps)
            steps += chosen.commands if isinstance(chosen, Batch) else [chosen] if chosen is not None else []
        elif item is not None and conflict.field == "text" and not isinstance(step, ChangeEntry):
            steps.append(pointed_at(step, conflict.address, item))  # it finds the element by its text
        else:
            steps.append(step)
    return Batch(tuple(_with_one_list(steps, item))) if steps else None


def _with_one_list(steps: list[Command], item: Located | None) -> list[Command]:
    """The steps, with all versions that they keep at the element in one list. Each step alone would know only its own,
    because fields are asked about one by one."""
    lists = [step for step in steps if isinstance(step, SetField) and step.field in KEPT_KEYS]
    if item is None or len(lists) < 2 or not all(isinstance(step.value, list) for step in lists):
        return steps
    tables: list[Any] = []
    for step in lists:
        tables += [table for table in step.value if table not in tables]
    first = replace(lists[0], value=tables, expected=item.element.fields.get(lists[0].field))
    return [first if step is lists[0] else step for step in steps if step is lists[0] or step not in lists]


def is_about(command: Command | None, conflict: Conflict) -> bool:
    """Whether the command writes the field in conflict. True also if there is no command."""
    if isinstance(command, SetField):
        return command.element.address == conflict.address and command.field == conflict.field
    if isinstance(command, ChangeEntry):
        return command.entry.address == conflict.address and conflict.field == "text"
    return command is None


def wanted(command: Command | None, conflict: Conflict) -> Any:
    """What the person wanted to write."""
    if isinstance(command, Batch):
        command = next((step for step in command.commands if is_about(step, conflict)), None)
    if isinstance(command, ChangeEntry) and conflict.field == "text":
        return command.text
    return command.value if isinstance(command, SetField) and command.field == conflict.field else conflict.mine


def is_over_versions(conflict: Conflict) -> bool:
    """Whether the conflict is about kept versions: both people settled one at the same moment. Then there are no texts
    to choose from."""
    return conflict.field in KEPT_KEYS


def pointed_at(command: Command, address: str, item: Located) -> Command:
    """The command, with its reference to the element at this address changed to the element as it is now."""
    assert is_dataclass(command)
    refs = {each.name: getattr(command, each.name) for each in fields(command)}
    stale = [name for name, ref in refs.items() if isinstance(ref, Ref) and ref.address == address]
    made: Command = replace(command, **dict.fromkeys(stale, ref_to(item)))
    return made


def _kept(item: Located, field: str, lost: Any, stays: Any, who: str) -> Command | None:
    return None if same_words(lost, stays) else keep(item, Version(field, lost, who))


def _beside(item: Located, mine: str, theirs: str, them: str, *, keeps: bool) -> Command:
    """Write mine as an entry below theirs. It is marked until somebody confirms that both are meant."""
    assert item.canvas is not None
    fields: dict[str, Any] = {"text": edits.tidy(mine)}
    if keeps and not same_words(mine, theirs):
        fields["conflict"] = [Version(ENTRY, theirs, them).table]
    return AddEntry(f"{item.canvas.id}/{item.cell}", fields, Place(after=ref_to(item)))


def _written_anew(conflict: Conflict, command: Command | None) -> Command | None:
    """Write my text as a new entry of its cell, if the entry was removed meanwhile; else None."""
    cell, slash, _ = conflict.address.rpartition("/")
    is_entry = isinstance(command, ChangeEntry) and "/" in cell and slash
    return edits.add_entry(cell, command.text) if is_entry and isinstance(command, ChangeEntry) else None


def _field_set(item: Located, field: str, value: Any, theirs: Any) -> Command:
    if field == "text" and item.kind is Kind.ENTRY:
        return edits.change_text(item, str(value))
    return replace(SetField(ref_to(item), field, value), expected=theirs)
