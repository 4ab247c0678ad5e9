"""Finds what hangs in the air, as `check` would today. `show` and `why` mark it.

Only the rules about that are run, and they are loaded when they are needed.
"""

from __future__ import annotations

from datetime import date

from canvas_tui.core.workspace import Workspace
from canvas_tui.graph import StrategyGraph


def in_the_air(workspace: Workspace, graph: StrategyGraph) -> frozenset[str]:
    """The addresses of orphans, and of goals that nothing works towards; what is waived is not among them."""
    from canvas_tui.rules import IN_THE_AIR, check
    from canvas_tui.rules.config import read_config

    header = workspace.header
    wanted = IN_THE_AIR - read_config(header.rules if header is not None else {}).off
    return check(workspace, graph, date.today(), select=wanted).in_the_air if wanted else frozenset()
