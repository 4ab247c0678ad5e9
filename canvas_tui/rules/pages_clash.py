"""What `canvas-tui rules NAME` says of the rules on clashes: what each means, an example, how to mend it."""

from __future__ import annotations

from canvas_tui.rules.rule import Page

PAGES = {
    "launch-before-ready": Page(
        "A launch or campaign starts before something is ready that it depends on, directly or by way of other work, "
        "or before the product that it promotes; or so few days after it that nothing may go wrong. Told once for "
        "each launch, with what is ready last. A part has the dates of the whole where it has none of its own. What "
        "only announces another launch is no clash, nor what sells long ahead something that is yet to be built.",
        """
[[initiatives]]
id = "app"
kind = "product"
title = "The app, good enough to charge for"
end = 2027-05-28

[[initiatives]]
id = "launch"
kind = "launch"
title = "Launch in the store"
start = 2027-05-10             # 18 days too early
depends-on = ["app"]
""",
        "Move the launch, or bring what it waits for forward: cut it to the part that the launch cannot do without. "
        "Where it does not need it after all, take the name out of depends-on or promotes.",
    ),
    "goal-before-work": Page(
        "A goal is due on a day on which work that is linked to it is still to go on, so either the goal will be "
        "missed or the date is not meant. A goal is due with the last of its key results where it has no date of its "
        "own. Work of kind other is passed over. Where other work on the goal is over in time, so is what begins only "
        "after the date, and what serves a later goal as well.",
        """
[[goals]]
id = "heat-120"
title = "120 houses on the heat network"
due = 2028-10-01

[[initiatives]]
id = "heat-network"
title = "Dig in the pipes"
kind = "product"
end = 2028-11-30               # two months after the goal is due
links = ["heat-120"]
""",
        "Move the due date, end the work sooner, or split it and link only the part that the goal needs.",
    ),
    "undated-dependency": Page(
        "Work that has yet to begin depends on work without an end, directly or by way of other work, so nobody can "
        "see whether it will be there in time; or a launch, or a campaign that others wait for, depends on something "
        "and has no date. A part has the dates of the whole. Where nothing in the workspace has a date, that is told "
        "once.",
        """
[[initiatives]]
id = "permit"
title = "Permit to dig in the main road"
status = "blocked"             # and no end

[[initiatives]]
id = "pipes"
title = "Lay the pipes"
status = "planned"
start = 2027-09-06
depends-on = ["permit"]
""",
        "Write down when it will be ready, even if that is a guess: a guess can be wrong, and then it is seen.",
    ),
    "work-before-ready": Page(
        "Planned work that has yet to begin starts before something ends that it depends on. Launches and campaigns "
        "have a rule of their own, and work under way is passed over: it often goes on beside what it depends on.",
        """
[[initiatives]]
id = "mould"
title = "Second mould"
end = 2027-02-26

[[initiatives]]
id = "series-1"
title = "First series"
status = "planned"
start = 2027-02-15             # made with a mould that is not there
depends-on = ["mould"]
""",
        "Start it when that is over. Where it has to wait for a part only, make that a piece of work of its own.",
    ),
}
