"""What `canvas-tui rules NAME` says of the rules on dates: what each means, an example, how to mend it."""

from __future__ import annotations

from canvas_tui.rules.rule import Page

PAGES = {
    "overdue": Page(
        "The due date of an active goal, the end of an open initiative or the date of a key result is past. Either it "
        "is done and nobody wrote that down, or it is late and nobody said so. On the day itself it is not late yet; "
        "ideas are never late, and a key result whose number is reached is done.",
        """
[[initiatives]]
id = "reminders"
title = "Automatic payment reminders"
status = "active"
end = 2026-09-30               # past, and still active
""",
        "Set the status to what is true (done, cancelled, achieved, missed), or write the new date and why it moved.",
    ),
}
