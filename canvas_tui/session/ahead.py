"""Computes ahead what every key press needs of a large plan, in the thread that makes findings, so that no key waits.

Pure. The documents and the report keep the results. A small plan does not need this.
"""

from __future__ import annotations

from canvas_tui.core.workspace import Workspace
from canvas_tui.rules.finding import Report


def look_ahead(workspace: Workspace, report: Report) -> None:
    """Make the documents and the report compute what they keep."""
    _ = report.summary, report.in_the_air, report.by_element
    for document in workspace.documents:
        _ = document.links_by_target, document.ids
