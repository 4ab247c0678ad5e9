"""Rules on what is known and what is only believed: facts have evidence, and what matters most is tested."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from canvas_tui.core.elements import Initiative, Kind
from canvas_tui.core.schema import has_tables
from canvas_tui.graph import Node, Relation
from canvas_tui.rules.finding import ElementAt
from canvas_tui.rules.rule import Found
from canvas_tui.rules.scene import Scene, at, quoted, whole


def risky_untested(scene: Scene) -> Iterator[Found]:
    """An assumption on which much rests has no evidence, and no experiment or research tests it."""
    least = scene.settings.get("risky-importance", 5)
    for node in scene.with_state("assumption"):
        entry = node.entry
        if (entry.importance or 0) < least or node.role == "cost" or _is_backed(scene, node):
            continue  # what something will cost is an estimate, and no test can tell
        if any(each.kind == "research" for each in _work_on(scene, node)):
            continue
        message = f"{quoted(node)} is an assumption of importance {entry.importance}, and nothing tests it"
        resting = [each for each in _work_on(scene, node) if each.is_open and each.status != "idea"]
        message += f", while {quoted(resting[0].title)} rests on it." if resting else "."
        fix = "Plan the cheapest test that could refute it and link that, or write down the evidence there is."
        yield Found(message, fix, (at(node),))


def facts_unbacked(scene: Scene) -> Iterator[Found]:
    """An entry is called a fact, and no evidence says so. Told once where nobody writes evidence at all."""
    bare = [node for node in scene.with_state("fact") if not _is_backed(scene, node)]
    if len(bare) > 1 and not any(node.entry.fields.get("evidence") for node in scene.entries):
        message = f"{len(bare)} entries are called facts, such as {quoted(bare[0])}, and none says how that is known."
        yield Found(message, _SAY_HOW, (whole(scene), *map(at, bare)))
        return
    for node in bare:
        message = f"{quoted(node)} is called a fact, and nothing says how that is known."
        yield Found(message, _SAY_HOW, (at(node),))


_SAY_HOW = "Write where it comes from into evidence: a count, a study, a date. Until then it is an assumption."


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


def tests_without_criterion(scene: Scene) -> Iterator[Found]:
    """An experiment is planned or running, and nothing says which result would count as success."""
    for experiment in scene.experiments:
        if experiment.status == "done" or experiment.has_criterion:
            continue
        tested = experiment.tests
        about = at(tested[0]) if tested else ElementAt(experiment.file, "file", experiment.file, 1)
        of = f" of {quoted(tested[0])}" if tested else ""
        message = f"The test {quoted(experiment.title)}{of} has no criterion: any result will do."
        fix = "Write its success before it runs: the number that would convince you, and what happens below it."
        yield Found(message, fix, (about, experiment.place))


def _work_on(scene: Scene, node: Node) -> Iterator[Initiative]:
    """The initiatives that work on it, cancelled ones left out."""
    for lower in scene.joined_below(node, Relation.WORKS_ON):
        if isinstance(lower.element, Initiative):
            yield lower.element


def _is_backed(scene: Scene, node: Node) -> bool:
    """Whether it has evidence of any shape, is tested by an experiment, or stands beside a proof."""
    if node.entry.fields.get("evidence") or node.address in scene.tested or scene.is_wrong(node, "evidence"):
        return True
    return any(other.role == "proof" for other in scene.linked(node))
