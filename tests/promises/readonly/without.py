"""A kernel that lacks Landlock or seccomp, as far as one program can tell.

Run as a program (`landlock,seccomp COMMAND ...`): the calls that ask for those layers are answered as an old kernel
does, "no such call", in this process and in what it becomes.
"""

from __future__ import annotations

import errno
import os
import struct
import sys
from collections.abc import Sequence

from canvas_tui.tui.sandbox import native, seccomp, syscalls

_CALLS = {"landlock": 444, "seccomp": syscalls.JUDGED.get(os.uname().machine, {}).get("seccomp", -1)}
_LOAD, _EQUAL, _RETURN, _ALLOW = 0x20, 0x15, 0x06, 0x7FFF0000


def without(layers: str, command: Sequence[str]) -> list[str]:
    """The command, run where these layers (with a comma between) do not exist."""
    return [sys.executable, "-m", __name__, layers, *command]


def main() -> None:
    layers, command = sys.argv[1], sys.argv[2:]
    steps = [(_LOAD, 0, 0, 0)]
    for name in layers.split(","):
        steps += [(_EQUAL, 0, 1, _CALLS[name]), (_RETURN, 0, 0, 0x50000 | errno.ENOSYS)]
    steps.append((_RETURN, 0, 0, _ALLOW))
    native.forbid_new_privileges()
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    native.call(_CALLS["seccomp"], 1, 0, seccomp._Program(len(steps), code))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
