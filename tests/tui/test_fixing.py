"""Acting on a finding where it stands: `f` and a number, Enter in the findings list, W, on board, tree and findings."""

from __future__ import annotations

import tomllib
from pathlib import Path

from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.tui.app import CanvasApp
from canvas_tui.tui.dialogs.ask import AskScreen
from canvas_tui.tui.dialogs.choice import ChoiceScreen
from canvas_tui.tui.dialogs.form import FormScreen
from canvas_tui.tui.dialogs.picker import PickerScreen
from canvas_tui.tui.screens.base import CanvasScreen
from tests.tui.golden import assert_golden, screen_text
from tests.tui.sessions import SAMPLES, copy_of, editing_app, press, running, type_text, viewing_app


def here(app: object) -> CanvasScreen:
    found = app.navigator.here if isinstance(app, CanvasApp) else None
    assert isinstance(found, CanvasScreen)
    return found


def go(app: object, address: str) -> None:
    app.navigator.goto(address)  # type: ignore[attr-defined]


async def test_f_says_what_each_number_does_here_and_the_footer_the_first(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        assert "f 1" not in screen_text(pilot.app).splitlines()[-2], "no finding, no fix"
        go(pilot.app, "owed-today")
        await press(pilot, "left")
        go(pilot.app, "owed-today")
        await pilot.pause()
        assert "f 1 link its answer" in screen_text(pilot.app).splitlines()[-2]
        await press(pilot, "f")
        keys = screen_text(pilot.app).splitlines()[-2]
        assert keys.startswith(" Fix: 1 link its answer  2 write a solution  3 make an initiative  4 for later")
        assert_golden("fix-board-80x24", screen_text(pilot.app))


async def test_a_link_is_offered_only_to_what_the_finding_asks_for_the_likeliest_first(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        go(pilot.app, "owed-today")
        await press(pilot, "f", "1")
        assert isinstance(pilot.app.screen, PickerScreen)
        groups = {item.group for item in pilot.app.screen.state.matcher.fitting("")}
        assert groups == {"Initiatives", "Entries"}
        assert_golden("fix-picker-80x24", screen_text(pilot.app))
        chosen = pilot.app.screen.state.choice
        assert chosen is not None
        await press(pilot, "enter")
        plan = read_workspace(path).workspace
        assert plan.get("owed-today").element.links or plan.get(chosen.value).element.links
        assert "problem-unsolved" not in {f.rule for f in here(pilot.app).session.report.findings}
        await press(pilot, "u")
        assert "problem-unsolved" in {f.rule for f in here(pilot.app).session.report.findings}


async def test_the_missing_entry_is_written_where_it_is_missing_and_linked(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        go(pilot.app, "owed-today")
        await press(pilot, "f", "2")
        assert isinstance(pilot.app.screen, AskScreen)
        await type_text(pilot, "A page that says")
        await press(pilot, "escape", "f", "2")
        assert "A page that says" in screen_text(pilot.app), "what was typed is kept"
        await type_text(pilot, " what is owed")
        await press(pilot, "enter")
        solution = read_workspace(path).workspace.get("lean/solution/3").element
        assert (solution.fields["text"], solution.links) == ("A page that says what is owed", ("owed-today",))


async def test_an_initiative_is_made_and_no_goal(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        before = len(here(pilot.app).session.workspace.goals)
        go(pilot.app, "owed-today")
        await press(pilot, "f", "3")
        await type_text(pilot, "Balance page")
        await press(pilot, "enter")
        plan = read_workspace(path).workspace
        made = plan.get("balance-page")
        assert (made.kind, made.element.links, made.element.status) == ("initiative", ("owed-today",), "planned")
        assert len(plan.goals) == before


async def test_enter_on_a_finding_shows_its_fixes_and_the_way_there(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "g", "f")
        assert here(pilot.app).put_cursor("owed-today")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ChoiceScreen)
        assert_golden("fix-list-80x24", screen_text(pilot.app))
        await press(pilot, "g")
        assert (here(pilot.app).screen_name, here(pilot.app).selected) == ("board", "owed-today")
        await press(pilot, "backspace", "f", "4")
        plan = here(pilot.app).session.workspace
        assert plan.get("owed-today").element.status == "future"


async def test_a_status_is_set_and_taken_back_on_the_tree(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        await press(pilot, "g", "s")
        assert here(pilot.app).put_cursor("other-currencies")
        await press(pilot, "f", "3")
        assert read_workspace(path).workspace.get("other-currencies").element.status == "idea"
        assert "set it to idea" in screen_text(pilot.app)
        await press(pilot, "u")
        assert read_workspace(path).workspace.get("other-currencies").element.status == "planned"


async def test_a_finding_is_waived_where_it_stands(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        await press(pilot, "W")
        assert "nothing to do here" in screen_text(pilot.app)
        go(pilot.app, "owed-today")
        await press(pilot, "W")
        await type_text(pilot, "After the pilot")
        await press(pilot, "enter", "enter")
        waiver = tomllib.loads((path / "strategy.toml").read_text("utf-8"))["waivers"][-1]
        assert (waiver["rule"], waiver["element"]) == ("problem-unsolved", "owed-today")


async def test_a_number_without_a_fix_does_nothing(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    before = {each: each.read_bytes() for each in path.glob("*.toml")}
    async with running(editing_app(path)) as pilot:
        go(pilot.app, "owed-today")
        await press(pilot, "f", "9")
        assert "no fix 9 here" in screen_text(pilot.app)
    assert before == {each: each.read_bytes() for each in path.glob("*.toml")}


async def test_nothing_is_offered_in_a_read_only_session() -> None:
    async with running(viewing_app(read_workspace(SAMPLES / "fieldnote").workspace)) as pilot:
        go(pilot.app, "owed-today")
        await pilot.pause()
        assert "f 1" not in screen_text(pilot.app)
        await press(pilot, "g", "f")
        assert here(pilot.app).put_cursor("owed-today")
        await press(pilot, "enter")
        assert (here(pilot.app).screen_name, here(pilot.app).selected) == ("board", "owed-today")


async def test_what_says_the_same_is_unfolded_by_enter_and_folded_again(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    swot = path / "swot.toml"
    more = "".join(f'\n[[threats]]\ntext = "Rivals of kind {number} grow every year"\n' for number in range(3))
    swot.write_text(swot.read_text("utf-8") + more, "utf-8")
    async with running(editing_app(path)) as pilot:
        await press(pilot, "g", "f")
        assert "Nobody does anything about 4 threats" in screen_text(pilot.app)
        assert "“Rivals of kind 2" not in screen_text(pilot.app)
        while "one by one" not in screen_text(pilot.app):
            await press(pilot, "down")
        assert "kind 2" in screen_text(pilot.app), "in the detail"
        assert_golden("findings-folded-80x24", screen_text(pilot.app))
        await press(pilot, "enter")
        assert "“Rivals of kind 2" in screen_text(pilot.app)
        await press(pilot, "down", "left")
        assert "“Rivals of kind 2" not in screen_text(pilot.app)


async def test_what_says_the_same_is_waived_with_one_reason_in_one_step(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    swot = path / "swot.toml"
    more = "".join(f'\n[[threats]]\ntext = "Rivals of kind {number} grow every year"\n' for number in range(3))
    swot.write_text(swot.read_text("utf-8") + more, "utf-8")
    before = (path / "strategy.toml").read_bytes()
    async with running(editing_app(path)) as pilot:
        await press(pilot, "g", "f")
        while "one by one" not in screen_text(pilot.app):
            await press(pilot, "]")
        assert "W waive all 4" in screen_text(pilot.app).splitlines()[-2]
        await press(pilot, "W")
        assert_golden("waive-fold-80x24", screen_text(pilot.app))
        await type_text(pilot, "We live with them")
        await press(pilot, "enter", "enter")
        waivers = tomllib.loads((path / "strategy.toml").read_text("utf-8"))["waivers"][-4:]
        assert {each["reason"] for each in waivers} == {"We live with them"}
        assert len({each["element"] for each in waivers}) == 4
        assert "4 threats" not in screen_text(pilot.app)
        await press(pilot, "u")
        assert (path / "strategy.toml").read_bytes() == before
        assert "4 threats" in screen_text(pilot.app)


async def test_the_next_finding_is_one_key_away_on_overview_and_findings_too(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        await press(pilot, "g", "o", "]")
        assert here(pilot.app).screen_name == "board"
        assert here(pilot.app).selected == "owed-today"
        await press(pilot, "g", "f")
        first = screen_text(pilot.app)
        await press(pilot, "[")
        assert screen_text(pilot.app) != first
        await press(pilot, "]")
        assert screen_text(pilot.app) == first, "round and round"


async def test_the_footer_names_no_next_finding_where_none_is(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "strategy.toml").write_text('format = 1\nname = "Plan"\nvision = "Paid"\n', encoding="utf-8")
    async with running(editing_app(tmp_path / "plan")) as pilot:
        await press(pilot, "g", "s")
        assert "] next finding" not in screen_text(pilot.app)
        await press(pilot, "]")
        assert "No findings" in screen_text(pilot.app)


async def test_a_file_that_cannot_be_read_is_not_offered_to_be_waived(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    with (path / "goals.toml").open("a", encoding="utf-8") as goals:
        goals.write("<<<<<<< HEAD\n")
    async with running(editing_app(path)) as pilot:
        await press(pilot, "g", "f")
        assert here(pilot.app).put_cursor("goals.toml")
        await press(pilot, "down", "up")
        assert "A merge left its markers" in screen_text(pilot.app)
        assert "W waive" not in screen_text(pilot.app)
        await press(pilot, "W")
        assert not isinstance(pilot.app.screen, AskScreen)


async def test_the_first_goal_is_filled_in_where_the_template_left_it(tmp_path: Path) -> None:
    path = tmp_path / "plan"
    path.mkdir()
    (path / "strategy.toml").write_text('format = 1\nname = "Plan"\n', "utf-8")
    goals, works = (
        '[[goals]]\nid = "first-goal"\ntitle = "<Which goal?>"\n',
        ('\n[[initiatives]]\nid = "w"\ntitle = "Send reminders"\nstatus = "planned"\n'),
    )
    (path / "goals.toml").write_text(goals + works, "utf-8")
    async with running(editing_app(path)) as pilot:
        await press(pilot, "g", "f", "enter")
        assert isinstance(pilot.app.screen, ChoiceScreen), screen_text(pilot.app)
        assert "Go there" not in screen_text(pilot.app), "it is about the whole plan"
        assert_golden("fix-first-goal-80x24", screen_text(pilot.app))
        await press(pilot, "1")
        assert isinstance(pilot.app.screen, FormScreen)
        await type_text(pilot, "Be paid")
        await press(pilot, "enter")
        written = read_workspace(path).workspace.goals
        assert [(goal.id, goal.title) for goal in written] == [("first-goal", "Be paid")]


async def test_the_form_of_a_fix_opens_on_its_field_with_the_day_that_is_advised(tmp_path: Path) -> None:
    path = copy_of("fieldnote", tmp_path)
    async with running(editing_app(path)) as pilot:
        await press(pilot, "g", "s")
        assert here(pilot.app).put_cursor("stop-chasing")
        await press(pilot, "f", "1")
        assert isinstance(pilot.app.screen, FormScreen)
        assert_golden("fix-form-80x24", screen_text(pilot.app))
        field = pilot.app.screen.state.here
        assert (field.spec.name, field.text) == ("start", "2026-12-07")
        await press(pilot, "escape")
        assert "Draft" not in screen_text(pilot.app), "nothing was typed"
        await press(pilot, "f", "1", "enter")
        assert str(read_workspace(path).workspace.get("stop-chasing").element.fields["start"]) == "2026-12-07"


async def test_undo_goes_back_to_where_the_fix_was_begun(tmp_path: Path) -> None:
    async with running(editing_app(copy_of("fieldnote", tmp_path))) as pilot:
        go(pilot.app, "owed-today")
        await press(pilot, "f", "2")
        await type_text(pilot, "A page")
        await press(pilot, "enter")
        assert here(pilot.app).selected == "owed-today"
        await press(pilot, "u")
        assert here(pilot.app).selected == "owed-today"
        assert "f 1 link its answer" in screen_text(pilot.app), "the next fix is about the same problem"
        await press(pilot, "ctrl+r")
        assert here(pilot.app).selected == "lean/solution/3", "what is done again is shown"
