"""What changed between two versions, as it is told: every kind of difference has its own words."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from canvas_tui.core.difference_groups import groups
from canvas_tui.core.difference_words import plain
from canvas_tui.core.differences import differences
from canvas_tui.core.word_marks import marked
from canvas_tui.core.workspace import Workspace
from canvas_tui.storage.read.document import parse_document
from canvas_tui.storage.read.templates import builtin_templates
from canvas_tui.storage.read.workspace import put_together, read_workspace

HEAD = 'format = 1\nname = "Acme"\nvision = "Every bakery sells out by noon."\n'
GOALS = """\
[[goals]]
id = "paid"
title = "Invoices are paid within 10 days"
due = 2027-06-30
owner = "ana"
metric = { name = "days", current = 29 }

[[goals]]
id = "known"
title = "Every baker knows us"

[[initiatives]]
id = "remind"
title = "Reminders"
links = ["paid"]
depends-on = ["feed"]

[[initiatives]]
id = "feed"
title = "Bank feed"
"""
LEAN = """\
model = "lean-canvas"
id = "lean"
title = "Bakeries"

[[problem]]
id = "late-payment"
text = "Clients pay on average 34 days late"
importance = 5
evidence = ["12 interviews"]
links = ["paid"]

[[problem]]
text = "Nobody knows at six what will be bought"

[[problem]]
text = "Flour is dear"

