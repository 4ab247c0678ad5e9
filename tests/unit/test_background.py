"""Following the disk leaves the app time for its keys, whatever is written into the workspace."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from canvas_tui.core.workspace import Workspace
from canvas_tui.session.session import Session
from canvas_tui.storage.read import read_workspace
from canvas_tui.tui import background
from canvas_tui.tui.background import Background
from canvas_tui.tui.flows.company import Company
from canvas_tui.tui.paint.status import Status


class SlowApp:
    """An app to which a look at the disk takes `seconds`, by a clock of its own."""

    def __init__(self, seconds: float) -> None:
        self.now, self.looks, self._seconds = 0.0, 0, seconds

    def call_later(self, work: Callable[..., None], *arguments: Any) -> None:
        threading.Thread(target=work, args=arguments).start()

    def follow_disk(self) -> None:
        self.looks += 1
        self.now += self._seconds


class Rests:
    """Stands for the event that ends the session; notes how long somebody waited for it."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def wait(self, seconds: float) -> bool:
        self.seconds.append(seconds)
        return False


@pytest.mark.parametrize("seconds", [0.0, 2.0])
def test_whoever_tells_of_changes_waits_for_the_look_and_then_longer_than_it_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    (tmp_path / "strategy.toml").write_text('name = "Test"\n')
    app, rests = SlowApp(seconds), Rests()
    monkeypatch.setattr(background, "time", SimpleNamespace(monotonic=lambda: app.now))
    nobody = Company(Session(Workspace(), date.today()), Status(), lambda: None)
    followed = Background(read_workspace(tmp_path), nobody, later=app.call_later, follow=app.follow_disk)
    monkeypatch.setattr(followed, "_ending", rests)
    for _ in range(3):
        followed._files_changed()
    assert app.looks == 3
    assert rests.seconds == [4 * seconds] * 3
