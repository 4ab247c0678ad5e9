"""Follows the disk: a thread that calls back soon after a *.toml file of the workspace was changed by anybody.

By inotify where that was seen to work, else by looking again and again. It only says *that* something changed; what
changed is the reader's to find. Writes nothing, so that a read-only session follows the disk too.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from canvas_tui.storage.read.fingerprint import is_too_new
from canvas_tui.storage.read.inotify import FolderWatches, NotWatchable
from canvas_tui.storage.read.listing import Listing, listing_of

How = Literal["inotify", "polling"]

SECONDS = 1.5
_GATHER = 0.05  # seconds in which more of the same checkout or save may come
_DOUBT = 10.0  # seconds between two looks whether inotify tells everything
_SHARE = 0.05  # of its time that polling may spend on looking


class Watcher:
    """Watches the workspace at `root` (a folder, or one TOML file).

    `on_change` is called on the watcher's own thread: once when the watch begins, since nobody can tell what
    happened between the last reading and then, and after each change. `how` is what is in use, and `why` the reason
    it is not inotify. `seconds` lie between two looks when polling.
    """

    def __init__(
        self,
        root: Path,
        on_change: Callable[[], None],
        *,
        prefer: Literal["auto", "inotify", "polling"] = "auto",
        seconds: float = SECONDS,
        doubt: float = _DOUBT,
    ) -> None:
        real = os.path.realpath(root)
        is_file = os.path.isfile(real) or (real.endswith(".toml") and not os.path.isdir(real))
        self._root = os.path.dirname(real) if is_file else real
        self._only = os.path.basename(real) if is_file else None
        self._on_change, self._prefer, self._seconds, self._doubt = on_change, prefer, seconds, doubt
        self.how: How = "polling"
        self.why = "not started"
        self.problem: Exception | None = None  # what the last failing callback raised
        self._settled, self._ending = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._wake_read = self._wake_write = -1

    def start(self) -> None:
        """Begin, once; returns at once. `wait_until_watching` tells when the watch holds."""
        if self._thread is not None or self._ending.is_set():
            return
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_write, False)
        self._thread = threading.Thread(target=self._follow, name="canvas-watch", daemon=True)
        self._thread.start()

    def wait_until_watching(self, timeout: float) -> bool:
        """Wait until whatever changes from now on is told; False when `timeout` seconds were not enough."""
        return self._settled.wait(timeout)

    def stop(self) -> None:
        """End. No callback begins after this; a thread that hangs on a dead mount is left behind."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._ending.set()
        with contextlib.suppress(OSError):
            os.write(self._wake_write, b"x")
        if thread is not threading.current_thread():
            thread.join(0.2)

    # the thread

    def _follow(self) -> None:
        wake_read, wake_write = self._wake_read, self._wake_write
        try:
            while not self._ending.is_set():
                self._follow_as_well_as_possible(wake_read)
        finally:
            self._wake_write = -1
            os.close(wake_read)
            os.close(wake_write)

    def _follow_as_well_as_possible(self, wake: int) -> None:
        """Follow until told to end, or until the root went away and came back."""
        if self._prefer == "polling":
            self.why = "asked for"
            self._poll(wake, until_back=False)
            return
        try:
            watches = FolderWatches(self._root, self._only, even_network=self._prefer == "inotify")
        except (NotWatchable, OSError) as problem:
            self.why = str(problem)
            self._poll(wake, until_back=not os.path.isdir(self._root))
            return
        try:
            self.how, self.why = "inotify", ""
            self._listen(watches, wake)
        except (NotWatchable, OSError) as problem:
            self.why = str(problem)
            watches.close()
            if not self._ending.is_set():
                self._poll(wake, until_back=False)
        finally:
            watches.close()

    def _listen(self, watches: FolderWatches, wake: int) -> None:
        """Wait for events. Returns to begin anew when the root is lost; raises NotWatchable where polling must do."""
        poll = select.poll()
        poll.register(wake, select.POLLIN)
        poll.register(watches.fd, select.POLLIN)
        seen = listing_of(self._root, self._only)
        self._call(settled=True)
        look_at = time.monotonic() + self._doubt
        while not self._ending.is_set():
            poll.poll(max(0.0, look_at - time.monotonic()) * 1000)
            told = watches.read()
            if told.changed or told.lost:
                if self._ending.wait(_GATHER):
                    return
                lost = watches.read().lost
                seen = {}  # what was told needs no proof; the next look only takes note
                self._call()
                if lost:
                    self.how, self.why = "polling", "the folder went away"
                    return
            if time.monotonic() >= look_at:
                seen = self._compare(watches, seen)
                look_at = time.monotonic() + self._doubt

    def _compare(self, watches: FolderWatches, seen: Listing) -> Listing:
        """Look whether something changed that nobody told of: then inotify is not to be trusted here."""
        now = listing_of(self._root, self._only)
        if not seen or _without_ctime(now) == _without_ctime(seen):
            return now
        time.sleep(_GATHER)
        if watches.read().changed:
            self._call()
            return {}
        raise NotWatchable("it does not tell everything here")

    def _poll(self, wake: int, *, until_back: bool) -> None:
        """Look again and again. With `until_back` only until the root is there again.

        What was written in the very moment of a look may be written again within one tick of the clock: after such a
        look the next one calls too, whatever it sees.
        """
        self.how = "polling"
        poll = select.poll()
        poll.register(wake, select.POLLIN)
        seen: Listing | None = None
        was_fresh = False
        while not self._ending.is_set():
            began, looked = time.monotonic(), time.time_ns()
            now = listing_of(self._root, self._only)
            took = time.monotonic() - began
            if now != seen or was_fresh:
                self._call(settled=True)
            was_fresh = any(is_too_new(stamp[4], looked) for stamp in now.values() if stamp[4])
            if until_back and os.path.isdir(self._root):
                return
            seen = now
            poll.poll(max(self._seconds, took / _SHARE) * 1000)

    def _call(self, *, settled: bool = False) -> None:
        if self._ending.is_set():
            return
        if settled:
            self._settled.set()
        try:
            self._on_change()
        except Exception as problem:  # noqa: BLE001 - a screen that is closing must not end the watch
            self.problem = problem


def _without_ctime(listing: Listing) -> dict[str, tuple[int, ...]]:
    """A second name for a file changes its ctime, and nobody who watches the first one is told, rightly."""
    return {path: stamp[:4] for path, stamp in listing.items()}
