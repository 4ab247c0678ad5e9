"""Two people change the same thing: what loses stays in the file, is told on every screen, and settled by one key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.tui.app import CanvasApp
from tests.plan_files import change, lean
from tests.tui.golden import assert_golden, screen_text, status
from tests.tui.sessions import bea_is_at, editing_app, nobody_else_is_here, press, running, type_text, viewing_app

FIRST = "Clients pay on average 34 days late"
THEIRS = "Clients pay on average 35 days late"
KEPT = f'conflict = [{{ field = "text", other = "{THEIRS}", who = "bea" }}]'
SIZES = [(60, 20), (80, 24), (140, 45)]


def keep_bea(plan: Path) -> None:
    change(plan, f'text = "{FIRST}"', f'text = "{FIRST}"\n{KEPT}')


async def meet(app: CanvasApp, pilot: Any, plan: Path) -> str:
    """Type into an entry that bea changes meanwhile, up to the question; the file as it is then."""
    await press(pilot, "e")
    await type_text(pilot, " mine")
    bea_is_at(app, "late-payment")
    nobody_else_is_here(app)
    change(plan, FIRST, THEIRS)
    await press(pilot, "enter")
    assert "Two versions" in screen_text(app)
    assert "While you were writing, bea changed it too." in screen_text(app)
    return lean(plan)


async def marked(app: CanvasApp, pilot: Any) -> None:
    app.analysis.update()
    await pilot.pause()


async def test_mine_keeps_theirs_with_its_name_and_undo_restores_every_byte(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        before = await meet(app, pilot, plan)
        await press(pilot, "m")
        assert "Changed to yours, theirs is kept beside it · u undo" in status(app)
        assert KEPT in lean(plan)
        assert f'text = "{FIRST} mine"' in lean(plan)
        await marked(app, pilot)
        assert "bea's version is kept: “Clients pay on average 35 days late”." in screen_text(app).replace("\n   ", " ")
        await press(pilot, "u")
        assert lean(plan) == before


async def test_theirs_keeps_mine_and_undo_puts_mine_there_and_then_every_byte_back(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        before = await meet(app, pilot, plan)
        await press(pilot, "t")
        assert "u puts yours there" in status(app)
        assert f'text = "{THEIRS}"' in lean(plan)
        assert f'field = "text", other = "{FIRST} mine", who = ' in lean(plan)
        chosen = lean(plan)
        assert len(app.shelf) == 0
        await press(pilot, "u")
        assert f'text = "{FIRST} mine"' in lean(plan)
        assert "conflict" not in lean(plan)
        await press(pilot, "u")
        assert lean(plan) == before
        await press(pilot, "U", "U")
        assert lean(plan) == chosen


async def test_both_stand_and_the_new_one_is_told_until_somebody_says_that_both_are_meant(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        before = await meet(app, pilot, plan)
        await press(pilot, "b")
        assert f'text = "{FIRST} mine"\n{KEPT.replace("text", "entry")}' in lean(plan)
        await marked(app, pilot)
        await press(pilot, "j")
        assert "This was written at the same time as" in screen_text(app)
        await press(pilot, "c", "b")
        assert "Settled: both stay" in status(app)
        assert {f'text = "{FIRST} mine"', f'text = "{THEIRS}"'} <= set(lean(plan).splitlines())
        assert "conflict" not in lean(plan)
        await press(pilot, "u", "u")
        assert lean(plan) == before


async def test_nothing_is_kept_where_only_the_space_around_a_text_differs(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "n")
        await type_text(pilot, "Said")
        change(plan, f'text = "{FIRST}"', f'text = "{FIRST}"\nnote = " Said "')
        app.disk.follow()
        await press(pilot, "f2", "m")
        assert "Changed to yours · u undo" in status(app)
        assert 'note = "Said"' in lean(plan)
        assert "conflict" not in lean(plan)


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [("s", FIRST, "this one stays"), ("k", THEIRS, "the other one stays"), ("b", FIRST, "both stay")],
)
@pytest.mark.parametrize("way", [(), ("g", "f")])
async def test_what_is_kept_is_settled_by_c_on_the_board_and_in_the_findings(
    way: tuple[str, ...], key: str, text: str, told: str, plan: Path
) -> None:
    keep_bea(plan)
    before = lean(plan)
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, *way)
        assert app.navigator.here is not None
        assert app.navigator.here.put_cursor("late-payment")
        app.navigator.here.repaint()
        await pilot.pause()
        assert "c settle" in screen_text(app)
        await press(pilot, "c", "enter", "x", "m", "t")
        assert "Two versions of late-payment" in screen_text(app), "no habit answers for the person"
        await press(pilot, key)
        assert f"Settled: {told} · u undo" in status(app)
        entries = [each.text for each in app.session.workspace.canvases[0].cell("problem").entries]
        assert entries[0] == text
        assert (THEIRS in entries) == (key != "s")
        assert "conflict" not in lean(plan)
        await marked(app, pilot)
        assert not app.session.report.by_rule("conflict-open")
        await press(pilot, "u")
        assert lean(plan) == before


async def test_esc_leaves_what_is_kept_and_an_answer_that_comes_too_late_changes_nothing(plan: Path) -> None:
    keep_bea(plan)
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "c", "escape")
        assert KEPT in lean(plan)
        await press(pilot, "c")
        change(plan, f"{KEPT}\n", "")
        settled = lean(plan)
        await press(pilot, "k")
        assert "Somebody else settles this too · look at it again" in status(app)
        assert lean(plan) == settled
        app.disk.follow()
        assert app.navigator.here is not None
        app.navigator.here.repaint()
        await pilot.pause()
        assert "c settle" not in screen_text(app)


async def test_who_only_looks_sees_what_is_kept_and_cannot_settle_it(plan: Path) -> None:
    keep_bea(plan)
    before = lean(plan)
    app = viewing_app(read_workspace(plan).workspace)
    async with running(app) as pilot:
        assert app.navigator.here is not None
        app.navigator.here.put_cursor("late-payment")
        app.navigator.here.repaint()
        await pilot.pause()
        assert "bea's version is kept" in screen_text(app)
        assert "settle" not in screen_text(app).splitlines()[-2]
        await press(pilot, "c")
        assert "Two versions" not in screen_text(app)
    assert lean(plan) == before


async def test_theirs_in_a_field_of_a_form_gives_mine_back_on_undo_with_the_other_fields(plan: Path) -> None:
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "i")
        form: Any = app.screen
        names = [field.spec.name for field in form.state.fields]
        for name, typed in (("importance", ("backspace", "4")), ("owner", (*["backspace"] * 9, "c", "y"))):
            while names[form.state.cursor] != name:
                await press(pilot, "down" if form.state.cursor < names.index(name) else "up")
            await press(pilot, *typed)
        change(plan, "importance = 5", "importance = 3")
        before = lean(plan)
        await press(pilot, "f2", "t")
        assert 'conflict = [{ field = "importance", other = 4' in lean(plan)
        await press(pilot, "u")
        fields = app.session.workspace.get("late-payment").element.fields
        assert (fields["importance"], fields["owner"], "conflict" in fields) == (4, "cy", False)
        await press(pilot, "u")
        assert lean(plan) == before


@pytest.mark.parametrize(("choice", "is_there"), [("m", True), ("t", False)])
async def test_mine_of_an_entry_that_was_removed_is_written_anew_or_stays_a_draft(
    choice: str, is_there: bool, plan: Path
) -> None:
    path = plan / "swot.toml"
    held = path.read_text(encoding="utf-8")
    path.write_text(f'{held}\n[[threats]]\ntext = "Nameless, and last"\n', encoding="utf-8")
    app = editing_app(plan)
    async with running(app) as pilot:
        count = len(app.session.workspace.get("swot").canvas.cell("threats").entries)  # type: ignore[union-attr]
        address = f"swot/threats/{count}"
        app.navigator.goto(address)
        await pilot.pause()
        await press(pilot, "e")
        await type_text(pilot, " mine")
        path.write_text(held, encoding="utf-8")
        await press(pilot, "enter")
        assert "somebody else removed it" in screen_text(app)
        await press(pilot, choice)
        written = path.read_text(encoding="utf-8")
        assert ('text = "Nameless, and last mine"' in written) == is_there
        assert app.shelf.text_of("swot/threats:new") == (None if is_there else "Nameless, and last mine")
        await press(pilot, "u")
        assert ('text = "Nameless, and last mine"' in path.read_text(encoding="utf-8")) != is_there


async def test_a_form_does_not_ask_for_what_is_kept(plan: Path) -> None:
    keep_bea(plan)
    app = editing_app(plan)
    async with running(app) as pilot:
        await press(pilot, "i")
        form: Any = app.screen
        assert "conflict" not in [field.spec.name for field in form.state.fields]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["board", "findings", "settle"])
async def test_what_is_kept_looks_as_designed(name: str, size: tuple[int, int], plan: Path) -> None:
    keep_bea(plan)
    app = editing_app(plan)
    async with running(app, size) as pilot:
        if name == "findings":
            await press(pilot, "g", "f")
        assert app.navigator.here is not None
        app.navigator.here.put_cursor("late-payment")
        app.navigator.here.repaint()
        await pilot.pause()
        if name == "settle":
            await press(pilot, "c")
        assert_golden(f"conflict-kept-{name}-{size[0]}x{size[1]}", screen_text(app))
