"""Graph and findings that take long hold nobody up: keys are answered and edits carried out meanwhile."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from canvas_tui import rules
from tests.tui.sessions import copy_of, editing_app, press, running, type_text

STEPS = 200


async def test_keys_are_answered_and_edits_done_while_findings_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = editing_app(copy_of("fieldnote", tmp_path))
    async with running(app, (140, 45)) as pilot:
        check, may_end, made_in = rules.check, threading.Event(), []

        def slow_check(*arguments, **options):  # type: ignore[no-untyped-def]
            made_in.append(threading.current_thread() is threading.main_thread())
            assert may_end.wait(60)
            return check(*arguments, **options)

        monkeypatch.setattr(rules, "check", slow_check)
        app.analysis.cost = 1.0  # as in a workspace of ten thousand entries
        before = app.session.known_report
        await press(pilot, "a")
        await type_text(pilot, "first")
        await press(pilot, "enter")
        for _ in range(STEPS):
            if made_in:
                break
            await pilot.pause(0.05)
        assert made_in == [False], "in a thread of its own"
        await press(pilot, "a")
        await type_text(pilot, "second")
        await press(pilot, "enter", "k")
        texts = [entry.text for entry in app.session.workspace.canvases[0].cell("problem").entries]
        assert texts[1:3] == ["first", "second"]
        assert app.navigator.here is not None
        assert app.navigator.here.selected == "lean/problem/2"
        assert app.session.known_report is before
        may_end.set()
        for _ in range(STEPS):
            if app.session.is_up_to_date:
                break
            await pilot.pause(0.05)
        assert app.session.is_up_to_date, "made again for the second edit"
        assert len(made_in) == 2
        assert app.navigator.here.selected == "lean/problem/2"
