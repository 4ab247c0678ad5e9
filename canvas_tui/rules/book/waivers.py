"""Rules on waivers: a finding accepted on purpose, past its date or matching nothing, is a finding itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from datetime import date
from typing import NamedTuple

from canvas_tui.core.elements import Waiver
from canvas_tui.core.text import clean
from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules.finding import ElementAt, Severity
from canvas_tui.rules.rule import Asks, Found, Group, Page, Rule
from canvas_tui.rules.scene import Scene, quoted

EXPIRED, UNMATCHED = "waiver-expired", "waiver-unmatched"


def waivers_of(workspace: Workspace) -> Sequence[Waiver]:
    """Every waiver of the workspace."""
    return workspace.header.waivers if workspace.header is not None else ()


def is_expired(waiver: Waiver, today: date) -> bool:
    """Whether its last day is past; on the day itself it still holds."""
    return waiver.until is not None and waiver.until < today


def waived_element(waiver: Waiver, graph: StrategyGraph) -> str:
    """The address of the element it names; as written where no element has it (a file, or nothing at all)."""
    node = graph.node(waiver.element)
    return waiver.element if node is None else node.address


def expired(scene: Scene) -> Iterator[Found]:
    """A waiver's date is past."""
    for waiver in waivers_of(scene.workspace):
        if is_expired(waiver, scene.today):
            what = f"The waiver of {_rule(waiver)} for {_element(scene, waiver)}"
            message = f"{what} ended on {waiver.until}{_by(waiver)}."
            fix = "Mend what it was about, or write a later date and the reason why it may still wait."
            yield Found(message, fix, (_place(scene, waiver),))


class WaiverNames(NamedTuple):
    """The names of rules that waivers may have."""

    known: frozenset[str]
    off: frozenset[str]
    let_be: frozenset[str]  # names that need not match: of preview rules that are not run, and of planned rules
    closest: Callable[[str], str | None]


def unmatched(scene: Scene, accepted: Set[tuple[str, str]], names: WaiverNames) -> Iterator[Found]:
    """A waiver matches nothing. `accepted` has rule and element of every waiver that a finding would need."""
    for waiver in waivers_of(scene.workspace):
        if is_expired(waiver, scene.today) or waiver.rule in names.let_be or not waiver.rule or not waiver.element:
            continue  # the reader reports a waiver without a rule or an element
        if (waiver.rule, waived_element(waiver, scene.graph)) in accepted:
            continue
        if why := _why_unmatched(scene, waiver, names):
            yield Found(*why, (_place(scene, waiver),))


def _why_unmatched(scene: Scene, waiver: Waiver, names: WaiverNames) -> tuple[str, str] | None:
    if waiver.rule not in names.known:
        near = names.closest(waiver.rule)
        fix = f"Write '{near}' instead, or take the waiver out." if near else "Take the waiver out."
        return f"A waiver names the rule '{_rule(waiver)}', which there is not.", fix
    if waiver.rule in names.off:
        return f"A waiver names {waiver.rule}, and that rule is switched off.", "Take the waiver out."
    element = waived_element(waiver, scene.graph)
    if scene.unread and (scene.unread.may_have(element) or scene.unread.touches_far(element)):
        return None  # once that file can be read the rule may find something there
    if scene.graph.node(waiver.element) is None:
        near = scene.names.closest(waiver.element)
        fix = f"Write '{clean(near)}' instead, or take the waiver out." if near else "Take the waiver out."
        return f"A waiver of {waiver.rule} names '{clean(waiver.element)}', and nothing has that id.", fix
    message = f"The waiver of {waiver.rule} for {_element(scene, waiver)} is not needed: the rule finds nothing there."
    return message, "Take the waiver out."


def _rule(waiver: Waiver) -> str:
    return clean(waiver.rule) or "no rule"


def _element(scene: Scene, waiver: Waiver) -> str:
    node = scene.graph.node(waiver.element)
    return quoted(waiver.element if node is None else node)


def _by(waiver: Waiver) -> str:
    who = clean(waiver.text_field("who"))
    return f" ({who} accepted it)" if who else ""


def _place(scene: Scene, waiver: Waiver) -> ElementAt:
    file = next(document.path for document in scene.workspace.documents if document.header is not None)
    return ElementAt(waived_element(waiver, scene.graph) or file, "waiver", file, waiver.line or 1)


def _nothing(_: Scene) -> Iterator[Found]:
    """Finds nothing: `check` computes these findings from those of all other rules, by `unmatched()`."""
    return iter(())


RULES = (
    Rule(
        name=EXPIRED,
        family="structure",
        group=Group.MEND,
        severity=Severity.WARNING,
        summary="The date of a waiver is past.",
        is_told_one_by_one=True,
        check=expired,
        asks=Asks.NOTHING,
        can_be_waived=False,
        no_fix="waivers are written by hand: whether the reason still holds is a person's judgement",
        page=Page(
            means="A waiver accepts a finding until a day, and that day is past. The finding is told again.",
            wrong="""
[[waivers]]
rule = "problem-unsolved"
element = "begging"
reason = "The wording test of January decides"
who = "ana"
until = 2026-01-31             # the last day it holds
""",
            right="""
[[waivers]]
rule = "problem-unsolved"
element = "begging"
reason = "The wording test was moved to March"
who = "ana"
until = 2027-03-31
""",
            mend="Mend what the finding was about. If it may wait, write a later day and what has changed.",
        ),
    ),
    Rule(
        name=UNMATCHED,
        family="structure",
        group=Group.MEND,
        severity=Severity.WARNING,
        summary="A waiver matches no finding.",
        check=_nothing,
        asks=Asks.NOTHING,
        can_be_waived=False,
        no_fix="waivers are written by hand: what was meant only who wrote it can tell",
        page=Page(
            means=(
                "A waiver names a finding that there is not: it was mended, its rule is switched off, or the rule or "
                "the element has another name. A waiver left behind would hide the finding should it come back."
            ),
            wrong="""
[[waivers]]
rule = "orphan-entry"
element = "late-payment"       # is linked to a goal by now
reason = "Kept for the workshop"
""",
            right="""
[[waivers]]
rule = "orphan-entry"
element = "begging"            # leads to no goal
reason = "Kept for the workshop"
""",
            beside="""
[[goals]]
id = "paid-in-10-days"
title = "Our customers are paid within 10 days"

[[problem]]
id = "late-payment"
text = "Clients pay on average 34 days late"
links = ["paid-in-10-days"]

[[problem]]
id = "begging"
text = "Chasing money feels like begging"
""",
            mend="Take the waiver out, or correct the name of the rule or the element.",
        ),
    ),
)
