"""Rules on SWOT and TOWS: somebody deals with what is strong in impact, and an option crosses both of its sides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from canvas_tui.core.elements import Kind
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import Node, Relation, straight_up
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.fix import Act, Fix, Wants
from canvas_tui.rules.offers import WORK, for_later, linked_with, role_of
from canvas_tui.rules.rule import BROKEN_LINK, ORPHANS, Found, Group, Page, Rule, Setting
from canvas_tui.rules.scene import Scene, at, quoted, with_article

MIN_IMPACT = Setting(3, 1, 5, "threats, weaknesses and opportunities of less impact are passed over")


def threats_unanswered(scene: Scene) -> Iterator[Found]:
    """A threat or weakness with no initiative or TOWS option."""
    for node in scene.with_role("threat", "weakness"):
        if not scene.is_minor(node, "impact", "min-impact") and not _is_catchword(node):
            message = f"Nobody does anything about the {node.role} {quoted(node)}"
            yield from _not_taken_up(scene, node, message, "deals with it")


def opportunities_idle(scene: Scene) -> Iterator[Found]:
    """An opportunity with no initiative or TOWS option."""
    for node in scene.with_role("opportunity"):
        if not scene.is_minor(node, "impact", "min-impact") and not _is_catchword(node):
            message = f"Nobody takes up the opportunity {quoted(node)}"
            yield from _not_taken_up(scene, node, message, "uses it")


def _is_catchword(node: Node) -> bool:
    """Whether it is one word, such as “Electricity (6)”: too little to say what to do about it."""
    words = re.findall(r"[^\W\d_]+", node.text)
    return len(words) == 1 and max(words[0]) < _WITHOUT_SPACES


_WITHOUT_SPACES = "\u0e00"  # from Thai on there are scripts that put no space between words


def _not_taken_up(scene: Scene, node: Node, message: str, does: str) -> Iterator[Found]:
    """A finding if nothing comes of a factor: no initiative works on it, nor on an option that draws on it."""
    options = list(scene.joined_below(node, Relation.DRAWS_ON))
    if scene.has_initiative(node) or any(_leads_on(scene, option) for option in options):
        return
    path = straight_up(scene.graph, node.address)
    if options:
        message += f": no work carries out the option {quoted(options[0])}."
        fix = "Link the option to the initiative that carries it out, add one, or waive it with a reason."
    else:
        message += "."
        fix = f"Link the initiative or the TOWS option that {does}, or waive it with a reason."
    yield Found(message, fix, tuple(map(at, (node, *options))), path)


def _leads_on(scene: Scene, option: Node) -> bool:
    """Whether something comes of an option: work, or a goal of its own. True also if it lacks a side."""
    return (
        scene.has_initiative(option)
        or any(other.kind in (Kind.GOAL, Kind.INITIATIVE) for other in scene.linked(option))
        or bool(_missing_sides(scene, option))
    )


SIDES = {
    "tows-so": ("strength", "opportunity"),
    "tows-st": ("strength", "threat"),
    "tows-wo": ("weakness", "opportunity"),
    "tows-wt": ("weakness", "threat"),
}


def tows_halves(scene: Scene) -> Iterator[Found]:
    """A TOWS option that does not cite both of its sides."""
    for node in scene.with_role(*SIDES):
        sides = SIDES[node.role or ""]
        if missing := _missing_sides(scene, node):
            words = " and no ".join(missing)
            crossing = f"should cross a {sides[0]} with {with_article(sides[1])}"
            message = f"The option {quoted(node)} {crossing}, and cites no {words}."
            fix = f"Link it to the {' and the '.join(missing)} it draws on."
            yield Found(message, fix, (at(node),), straight_up(scene.graph, node.address))


def _missing_sides(scene: Scene, option: Node) -> list[str]:
    cited = {other.role for other in scene.linked(option)}
    return [side for side in SIDES.get(option.role or "", ()) if side not in cited]


_OPTIONS = ("tows-so", "tows-st", "tows-wo", "tows-wt")


def _factor_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    """A threat, a weakness, an opportunity."""
    yield Fix(Act.LINK, "link the work on it", item.address, Wants((Kind.INITIATIVE,), _OPTIONS))
    yield Fix(Act.MAKE, "make an initiative", item.address, WORK)
    yield for_later(item)


def _half_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    cited = {role_of(other, workspace) for other in linked_with(item, workspace)}
    missing = [side for side in SIDES.get(role_of(item, workspace), ()) if side not in cited]
    for side in missing:
        yield Fix(Act.LINK, f"link the {side}", item.address, Wants(roles=(side,)))
    yield for_later(item)


RULES = (
    Rule(
        name="threat-unanswered",
        family="why",
        group=Group.PLAN,
        severity=Severity.WARNING,
        summary="No initiative or TOWS option deals with a threat or a weakness.",
        several="Nobody does anything about {count} threats and weaknesses{of}",
        check=threats_unanswered,
        settings={"min-impact": MIN_IMPACT},
        silenced_by=BROKEN_LINK | {"undecided"},
        silences={"orphan-entry"},
        silences_below=ORPHANS,
        is_about_all=True,
        fixes=_factor_fixes,
        page=Page(
            means=(
                "A threat or a weakness is known, and no initiative and no TOWS option deals with it. A link to a "
                "goal says what it endangers, not what is done about it."
            ),
            wrong="""
