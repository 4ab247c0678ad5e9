"""What `canvas-tui rules NAME` says of the rules on structure: what each means, an example, how to mend it."""

from __future__ import annotations

from canvas_tui.rules.rule import Page

PAGES = {
    "duplicate-id": Page(
        "Links name ids, so an id has to mean one thing in the whole workspace. Where two elements share one, every "
        "link to it goes to the first of them, and neither can be edited by its id: the edit might land in the other.",
        """
[[goals]]
id = "growth"
title = "500 paying consultants"

[[initiatives]]
id = "growth"            # the same id again
title = "Referral kit"
""",
        "Give one of the two another id, and change the links that mean it. An id is never shown on the board, so any "
        "short words will do. A canvas with no id is called like its file: of two files of one name in two folders one "
        'needs id = "..." at its top.',
    ),
    "dangling-link": Page(
        "A link, a parent, depends-on or promotes names an id that nothing has: a slip of the pen, or something that "
        "was removed. Until it is mended the element counts as not linked.",
        """
[[problem]]
text = "Clients pay on average 34 days late"
links = ["paid-in-10-day"]     # the goal is called paid-in-10-days
""",
        "Write the id that is meant; the finding suggests the closest there is. Or write down what the id stands for. "
        "While a file cannot be read, links to what may be in it are told once, with its name, or not at all.",
    ),
    "cycle": Page(
        "Goals roll up to parent goals, and initiatives wait for those they depend on. Where this goes round in a "
        "circle nothing is on top and nothing can begin. The finding shows one way round.",
        """
[[initiatives]]
id = "reminders"
title = "Automatic payment reminders"
depends-on = ["bank-feed"]

[[initiatives]]
id = "bank-feed"
title = "Feeds from the five largest banks"
depends-on = ["reminders"]     # each waits for the other
""",
        "Take out the one that does not hold: usually the work can begin without it.",
    ),
    "unknown-cell": Page(
        "A canvas file has a table that is no cell of its model, so no board shows what is in it. The text is kept in "
        "the file as it is.",
        """
model = "lean-canvas"

[[problems]]                   # the cell is called problem
text = "Clients pay on average 34 days late"
""",
        "Rename the table to the cell that is meant; the finding suggests the closest one. `canvas-tui models` lists "
        "the cells of every model. A workspace can have models of its own, in its folder models/.",
    ),
    "invalid-value": Page(
        "A field has a value that cannot be right: the wrong type, a word that is not one of those it may have, a day "
        "that does not exist, an end before the start, or a name in [rules] that no rule or setting has. The value is "
        "kept in the file and counts as not there.",
        """
[[initiatives]]
id = "reminders"
title = "Automatic payment reminders"
status = "actve"               # active
start = "2026-09-01"           # a date stands without quotes
""",
        "Write the value as the finding says. `canvas-tui show ELEMENT` shows what was understood.",
    ),
    "unsafe-text": Page(
        "A text has characters that cannot be seen: escape sequences, control characters, or characters that turn the "
        "direction of writing round; or a letter carries more marks than any script has. They could mislead a terminal "
        "or a reader, so they are shown as signs and never sent to the screen. The file keeps what it had.",
        """
[[strengths]]
text = "Red \\u001b[31mletters"     # an escape sequence
""",
        "Write the text anew without them. They often come along with text copied from a terminal or a web page.",
    ),
    "conflict-open": Page(
        "Two people changed the same field at the same time. One of the two versions stands in it; the other is kept "
        "beside it under the key conflict (of the vision vision-conflict, of a canvas canvas-conflict), so that "
        'nothing is lost, and whoever wrote it sees that. With the field "entry" both stand as entries.',
        """
[[problem]]
id = "late-payment"
text = "Clients pay 34 days late"
conflict = [{ field = "text", other = "Clients pay 36 days late", who = "bea" }]
""",
        "Choose which of the two stays: in the app, c on the element asks. By hand, write the text as it is meant to "
        "be, and take the key out; `canvas-tui set ELEMENT conflict=` takes it out too.",
    ),
    "copied-file": Page(
        "A program that syncs, merges or copies files left a copy beside the original, such as lean (1).toml, or "
        "lean.sync-conflict-20261120-101500.toml. Read as well, it would say everything twice: so it is left out. "
        "Where people give such names too (persona 2.toml), only a file that says mostly the same is a copy; so is one "
        "with the ids of another, by whatever is behind its name (lean-LAPTOP.toml) or in a folder such as backup.",
        """
# lean (Ana's conflicted copy 2026-11-20).toml, beside lean.toml
model = "lean-canvas"

[[problem]]
text = "Clients pay on average 36 days late"     # perhaps written nowhere else
""",
        "Compare the two: `diff` shows what differs. Take over what the original lacks, then delete the copy. If both "
        "are meant, give the other file a name of its own, and what is in it other ids.",
    ),
    "half-saved": Page(
        "A save was cut off in the middle, by a kill or by a disk that failed, and what it left cannot be settled "
        "without a person: the file may be half written until its maker opens the workspace, or somebody wrote to it "
        "in the same instant and that version is kept beside it.",
        """
# .goals.toml.canvas-tui-0f1e2d3c4b5a6978.rescued, beside goals.toml
[[goals]]
id = "growth"
title = "What somebody wrote while a save was cut off"
""",
        "Do what the finding says: open the workspace once, so that the save is finished, or take over what the kept "
        "version has and delete it.",
    ),
    "foreign-leftover": Page(
        "A file has a name such as a save gives to what it is working on, a session to its presence or a draft to its "
        "text, and nothing in your own state folder says that you made it on this machine. It may have come with the "
        "repository, to be taken for a version of yours, so it is never read and never put anywhere.",
        """
# .goals.toml.canvas-tui-0f1e2d3c4b5a6978.rescued, as it came with a clone
[[goals]]
id = "growth"
title = "What the author of a branch would like to see in the file"
""",
        "Look at it as at any foreign file. If the repository brought it, take it out there; if a colleague's save was "
        "cut off on this machine, it goes when they open the workspace; else delete it.",
    ),
    "waiver-expired": Page(
        "A waiver accepts a finding until a day, and that day is past. The finding is told again.",
        """
[[waivers]]
rule = "problem-unsolved"
element = "begging"
reason = "The wording test of January decides"
who = "ana"
until = 2026-01-31             # the last day it holds
""",
        "Mend what the finding was about. If it may wait, write a later day and what has changed.",
    ),
    "waiver-unmatched": Page(
        "A waiver names a finding that there is not: it was mended, its rule is switched off, or the rule or the "
        "element has another name. A waiver left behind would hide the finding should it come back.",
        """
[[waivers]]
rule = "orphan-entry"
element = "late-payment"       # is linked to a goal by now
reason = "Kept for the workshop"
""",
        "Take the waiver out, or correct the name of the rule or the element.",
    ),
}
