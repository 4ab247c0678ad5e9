"""Drafts: text that is being typed, kept until it is an edit.

They are files in the person's own state folder, so they survive a crash, a closed connection and a kill. Each session
has one small JSON document, which a thread replaces at most every second. Drafts that a session leaves unfinished are
taken over by the next one. A read-only process must never import this, and nothing here writes into a workspace.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from canvas_tui.storage.read.own_files import prefix_of, read_own
from canvas_tui.storage.read.state_folder import state_folder
from canvas_tui.storage.write.own_folder import check_own, make_own, replace_own

_CLOSE_SECONDS = 2.0  # how long a disk that does not answer may hold up an orderly end
_BEGIN_SECONDS = 1.0
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, RecursionError, OverflowError)  # from a damaged file


def drafts_folder() -> Path:
    """The person's own folder for drafts. It may not exist."""
    return state_folder() / "drafts"


class Draft(NamedTuple):
    """Text of one field that was never committed.

    `key` names the element and the field ("late-payment:text"). `base` is the field's text when typing began. `when` is
    in seconds since 1970. `home` is the cell of the element, or its kind, and `about` its own text when typing began:
    if the element is removed, that is all that is known of it.
    """

    key: str
    text: str
    base: str
    when: float
    home: str = ""
    about: str = ""


class Drafts:
    """The drafts of one session in one workspace.

    folder: where drafts are kept (created with mode 0700). workspace: the folder or file being edited. interval:
    seconds between two writes. `problem` says why drafts cannot be written at the moment; None if they can.
    """

    def __init__(
        self, folder: Path, workspace: Path, *, interval: float = 1.0, clock: Callable[[], float] = time.time
    ) -> None:
        self.problem: str | None = None
        self._folder, self._interval, self._clock = folder, interval, clock
        self._workspace = os.path.realpath(workspace)
        self._prefix = prefix_of(workspace)
        self._current: dict[str, Draft] = {}
        self._changes = self._written = 0
        self._session: Path | None = None
        self._lock = -1
        self._thread: threading.Thread | None = None
        self._wake, self._end = threading.Event(), threading.Event()
        self._beginning = threading.Lock()

    def keep(self, key: str, text: str, base: str, home: str = "", about: str = "") -> None:
        """Keep the text that a field holds now. It is on disk about a second later; nothing waits for that."""
        self._current[key] = Draft(key, text, base, self._clock(), home, about)
        self._note()

    def drop(self, key: str) -> None:
        """Forget the draft of a field that was saved or given up, also one that an earlier session left."""
        if self._current.pop(key, None) is not None:
            self._note()

    def pending(self) -> list[Draft]:
        """The drafts that earlier sessions of this workspace left, oldest first. This session now keeps them.

        Drafts of running sessions are left alone. A draft may have been saved just before its session ended: compare it
        with the field before you offer it.
        """
        found: dict[str, Draft] = {}
        left = []
        for lock in self._left_locks():
            drafts_of, is_foreign = _read_session(lock.with_suffix(""))
            if not is_foreign:
                left.append(lock)
            for draft in drafts_of:
                if draft.key not in found or found[draft.key].when <= draft.when:
                    found[draft.key] = draft
        drafts = sorted(found.values(), key=lambda draft: draft.when)
        for draft in drafts:
            self._current.setdefault(draft.key, draft)
        if drafts:
            self._changes += 1
            if not self._write(".json"):
                return drafts  # we could not write them: the old files stay, as the only copy
        for lock in left:
            _remove_session(lock.with_suffix(""))
        return drafts

    def flush_now(self) -> None:
        """Write the drafts immediately. For signal handlers: takes no lock, and writes a second file."""
        if self._changes != self._written:
            self._write(".last")

    def close(self) -> None:
        """End the session: remaining drafts are written and left to the next session."""
        self._end.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(_CLOSE_SECONDS)
        if self._session is None:
            return
        if self._changes != self._written:
            self._write(".json")
        if not self._current:
            _remove_session(self._session)
        with suppress(OSError):
            os.close(self._lock)
        self._session = None

    def _note(self) -> None:
        self._changes += 1
        if self._thread is None:
            self._thread = threading.Thread(target=self._follow, name="canvas-drafts", daemon=True)
            self._thread.start()
        self._wake.set()

    def _follow(self) -> None:
        while not self._end.is_set():
            self._wake.wait()
            self._wake.clear()
            if self._changes != self._written:
                self._write(".json")
            self._end.wait(self._interval)

    def _write(self, suffix: str) -> bool:
        """Write the drafts into this session's file, with `suffix` in its name. Gives whether that worked."""
        changes, current = self._changes, list(self._current.values())
        document = {
            "workspace": self._workspace,
            "change": changes,
            "drafts": [draft._asdict() for draft in current],
        }
        try:
            session = self._session or self._begin_once()
            replace_own(session.with_name(session.name + suffix), document)
        except OSError as error:
            self.problem = error.strerror or str(error)
            return False
        self.problem, self._written = None, changes
        return True

    def _begin_once(self) -> Path:
        """The path of the session's files; the first thread that calls this makes the session.

        There must be only one, because drafts are dropped from one. The exception is a signal handler that interrupts
        this very function: it cannot wait for it, so it makes a session of its own.
        """
        is_mine = self._beginning.acquire(timeout=_BEGIN_SECONDS)
        try:
            return self._session or self._begin()
        finally:
            if is_mine:
                self._beginning.release()

    def _begin(self) -> Path:
        """Make this session's lock file. While it is locked, no other session takes over these drafts."""
        make_own(self._folder)
        while True:
            session = self._folder / f"{self._prefix}-{os.getpid()}-{secrets.token_hex(4)}"
            path = session.with_name(session.name + ".lock")
            lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if path.exists():  # if not, another session that is starting removed it
                self._lock, self._session = lock, session
                return session
            os.close(lock)

    def _left_locks(self) -> Iterator[Path]:
        """The lock files of sessions that have ended, each locked by us while the caller looks at it."""
        try:
            check_own(self._folder)
        except OSError:
            return
        for path in sorted(self._folder.glob(f"{self._prefix}-*.lock")):
            try:
                lock = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
            except OSError:
                continue
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield path
            except BlockingIOError:
                continue
            finally:
                os.close(lock)


def _read_session(session: Path) -> tuple[list[Draft], bool]:
    """(the drafts in the newer of the session's two documents, whether one of them was not written here).

    There are no drafts if neither can be read. A document that was not written here came with a copied home: it is left
    alone, and `check` reports it.
    """
    documents: list[dict[str, Any]] = []
    is_foreign = False
    for suffix in (".json", ".last"):
        with suppress(*_UNREADABLE):
            document, is_own = read_own(session.with_name(session.name + suffix))
            if not is_own:
                is_foreign = True
                continue
            documents.append({"change": int(document["change"]), "drafts": list(document["drafts"])})
    if not documents:
        return [], is_foreign
    newest = max(documents, key=lambda document: int(document["change"]))
    drafts = []
    for each in newest["drafts"]:
        with suppress(*_UNREADABLE):
            told = (str(each["key"]), str(each["text"]), str(each["base"]), float(each["when"]))
            drafts.append(Draft(*told, str(each.get("home", "")), str(each.get("about", ""))))
    return drafts, is_foreign


def _remove_session(session: Path) -> None:
    for path in session.parent.glob(session.name + ".*"):
        with suppress(OSError):
            path.unlink()
