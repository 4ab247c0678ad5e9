"""The whole strategy as a plain-text outline: vision, goals with their work, canvases with cells and entries.

It is for people without the screen, fits 80 columns, and is offered as data too. It marks what hangs in the air;
`check` reports everything else that is missing or wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

from canvas_tui.cli.describe import (
    goal_words,
    initiative_words,
    metric_words,
    targets,
)
from canvas_tui.cli.in_the_air import in_the_air
from canvas_tui.cli.output import Output, Style, Styled
from canvas_tui.core.cutting import LEVELS, and_more
from canvas_tui.core.elements import Canvas, Entry, Goal, Initiative
from canvas_tui.core.placeholder import is_placeholder
from canvas_tui.core.template import Template
from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph


class _Hung(NamedTuple):
    """An element in the tree. Its first line begins with `first`, the others with `rest`. If the element is None,
    `rest` says how much is left out here."""

    element: Goal | Initiative | None
    first: str = ""
    rest: str = ""
    level: int = 0


class Outline:
    """Writes the parts of one workspace to one Output."""

    def __init__(self, workspace: Workspace, out: Output) -> None:
        self._workspace, self._out = workspace, out
        self._graph = StrategyGraph.of(workspace)
        self._in_the_air = in_the_air(workspace, self._graph)
        self._told: set[str] = set()

    def everything(self) -> None:
        """Print the whole outline."""
        out, workspace = self._out, self._workspace
        out.line(Styled(workspace.name or "A strategy without a name", "bold"))
        no_vision = "No vision that could be read." if workspace.may_lack_vision else "No vision yet."
        out.paragraph(workspace.vision or no_vision, style="accent" if workspace.vision else "dim")
        out.line()
        out.line(Styled(_counted(workspace), "dim"))
        if workspace.goals or workspace.initiatives:
            out.line()
            out.line(Styled("Goals and initiatives", "bold"))
            self.strategy()
        for document in workspace.documents:
            if document.canvas is not None:
                out.line()
                self.canvas(document.canvas, document.path)

    def strategy(self) -> None:
        """Print the goals under their parents, each with the initiatives linked to it; then the other initiatives."""
        goals = self._workspace.goals
        known = {goal.id for goal in goals}
        tops = [goal for goal in goals if goal.parent not in known]
        for goal in (*tops, *goals):  # the second round finds what a loop of parents keeps from every top
            if goal.id not in self._told:
                self.goal(goal)
        left = [each for each in self._workspace.initiatives if each.id not in self._told]
        if left:
            self._out.line(Styled("Linked to no goal themselves", "dim"))
            for initiative in left:
                self._initiative(initiative, "  ", "  ")

    def goal(self, top: Goal) -> None:
        """A goal, and below it its goals and initiatives as a tree, as many levels of it as anyone can read."""
        front: list[_Hung] = [_Hung(top)]
        while front:
            hung = front.pop()
            if hung.element is None:
                self._out.paragraph(hung.rest, first=hung.first)
            elif isinstance(hung.element, Initiative):
                self._initiative(hung.element, hung.first, hung.rest)
            elif hung.element.id not in self._told:
                front += reversed(self._goal(hung.element, hung))

    def _goal(self, goal: Goal, hung: _Hung) -> list[_Hung]:
        """Write one goal; gives what hangs right below it."""
        signs, rest, level = self._out.signs, hung.rest, hung.level + 1
        self._told.add(goal.id)
        below = self._below(goal)
        words = [goal.id, *goal_words(goal)]
        if goal.id in self._in_the_air:
            words.append(f"{signs.orphan} nothing works towards it")
        self._node(goal.title, words, hung.first, rest, has_more=bool(below), more=metric_words(goal, signs.arrow))
        if level >= LEVELS and below:
            words_of_more = f"{and_more(self._tell_below(below))} - `canvas-tui how {goal.id}` shows them"
            return [_Hung(None, rest + signs.last, words_of_more)]
        return [
            _Hung(each, rest + branch, rest + trunk, level)
            for number, each in enumerate(below, 1)
            for branch, trunk in [(signs.last, signs.blank) if number == len(below) else (signs.branch, signs.pipe)]
        ]

    def _below(self, goal: Goal) -> list[Goal | Initiative]:
        """The elements below a goal that are not printed yet. An initiative is printed below each of its goals."""
        subgoals = (each for each in self._subgoals.get(goal.id, ()) if each.id not in self._told)
        return [*subgoals, *self._work.get(goal.id, ())]

    def _tell_below(self, below: list[Goal | Initiative]) -> int:
        """Mark these and everything below them as printed. Gives how many were not printed before."""
        count, front = 0, list(below)
        while front:
            each = front.pop()
            if each.id not in self._told:
                self._told.add(each.id)
                count += 1
                if isinstance(each, Goal):
                    front += self._below(each)
        return count

    @cached_property
    def _subgoals(self) -> dict[str, list[Goal]]:
        found: dict[str, list[Goal]] = {}
        for goal in self._workspace.goals:
            if goal.parent is not None:
                found.setdefault(goal.parent, []).append(goal)
        return found

    @cached_property
    def _work(self) -> dict[str, list[Initiative]]:
        found: dict[str, list[Initiative]] = {}
        for each in self._workspace.initiatives:
            for target in dict.fromkeys(target for _, target in targets(each)):
                found.setdefault(target, []).append(each)
        return found

    def _initiative(self, initiative: Initiative, first: str, rest: str) -> None:
        words = [initiative.id, *initiative_words(initiative)]
        if initiative.id in self._in_the_air:
            words.append(f"{self._out.signs.orphan} reaches no goal")
        if initiative.id in self._told:
            words = [initiative.id, "see above"]
        self._told.add(initiative.id)
        self._node(initiative.title, words, first, rest)

    def _node(
        self, title: str, words: Sequence[str], first: str, rest: str, *, has_more: bool = False, more: str = ""
    ) -> None:
        below = rest + (self._out.signs.pipe if has_more else self._out.signs.blank)
        self._out.paragraph(title, first=first, rest=below, style=_dim_if_open(title))
        self._out.paragraph(f" {self._out.signs.dot} ".join(words), first=below, rest=below + "  ", style="dim")
        if more:
            self._out.paragraph(more, first=below, rest=below + "  ", style="dim")

    def canvas(self, canvas: Canvas, file: str) -> None:
        """A canvas: its title, then every cell in fill order. Its file is named where another one has its id."""
        template = self._workspace.template(canvas)
        status = "" if canvas.status == "active" else canvas.status
        named = file if self._workspace.canvas_keys[file] == file else ""
        words = [canvas.id, named, template.title, canvas.team, canvas.owner, status]
        self._out.paragraph(canvas.title, style="bold")
        self._out.paragraph(f" {self._out.signs.dot} ".join(word for word in words if word), style="dim")
        if canvas.note:
            self._out.paragraph(canvas.note, first="  ")
        for cell_id in cell_ids(template, canvas):
            self.cell(canvas, cell_id, file)

    def cell(self, canvas: Canvas, cell_id: str, file: str) -> None:
        """A cell: number, title and address, its entries with what is said of each, or its prompt where it is empty."""
        template = self._workspace.template(canvas)
        spec = template.cell(cell_id)
        title = spec.title if spec else f"{cell_id} (no cell of {template.title})"
        count = template.number(cell_id)
        head = f"{count} {title}" if count else f"{self._out.signs.dot} {title}" if spec and spec.inside else title
        self._out.line()
        self._out.line("  ", Styled(head, "bold"), "  ", Styled(f"{canvas.id}/{cell_id}", "dim"))
        cell = canvas.cell(cell_id)
        group = ""
        for index, entry in enumerate(cell.entries, 1):
            if entry.group != group:  # a heading, or a blank line where a group ends
                words = f"{entry.group.rstrip(':')}:" if entry.group else ""
                self._out.paragraph(words, first="    ", style="dim")
            group = entry.group
            address = entry.id or f"{canvas.id}/{cell_id}/{index}"
            is_adrift = address in self._in_the_air and self._graph.nodes[address].file == file
            self.entry(entry, index, is_adrift=is_adrift)
        if not cell.entries and not cell.note:
            self._out.paragraph(f"empty: {spec.prompt}" if spec and spec.prompt else "empty", first="    ", style="dim")
        if cell.note:
            self._out.paragraph(f"note: {cell.note}", first="    ", style="dim")
        if cell.links:
            self._out.paragraph(f"{self._out.signs.arrow} {', '.join(cell.links)}", first="    ", style="dim")

    def entry(self, entry: Entry, position: int, *, is_adrift: bool) -> None:
        """An entry: its place in the cell and its text; below, its id, state and links, and whether it is adrift."""
        signs = self._out.signs
        mark = signs.state(entry.state)
        first = f"{position:>5}. {mark} " if mark else f"{position:>5}. "
        self._out.paragraph(entry.text, first=first, style=_dim_if_open(entry.text))
        links = ", ".join(target for _, target in targets(entry))
        importance = f"importance {entry.importance}" if entry.importance is not None else ""
        target = "" if entry.target is None else f"target {entry.target}"
        stage, pays = "future" if entry.is_future else "", "" if entry.pays else "does not pay"
        words = [word for word in (entry.id or "", stage, pays, target, entry.state, importance, entry.owner) if word]
        if links:
            words.append(f"{signs.arrow} {links}")
        if is_adrift:
            words.append(f"{signs.orphan} reaches no goal")
        if words:
            self._out.paragraph(f" {signs.dot} ".join(words), first=" " * 7, rest=" " * 9, style="dim")
        if entry.note:
            self._out.paragraph(f"note: {entry.note}", first=" " * 7, rest=" " * 9, style="dim")


def cell_ids(template: Template, canvas: Canvas) -> list[str]:
    """The cells of the model in fill order, then those of the file that the model does not know."""
    return list(dict.fromkeys((*template.cell_ids, *canvas.cells)))


def outline_data(workspace: Workspace) -> dict[str, Any]:
    """The outline for JSON: {"name", "vision", "goals", "initiatives", "canvases"}."""
    return {
        "name": workspace.name,
        "vision": workspace.vision,
        "goals": [{"id": goal.id, "title": goal.title, "fields": dict(goal.fields)} for goal in workspace.goals],
        "initiatives": [
            {"id": each.id, "title": each.title, "fields": dict(each.fields)} for each in workspace.initiatives
        ],
        "canvases": [canvas_data(workspace, canvas) for canvas in workspace.canvases],
    }


def canvas_data(workspace: Workspace, canvas: Canvas) -> dict[str, Any]:
    """A canvas for JSON: {"id", "title", "model", "fields", "cells": [...]}, every cell of the model among them."""
    template = workspace.template(canvas)
    return {
        "id": canvas.id,
        "title": canvas.title,
        "model": canvas.model,
        "fields": dict(canvas.fields),
        "cells": [cell_data(template, canvas, cell_id) for cell_id in cell_ids(template, canvas)],
    }


def cell_data(template: Template, canvas: Canvas, cell_id: str) -> dict[str, Any]:
    """A cell for JSON: {"id", "title", "fields", "entries": [{"id", "text", "fields"}]}."""
    spec, cell = template.cell(cell_id), canvas.cell(cell_id)
    address = f"{canvas.id}/{cell_id}"
    return {
        "id": address,
        "title": spec.title if spec else cell_id,
        "fields": dict(cell.fields),
        "entries": [
            {"id": entry.id or f"{address}/{position}", "text": entry.text, "fields": dict(entry.fields)}
            for position, entry in enumerate(cell.entries, 1)
        ],
    }


def _dim_if_open(text: str) -> Style | None:
    return "dim" if is_placeholder(text) else None


def _counted(workspace: Workspace) -> str:
    """How much there is; a placeholder is none yet."""
    entries = sum(not is_placeholder(entry.text) for canvas in workspace.canvases for _, _, entry in canvas.entries())
    goals, initiatives = (
        sum(not is_placeholder(each.title) for each in listed) for listed in (workspace.goals, workspace.initiatives)
    )
    counts = (
        (len(workspace.canvases), "canvas", "canvases"), (entries, "entry", "entries"),
        (goals, "goal", "goals"), (initiatives, "initiative", "initiatives"),
    )  # fmt: skip
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts)
