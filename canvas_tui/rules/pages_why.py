"""What `canvas-tui rules NAME` says of the rules on why: what each means, an example, how to mend it."""

from __future__ import annotations

from canvas_tui.rules.rule import Page

_TRACE = (
    "An element leads to a goal by its own links and those of what it is there for: a solution by the problem it "
    "answers, work by the entries it is linked with and the work that waits for it. "
)

PAGES = {
    "no-goals": Page(
        "There are canvases or work here, and no goal that any of it could serve. Until there is one, nothing else is "
        "said about what leads to no goal: it would be the same gap told once for each line.",
        """
[[goals]]
id = "paid-in-10-days"
title = "Our customers are paid within 10 days"
metric = { name = "median days to payment", baseline = 34, target = 10 }
due = 2027-06-30
""",
        "Write the first goal: what must be true, by when, shown by which number. Then link what serves it.",
    ),
    "initiative-without-goal": Page(
        _TRACE + "This one leads to none: effort goes into it, and nobody can say what for. Work that is done or "
        "cancelled is passed over.",
        """
[[initiatives]]
id = "other-currencies"
title = "Invoices in pounds and francs"
status = "planned"
links = []                     # which goal is it for?
""",
        "Link it to the goal it serves, or to the entry it works on. If there is none, ask whether it should be done.",
    ),
    "goal-without-initiative": Page(
        "A goal is active, and no initiative that is open or done leads to it, neither by itself nor by an entry or a "
        "goal below. Cancelled work does not count. The goal is a wish.",
        """
[[goals]]
id = "consultants-500"
title = "500 paying consultants"
status = "active"              # and no initiative links to it
""",
        "Link the work that is meant to reach it, or plan some. If nobody will, set its status to proposed or dropped.",
    ),
    "goal-detached": Page(
        "Every goal without a parent belongs to the vision. This one names a parent that is no goal, so it leads "
        "neither to a goal nor to the vision. Only told in a workspace that has a vision.",
        """
[[goals]]
id = "payments-matched"
title = "Eight of ten payments are matched without a click"
parent = "late-payment"        # a problem, no goal
""",
        "Name a goal as its parent, or take the parent out.",
    ),
    "goal-unmeasured": Page(
        "An active goal needs a metric with a name, a target, and a date by which it is due. Without one of them "
        "nobody can say whether it was reached.",
        """
[[goals]]
id = "happier"
title = "Customers are happier"
metric = { name = "customers who recommend us", baseline = 31, target = 50, unit = "%" }
due = 2027-06-30               # all three are here: no finding
""",
        "Add what is missing. If it cannot be measured yet, set its status to proposed.",
    ),
    "orphan-entry": Page(
        _TRACE + "An entry with no goal of its own takes those of the initiatives that work on it. This entry stands "
        "in a cell whose entries should lead to a goal, and reaches none either way.",
        """
[[problem]]
id = "begging"
text = "Chasing money feels like begging"
links = []                     # no goal, and no initiative works on it
""",
        "Link it to a goal, or to the initiative that works on it. Where it is kept on purpose, waive the finding with "
        "a reason. Only what nobody would miss goes: a canvas is short on purpose.",
    ),
    "empty-cell": Page(
        "A cell of an active canvas has nothing in it. That may be right, and then a note on the cell says why. Cells "
        "that may be empty by their model, drafts and archived canvases are passed over.",
        """
[cell.cost-structure]
note = "Deliberately empty until the pilot ends"
""",
        "Answer the question of the cell, or write a note on it. Or set the canvas's status to draft while it is.",
    ),
    "doubled-canvas": Page(
        "Two canvases of one model are in use and named alike, and one of them has an earlier year in its title or id. "
        "Nothing is asked of the older one any more, but whoever reads the strategy meets both.",
        """
model = "swot"
id = "swot-2024"               # and swot-2026 is in use beside it
title = "SWOT 2024"
status = "archived"            # archived: no finding
""",
        "Archive the older one: it stays in the file and can be read. If both are meant, say in the titles what each "
        "is for.",
    ),
    "undecided": Page(
        "A text only says that it is to be decided: TBD, to be defined, to do, a question mark. It counts as empty "
        "for every other rule, so that this is told once. Drafts, what is true in future, ideas and canvases that "
        "hold nothing else are passed over.",
        """
[[go-no-go]]
text = "TBD with Henk"         # who stops the launch, and when?
""",
        "Decide it, and write what was decided. If it has to wait, waive the finding until the day when it is decided, "
        "or set the canvas's status to draft.",
    ),
    "problem-unsolved": Page(
        "A problem is written down, and no solution is linked to it and no initiative works on it. It does not matter "
        "which end has the link. Cancelled initiatives do not count.",
        """
[[problem]]
id = "begging"
text = "Chasing money feels like begging"

[[solution]]
text = "Reminders that send themselves"
links = ["begging"]            # answers it
""",
        "Link the solution or the initiative that answers it, or add one. If the problem has to wait, waive the "
        "finding with a reason and a date.",
    ),
    "solution-unmotivated": Page(
        "A solution is linked to no problem. It may be good, and still nobody has said what for.",
        """
[[solution]]
text = "Invoices in pounds and francs"
links = []                     # which problem does it answer?
""",
        "Link it to the problem it answers. If there is none, write the problem down: whoever wrote the "
        "solution had one in mind.",
    ),
    "fit-gap": Page(
        "A value proposition fits when every pain has something that takes it away, and every gain something that "
        "brings it about. No reliever and no creator is linked to this one.",
        """
[[pains]]
id = "waiting"
text = "Waiting 34 days for money"

[[pain-relievers]]
text = "Reminders that send themselves"
links = ["waiting"]
""",
        "Link the reliever or creator that belongs to it, or add one. Pains and gains that hardly matter can be given "
        "a low importance, and passed over by a setting.",
    ),
    "segment-unreachable": Page(
        "A customer segment needs a channel by which it is reached and a revenue stream that it pays. One or both are "
        "not linked to it.",
        """
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
        "Link the channel and the revenue stream that belong to it. A segment that neither reaches nor pays is "
        "perhaps none of yours.",
    ),
    "threat-unanswered": Page(
        "A threat or a weakness is known, and no initiative and no TOWS option deals with it. A link to a goal says "
        "what it endangers, not what is done about it.",
        """
[[threats]]
id = "free-invoicing"
text = "The largest ledger maker gives invoicing away"
impact = 5
links = ["profitable"]         # endangers the goal; who does something?
""",
        "Link the initiative or the option that deals with it. If you choose to live with it, waive the finding and "
        "say why.",
    ),
    "opportunity-idle": Page(
        "An opportunity is known, and no initiative and no TOWS option makes use of it.",
        """
[[opportunities]]
id = "open-banking"
text = "Banks must open their feeds, free of charge"

[[initiatives]]
id = "bank-feed"
title = "Feeds from the five largest banks"
links = ["open-banking"]       # makes use of it
""",
        "Link the initiative or the option that makes use of it, or waive the finding and say why it is left.",
    ),
    "tows-half": Page(
        "A TOWS option crosses something inside with something outside: strengths or weaknesses with opportunities or "
        "threats, as its cell says. This option cites one side only, or none.",
        """
model = "tows"

[[so]]
text = "Use the accountants' trust to be first with open banking"
links = ["accountant-trust", "open-banking"]     # a strength, an opportunity
""",
        "Link it to at least one entry of each of its sides in the SWOT.",
    ),
    "metric-orphan": Page(
        "A key metric is linked to no goal, so it is watched and nobody has said where it should go.",
        """
[[key-metrics]]
text = "Median days to payment"
links = ["paid-in-10-days"]    # the goal that has this metric
""",
        "Link it to the goal that it measures, or write down the goal that it would be the number of.",
    ),
}
