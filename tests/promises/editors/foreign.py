"""A program that knows nothing of us: `python -m tests.promises.editors.foreign FILE COUNT vim|git`.

Reads the file, adds an entry of its own and writes it as vim does (a new file renamed over the old) or as git does
(unlinked, then made anew). It never looks whether somebody else wrote meanwhile, so it may write over *us*; what it
wrote itself, `f0` to `f<COUNT - 1>`, is ours to keep.
"""

from __future__ import annotations

import os
import sys
import time
import tomllib
from pathlib import Path

PAUSE_SECONDS = 0.03  # a person saves, looks, saves again


def write_one(path: Path, number: int, how: str) -> None:
    """One save; waits while the file is not there or not whole, as its user would see and wait."""
    data = _whole(path) + f'\n[[solution]]\ntext = "f{number}"\n'.encode()
    if how == "vim":
        temporary = path.with_name(f".{path.name}.{number}.swp")
        temporary.write_bytes(data)
        os.rename(temporary, path)
        return
    path.unlink()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    os.write(descriptor, data)
    os.close(descriptor)


def _whole(path: Path) -> bytes:
    while True:
        try:
            data = path.read_bytes()
            if data.strip():
                tomllib.loads(data.decode())
                return data
        except (FileNotFoundError, tomllib.TOMLDecodeError):
            pass
        time.sleep(0.001)


if __name__ == "__main__":
    for each in range(int(sys.argv[2])):
        time.sleep(PAUSE_SECONDS)
        while True:
            try:
                write_one(Path(sys.argv[1]), each, sys.argv[3])
                break
            except (FileNotFoundError, FileExistsError):
                time.sleep(0.001)
