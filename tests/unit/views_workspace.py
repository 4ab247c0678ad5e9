"""A small strategy built by hand, for tests of views: no files, no reader."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources

from canvas_tui.core.elements import Canvas, Cell, Entry, Goal, Header, Initiative
from canvas_tui.core.template import Template, template_from
from canvas_tui.core.workspace import Document, Problem, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Report, check

TODAY = date(2026, 11, 21)
HEADER = {"format": 1, "name": "Fieldnote", "vision": "Every consultant is paid the day the work is done."}
BROKEN = Problem("old.toml", 7, "a value is missing after '='", "write one")


def templates() -> dict[str, Template]:
    """The built-in models, as the package ships them."""
    folder = resources.files("canvas_tui.models")
    found = [
        template_from(tomllib.loads(each.read_text("utf-8")))
        for each in folder.iterdir()
        if each.name.endswith(".toml")
    ]
    return {template.id: template for template in found}


def _cell(name: str, *entries: dict[str, object], **fields: object) -> Cell:
    return Cell(name, tuple(Entry(dict(each)) for each in entries), fields)


def small() -> Workspace:
    """A vision, three goals, three initiatives, a lean canvas, a SWOT, and a file that cannot be read."""
    lean = [
        _cell(
            "problem",
            {"id": "late-payment", "text": "Clients pay on average 34 days late", "links": ["paid-in-10-days"]},
            {"text": "Chasing money feels like begging"},
        ),
        _cell("solution", {"id": "self-sending", "text": "Reminders that send themselves", "links": ["late-payment"]}),
        _cell("customer-segments", {"text": "Consultants billing by the day", "links": ["profitable"]}),
        _cell("cost-structure", note="Deliberately empty until the pilot ends"),
    ]
    swot = [
        _cell("strengths", {"text": "Accountants trust us", "links": ["profitable"]}),
        _cell("threats", {"text": "Banks do it too"}),
    ]
    return Workspace(
        (
            Document("strategy.toml", header=Header(HEADER)),
            Document("goals.toml", goals=_goals(), initiatives=_initiatives()),
            Document("lean.toml", canvas=_canvas("lean", "lean-canvas", "Fieldnote for consultants", "product", lean)),
            Document("old.toml", is_readable=False, problems=(BROKEN,)),
            Document("swot.toml", canvas=_canvas("swot", "swot", "Where we stand", "company", swot)),
        ),
        templates(),
    )  # fmt: skip


def _canvas(identity: str, model: str, title: str, team: str, cells: list[Cell]) -> Canvas:
    fields = {"model": model, "id": identity, "title": title, "team": team, "status": "active"}
    return Canvas(identity, model, {cell.id: cell for cell in cells}, fields)


def _goals() -> tuple[Goal, ...]:
    days = {"name": "median days to payment", "baseline": 34, "current": 29, "target": 10, "unit": "days"}
    tables: list[dict[str, object]] = [
        {"id": "profitable", "title": "Profitable by 2027", "due": date(2027, 12, 31), "owner": "ana"},
        {"id": "paid-in-10-days", "title": "Invoices are paid within 10 days", "parent": "profitable",
         "due": date(2027, 6, 30), "owner": "ana", "metric": days},
        {"id": "consultants-500", "title": "500 paying consultants", "parent": "profitable", "owner": "bea"},
    ]  # fmt: skip
    return tuple(Goal(str(each["id"]), each) for each in tables)


def _initiatives() -> tuple[Initiative, ...]:
    tables: list[dict[str, object]] = [
        {"id": "auto-reminders", "title": "Automatic payment reminders", "team": "product", "status": "active",
         "start": date(2026, 9, 1), "end": date(2026, 11, 30), "links": ["paid-in-10-days", "self-sending"]},
        {"id": "stop-chasing", "title": "Stop chasing campaign", "team": "marketing", "status": "planned",
         "start": date(2026, 11, 15), "end": date(2026, 12, 15), "links": ["paid-in-10-days"],
         "promotes": ["auto-reminders"], "depends-on": ["auto-reminders"]},
        {"id": "other-currencies", "title": "Invoices in pounds and francs", "team": "product", "status": "planned"},
    ]  # fmt: skip
    return tuple(Initiative(str(each["id"]), each) for each in tables)


def strategy(workspace: Workspace | None = None) -> tuple[Workspace, StrategyGraph, Report]:
    """A workspace (the small one) with its graph and its findings."""
    workspace = workspace or small()
    graph = StrategyGraph.of(workspace)
    return workspace, graph, check(workspace, graph, TODAY)


def row_with(lines: list[str], words: str) -> str:
    """The first line with these words in it."""
    return next(line for line in lines if words in line)
