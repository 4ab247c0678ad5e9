"""What goes on beside the screen: following the disk, and who else is here. Started when the first screen is painted.

Owns the threads of a session, save the driver's. They only ever tell the app that there is something to look at; the
app looks, on its own loop. A read-only session looks at the others and tells nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from canvas_tui.tui import tidying
from canvas_tui.tui.account import account_name

if TYPE_CHECKING:
    from canvas_tui.storage.read.workspace import Loaded
    from canvas_tui.tui.flows.company import Company

_REST = 4  # pause between two looks, as a multiple of the time one look takes
_LONGEST_LOOK = 30.0  # seconds to wait for the app to look; an app that is ending no longer looks


class Background:
    """Start it once the screen is there, stop it at the end.

    `later` calls something on the app's loop, from any thread; `follow` looks at the files. `prepare` loads what the
    first edit needs; without it the session is read-only.
    """

    def __init__(
        self,
        loaded: Loaded,
        company: Company,
        *,
        later: Callable[..., object],
        follow: Callable[[], object],
        prepare: Callable[[], object] | None = None,
    ) -> None:
        self._loaded, self._root, self._company = loaded, loaded.root, company
        self._later, self._follow, self._prepare = later, follow, prepare
        self._stops: list[Callable[[], None]] = []
        self._ending, self._took = threading.Event(), 0.0

    def start(self) -> None:
        """Begin; called once, on the app's loop."""
        from canvas_tui.storage.read.watch import Watcher

        tidying.begin()
        watcher = Watcher(self._root, self._files_changed)
        self._stops.append(watcher.stop)
        watcher.start()
        if self._prepare is None:
            self._look_at_others()
        else:
            self._prepare()
            self._finish_killed_saves()
            self._join_others()

    def stop(self) -> None:
        """End every thread that was begun."""
        self._ending.set()
        for stop in reversed(self._stops):
            stop()

    def _look_at_others(self) -> None:
        from canvas_tui.storage.read.presence_reader import People

        people = People(self._root, on_change=self._people_changed)
        self._company.meet(people)
        self._stops.append(people.stop)
        people.start()

    def _join_others(self) -> None:
        from canvas_tui.storage.write.presence.presence import Presence

        presence = Presence(self._root, account_name(), on_change=self._people_changed)
        self._company.meet(presence, lambda address, is_editing: presence.at(address, is_editing=is_editing))
        self._stops.append(presence.stop)
        presence.start()

    def _finish_killed_saves(self) -> None:
        """Finish saves that were killed half way; in a thread, since a file may be locked. The watcher sees it."""
        from canvas_tui.storage.write.save.recovery import recover_all

        threading.Thread(target=recover_all, args=(self._loaded,), name="canvas-recovery", daemon=True).start()

    def _files_changed(self) -> None:
        """Called in the watcher's thread. It waits until the app has looked, then pauses for a while.

        Without the pause, a program that keeps writing large files would leave the app no time for keys.
        """
        looked = threading.Event()
        self._later(self._look, looked)
        if looked.wait(_LONGEST_LOOK):
            self._ending.wait(self._took * _REST)

    def _look(self, looked: threading.Event) -> None:
        began = time.monotonic()
        try:
            self._follow()
        finally:
            self._took = time.monotonic() - began
            looked.set()

    def _people_changed(self) -> None:
        self._later(self._company.look)
