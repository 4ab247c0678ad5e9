"""How a scripted edit is made: read, build one command, save it, and only then say which element it was.

Owns the words for edits that cannot be made and the reading of FIELD=VALUE. The writer half of storage is imported
here, when an edit is made, and nowhere else in the command line but `new`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from canvas_tui.cli.exits import FINE, REFUSED, Failure
from canvas_tui.cli.loading import load, tell_problems
from canvas_tui.cli.output import Output
from canvas_tui.cli.tree import closest
from canvas_tui.core.changes import FieldSet
from canvas_tui.core.commands import Command, put_field
from canvas_tui.core.elements import VISION, Kind, split_link
from canvas_tui.core.places import Conflict, EditError
from canvas_tui.core.schema import LINK_KEYS, SCHEMA, FieldSpec, field_spec, parse_value
from canvas_tui.core.text import clean_input, is_valid_id
from canvas_tui.core.workspace import UnknownElement, Workspace

STDIN = "-"


def edit(
    path: str | None, out: Output, build: Callable[[Workspace], Command], *, tell: Callable[[], str] | None = None
) -> int:
    """Make one edit in the workspace at `path` and print what `tell` says, or else the address it made or changed.

    Raises Failure: USAGE for an edit that makes no sense here, REFUSED where somebody else changed the same thing or
    the file may not be written. Nothing is printed before the edit is on disk.
    """
    loaded = load(path)
    tell_problems(loaded.workspace, out)
    try:
        command = build(loaded.workspace)
    except (EditError, UnknownElement) as error:
        raise _failure(error) from None
    from canvas_tui.storage.write.errors import SaveError
    from canvas_tui.storage.write.store import Store
    from canvas_tui.storage.write.verify import WriteMismatch

    try:
        done = Store(loaded).apply(command)
    except (EditError, UnknownElement) as error:
        raise _failure(error) from None
    except WriteMismatch as error:
        raise Failure(str(error), REFUSED) from None
    except SaveError as error:
        raise Failure(f"{error.path} {error.message} - {error.hint}", REFUSED) from None
    out.line(tell() if tell is not None else done.made)
    out.flush()
    if not done.durable:
        out.complain("saved, but the disk did not confirm it - look at it after a power cut")
    for change in done.changes:
        if isinstance(change, FieldSet) and change.field == "id" and change.new not in (None, done.made):
            out.complain(f"{change.address} has the id '{change.new}' now")
    return FINE


def split_field(word: str) -> tuple[str, str]:
    """("state", "fact") of "state=fact"; the value "-" is read from stdin. Raises Failure without a "="."""
    name, sign, value = word.partition("=")
    if not sign or not name:
        raise Failure(f"'{word}' sets nothing - write FIELD=VALUE, such as state=fact")
    return name.strip(), typed(value)


def typed(word: str) -> str:
    """The word itself, or all of stdin for "-". Raises Failure for bytes that are no UTF-8."""
    if word != STDIN:
        return word
    if sys.stdin is None:
        raise Failure("there is no input to read - write the text instead of -")
    try:
        return sys.stdin.buffer.read().decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise Failure("the input is not UTF-8 - convert it first") from None


def fields_from(workspace: Workspace, kind: Kind, words: Sequence[str]) -> dict[str, Any]:
    """The TOML fields that FIELD=VALUE words mean for a new element. Raises Failure where one does not fit."""
    fields: dict[str, Any] = {}
    for word in words:
        name, value = split_field(word)
        spec = spec_of(kind, name)
        try:
            parsed = parse_value(spec, clean_input(value, multiline=spec.type == "text"))
        except ValueError as error:
            raise Failure(str(error)) from None
        check_value(workspace, name, parsed)
        fields = put_field(fields, name, parsed)
    return fields


def spec_of(kind: Kind, name: str) -> FieldSpec:
    """What is known of the field. Raises Failure with the closest field, or the list of them."""
    spec = field_spec(kind, name)
    if spec is not None and spec.type not in ("table", "tables"):
        return spec
    names = [each.name for each in SCHEMA[kind] if each.type not in ("table", "tables")]
    near = closest(name, names)
    hint = f"did you mean '{near}'?" if near else f"use one of: {', '.join(names)}"
    raise Failure(f"a {kind} has no field '{name}' - {hint}")


def check_value(workspace: Workspace, name: str, value: object) -> None:
    """Refuse ids that could not be addressed, and links to nothing. Raises Failure."""
    if name == "id" and isinstance(value, str) and (not is_valid_id(value) or value == VISION):
        raise Failure(f"'{value}' is no id - use letters and digits, joined by - or _ or .")
    if name not in LINK_KEYS or value is None:
        return
    for link in [value] if isinstance(value, str) else list(value) if isinstance(value, (list, tuple)) else []:
        target = workspace.find(split_link(link)[0])
        if target is None:
            raise _failure(UnknownElement(link, workspace.closest(link)))
        if target.kind is Kind.ENTRY and not target.entry.id:
            raise Failure(f"'{link}' has no id yet - use `canvas-tui link`, which gives it one")


def _failure(error: Exception) -> Failure:
    if isinstance(error, Conflict):
        return Failure(f"{error}\nmine:   {_side(error.mine)}\ntheirs: {_side(error.theirs)}", REFUSED)
    return Failure(str(error))


def _side(value: object) -> str:
    return "(nothing)" if value is None else str(value)
