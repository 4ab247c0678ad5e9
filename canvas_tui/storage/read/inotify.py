"""Linux's inotify through ctypes: watches every folder of a workspace, and tells whether something changed.

It writes nothing: to test itself it opens a folder for reading, which makes an event too. The thread that uses it is in
`watch.py`.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import select
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from canvas_tui.storage.read.mounts import is_network
from canvas_tui.storage.read.passed import HEADER_FILE, IGNORE_FILE, Passed, is_environment, passed_in_root

_ATTRIB, _MODIFY, _CLOSE_WRITE, _OPEN = 0x4, 0x2, 0x8, 0x20
_MOVED_FROM, _MOVED_TO, _CREATE, _DELETE, _DELETE_SELF, _MOVE_SELF = 0x40, 0x80, 0x100, 0x200, 0x400, 0x800
_UNMOUNT, _Q_OVERFLOW, _IGNORED, _ISDIR = 0x2000, 0x4000, 0x8000, 0x40000000
_ONLYDIR, _DONT_FOLLOW, _EXCL_UNLINK, _MASK_ADD = 0x1000000, 0x2000000, 0x4000000, 0x20000000

_WANTED = (
    _ATTRIB | _MODIFY | _CLOSE_WRITE | _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE | _DELETE_SELF | _MOVE_SELF
    | _ONLYDIR | _EXCL_UNLINK
)  # fmt: skip
_EVENT = struct.Struct("iIII")
_LIMITS = frozenset({errno.ENOSPC, errno.EMFILE, errno.ENFILE, errno.ENOMEM})
_SELF_TEST_SECONDS = 0.5
MOST_FOLDERS = 8192


class NotWatchable(Exception):
    """inotify cannot be used here; the message says why."""


@dataclass(frozen=True)
class News:
    """What the events since the last call mean. `changed`: a file or folder of the workspace changed. `lost`: the
    root itself is gone, and these watches see nothing any more."""

    changed: bool
    lost: bool


class FolderWatches:
    """Watches `root` and the folders below it that are not skipped; with `only`, the root for that one name.

    Raises NotWatchable where the system has no inotify, its limits are reached, or the folder is on a file system
    that other hosts write to (unless `even_network`).
    """

    def __init__(self, root: str, only: str | None = None, *, even_network: bool = False) -> None:
        self._root, self._only, self._even_network = root, only, even_network
        self._library = _library()
        self._paths: dict[int, str] = {}
        self._watches: dict[str, int] = {}
        self._passed: dict[str, Passed] = {}
        self._devices: dict[int, bool] = {}
        self._is_lost = False
        self.fd = self._library.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self.fd < 0:
            raise NotWatchable(os.strerror(ctypes.get_errno()))
        try:
            self._test_itself()
            if not self._add_tree(root):
                raise NotWatchable("the folder is not there")
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End all watches."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def read(self) -> News:
        """Take all waiting events; does not wait for more. Raises NotWatchable if a limit is reached."""
        changed = False
        for watch, mask, name in self._events():
            if mask & _Q_OVERFLOW:
                self._add_tree(self._root)  # events were lost: there may be new folders
                changed = True
                continue
            folder = self._paths.get(watch)
            if mask & _IGNORED:
                self._forget(watch)
            if folder is None:
                continue
            if folder == self._root and mask & (_DELETE_SELF | _MOVE_SELF | _UNMOUNT | _IGNORED):
                changed = self._is_lost = True
            elif not name:
                changed |= bool(mask & _ATTRIB)  # a folder's permissions: it may be readable now, or no longer
            elif mask & _ISDIR:
                changed |= self._folder_event(os.path.join(folder, name), mask)
            elif self._counts(folder, name):
                changed = True
                if self._only is None and self._decides(folder, name):
                    self._add_tree(self._root)  # an ignore list changed: other folders may have to be watched
        return News(changed, self._is_lost)

    def _counts(self, folder: str, name: str) -> bool:
        if self._only is not None:
            return name == self._only
        if name == IGNORE_FILE:
            return True
        passed = self._passed.get(folder)
        return name.endswith(".toml") and not (name.startswith(".") or (passed and passed.passes_file(name)))

    def _decides(self, folder: str, name: str) -> bool:
        """Whether a change of this file may change what is skipped."""
        return name == IGNORE_FILE or (folder == self._root and name == HEADER_FILE)

    def _folder_event(self, path: str, mask: int) -> bool:
        """Follow a folder that appeared, went or became readable. Gives whether files in it may have come or gone."""
        folder, name = os.path.split(path)
        above = self._passed.get(folder)
        if self._only is not None or name.startswith(".") or (above and above.passes_folder(name)):
            return False
        if mask & (_MOVED_FROM | _DELETE):
            self._drop_tree(path)
            return True
        if mask & (_CREATE | _MOVED_TO | _ATTRIB):
            self._add_tree(path)
            return True
        return False

    def _add_tree(self, top: str) -> bool:
        """Watch a folder and all below it. Gives whether the folder itself could be watched.

        Each folder is watched before it is listed, so nothing that comes in between is missed.
        """
        if not self._add(top):
            return False
        waiting = [top] if self._only is None else []
        while waiting:
            for path in self._folders_in(waiting.pop()):
                if self._add(path):
                    waiting.append(path)
        return True

    def _folders_in(self, folder: str) -> list[str]:
        """The folders in a folder that are neither skipped nor links; none in an installed Python."""
        try:
            with os.scandir(folder) as entries:
                listed = list(entries)
        except OSError:
            return []
        names = {entry.name for entry in listed}
        above, name = self._passed.get(os.path.dirname(folder)), os.path.basename(folder)
        if folder != self._root and is_environment(names):
            return []
        is_below = folder != self._root and above is not None
        passed = above.inside(folder, name, names) if is_below and above else passed_in_root(self._root)
        self._passed[folder] = passed
        return [each.path for each in listed if _is_folder(each) and not passed.passes_folder(each.name)]

    def _add(self, path: str) -> bool:
        flags = _WANTED if path == self._root else _WANTED | _DONT_FOLLOW
        watch = self._library.inotify_add_watch(self.fd, os.fsencode(path), flags)
        if watch < 0:
            problem = ctypes.get_errno()
            if problem in _LIMITS:
                raise NotWatchable(os.strerror(problem))
            return False  # gone again, or we may not read it
        if len(self._watches) >= MOST_FOLDERS:
            raise NotWatchable(f"more than {MOST_FOLDERS} folders")
        self._check_mount(path)
        if (before := self._paths.get(watch)) is not None and before != path:
            self._watches.pop(before, None)
        self._paths[watch], self._watches[path] = path, watch
        return True

    def _check_mount(self, path: str) -> None:
        """Raises NotWatchable on a network file system: changes by other hosts make no events, so we must poll."""
        if self._even_network:
            return
        with contextlib.suppress(OSError):
            device = os.stat(path).st_dev
            if device not in self._devices:
                folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
                try:
                    self._devices[device] = is_network(folder)
                finally:
                    os.close(folder)
            if self._devices[device]:
                raise NotWatchable("a network file system")

    def _drop_tree(self, top: str) -> None:
        below = top + os.sep
        for path in [path for path in self._watches if path == top or path.startswith(below)]:
            watch = self._watches.pop(path)
            self._passed.pop(path, None)
            self._paths.pop(watch, None)
            self._library.inotify_rm_watch(self.fd, watch)

    def _forget(self, watch: int) -> None:
        path = self._paths.pop(watch, None)
        if path is not None and self._watches.get(path) == watch:
            del self._watches[path]

    def _test_itself(self) -> None:
        """Open the root, and see that an event comes: some kernels and containers offer inotify and send no events."""
        watch = self._library.inotify_add_watch(self.fd, os.fsencode(self._root), _OPEN | _ONLYDIR)
        if watch < 0:
            raise NotWatchable(os.strerror(ctypes.get_errno()))
        try:
            os.close(os.open(self._root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))
        except OSError as problem:
            raise NotWatchable(problem.strerror or "the folder cannot be opened") from problem
        poll = select.poll()
        poll.register(self.fd, select.POLLIN)
        if not poll.poll(int(_SELF_TEST_SECONDS * 1000)) or not any(mask & _OPEN for _, mask, _ in self._events()):
            raise NotWatchable("it tells nothing here")
        self._library.inotify_rm_watch(self.fd, watch)

    def _events(self) -> Iterator[tuple[int, int, str]]:
        """Every waiting event as (watch, mask, name)."""
        while True:
            try:
                data = os.read(self.fd, 65536)
            except (BlockingIOError, InterruptedError):
                return
            at = 0
            while at < len(data):
                watch, mask, _, length = _EVENT.unpack_from(data, at)
                at += _EVENT.size
                yield watch, mask, os.fsdecode(data[at : at + length].rstrip(b"\0"))
                at += length


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _library() -> ctypes.CDLL:
    if sys.platform != "linux":
        raise NotWatchable("this system has no inotify")
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "inotify_init1"):
        raise NotWatchable("this system has no inotify")
    return library
