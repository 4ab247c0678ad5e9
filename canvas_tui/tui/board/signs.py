"""From graph and findings to the signs on a board and the figures in its header.

The only part of the board that knows how graph and rules name things; everything else is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from canvas_tui.core.workspace import Workspace
from canvas_tui.tui.board.contents import Contents, Signs, written_links

if TYPE_CHECKING:
    from canvas_tui.graph import StrategyGraph
    from canvas_tui.rules import Finding, Report
    from canvas_tui.tui.paint.signs import Tally


class Figures(NamedTuple):
    """What the header counts on one canvas; None while graph and findings are not made yet."""

    linked: int | None = None  # None too while a file cannot be read
    filled: int = 0
    total: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    orphans: int = 0
    unread: tuple[str, ...] = ()  # files that cannot be read


class Known(NamedTuple):
    """Signs of the whole workspace, and what the header needs besides them, by canvas."""

    signs: Signs
    linked: Mapping[str, tuple[int | None, int, int]] = {}  # linked, filled, total
    tallies: Mapping[str, Tally] = {}
    unread: tuple[str, ...] = ()


def known_of(workspace: Workspace, graph: StrategyGraph | None, report: Report | None) -> Known:
    """The signs of every element; before graph and findings are made, only the links as they are written."""
    if graph is None or report is None:
        return Known(Signs(written_links(workspace)))
    from canvas_tui.tui.paint.signs import tallies

    linked = {name: (count.linked, count.filled, count.total) for name, count in graph.covered.canvases.items()}
    signs = Signs(graph.link_counts, report.in_the_air, *_by_severity(report.findings), is_known=True)
    unread = tuple(document.path for document in workspace.documents if not document.is_readable)
    return Known(signs, linked, dict(tallies(workspace, report)), (*unread, *workspace.unread_folders))


def signs_in(file: str, workspace: Workspace, report: Report | None) -> Signs:
    """The signs of a canvas whose id is used twice: only findings and links of its own file count."""
    links = written_links(workspace, file)
    if report is None:
        return Signs(links)
    own = [each for each in report.findings if each.about.file == file]
    adrift = frozenset(each.about.id for each in own if each.is_in_the_air)
    return Signs(links, adrift, *_by_severity(own), is_known=True)


def _by_severity(findings: Iterable[Finding]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """What has an error, a warning, an info."""
    told: dict[str, set[str]] = {"error": set(), "warning": set(), "info": set()}
    for finding in findings:
        told[finding.severity].add(finding.about.id)
    return frozenset(told["error"]), frozenset(told["warning"]), frozenset(told["info"])


def figures_of(contents: Contents, known: Known) -> Figures:
    """The figures of one canvas."""
    if not known.signs.is_known:
        return Figures()
    key = contents.file if contents.is_doubled else contents.canvas.id
    tally, counts = known.tallies.get(key), known.linked.get(key)
    linked, filled, total = counts or (0, 0, 0)
    if tally is None:
        return Figures(linked, filled, total, unread=known.unread)
    return Figures(linked, filled, total, tally.errors, tally.warnings, tally.infos, tally.orphans, known.unread)
