"""Makes an edit for a command: reads the workspace, builds one edit command, saves it, and then prints the address.

It also has the words for edits that fail, and reads FIELD=VALUE. Apart from `new`, only this module of the command line
imports the writer half of storage, and only when an edit is made.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from canvas_tui.cli.exits import FINE, REFUSED, Failure
from canvas_tui.cli.loading import load, tell_problems
from canvas_tui.cli.output import Output, OutputLost
from canvas_tui.core.changes import FieldSet
from canvas_tui.core.commands import Command
from canvas_tui.core.places import Conflict, EditError, Ref, locate
from canvas_tui.core.toml_words import as_read
from canvas_tui.core.workspace import Located, UnknownElement, Workspace

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
    try:
        out.line(tell() if tell is not None else done.made)
        out.flush()
    except OutputLost as error:  # tell it, or the person may make the edit twice
        raise OutputLost(f"{error}, but the edit is saved") from error
    if not done.durable:
        out.complain("saved, but the disk did not confirm it - look at it after a power cut")
    for change in done.changes:
        if isinstance(change, FieldSet) and change.field == "id" and change.new not in (None, done.made):
            out.complain(f"{change.address} has the id '{change.new}' now")
    return FINE


def find_to_edit(workspace: Workspace, address: str) -> Located:
    """The element at this address. Raises UnknownElement, or EditError if the address could mean another one too."""
    return locate(workspace, Ref(address))


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


def typed_fields(words: Sequence[str]) -> dict[str, str]:
    """FIELD=VALUE words as fields and what was typed for them."""
    return dict(split_field(word) for word in words)


def _failure(error: Exception) -> Failure:
    if isinstance(error, Conflict):
        return Failure(f"{error}\nmine:   {_side(error.mine)}\ntheirs: {_side(error.theirs)}", REFUSED)
    return Failure(str(error))


def _side(value: object) -> str:
    return "(nothing)" if value is None else as_read(value)