[[solution]]
text = "Reminders that send themselves"
links = ["late-payment"]
"""
USUAL = {"strategy.toml": HEAD, "goals.toml": GOALS, "lean.toml": LEAN}


def workspace(files: dict[str, str]) -> Workspace:
    templates = builtin_templates()
    read = [
        parse_document(path, text.encode(), is_header=path == "strategy.toml", templates=templates)
        for path, text in files.items()
    ]
    data = {path: text.encode() for path, text in files.items()}
    documents, copies = put_together(read, data, is_folder=True, models=())
    return Workspace(documents, templates, copies=copies)


def told(after: dict[str, str], before: dict[str, str] = USUAL) -> list[str]:
    """Every sentence, with its sign and subject."""
    one, other = workspace(before), workspace(after)
    found = []
    for group in groups(differences(one, other), one, other):
        for each in group.told:
            head = f"{each.sign} {plain(each.subject)}"
            found += [f"{head}: {plain(sentence)}" for sentence in each.sentences] or [head]
    return found


def changed(file: str, old: str, new: str) -> list[str]:
    assert old in USUAL[file]
    return told({**USUAL, file: USUAL[file].replace(old, new)})


@pytest.mark.parametrize(("file", "old", "new", "said"), [
    ("goals.toml", "2027-06-30", "2027-09-30",
     "~ Goal “Invoices are paid within 10 days”: due moved from 30 Jun 2027 to 30 Sep 2027"),
    ("goals.toml", "current = 29", "current = 25",
     "~ Goal “Invoices are paid within 10 days”: metric current changed from 29 to 25"),
    ("goals.toml", 'owner = "ana"\n', "", "~ Goal “Invoices are paid within 10 days”: owner is gone, it was ana"),
    ("goals.toml", 'owner = "ana"', 'owner = "bea"',
     "~ Goal “Invoices are paid within 10 days”: owner changed from ana to bea"),
    ("goals.toml", 'id = "known"\n', 'id = "known"\nowner = "bea"\n',
     "~ Goal “Every baker knows us”: owner is now bea"),
    ("goals.toml", 'links = ["paid"]', 'links = ["known"]',
     "~ Initiative “Reminders”: is no longer linked with “Invoices are paid within 10 days”"),
    ("goals.toml", 'links = ["paid"]', 'links = ["paid", "known"]',
     "~ Initiative “Reminders”: is now linked with “Every baker knows us”"),
    ("goals.toml", 'links = ["paid"]', 'links = ["paid@9f3ac1"]',
     "~ Initiative “Reminders”: its link with “Invoices are paid within 10 days” has another pin"),
    ("goals.toml", 'depends-on = ["feed"]\n', "", "~ Initiative “Reminders”: no longer depends on “Bank feed”"),
    ("goals.toml", 'title = "Bank feed"', 'title = "Bank feed"\nparent = "remind"\npromotes = ["gone"]',
     "~ Initiative “Bank feed”: is now part of “Reminders”"),
    ("lean.toml", "34 days late", "40 days too late",
     "~ Problem “Clients pay on average 40 days too late”: "
     "now reads: Clients pay on average [-34-]{+40+} days{+ too+} late"),
    ("lean.toml", '["12 interviews"]', '["13 interviews", { text = "a poll", kind = "survey" }]',
     "~ Problem “Clients pay on average 34 days late”: "
     "evidence has lost 12 interviews, has got 13 interviews, has got a poll (survey)"),
    ("lean.toml", '[[problem]]\ntext = "Flour is dear"\n\n', "", "- Problem “Flour is dear”"),
    ("lean.toml", '[[solution]]', '[[solution]]\ntext = "A till"\nlinks = ["paid"]\n\n[[solution]]',
     "+ Solution “A till”: is now linked with “Invoices are paid within 10 days”"),
    ("lean.toml", '[[problem]]\ntext = "Flour', '[[solution]]\ntext = "Flour',
     "> Solution “Flour is dear”: moved from Problem to Solution"),
    ("lean.toml", 'title = "Bakeries"', 'title = "Bakers"', "~ Canvas “Bakers”: title changed from Bakeries to Bakers"),
    ("lean.toml", 'text = "Flour', 'id = "flour"\ntext = "Flour', "~ Problem “Flour is dear”: has the id flour now"),
    ("lean.toml", '[[solution]]', '[cell.channels]\nnote = "Later"\n\n[[solution]]', "+ Cell “Channels”"),
    ("strategy.toml", "by noon", "by ten",
     "~ The vision: now reads: Every bakery sells out by [-noon-]{+ten+}."),
    ("strategy.toml", "format = 1", 'format = 1\n[[waivers]]\nrule = "no-owner"\nelement = "paid"',
     "+ Waiver of no-owner for “Invoices are paid within 10 days”"),
    ("lean.toml", "importance = 5", 'conflict = [{ field = "importance", other = 3 }]\nimportance = 5',
     "~ Problem “Clients pay on average 34 days late”: has another version that somebody has to settle"),
    ("goals.toml", "[[goals]]\nid = \"known\"", 'team = "x"\n[[goals]]\nid = "known"',
     "~ Goal “Invoices are paid within 10 days”: team is now x"),
])  # fmt: skip
def test_each_kind_of_change_has_its_words(file: str, old: str, new: str, said: str) -> None:
    assert said in changed(file, old, new)


def test_nothing_is_said_of_comments_and_order_of_keys() -> None:
    assert changed("lean.toml", 'importance = 5\nevidence = ["12 interviews"]',
                   '# why\nevidence = [\n  "12 interviews",\n]\nimportance = 5') == []  # fmt: skip


def test_an_id_that_is_renamed_takes_its_links_along() -> None:
    after = {file: text.replace('"paid"', '"paid-soon"') for file, text in USUAL.items()}
    assert told(after) == ["~ Goal “Invoices are paid within 10 days”: its id changed from paid to paid-soon"]


def test_another_order_names_only_what_moved() -> None:
    first, second = (
        '[[problem]]\ntext = "Nobody knows at six what will be bought"\n\n',
        '[[problem]]\nid = "late-payment"',
    )
    lean = LEAN.replace(first, "").replace(second, first + second)
    assert told({**USUAL, "lean.toml": lean}) == [
        "> Problem “Nobody knows at six what will be bought”: moved from place 2 to place 1"
    ]


def test_a_file_that_is_renamed_is_one_line() -> None:
    after = {"strategy.toml": HEAD, "plan/goals.toml": GOALS, "bakeries.toml": LEAN}
    assert told(after) == ["> goals.toml: is called plan/goals.toml now", "> lean.toml: is called bakeries.toml now"]


def test_a_canvas_without_an_id_is_found_again_in_another_file() -> None:
    lean = LEAN.replace('id = "lean"\n', "")
    after = {"strategy.toml": HEAD, "goals.toml": GOALS, "bakeries.toml": lean}
    assert told(after, {**USUAL, "lean.toml": lean}) == ["> lean.toml: is called bakeries.toml now"]


def test_a_goal_in_another_file_has_moved() -> None:
    head, _, tail = GOALS.partition("[[initiatives]]")
    after = {**USUAL, "goals.toml": head, "work.toml": f"[[initiatives]]{tail}"}
    assert told(after)[0] == "> Initiative “Reminders”: moved from goals.toml to work.toml"


def test_a_whole_canvas_is_one_line() -> None:
    swot = 'model = "swot"\ntitle = "Us"\n[[strengths]]\ntext = "Fast"\n[[strengths]]\ntext = "Near"\n'
    assert told({**USUAL, "swot.toml": swot}) == ["+ Canvas “Us”: is new, with 2 entries"]
    assert told(USUAL, {**USUAL, "swot.toml": swot}) == ["- Canvas “Us”: is gone, with 2 entries"]


def test_a_file_that_cannot_be_read_has_lost_nothing() -> None:
    assert told({**USUAL, "lean.toml": LEAN + 'x = "'}) == []
    assert told(USUAL, {**USUAL, "goals.toml": "["}) == []


def test_both_ways_tell_the_same_elements() -> None:
    after = {**USUAL, "lean.toml": LEAN.replace("34", "40").replace("Flour is dear", "Ovens break")}
    one, other = workspace(USUAL), workspace(after)
    there, back = differences(one, other), differences(other, one)
    mirrored = {"added": "removed", "removed": "added", "changed": "changed"}
    assert sorted((each.item.text, each.what) for each in there.elements if each.what != "changed") == sorted(
        (each.item.text, mirrored[each.what]) for each in back.elements if each.what != "changed"
    )


@pytest.mark.parametrize("seed", range(20))
def test_the_order_in_which_files_are_found_means_nothing(seed: int) -> None:
    rng = random.Random(seed)
    lines = LEAN.split("\n\n")
    after = {**USUAL, "lean.toml": "\n\n".join([lines[0], *rng.sample(lines[1:], 3)]), "swot.toml": 'model = "swot"\n'}
    said = {tuple(told(dict(order), USUAL)) for order in itertools.permutations(after.items())}
    assert len(said) == 1


@pytest.mark.parametrize("seed", range(30))
def test_marks_lose_nothing(seed: int) -> None:
    rng = random.Random(seed)
    one, other = (" ".join(rng.choices(["a", "b", "é", "x-y", "12", ",", "  "], k=rng.randint(0, 30))) for _ in "12")
    pieces = marked(one, other)
    assert "".join(piece.text for piece in pieces if piece.kind != "now") == one
    assert "".join(piece.text for piece in pieces if piece.kind != "was") == other


def test_long_texts_are_marked_by_their_ends() -> None:
    one = "start " + "a b " * 100_000 + "end"
    pieces = marked(one, one.replace("start", "begin").replace("end", "stop"))
    assert [piece.kind for piece in pieces] == ["was", "now"]
    assert [piece.kind for piece in marked(one, one.replace("end", "stop"))] == ["same", "was", "now"]


CORPUS = Path(__file__).parents[1] / "corpus"
STRATEGIES = sorted(header.parent for header in CORPUS.glob("*/**/strategy.toml"))
BROKEN = Path(__file__).parents[2] / "samples" / "broken"


@pytest.mark.parametrize("number", range(len(STRATEGIES)))
def test_any_two_workspaces_can_be_compared(number: int) -> None:
    one, other = (read_workspace(STRATEGIES[each]).workspace for each in (number, number - 1))
    broken = read_workspace(BROKEN).workspace
    assert not differences(one, one)
    for before, after in ((one, other), (one, broken), (broken, one)):
        found = differences(before, after)
        said = [plain(part) for group in groups(found, before, after) for told in group.told for part in told.sentences]
        assert said
        assert all("None" not in sentence.split() for sentence in said)
