"""Where keys and mouse put the cursor of the board."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.storage.read.workspace import read_workspace
from tests.tui.golden import screen_text
from tests.tui.sessions import SAMPLES, copy_of, editing_app, press, running, viewing_app


def fieldnote() -> object:
    return viewing_app(read_workspace(SAMPLES / "fieldnote").workspace)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["j"], "begging"),
        (["down", "down"], "owed-today"),
        (["G"], "owed-today"),
        (["end", "g", "g"], "late-payment"),
        (["j", "j", "j"], "lean/existing-alternatives/1"),
        (["j", "j", "j", "j"], "lean/cost-structure"),
        (["j", "j", "j", "j", "k"], "lean/existing-alternatives/1"),
        (["l"], "self-sending"),
        (["l", "l"], "paid-the-day"),
        (["l", "j", "j"], "days-to-payment"),
        (["l", "j", "j", "h"], "lean/existing-alternatives/1"),
        (["h"], "late-payment"),
        (["k"], "late-payment"),
        (["5"], "accountants"),
        (["9"], "ledger-history"),
        (["tab"], "lean/existing-alternatives/1"),
        (["tab", "tab"], "consultants-by-day"),
        (["shift+tab"], "ledger-history"),
    ],
)
async def test_keys_lead_where_the_board_shows(keys: list[str], expected: str) -> None:
    app = fieldnote()
    async with running(app) as pilot:  # type: ignore[arg-type]
        await press(pilot, *keys)
        assert app.navigator.here.selected == expected  # type: ignore[attr-defined]


async def test_down_and_up_keep_to_their_column() -> None:
    app = fieldnote()
    async with running(app) as pilot:  # type: ignore[arg-type]
        await press(pilot, "9", "down", "down", "down", "down")
        assert app.navigator.here.selected == "nineteen-a-month"  # type: ignore[attr-defined]
        await press(pilot, "up")
        assert app.navigator.here.selected == "lean/channels/2"  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [(80, 24), (140, 45), (60, 20), (200, 50)])
async def test_resizing_never_loses_the_cursor(size: tuple[int, int]) -> None:
    app = fieldnote()
    async with running(app) as pilot:  # type: ignore[arg-type]
        await press(pilot, "5", "j")
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert app.navigator.here.selected == "lean/channels/2"  # type: ignore[attr-defined]
        assert "Word" in screen_text(app)  # type: ignore[arg-type]


async def test_next_finding_goes_on_to_other_canvases_and_comes_round() -> None:
    app = fieldnote()
    async with running(app) as pilot:  # type: ignore[arg-type]
        seen = []
        for _ in range(40):
            await press(pilot, "]")
            if app.navigator.here.selected in seen:  # type: ignore[attr-defined]
                break
            seen.append(app.navigator.here.selected)  # type: ignore[attr-defined]
        about = {finding.about.id for finding in app.session.report.findings}  # type: ignore[attr-defined]
        assert set(seen) == about
        await press(pilot, "[")
        assert app.navigator.here.selected == seen[-1]  # type: ignore[attr-defined]


async def test_a_click_puts_the_cursor_and_does_nothing_else() -> None:
    app = fieldnote()
    async with running(app) as pilot:  # type: ignore[arg-type]
        await pilot.click(offset=(3, 4))
        assert app.navigator.here.selected == "begging"  # type: ignore[attr-defined]
        await pilot.click(offset=(70, 3))
        assert app.navigator.here.selected == "lean/customer-segments/2"  # type: ignore[attr-defined]


async def test_five_hundred_entries_scroll_with_the_cursor_in_sight(tmp_path: Path) -> None:
    entries = "\n".join(f'[[strengths]]\ntext = "Strength number {n}"\n' for n in range(500))
    (tmp_path / "strategy.toml").write_text("format = 1\n", encoding="utf-8")
    (tmp_path / "swot.toml").write_text(f'model = "swot"\nid = "s"\n\n{entries}', encoding="utf-8")
    app = viewing_app(read_workspace(tmp_path).workspace)
    async with running(app) as pilot:
        assert "+49" in screen_text(app)
        await press(pilot, "G")
        assert "Strength number 499" in screen_text(app)
        assert "above" in screen_text(app)
        await press(pilot, "pageup", "k", "k")
        assert app.navigator.here.cursor.text in screen_text(app)  # type: ignore[union-attr]


async def test_a_read_only_session_offers_no_edit() -> None:
    app = fieldnote()
    async with running(app) as pilot:  # type: ignore[arg-type]
        text = screen_text(app)  # type: ignore[arg-type]
        assert "read-only" in text
        assert " add" not in text.splitlines()[-2]
        await press(pilot, "e")
        assert "This session is read-only" in screen_text(app)  # type: ignore[arg-type]
        await press(pilot, "d", "a", "x")
        assert app.navigator.here.selected == "late-payment"  # type: ignore[attr-defined]


async def test_the_first_key_of_a_sequence_shows_what_may_follow() -> None:
    app = fieldnote()
    async with running(app) as pilot:  # type: ignore[arg-type]
        await press(pilot, "g")
        assert "Go to: " in screen_text(app)  # type: ignore[arg-type]
        await press(pilot, "escape")
        assert "Go to: " not in screen_text(app)  # type: ignore[arg-type]


async def test_a_key_that_does_nothing_here_says_so(tmp_path: Path) -> None:
    app = editing_app(copy_of("fieldnote", tmp_path))
    async with running(app) as pilot:
        await press(pilot, "u")
        assert "Nothing left to take back" in screen_text(app)
        await press(pilot, "j", "backspace")
        assert "Back: nothing to do here" in screen_text(app)


async def test_a_key_that_means_nothing_says_so_and_where_the_keys_are(tmp_path: Path) -> None:
    app = editing_app(copy_of("fieldnote", tmp_path))
    async with running(app) as pilot:
        await press(pilot, "x")
        assert "x does nothing here · ? lists the keys" in screen_text(app)
        await press(pilot, "ctrl+z")
        assert "Suspending (ctrl+z) is off here · q quits" in screen_text(app)
        await press(pilot, "f", "x")
        assert "Links: " not in screen_text(app)
        await press(pilot, "v", "9")
        assert "No cell 9 here: they go from 1 to 7" in screen_text(app)
