"""A plan on disk, and what a flow is handed, without an app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from canvas_tui.session.session import Session
from canvas_tui.tui.shell import Shell
from tests.unit.fake_shell import Asked, fake_shell
from tests.unit.session.conftest import begin, disk, root
from tests.unit.session.plan import TODAY, Begin

__all__ = ["begin", "disk", "root"]


class Repeated:
    """Something that is called again and again, or later, when a test says so."""

    def __init__(self, seconds: float, call: Callable[[], object]) -> None:
        self.seconds, self.call, self.is_stopped = seconds, call, False

    def stop(self) -> None:
        """No more."""
        self.is_stopped = True


@dataclass
class Stand:
    """The surroundings of a flow. `asked` holds what was asked of the app, by name; `is_free` is what it says."""

    session: Session
    shell: Shell
    asked: Asked
    is_free: bool = True
    timers: list[Repeated] = field(default_factory=list)

    def timer(self, seconds: float, call: Callable[[], object]) -> Repeated:
        """As the app's timers; it is only noted."""
        self.timers.append(Repeated(seconds, call))
        return self.timers[-1]

    @property
    def running(self) -> list[float]:
        """The seconds of the timers that are not stopped."""
        return [each.seconds for each in self.timers if not each.is_stopped]

    @property
    def said(self) -> str:
        """The message that stands in the status line."""
        return self.shell.status.message

    def answer(self, choice: object) -> None:
        """Answer the dialog that was asked last."""
        done = [call for call in self.asked.calls if call[0] == "ask"][-1][2]
        done(choice)


def stand_of(session: Session) -> Stand:
    """The surroundings over a session."""
    asked = Asked()
    return Stand(session, fake_shell(session.workspace, TODAY, asked)._replace(session=session), asked)


@pytest.fixture
def stand(begin: Begin) -> Stand:
    return stand_of(begin())