[[threats]]
id = "free-invoicing"
text = "The largest ledger maker gives invoicing away"
impact = 5
links = ["profitable"]         # endangers the goal; who does something?
""",
            right="""
[[threats]]
id = "free-invoicing"
text = "The largest ledger maker gives invoicing away"
impact = 5

[[initiatives]]
id = "forecast"
title = "A forecast that no ledger has"
links = ["free-invoicing"]     # does something about it
""",
            beside="""
[[goals]]
id = "profitable"
title = "Profitable by 2027"
""",
            mend=(
                "Link the initiative or the option that deals with it. If you choose to live with it, waive the "
                "finding and say why."
            ),
        ),
    ),
    Rule(
        name="opportunity-idle",
        family="why",
        group=Group.PLAN,
        severity=Severity.WARNING,
        summary="No initiative or TOWS option takes up an opportunity.",
        several="Nobody takes up {count} opportunities{of}",
        check=opportunities_idle,
        settings={"min-impact": MIN_IMPACT},
        silenced_by=BROKEN_LINK | {"undecided"},
        silences={"orphan-entry"},
        silences_below=ORPHANS,
        is_about_all=True,
        fixes=_factor_fixes,
        page=Page(
            means="An opportunity is known, and no initiative and no TOWS option makes use of it.",
            wrong="""
[[opportunities]]
id = "open-banking"
text = "Banks must open their feeds, free of charge"

[[initiatives]]
id = "bank-feed"
title = "Feeds from the five largest banks"
links = []                     # does it make use of it?
""",
            right="""
[[opportunities]]
id = "open-banking"
text = "Banks must open their feeds, free of charge"

[[initiatives]]
id = "bank-feed"
title = "Feeds from the five largest banks"
links = ["open-banking"]       # makes use of it
""",
            mend=(
                "Link the initiative or the option that makes use of it, or waive the finding and say why it is left."
            ),
        ),
    ),
    Rule(
        name="tows-half",
        family="why",
        group=Group.LINK,
        severity=Severity.ERROR,
        summary="A TOWS option does not cite both of its sides.",
        several="{count} options{of} do not cite both of their sides",
        check=tows_halves,
        silenced_by=BROKEN_LINK | {"undecided"},
        silences={"orphan-entry"},
        silences_below=ORPHANS,
        fixes=_half_fixes,
        page=Page(
            means=(
                "A TOWS option crosses something inside with something outside: strengths or weaknesses with "
                "opportunities or threats, as its cell says. This option cites one side only, or none."
            ),
            wrong="""
model = "tows"

[[so]]
text = "Use the accountants' trust to be first with open banking"
links = ["accountant-trust"]   # a strength; and for which opportunity?
""",
            right="""
model = "tows"

[[so]]
text = "Use the accountants' trust to be first with open banking"
links = ["accountant-trust", "open-banking"]     # a strength, an opportunity
""",
            beside="""
[[strengths]]
id = "accountant-trust"
text = "Accountants trust us"

[[opportunities]]
id = "open-banking"
text = "Banks must open their feeds, free of charge"
""",
            mend="Link it to at least one entry of each of its sides in the SWOT.",
        ),
    ),
)
