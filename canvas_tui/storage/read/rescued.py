"""Versions of a file that somebody wrote while a save of ours was killed: each perhaps the only copy, so they are told.

Knows their names, which the writer half gives (`leftovers.py`). Only looks at names; what is in them is for people.
"""

from __future__ import annotations

import os
import re

from canvas_tui.core.workspace import Problem

_RESCUED = re.compile(r"\.(?P<name>.+)\.canvas-tui-[0-9a-f]{8}\.rescued")


def is_rescued(path: str) -> bool:
    """Whether a path is that of such a version."""
    return _RESCUED.fullmatch(path.rpartition("/")[2]) is not None


def rescued_problem(folder: str, name: str) -> Problem | None:
    """What is to be said of a file of this name in this folder ("" or with a slash at its end), if it is one."""
    match = _RESCUED.fullmatch(name)
    if match is None:
        return None
    of = match["name"]
    message = f"this is what somebody wrote to {of} while a save was cut off"
    return Problem(folder + name, 0, message, f"take over from it what {of} lacks, then delete it")


def rescued_beside(path: str) -> tuple[Problem, ...]:
    """The same for one file that is a workspace by itself."""
    folder, name = os.path.split(os.path.abspath(path))
    try:
        names = sorted(each for each in os.listdir(folder) if each.startswith(f".{name}."))
    except OSError:
        return ()
    return tuple(problem for each in names if (problem := rescued_problem("", each)) is not None)
