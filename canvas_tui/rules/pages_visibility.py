"""What `canvas-tui rules NAME` says of the rules on who answers for what: meaning, example, how to mend it."""

from __future__ import annotations

from canvas_tui.rules.rule import Page

PAGES = {
    "ownerless": Page(
        "An active goal has no owner, or work that is active, blocked, begins within a month, is a launch, or is what "
        "a launch waits for. A part has the owner of the whole; ideas and work of kind other are passed over. Where "
        "nobody is named at all, or most have no name, that is told once.",
        """
[[initiatives]]
id = "forecast-launch"
title = "Launch of Forecast"
kind = "launch"
status = "planned"
start = 2027-03-30             # and no owner
""",
        "Write one name: who is asked how it goes, and may decide. Two names are none.",
    ),
}
