"""The file of the table, and what a branch may do to it, in a word each."""

from __future__ import annotations

Edit = tuple[str, str]  # a stretch of the file, and what stands there afterwards

BASE = """\
# Fieldnote in one file.
format = 1
name = "Fieldnote"
vision = "Paid the day the work is done."
model = "lean-canvas"
id = "lean"
status = "active"
channels = ["Word of mouth", "Accountants"]

[rules]
off = ["ownerless"]

[[waivers]]
rule = "orphan-entry"
element = "walk-ins"
reason = "Kept for June"

# What hurts.

# the main one
[[problem]]
id = "late-payment"
text = "Clients pay late"
links = ["paid-in-10-days"]

[[problem]]
text = "Reminders are awkward"

[[problem]]
id = "walk-ins"
text = "Walk-ins never pay"

[[solution]]
id = "reminders"
text = "Automatic reminders"
links = ["late-payment"]

[[goals]]
id = "paid-in-10-days"
title = "Invoices are paid within 10 days"
metric = { name = "days", current = 29, target = 10 }
due = 2027-06-30

[[initiatives]]
id = "bank-feed"
title = "Bank feed"
links = ["paid-in-10-days"]

[cell.key-metrics]
note = "After the pilot"
"""

LATE = """\
# the main one
[[problem]]
id = "late-payment"
text = "Clients pay late"
links = ["paid-in-10-days"]

"""
AWKWARD = '[[problem]]\ntext = "Reminders are awkward"\n\n'
WALK_INS = '[[problem]]\nid = "walk-ins"\ntext = "Walk-ins never pay"\n'
REMINDERS = '[[solution]]\nid = "reminders"\ntext = "Automatic reminders"\nlinks = ["late-payment"]\n'


LATER = ('"Clients pay late"', '"Clients pay 34 days late"')
METRIC, DUE = 'metric = { name = "days", current = 29, target = 10 }\n', "due = 2027-06-30\n"


def entry(text: str, *more: str) -> str:
    """A problem as text, with a blank line above it."""
    return "\n".join(("", "[[problem]]", f'text = "{text}"', *more, ""))


def at_the_end(text: str, *more: str) -> Edit:
    """One more problem."""
    return WALK_INS, WALK_INS + entry(text, *more)


def feed_links(target: str) -> Edit:
    """One more link of the initiative."""
    links = 'title = "Bank feed"\nlinks = ["paid-in-10-days"'
    return links, f'{links}, "{target}"'


def reminders_link(target: str) -> Edit:
    """One more link of the solution."""
    return 'links = ["late-payment"', f'links = ["late-payment", "{target}"'


def walk_ins_to(cell: str) -> Edit:
    """A problem moved to another cell."""
    head = ']]\nid = "walk-ins"'
    return f"[[problem{head}", f"[[{cell}{head}"


def waived(rule: str, element: str) -> Edit:
    """One more waiver."""
    last = 'reason = "Kept for June"\n'
    return last, f'{last}\n[[waivers]]\nrule = "{rule}"\nelement = "{element}"\nreason = "x"\n'


def kept(field: str, other: str) -> str:
    """What the file keeps of theirs."""
    return f'conflict = [{{ field = "{field}", other = {other}, who = "bea" }}]'
