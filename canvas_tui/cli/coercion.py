"""Undoes what Python did to LC_CTYPE before the first line of a program ran.

If the system lacks the locale of the environment, Python replaces LC_CTYPE by `C.UTF-8`. The old value was still right
about the terminal: a person who comes by SSH brings the locale of another machine.
"""

from __future__ import annotations

from collections.abc import MutableMapping

_WRITTEN_BY_PYTHON = ("C.UTF-8", "C.utf8", "UTF-8")


def undo_coercion(environ: MutableMapping[str, str], started_with: str = "/proc/self/environ") -> None:
    """Put LC_CTYPE back as it was when this process was started.

    Where the system does not tell that, the value is taken for Python's if LANG says otherwise.
    """
    if environ.get("LC_ALL") or environ.get("LC_CTYPE") not in _WRITTEN_BY_PYTHON:
        return
    try:
        with open(started_with, "rb") as file:
            entries = file.read().split(b"\0")
    except OSError:
        if environ.get("LANG"):
            del environ["LC_CTYPE"]
        return
    was = next((entry.partition(b"=")[2] for entry in entries if entry.startswith(b"LC_CTYPE=")), b"")
    if was:
        environ["LC_CTYPE"] = was.decode("ascii", "replace")
    else:
        del environ["LC_CTYPE"]
