"""Lists the files of a workspace with their `stat` numbers: if two listings differ, something changed.

Opens no file but the ignore lists. The result is a hint only, because clocks tick in milliseconds: the caller reads the
files and compares their contents.
"""

from __future__ import annotations

import os

from canvas_tui.storage.read.passed import IGNORE_FILE, Passed, is_environment, passed_in_root

Stamp = tuple[int, int, int, int, int]  # dev, inode, size, mtime_ns, ctime_ns
Stamps = dict[str, Stamp]

_GONE: Stamp = (0, 0, 0, 0, 0)


def listing_of(root: str, only: str | None = None) -> Stamps:
    """The stamps of every *.toml below `root` that is not skipped (or of the file `only`), and of the root itself.

    The ignore lists are there too, because a change of them adds or removes files. A path that cannot be read has the
    stamp of a missing file, so that it counts as changed when it comes back.
    """
    found = {root: _folder_stamp(root)}
    if only is not None:
        path = os.path.join(root, only)
        found[path] = _stamp(path)
        return found
    waiting: list[tuple[str, Passed | None]] = [(root, None)]
    while waiting:
        folder, above = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                listed = list(entries)
        except OSError:
            continue
        names = {entry.name for entry in listed}
        if above is not None and is_environment(names):
            continue
        passed = above.inside(folder, os.path.basename(folder), names) if above else passed_in_root(root)
        for entry in listed:
            name = entry.name
            if name == IGNORE_FILE or (name.endswith(".toml") and not passed.passes_file(name)):
                found[entry.path] = _stamp(entry.path)
            elif _is_folder(entry) and not passed.passes_folder(name):
                waiting.append((entry.path, passed))
    return found


def _stamp(path: str) -> Stamp:
    try:
        info = os.stat(path)
    except OSError:
        return _GONE
    return info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns


def _folder_stamp(path: str) -> Stamp:
    """The stamp of a folder: device and inode only, because its times change with every temporary file."""
    dev, inode, *_ = _stamp(path)
    return dev, inode, 0, 0, 0


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
