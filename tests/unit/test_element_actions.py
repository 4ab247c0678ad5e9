"""What can be done to an element and to a finding, without a screen: given a cursor and a shell, and nothing else."""

from __future__ import annotations

import pytest

from canvas_tui.core.commands import Batch
from canvas_tui.core.workspace import Workspace
from canvas_tui.tui.dialogs.picker import PickerScreen
from canvas_tui.tui.flows.element_actions import ElementActions, UnderCursor
from canvas_tui.tui.flows.finding_actions import Fixing, findings_by_element
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.why.screen import WhyScreen
from tests.unit.fake_shell import Asked, fake_shell
from tests.unit.strategy_factory import TODAY, canvas, entry, goal, workspace

PLAN = workspace(
    canvas("lean-canvas", {"problem": [entry("late", "paid"), entry("alone"), entry("both", "paid", "grow")]}),
    goals=[goal("paid"), goal("grow")],
)


def on(address: str | None, plan: Workspace = PLAN) -> tuple[ElementActions, Asked]:
    """The actions with the cursor on this element, and what they ask for."""
    asked = Asked()
    under = UnderCursor(lambda: address, lambda: plan.find(address) if address else None)
    return ElementActions(fake_shell(plan, TODAY, asked), under), asked


@pytest.mark.parametrize("action", ["link-add", "link-follow", "why", "note", "details", "delete"])
def test_with_the_cursor_on_nothing_nothing_can_be_done(action: str) -> None:
    elements, _ = on(None)
    assert not elements.deeds[action].can()


def test_the_vision_can_be_linked_and_asked_why_but_has_no_fields_and_is_not_deleted() -> None:
    elements, _ = on("vision")
    able = {action for action, deed in elements.deeds.items() if deed.can()}
    assert {"link-add", "why"} <= able
    assert not able & {"note", "details", "delete"}


def test_following_the_only_link_goes_there() -> None:
    elements, asked = on("late")
    elements.deeds["link-follow"].do()
    assert asked.calls == [("goto", "paid")]


def test_of_several_links_one_is_chosen() -> None:
    elements, asked = on("both")
    elements.deeds["link-follow"].do()
    [(name, dialog, _)] = asked.calls
    assert name == "ask"
    assert isinstance(dialog, PickerScreen)
    assert dialog.state.wording.title == "From “both” to"


def test_where_there_is_no_link_that_is_said() -> None:
    elements, asked = on("alone")
    elements.deeds["link-follow"].do()
    assert asked.names() == ["repaint"]


def test_deleting_is_one_edit_that_takes_the_links_to_it_too() -> None:
    elements, asked = on("paid")
    elements.deeds["delete"].do()
    [(name, command, title, _)] = asked.calls
    assert (name, title) == ("edit", "Deleted “Goal paid” and 2 links to it")
    assert isinstance(command, Batch)


def test_why_opens_above_the_screen() -> None:
    elements, asked = on("late")
    elements.deeds["why"].do()
    [(name, dialog)] = asked.calls
    assert name == "ask"
    assert isinstance(dialog, WhyScreen)


def test_an_element_that_could_be_taken_for_another_is_refused_before_anything_opens() -> None:
    twice = workspace(canvas("lean-canvas", {"problem": [entry("late"), entry("late")]}))
    elements, _ = on("late", twice)
    assert "late" in elements.deeds["note"].refused()
    assert on("late")[0].deeds["note"].refused() == ""


# findings


def fixing_of(shell: Shell) -> Fixing:
    """What can be done about the findings of the entry `alone`."""
    assert findings_by_element(shell.session) == {}, "none are made yet"
    assert shell.session.report.findings
    return Fixing(shell, lambda: findings_by_element(shell.session)["alone"])


def test_a_read_only_session_is_offered_nothing() -> None:
    fixing = fixing_of(fake_shell(PLAN, TODAY))
    assert fixing.offers == []
    assert not fixing.deeds["fix"].can()
    assert not fixing.deeds["waive"].can()


def test_each_fix_has_a_number_and_its_words_and_a_number_too_high_does_nothing() -> None:
    shell = fake_shell(PLAN, TODAY, can_edit=True)
    fixing = fixing_of(shell)
    words = [fix.words for _, fix in fixing.offers]
    deed = fixing.deeds["fix"]
    assert deed.can()
    assert deed.label is not None
    assert deed.numbered is not None
    assert words
    assert [deed.numbered(str(number)) for number in range(1, len(words) + 2)] == [*words, ""]
    assert deed.label() == words[0]
    shell.keys.last_key = "9"
    deed.do()
    assert shell.status.message == "There is no fix 9 here"


def test_of_too_many_findings_in_one_line_the_rule_is_named_instead() -> None:
    asked = Asked()
    shell = fake_shell(PLAN, TODAY, asked, can_edit=True)
    finding = shell.session.report.findings[0]
    fixing = Fixing(shell, lambda: (), lambda: (finding,) * 51)
    fixing.deeds["waive"].do()
    assert f"51 waivers say less than off = ['{finding.rule}']" in shell.status.message
    assert "ask" not in asked.names()
