"""Follows the disk: a thread that calls back soon after anybody changed a *.toml file of the workspace.

It uses inotify if that was seen to work, else it polls. It says only *that* something changed; the reader finds out
what. It writes nothing, so that a read-only session can follow the disk too.
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
from canvas_tui.storage.read.listing import Stamps, listing_of

WatchMethod = Literal["inotify", "polling"]

SECONDS = 1.5
_GATHER = 0.05  # seconds to wait for more changes of the same checkout or save
_DOUBT = 10.0  # seconds between two checks that inotify reports everything
_SHARE = 0.05  # the share of its time that polling may spend on looking


class Watcher:
    """Watches the workspace at `root` (a folder, or one TOML file).

    `on_change` is called on the watcher's own thread: after each change, and once when the watch begins, because files
    may have changed between the last reading and then. `how` is what is in use, and `why` the reason if it is not
    inotify. When polling, it looks every `seconds`.
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
        self.how: WatchMethod = "polling"
        self.why = "not started"
        self.problem: Exception | None = None  # what the last failing callback raised
        self._settled, self._ending = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._wake_read = self._wake_write = -1

    def start(self) -> None:
        """Start the thread, once. Returns immediately; `wait_until_watching` waits until the watch is in place."""
        if self._thread is not None or self._ending.is_set():
            return
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_write, False)
        self._thread = threading.Thread(target=self._follow, name="canvas-watch", daemon=True)
        self._thread.start()

    def wait_until_watching(self, timeout: float) -> bool:
        """Wait until every later change is noticed. False if that takes longer than `timeout` seconds."""
        return self._settled.wait(timeout)

    def stop(self) -> None:
        """End the thread. No callback begins after this. A thread that hangs on a dead mount is left behind."""
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
        """Follow changes until `stop`, or until the root went away and came back."""
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
        """Wait for events. Returns if the root is lost, to begin again; raises NotWatchable if we must poll."""
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
                seen = {}  # inotify has just worked; the next check only takes note of the files
                self._call()
                if lost:
                    self.how, self.why = "polling", "the folder went away"
                    return
            if time.monotonic() >= look_at:
                seen = self._compare(watches, seen)
                look_at = time.monotonic() + self._doubt

    def _compare(self, watches: FolderWatches, seen: Stamps) -> Stamps:
        """Look for changes that inotify did not report. Raises NotWatchable if there are any."""
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

        A file that was written at the moment of a look may be written again within the same tick of the clock, unseen
        by `stat`. After such a look the next one calls back in any case.
        """
        self.how = "polling"
        poll = select.poll()
        poll.register(wake, select.POLLIN)
        seen: Stamps | None = None
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


def _without_ctime(listing: Stamps) -> dict[str, tuple[int, ...]]:
    """The listing without ctimes: a second name (hard link) for a file changes its ctime, but not the file."""
    return {path: stamp[:4] for path, stamp in listing.items()}
