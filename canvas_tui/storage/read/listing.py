"""What is where in a workspace, told by `stat` alone: two listings that differ mean that something changed.

Opens no file. A hint only (clocks tick in milliseconds): whoever asks reads and compares what the files hold.
"""

from __future__ import annotations

import os

Stamp = tuple[int, int, int, int, int]  # dev, inode, size, mtime_ns, ctime_ns
Listing = dict[str, Stamp]

_GONE: Stamp = (0, 0, 0, 0, 0)


def listing_of(root: str, only: str | None = None) -> Listing:
    """Every *.toml below `root` that is in no hidden folder, or the file `only` in it, and the root itself.

    What cannot be looked at stands there as gone, so that it counts when it comes back.
    """
    found = {root: _folder_stamp(root)}
    if only is not None:
        path = os.path.join(root, only)
        found[path] = _stamp(path)
        return found
    waiting = [root]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.name.endswith(".toml"):
                        found[entry.path] = _stamp(entry.path)
                    elif _is_folder(entry):
                        waiting.append(entry.path)
        except OSError:
            continue
    return found


def _stamp(path: str) -> Stamp:
    try:
        info = os.stat(path)
    except OSError:
        return _GONE
    return info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns


def _folder_stamp(path: str) -> Stamp:
    """Which folder it is: its times change with every temporary file, and say nothing."""
    dev, inode, *_ = _stamp(path)
    return dev, inode, 0, 0, 0


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
