"""Differences as plain values, for JSON."""

from __future__ import annotations

from typing import Any

from canvas_tui.cli.describe import brief
from canvas_tui.core.difference_groups import DifferenceGroup
from canvas_tui.core.difference_words import plain
from canvas_tui.core.differences import Difference, Whereabouts
from canvas_tui.core.told import told_path


def element_data(found: Difference) -> dict[str, Any]:
    """One element: what names it, what happened to it, and each field and link that is other."""
    item = found.item
    data: dict[str, Any] = {**brief(item), "file": told_path(item.file), "line": item.line, "what": found.what}
    if found.new_id is not None:
        data["id-changed"] = {"from": found.new_id[0] or None, "to": found.new_id[1] or None}
    if found.moved is not None:
        data["moved"] = {"from": _place(found.moved[0]), "to": _place(found.moved[1])}
    if found.is_reordered and found.before is not None and found.after is not None:
        data["reordered"] = {"from": (found.before.index or 0) + 1, "to": (found.after.index or 0) + 1}
    if found.what == "changed":
        data["fields"] = [{"name": each.name, "before": each.before, "after": each.after} for each in found.fields]
        data["links"] = [{"key": each.key, "what": each.what, "target": each.target} for each in found.links]
    else:
        data["fields"] = dict(item.element.fields)
    return data


def group_data(group: DifferenceGroup) -> dict[str, Any]:
    """One group with its sentences, as text."""
    told = [
        {"sign": each.sign, "subject": plain(each.subject), "sentences": [plain(said) for said in each.sentences]}
        for each in group.told
    ]
    return {"title": group.title, "file": told_path(group.file), "told": told}


def _place(place: Whereabouts) -> dict[str, str]:
    return {key: value for key, value in place._asdict().items() if value}
