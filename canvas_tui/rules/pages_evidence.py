"""What `canvas-tui rules NAME` says of the rules on evidence: what each means, an example, how to mend it."""

from __future__ import annotations

from canvas_tui.rules.rule import Page

PAGES = {
    "fact-unbacked": Page(
        "An entry is called a fact, and nothing says how anybody knows. Evidence is a text or a table of its own; an "
        "experiment that tests the entry, or a proof beside it, will do as well. Where nobody in the workspace writes "
        "evidence, that is told once.",
        """
[[problem]]
text = "For a third of the services nobody knows who owns them"
state = "fact"
evidence = []                  # who counted?
""",
        "Write down where it comes from. If nobody knows, call it an assumption: that is no shame.",
    ),
    "risky-untested": Page(
        "An assumption is marked as most important, has no evidence, and nothing tests it: no experiment, and no "
        "initiative of kind research. If it is wrong, what rests on it was for nothing. Costs are passed over: they "
        "are estimates, which no test can refute.",
        """
[[revenue-streams]]
text = "4.99 a month for the family, one of the two pays"
state = "assumption"
importance = 5                 # and nobody has ever been asked to pay
""",
        "Plan the cheapest test that could refute it, as an experiment or as an initiative of kind research, and link "
        "it. Where something is known already, write it into evidence.",
    ),
    "refuted-in-use": Page(
        "An entry is marked refuted, and open work is linked to it or entries link to it. Research on it may go on, "
        "and so may what is done, cancelled, only an idea, in a draft or not true yet.",
        """
[[revenue-streams]]
id = "carrier-fee"
text = "Carriers pay 15 a truck and month"
state = "refuted"              # 2 of 31 would pay

[[promotion]]
text = "15 a truck, first month free"
links = ["carrier-fee"]        # still says so
""",
        "Stop or change what rests on it. If something else is true instead, write that down and link it.",
    ),
    "evidence-old": Page(
        "Every piece of evidence for an entry has a date, and the newest is more than a year old. Only the date of a "
        "table counts; a year in a text may be that of anything.",
        """
[[problem]]
text = "Four of ten who are entitled never apply"
evidence = [{ text = "Simulation by the institute", date = 2025-03-01 }]
""",
        "Look whether it still holds, and add what you find with its date. What cannot age needs no date.",
    ),
    "test-without-criterion": Page(
        "An experiment is planned or running and does not say which result would count as success. Afterwards every "
        "result will look like one.",
        """
[[experiments]]
id = "price-test"
title = "Two prices on the page"
status = "running"             # and which result decides for which price?
""",
        "Write `success` before it runs: the number that would convince you, and what happens if it is not reached.",
    ),
}
