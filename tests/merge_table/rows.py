"""The rows: what each branch does to a file, what must come of it, and how the page says so. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from tests.merge_table.example import (
    AWKWARD,
    DUE,
    LATE,
    LATER,
    METRIC,
    WALK_INS,
    Edit,
    at_the_end,
    entry,
    feed_links,
    kept,
    reminders_link,
    waived,
    walk_ins_to,
)


@dataclass(frozen=True)
class Row:
    """Two branches and what must come of them: what the result `holds` and `lacks`, and how many conflicts there are.

    `one`, `other` and `comes_to` are the page's words.
    """

    one: str
    ours: tuple[Edit, ...]
    other: str
    theirs: tuple[Edit, ...]
    comes_to: str
    holds: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    conflicts: int = 0


ROWS: tuple[Row, ...] = (
    Row(
        "adds an entry to a cell",
        (at_the_end("Banks are slow"),),
        "adds another to the same cell",
        (at_the_end("Taxes are due first"),),
        "both stand, ours first",
        (entry("Banks are slow") + entry("Taxes are due first"),),
    ),
    Row(
        "adds to a list in the short form",
        (('"Accountants"]', '"Accountants", "Fairs"]'),),
        "adds to it too",
        (('"Accountants"]', '"Accountants", "Radio"]'),),
        "both stand",
        ('channels = ["Word of mouth", "Accountants", "Fairs", "Radio"]',),
    ),
    Row(
        "changes an entry's text",
        (LATER,),
        "links the same entry",
        ((LATE, LATE.replace('10-days"', '10-days", "vision"')),),
        "both count",
        ('text = "Clients pay 34 days late"\nlinks = ["paid-in-10-days", "vision"]',),
    ),
    Row(
        "changes the due day of a goal",
        (("2027-06-30", "2027-09-30"),),
        "brings its number up to date",
        (("current = 29", "current = 21"),),
        "both count",
        ("current = 21, target = 10 }\ndue = 2027-09-30",),
    ),
    Row(
        "changes one number of a metric",
        (("current = 29", "current = 21"),),
        "changes another number of it",
        (("target = 10", "target = 14"),),
        "both count",
        ('{ name = "days", current = 21, target = 14 }',),
    ),
    Row(
        "adds a link",
        (reminders_link("walk-ins"),),
        "takes another out of the same list",
        (('links = ["late-payment"]', "links = []"),),
        "both count",
        ('links = ["walk-ins"]',),
    ),
    Row(
        "links an entry that has no id yet",
        (
            ('text = "Reminders are awkward"', 'id = "awkward"\ntext = "Reminders are awkward"'),
            reminders_link("awkward"),
        ),
        "links it too, and gives it another id",
        (
            ('text = "Reminders are awkward"', 'id = "reminders-awkward"\ntext = "Reminders are awkward"'),
            feed_links("reminders-awkward"),
        ),
        "one id, and all links lead to it; told",
        ('id = "awkward"', 'links = ["late-payment", "awkward"]', 'links = ["paid-in-10-days", "awkward"]'),
        ("reminders-awkward",),
    ),
    Row(
        "adds an entry, with an id, and links it",
        (at_the_end("Banks are slow", 'id = "slow"'), reminders_link("slow")),
        "adds another with the same id, and links that",
        (at_the_end("Post is slow", 'id = "slow"'), feed_links("slow")),
        "both stand; theirs gets a new id, and its links follow",
        (
            'id = "slow"\n',
            'id = "slow-2"\n',
            'links = ["late-payment", "slow"]',
            'links = ["paid-in-10-days", "slow-2"]',
        ),
    ),
    Row(
        "makes an edit",
        (LATER,),
        "makes the same edit",
        (LATER, ("2027-06-30", "2027-09-30")),
        "it is one edit",
        ('"Clients pay 34 days late"', "2027-09-30"),
    ),
    Row(
        "adds an entry",
        (at_the_end("Banks are slow"),),
        "adds the same one with a note",
        (at_the_end("Banks are slow", 'note = "ask them"'),),
        "it stands once, with the note",
        (entry("Banks are slow", 'note = "ask them"'),),
        (entry("Banks are slow") + "\n[[problem]]",),
    ),
    Row(
        "takes an entry out",
        ((AWKWARD, ""),),
        "changes the one beside it",
        (('"Walk-ins never pay"', '"Walk-ins rarely pay"'),),
        "both count",
        ('"Walk-ins rarely pay"',),
        ("awkward",),
    ),
    Row(
        "takes an entry out",
        ((LATE, ""), ('links = ["late-payment"]\n', "")),
        "changes it",
        (LATER,),
        "it stays as changed, with the links to it; told",
        (LATE.replace("pay late", "pay 34 days late"), 'links = ["late-payment"]'),
    ),
    Row(
        "takes an entry out",
        ((LATE, ""), ('links = ["late-payment"]\n', "")),
        "links to it",
        (feed_links("late-payment"),),
        "it stays, with the links to it; told",
        (LATE, 'links = ["paid-in-10-days", "late-payment"]', 'links = ["late-payment"]'),
    ),
    Row(
        "moves an entry to another cell",
        (walk_ins_to("customer-segments"),),
        "changes its text",
        (('"Walk-ins never pay"', '"Walk-ins rarely pay"'),),
        "moved and changed",
        ('[[customer-segments]]\nid = "walk-ins"\ntext = "Walk-ins rarely pay"',),
        ("never",),
    ),
    Row(
        "puts an entry first in its cell",
        ((WALK_INS + "\n", ""), (LATE, WALK_INS + "\n" + LATE)),
        "adds an entry at the end",
        (at_the_end("Banks are slow"),),
        "both count",
        (WALK_INS + "\n" + LATE, 'text = "Banks are slow"'),
    ),
    Row(
        "sorts the entries of a cell anew",
        ((LATE + AWKWARD, AWKWARD + LATE),),
        "changes one of them",
        (LATER,),
        "both count",
        (AWKWARD + LATE.replace("pay late", "pay 34 days late"),),
    ),
    Row(
        "changes the text of an entry without an id",
        (('"Reminders are awkward"', '"Reminders are very awkward"'),),
        "gives it a note",
        (('"Reminders are awkward"', '"Reminders are awkward"\nnote = "12 interviews"'),),
        "both count",
        ('"Reminders are very awkward"\nnote = "12 interviews"',),
    ),
    Row(
        "adds a comment above an entry",
        (("# the main one", "# the main one, says ana"),),
        "changes the entry",
        (LATER,),
        "both count",
        ("# the main one, says ana\n[[problem]]", '"Clients pay 34 days late"'),
    ),
    Row(
        "writes a comment behind a value",
        (('text = "Clients pay late"', 'text = "Clients pay late"  # we counted'),),
        "changes the value",
        (LATER,),
        "both stand",
        ('"Clients pay 34 days late"', "# we counted"),
    ),
    Row(
        "waives a finding",
        (waived("lonely", "reminders"),),
        "waives another",
        (waived("goal-unmeasured", "bank-feed"),),
        "both stand",
        ('rule = "lonely"', 'rule = "goal-unmeasured"'),
    ),
    Row(
        "turns a rule off",
        (('off = ["ownerless"]', 'off = ["ownerless", "empty-cell"]'),),
        "turns another off",
        (('off = ["ownerless"]', 'off = ["ownerless", "lonely"]'),),
        "both are off",
        ('off = ["ownerless", "empty-cell", "lonely"]',),
    ),
    Row(
        "says something of a cell",
        (("[cell.key-metrics]", '[cell.channels]\nowner = "ana"\n\n[cell.key-metrics]'),),
        "says something of another",
        (('note = "After the pilot"\n', 'note = "After the pilot"\n\n[cell.revenue-streams]\nowner = "bea"\n'),),
        "both stand",
        ('[cell.channels]\nowner = "ana"', '[cell.revenue-streams]\nowner = "bea"'),
    ),
    Row(
        "writes the metric as a table of its own",
        ((METRIC + DUE, DUE + '\n[goals.metric]\nname = "days"\ncurrent = 29\ntarget = 10\n'),),
        "changes a number in it",
        (("current = 29", "current = 21"),),
        "the number counts, in our form",
        ('[goals.metric]\nname = "days"\ncurrent = 21',),
    ),
    Row(
        "adds a key that this version does not know",
        (('title = "Bank feed"', 'title = "Bank feed"\nbudget = { low = 1, high = 9 }'),),
        "changes the element",
        (('title = "Bank feed"', 'title = "Feed of the bank"'),),
        "both count",
        ('title = "Feed of the bank"\nbudget = { low = 1, high = 9 }',),
    ),
    Row(
        "changes the id of an element, and the links to it",
        (('id = "late-payment"', 'id = "late"'), ('links = ["late-payment"]', 'links = ["late"]')),
        "links to it by its old id",
        (feed_links("late-payment"),),
        "the new link follows",
        ('links = ["paid-in-10-days", "late"]',),
        ("late-payment",),
    ),
    Row(
        "takes a field out",
        (("due = 2027-06-30\n", ""),),
        "changes it",
        (("2027-06-30", "2027-09-30"),),
        "it stays as changed; told",
        ("due = 2027-09-30",),
    ),
    Row(
        "changes a text",
        (LATER,),
        "changes it otherwise",
        (('"Clients pay late"', '"Clients pay 36 days late"'),),
        "**conflict**: ours stands, theirs beside it",
        ('text = "Clients pay 34 days late"\n', kept("text", '"Clients pay 36 days late"')),
        conflicts=1,
    ),
    Row(
        "changes the vision",
        (('"Paid the day the work is done."', '"Paid at once."'),),
        "changes it otherwise",
        (('"Paid the day the work is done."', '"Paid before the work is done."'),),
        "**conflict**, kept as `vision-conflict`",
        ('vision = "Paid at once."', "vision-" + kept("vision", '"Paid before the work is done."')),
        conflicts=1,
    ),
    Row(
        "sets a number",
        (("current = 29", "current = 21"),),
        "sets it otherwise",
        (("current = 29", "current = 20"),),
        "**conflict** of this number alone",
        ("current = 21", kept("metric.current", "20")),
        conflicts=1,
    ),
    Row(
        "moves an entry to one cell",
        (walk_ins_to("customer-segments"),),
        "moves it to another",
        (walk_ins_to("existing-alternatives"),),
        "**conflict**: it stands where we put it",
        ('[[customer-segments]]\nid = "walk-ins"', kept("cell", '"existing-alternatives"')),
        conflicts=1,
    ),
    Row(
        "gives a waiver another reason",
        (('"Kept for June"', '"Kept for July"'),),
        "gives it yet another",
        (('"Kept for June"', '"Kept for August"'),),
        "**conflict**, kept at the vision",
        ('reason = "Kept for July"', 'vision-conflict = [{ field = "waivers", other = { rule = "orphan-entry"'),
        conflicts=1,
    ),
)
