"""Rules on customers: what takes away a pain or brings a gain, and how a segment is reached."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Node, straight_up
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.fix import Act, Fix, Wants
from canvas_tui.rules.offers import for_later, linked_with, role_of, write_in_cells
from canvas_tui.rules.rule import BROKEN_LINK, ORPHANS, Found, Group, Page, Rule, Setting
from canvas_tui.rules.scene import Scene, at, quoted

MIN_FIT_IMPORTANCE = Setting(4, 1, 5, "pains and gains of less importance are passed over")


def fit_gaps(scene: Scene) -> Iterator[Found]:
    """A pain or a gain that no reliever or creator links to."""
    for node in scene.with_role("pain", "gain"):
        answer = "reliever" if node.role == "pain" else "creator"
        if scene.is_minor(node, "importance", "min-fit-importance") or scene.has_nothing_in(node.canvas, answer):
            continue
        if scene.has_initiative(node) or any(other.role in ("reliever", "creator") for other in scene.linked(node)):
            continue
        if node.role == "pain":
            message, fix = f"No reliever takes away the pain {quoted(node)}.", "Link a pain reliever to it, or add one."
        else:
            message, fix = f"No creator brings about the gain {quoted(node)}.", "Link a gain creator to it, or add one."
        yield Found(message, fix, (at(node),), straight_up(scene.graph, node.address))


def segments_unreachable(scene: Scene) -> Iterator[Found]:
    """A customer segment with no channel, or, where it pays, no revenue stream linked."""
    for node in scene.with_role("segment"):
        roles = {other.role for other in scene.linked(node)}
        missing = [words for role, words in _wanted_by(scene, node) if role not in roles]
        if missing:
            message = f"{' and '.join(missing)} is linked to the segment {quoted(node)}."
            message = message[0].upper() + message[1:]
            wanted = " and ".join(words.replace("no ", "a ", 1) for words in missing)
            yield Found(
                message, f"Link {wanted} to it, or add one.", (at(node),), straight_up(scene.graph, node.address)
            )


def _wanted_by(scene: Scene, segment: Node) -> Iterator[tuple[str, str]]:
    """The roles that should be linked to a segment, with the words for their absence.

    If a canvas has only one segment, its channels and revenue streams are for that one. If a whole cell is empty, that
    is reported by another rule. A segment that pays already is reached already. One that does not pay, and for which
    nothing is made, is only named.
    """
    if segment.canvas is None or scene.is_only_segment(segment):
        return
    linked, pays = list(scene.linked(segment)), segment.entry.pays
    is_paying = any(other.role == "revenue" and other.entry.state in ("fact", "validated") for other in linked)
    if (not is_paying if pays else linked) and not scene.has_nothing_in(segment.canvas, "channel"):
        yield "channel", "no channel"
    if pays and not scene.has_nothing_in(segment.canvas, "revenue"):
        yield "revenue", "no revenue stream"


def _fit_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    role, word = ("reliever", "a reliever") if role_of(item, workspace) == "pain" else ("creator", "a creator")
    yield Fix(Act.LINK, f"link {word}", item.address, Wants(roles=(role,)))
    yield from write_in_cells(item, workspace, **{role: word})
    yield for_later(item)


def _segment_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    linked = {role_of(other, workspace) for other in linked_with(item, workspace)}
    missing = [role for role in ("channel", "revenue") if role not in linked]
    words = " or ".join({"channel": "a channel", "revenue": "revenue"}[role] for role in missing)
    yield Fix(Act.LINK, f"link {words}", item.address, Wants(roles=tuple(missing)))
    named = {"channel": "a channel", "revenue": "a revenue stream"}
    yield from write_in_cells(item, workspace, **{role: named[role] for role in missing})
    yield for_later(item)


RULES = (
    Rule(
        name="fit-gap",
        family="why",
        group=Group.PLAN,
        severity=Severity.WARNING,
        summary="No reliever or creator is linked to a pain or a gain.",
        several="Nothing takes up {count} pains and gains{of}",
        check=fit_gaps,
        settings={"min-fit-importance": MIN_FIT_IMPORTANCE},
        silenced_by=BROKEN_LINK | {"undecided"},
        silences={"orphan-entry"},
        silences_below=ORPHANS,
        fixes=_fit_fixes,
        page=Page(
            means=(
                "A value proposition fits when every pain has something that takes it away, and every gain something "
                "that brings it about. No reliever and no creator is linked to this one."
            ),
            wrong="""
[[pains]]
id = "waiting"
text = "Waiting 34 days for money"

[[pain-relievers]]
text = "Reminders that send themselves"
links = []                     # which pain does it take away?
""",
            right="""
[[pains]]
id = "waiting"
text = "Waiting 34 days for money"

[[pain-relievers]]
text = "Reminders that send themselves"
links = ["waiting"]
""",
            mend=(
                "Link the reliever or creator that belongs to it, or add one. Pains and gains that hardly matter can "
                "be given a low importance, and passed over by a setting."
            ),
        ),
    ),
    Rule(
        name="segment-unreachable",
        family="why",
        group=Group.LINK,
        severity=Severity.WARNING,
        summary="A customer segment has no channel or no revenue stream.",
        several="{count} customer segments{of} lack a channel or a revenue stream",
        check=segments_unreachable,
        silenced_by=BROKEN_LINK | {"undecided"},
        fixes=_segment_fixes,
        page=Page(
            means=(
                "A customer segment needs a channel by which it is reached and a revenue stream that it pays. One or "
                "both are not linked to it."
            ),
            wrong="""
[[channels]]
text = "Accountants who recommend us"
links = ["consultants-by-day"]

[[revenue-streams]]
text = "19 a month per consultant"
links = []                     # who pays it?

[[customer-segments]]
id = "consultants-by-day"
text = "Consultants billing by the day"
""",
            right="""
[[channels]]
text = "Accountants who recommend us"
links = ["consultants-by-day"]

[[revenue-streams]]
text = "19 a month per consultant"
links = ["consultants-by-day"]

[[customer-segments]]
id = "consultants-by-day"
text = "Consultants billing by the day"
""",
            beside="""
[[customer-segments]]
id = "accountants"
text = "Accountants, who look and do not pay"
pays = false
""",
            mend=(
                "Link the channel and the revenue stream that belong to it. A segment that neither reaches nor pays "
                "is perhaps none of yours."
            ),
        ),
    ),
)
