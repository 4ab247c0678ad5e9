"""What every key asks of a plan, worked out before it is asked: where findings are made in a thread, by that thread.

Pure. All of it is kept by the documents, the graph and the report themselves; a small plan answers without it.
"""

from __future__ import annotations

from canvas_tui.core.workspace import Workspace
from canvas_tui.rules.finding import Report


def look_ahead(workspace: Workspace, report: Report) -> None:
    """Work out what documents and report keep."""
    _ = report.summary, report.in_the_air, report.by_element
    for document in workspace.documents:
        _ = document.links_by_target, document.ids
