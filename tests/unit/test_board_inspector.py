"""What the inspector says, in a wide and in a narrow place."""

from __future__ import annotations

import re

import pytest

from canvas_tui.core.text import width
from canvas_tui.tui.board.facts import about_this
from canvas_tui.tui.board.inspector import Branch, Chains, Facts, Said, inspect
from canvas_tui.tui.paint.style import UNICODE, plain

FACTS = Facts(
    "Clients pay late", "entry", ("fact", "importance 5", "ana"),
    Chains((Branch("Paid in 10 days", 1, "34 → 10 days"), Branch("the vision: All is well", 2)),
           (Branch("Reminders", 1), Branch("Build it", 2, "product"), Branch("Bank feed", 1))),
    ("12 interviews",), "A note\nof two lines", "", (Said("!", "error", "Nothing answers it.", "Link a solution."),),
)  # fmt: skip


def lines(facts: Facts, columns: int, rows: int) -> list[str]:
    return [plain(line) for line in inspect(facts, columns, rows, UNICODE)]


@pytest.mark.parametrize("columns", [58, 80, 100, 140, 200])
@pytest.mark.parametrize("rows", [0, 1, 4, 5, 9, 12])
def test_it_fits_its_place(columns: int, rows: int) -> None:
    shown = lines(FACTS, columns, rows)
    assert len(shown) <= rows
    assert all(width(line) <= columns for line in shown)


def test_narrow_it_says_text_state_finding_why_and_how() -> None:
    shown = lines(FACTS, 80, 9)
    assert shown[0].startswith(" Clients pay late")
    assert shown[0].endswith("fact · importance 5")
    assert shown[1] == " ! Nothing answers it. Link a solution."
    assert shown[2].rstrip() == " why ▸ Paid in 10 days ▸ the vision: All is well"
    assert shown[3].rstrip() == " how ◂ Reminders ◂ Bank feed"
    assert "12 interviews" in shown[4]


def test_a_chain_that_is_too_long_counts_its_rest_and_nothing_runs_into_it() -> None:
    why = tuple(Branch(f"A step of the way that is long enough {number}", number + 1) for number in range(9))
    facts = Facts("Word of mouth", "entry", chains=Chains(why, (), "and 1 more way up (y shows all)"))
    for columns in range(60, 100):
        line = next(each for each in lines(facts, columns, 9) if each.startswith(" why"))
        assert width(line) <= columns
        assert re.search(r"▸ \+\d$|▸ \+\d and 1 more way up \(y shows all\)$", line.rstrip()), line


def test_wide_what_hangs_in_the_air_has_the_whole_width() -> None:
    said = Said("○", "warning", "This leads to no goal.", "Link it to the goal it serves, or to the initiative.")
    shown = lines(Facts("Chasing money", "entry", findings=(said,)), 120, 6)
    assert shown[1].strip() == "○ This leads to no goal. Link it to the goal it serves, or to the initiative."


def test_a_prompt_keeps_its_help_rather_than_the_title_that_stands_above() -> None:
    wrong = Said("!", "error", "It is empty, and no note says why.", "Write its first entry.")
    facts = Facts("Why is it different, and worth a look? One plain sentence.", "cell",
                  ("Unique value proposition", "one entry as a rule"), help="So that a stranger understands it.",
                  findings=(wrong,), is_prompt=True)  # fmt: skip
    shown = "\n".join(lines(facts, 80, 5))
    assert "So that a stranger understands it." in shown
    assert "y shows all" not in shown


def test_wide_the_chain_is_a_tree_beside_the_text() -> None:
    shown = lines(FACTS, 120, 9)
    assert "why ▸ Paid in 10 days" in shown[0]
    assert "└ the vision: All is well" in shown[1]
    assert "how ◂ Reminders" in shown[2]
    assert "└ Build it" in shown[3]
    assert "◂ Bank feed" in shown[4]


def test_what_does_not_fit_is_told_where_to_find() -> None:
    assert lines(FACTS, 80, 4)[-1].endswith("… y shows all")


def test_an_initiative_that_lends_its_goals_is_named_as_the_way() -> None:
    facts = Facts("Alone", "entry", (), Chains((Branch("The work", 1, through=True), Branch("The goal", 2))))
    assert "why ▸ through The work ▸ The goal" in lines(facts, 80, 5)[1]


def test_an_empty_cell_is_told_by_its_prompt_and_help() -> None:
    facts = Facts("Who pays?", "cell", ("Revenue",), help="Price and margin.", is_prompt=True)
    shown = lines(facts, 80, 5)
    assert shown[0].startswith(" Who pays?")
    assert "Price and margin." in shown[1]


def test_texts_of_files_are_shown_clean() -> None:
    chains = Chains((Branch("go\x07al", 1, "1 → 2 \u2068"),))
    facts = Facts("\x1b[31mred\u202e", "entry", (), chains, ("\x9b1m",), "n\x1bote")
    for columns in (80, 140):
        text = "".join(lines(facts, columns, 9))
        assert not any(sign in text for sign in "\x1b\x07\x9b\u202e\u2068")


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("“Clients pay late” (Problem) leads to no goal.", "This leads to no goal."),
        ("Nothing answers the problem “Clients pay late”: nobody.", "Nothing answers this problem: nobody."),
        ("The solution “Clients p…” answers no problem.", "This solution answers no problem."),
        ("The solution “Another” answers no problem.", "The solution “Another” answers no problem."),
        ("No goal measures it.", "No goal measures it."),
    ],
)
def test_a_finding_does_not_repeat_the_text_above_it(message: str, said: str) -> None:
    assert about_this(message, "Clients pay late") == said


def test_a_tall_narrow_place_has_the_chain_as_a_tree() -> None:
    shown = lines(FACTS, 60, 30)
    assert any("└ the vision: All is well" in line for line in shown)
    assert any("ana" in line for line in shown)
