"""Commands that accept a finding on purpose, by a [[waivers]] table in the header's file, and that undo it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from canvas_tui.core.changes import WaiverAdded, WaiverRemoved
from canvas_tui.core.commands import Applied
from canvas_tui.core.elements import Header, Waiver
from canvas_tui.core.places import Conflict, EditError
from canvas_tui.core.text import clean_input
from canvas_tui.core.workspace import Document, Workspace


@dataclass(frozen=True, slots=True)
class AddWaiver:
    """Write a waiver at `index` of the header's list (None: at its end). `fields` has "rule" and "element"."""

    fields: Mapping[str, Any]
    index: int | None = None

    def apply(self, workspace: Workspace) -> Applied:
        """Raises EditError where there is no header to write it in, or no reason is given."""
        document, header = _header_of(workspace)
        if not self.fields.get("reason"):
            raise EditError("a waiver needs a reason - say why this is fine")
        waivers, waiver = header.waivers, Waiver(dict(self.fields))
        index = len(waivers) if self.index is None else min(self.index, len(waivers))
        after = _with(workspace, document, header, (*waivers[:index], waiver, *waivers[index:]))
        change = WaiverAdded(document.path, index, waiver)
        return Applied(after, RemoveWaiver(waiver.fields), (change,), waiver.element)


@dataclass(frozen=True, slots=True)
class RemoveWaiver:
    """Take out the waiver with exactly this table."""

    fields: Mapping[str, Any]

    def apply(self, workspace: Workspace) -> Applied:
        """Raises Conflict where there is no such waiver any more."""
        document, header = _header_of(workspace)
        wanted = dict(self.fields)
        index = next((i for i, each in enumerate(header.waivers) if dict(each.fields) == wanted), None)
        if index is None:
            raise Conflict(str(wanted.get("element", "")), "waiver", wanted.get("reason"), None)
        waiver = header.waivers[index]
        after = _with(workspace, document, header, header.waivers[:index] + header.waivers[index + 1 :])
        change = WaiverRemoved(document.path, index, waiver)
        return Applied(after, AddWaiver(waiver.fields, index), (change,), waiver.element)


def waive(rule: str, element: str, reason: str, who: str, until: date | None) -> AddWaiver:
    """The command that accepts the finding of a rule about an element; `until` is the last day it holds."""
    fields: dict[str, Any] = {"rule": rule, "element": element, "reason": clean_input(reason).strip()}
    if who:
        fields["who"] = who
    if until is not None:
        fields["until"] = until
    return AddWaiver(fields)


def _header_of(workspace: Workspace) -> tuple[Document, Header]:
    for document in workspace.documents:
        if document.header is not None:
            return document, document.header
    raise EditError("strategy.toml cannot be read, and waivers are kept there - mend it first")


def _with(workspace: Workspace, document: Document, header: Header, waivers: tuple[Waiver, ...]) -> Workspace:
    return workspace.with_document(replace(document, header=replace(header, waivers=waivers)))
