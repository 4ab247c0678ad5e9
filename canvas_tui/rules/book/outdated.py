"""Rules on what was believed once: it is refuted and still in use, or its evidence is old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from canvas_tui.core.elements import Initiative, Kind
from canvas_tui.core.schema import has_tables
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Node
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.fix import Fix
from canvas_tui.rules.offers import fill_in
from canvas_tui.rules.rule import Asks, Found, Group, Page, Rule, Setting
from canvas_tui.rules.scene import Scene, at, quoted

EVIDENCE_DAYS = Setting(365, 1, 36500, "days after which evidence is old")


def refuted_in_use(scene: Scene) -> Iterator[Found]:
    """Something is refuted, and entries or open work still rest on it. Research on it may go on."""
    chosen: dict[str, frozenset[str]] = {}  # what an entry links to by its own choice, looked up once
    for node in scene.with_state("refuted"):
        users = [each for each in scene.linked(node) if _rests_on(scene, each, node, chosen)]
        users.sort(key=lambda each: (each.kind is not Kind.INITIATIVE, each.file, each.line, each.address))
        users = list({each.address: each for each in users}.values())
        if users:
            others = f" and {len(users) - 1} more" if len(users) > 1 else ""
            still = "still rests" if len(users) == 1 else "still rest"
            message = f"{quoted(node)} is refuted, and {quoted(users[0])}{others} {still} on it."
            fix = f"Change or stop {quoted(users[0])}, or write down what is true instead and link that."
            yield Found(message, fix, (at(node), *map(at, users)), (node.address, users[0].address))


def _rests_on(scene: Scene, user: Node, node: Node, chosen: dict[str, frozenset[str]]) -> bool:
    """Whether work is open on it, or an entry that counts links to it by its own choice."""
    if isinstance(user.element, Initiative):
        return user.element.is_open and user.element.status != "idea" and user.element.kind != "research"
    if user.kind is not Kind.ENTRY or user.address not in scene.asked_addresses or user.entry.state == "refuted":
        return False
    if user.address not in chosen:
        ends = map(scene.graph.node, user.entry.links)
        chosen[user.address] = frozenset(end.address for end in ends if end is not None)
    return node.address in chosen[user.address]


def evidence_old(scene: Scene) -> Iterator[Found]:
    """The newest evidence of an entry is older than the setting says. A piece without a date may be newer."""
    oldest = scene.today - timedelta(days=scene.settings.get("evidence-days", 365))
    for node in scene.asked:
        evidence = node.element.fields.get("evidence")
        if not has_tables(evidence) or node.entry.state == "refuted":
            continue
        days = _days_of(evidence)
        newest = max((day for day in days if day is not None), default=None)
        if newest is not None and None not in days and newest < oldest:
            age = (scene.today - newest).days
            message = f"The newest evidence for {quoted(node)} is of {newest}, {age} days ago."
            yield Found(
                message, "Look whether it still holds, and write down what you find with its date.", (at(node),)
            )


def _days_of(evidence: object) -> list[date | None]:
    """The date of each piece of evidence; only a table has one. A date in a text may be that of anything."""
    pieces = evidence if isinstance(evidence, list) else ()
    days = [piece.get("date") if isinstance(piece, dict) else None for piece in pieces]
    return [day.date() if isinstance(day, datetime) else day if isinstance(day, date) else None for day in days]


def _refuted_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    user = workspace.find(finding.path[-1])
    is_work = user is not None and user.kind is Kind.INITIATIVE
    yield fill_in("change what rests on it", finding.path[-1], "status" if is_work else "text")
    yield fill_in("change its state", item.address, "state")


def _old_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if item.kind is Kind.ENTRY:
        yield fill_in("change its state", item.address, "state")


RULES = (
    Rule(
        name="refuted-in-use",
        family="evidence",
        group=Group.TEST,
        severity=Severity.ERROR,
        summary="Something still rests on what is refuted.",
        check=refuted_in_use,
        asks=Asks.NOTHING,
        is_about_all=True,
        fixes=_refuted_fixes,
        page=Page(
            means=(
                "An entry is marked refuted, and open work is linked to it or entries link to it. Research on it may "
                "go on, and so may what is done, cancelled, only an idea, in a draft or not true yet."
            ),
            wrong="""
[[revenue-streams]]
id = "carrier-fee"
text = "Carriers pay 15 a truck and month"
state = "refuted"              # 2 of 31 would pay

[[promotion]]
text = "15 a truck, first month free"
links = ["carrier-fee"]        # still says so
""",
            right="""
[[revenue-streams]]
id = "carrier-fee"
text = "Carriers pay 15 a truck and month"
state = "refuted"              # 2 of 31 would pay

[[promotion]]
text = "Free for carriers"
""",
            mend="Stop or change what rests on it. If something else is true instead, write that down and link it.",
        ),
    ),
    Rule(
        name="evidence-old",
        family="evidence",
        group=Group.TEST,
        severity=Severity.WARNING,
        summary="The newest evidence is more than a year old.",
        check=evidence_old,
        settings={"evidence-days": EVIDENCE_DAYS},
        asks=Asks.NOTHING,
        fixes=_old_fixes,
        page=Page(
            means=(
                "Every piece of evidence for an entry has a date, and the newest is more than a year old. Only the "
                "date of a table counts; a year in a text may be that of anything."
            ),
            wrong="""
[[problem]]
text = "Four of ten who are entitled never apply"
evidence = [{ text = "Simulation by the institute", date = 2025-03-01 }]
""",
            right="""
[[problem]]
text = "Four of ten who are entitled never apply"
evidence = [
    { text = "Simulation by the institute", date = 2025-03-01 },
    { text = "Count by the city", date = 2026-09-14 },
]
""",
            mend="Look whether it still holds, and add what you find with its date. What cannot age needs no date.",
        ),
    ),
)
