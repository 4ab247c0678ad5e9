"""Rules on what is known and what is only believed: facts have evidence, and what matters most is tested."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.elements import Initiative, Kind
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Node, Relation
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.fix import Act, Fix
from canvas_tui.rules.offers import WORK, fill_in
from canvas_tui.rules.rule import Found, Group, Page, Rule, Setting
from canvas_tui.rules.scene import Scene, at, quoted, whole

RISKY_IMPORTANCE = Setting(5, 1, 5, "assumptions of less importance need no test yet")


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


def _unbacked_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if item.kind is Kind.ENTRY:
        yield fill_in("write its evidence", item.address, "evidence")
        yield Fix(Act.CLEAR, "take its state out", item.address, value="state")


def _untested_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.LINK, "link the research on it", item.address, WORK)
    yield fill_in("write its evidence", item.address, "evidence")


RULES = (
    Rule(
        name="fact-unbacked",
        family="evidence",
        group=Group.TEST,
        severity=Severity.ERROR,
        summary="An entry is called a fact and has no evidence.",
        check=facts_unbacked,
        silenced_by={"threat-unanswered", "undecided"},
        fixes=_unbacked_fixes,
        page=Page(
            means=(
                "An entry is called a fact, and nothing says how anybody knows. Evidence is a text or a table of its "
                "own; an experiment that tests the entry, or a proof beside it, will do as well. Where nobody in the "
                "workspace writes evidence, that is told once."
            ),
            wrong="""
[[problem]]
text = "For a third of the services nobody knows who owns them"
state = "fact"
evidence = []                  # who counted?
""",
            right="""
[[problem]]
text = "For a third of the services nobody knows who owns them"
state = "fact"
evidence = ["31 of 94 in the register, counted in October 2026"]
""",
            mend="Write down where it comes from. If nobody knows, call it an assumption: that is no shame.",
        ),
    ),
    Rule(
        name="risky-untested",
        family="evidence",
        group=Group.TEST,
        severity=Severity.ERROR,
        summary="Much rests on an assumption that nothing tests.",
        check=risky_untested,
        settings={"risky-importance": RISKY_IMPORTANCE},
        silenced_by={"undecided"},
        fixes=_untested_fixes,
        page=Page(
            means=(
                "An assumption is marked as most important, has no evidence, and nothing tests it: no experiment, and "
                "no initiative of kind research. If it is wrong, what rests on it was for nothing. Costs are passed "
                "over: they are estimates, which no test can refute."
            ),
            wrong="""
[[revenue-streams]]
text = "4.99 a month for the family, one of the two pays"
state = "assumption"
importance = 5                 # and nobody has ever been asked to pay
""",
            right="""
[[revenue-streams]]
text = "4.99 a month for the family, one of the two pays"
state = "assumption"
importance = 5
evidence = ["11 of 40 families paid in the trial of May"]
""",
            mend=(
                "Plan the cheapest test that could refute it, as an experiment or as an initiative of kind research, "
                "and link it. Where something is known already, write it into evidence."
            ),
        ),
    ),
)
