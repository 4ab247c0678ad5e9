"""The rule on a canvas of an earlier year beside the one that took its place."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.text import clean
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.rules.finding import Finding, Severity
from canvas_tui.rules.fix import Act, Fix
from canvas_tui.rules.offers import fill_in
from canvas_tui.rules.rule import Asks, Found, Group, Page, Rule
from canvas_tui.rules.scene import Scene, at, quoted


def doubled_canvases(scene: Scene) -> Iterator[Found]:
    """A canvas of an earlier year stands in use beside the one that took its place."""
    for identity, new in scene.replaced.items():
        node, newer = scene.graph.nodes[identity], scene.graph.node(new.id)
        if newer is None:
            continue
        names = f"{quoted(node)} ({clean(identity)}) is of an earlier year, and {quoted(newer)} ({clean(new.id)})"
        message = f"{names} took its place: both are in use."
        fix = f"Set the status of '{clean(identity)}' to archived; or give one a title that says what it is for."
        yield Found(message, fix, (at(node), at(newer)))


def _doubled_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.STATUS, "archive it", item.address, value="archived")
    yield fill_in("name it apart", item.address, "title")


RULES = (
    Rule(
        name="doubled-canvas",
        family="why",
        group=Group.MEND,
        severity=Severity.INFO,
        summary="A canvas of an earlier year is in use beside a newer one.",
        check=doubled_canvases,
        asks=Asks.NOTHING,
        fixes=_doubled_fixes,
        page=Page(
            means=(
                "Two canvases of one model are in use and named alike, and one of them has an earlier year in its "
                "title or id. Nothing is asked of the older one any more, but whoever reads the strategy meets both."
            ),
            wrong="""
model = "swot"
id = "swot-2024"               # and swot-2026 is in use beside it
title = "SWOT 2024"
""",
            right="""
model = "swot"
id = "swot-2024"               # and swot-2026 is in use beside it
title = "SWOT 2024"
status = "archived"            # archived: no finding
""",
            beside="""
model = "swot"
id = "swot-2026"
title = "SWOT 2026"
""",
            mend=(
                "Archive the older one: it stays in the file and can be read. If both are meant, say in the titles "
                "what each is for."
            ),
        ),
    ),
)
