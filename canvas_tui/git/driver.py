"""The merge driver in git's settings and attributes: written, taken away, and looked at. Only when a person asks.

The settings are written by git itself; what becomes of a file of attributes is said as text, and written by others.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from canvas_tui.git.process import GitError, Refused, run_git

NAME = "canvas-tui"
_TITLE = "strategies by element"
_LINE = re.compile(rf"^.*\bmerge={NAME}\b[^\n]*(?:\n|\Z)", re.MULTILINE)
_CHOOSE = 10  # no program that is gone or broken ends with this: the shell has 127 for it, and Python 1
# git before 2.46 leaves %Y as it is. Without the last command git would show ours alone, and no marker in it.
_ARGUMENTS = f"merge %O %A %B --path=%P --marker-size=%L --who=%Y --choose-code={_CHOOSE}"
_OTHERWISE = "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B"


def write_settings(folder: Path, program: str, *, is_global: bool) -> None:
    """Tell git how to run the driver: `program` is a shell word. Where that cannot be run any more, or ends in any way
    that is no merge, git merges the file by lines. Raises GitError."""
    command = f"{program} {_ARGUMENTS}; case $? in 0) ;; {_CHOOSE}) exit 1;; *) {_OTHERWISE};; esac"
    where = "--global" if is_global else "--local"
    for key, value in (("name", _TITLE), ("driver", command)):
        run_git(folder, ["config", where, "--replace-all", f"merge.{NAME}.{key}", value])


def remove_settings(folder: Path, *, is_global: bool) -> bool:
    """Take the driver out of git's settings; whether there was one. Raises GitError."""
    try:
        run_git(folder, ["config", "--global" if is_global else "--local", "--remove-section", f"merge.{NAME}"])
    except Refused as error:
        if "no such section" not in error.said.lower():
            raise
        return False
    return True


def driver_command(folder: Path) -> str:
    """The command that git would run as the driver here, "" where none is set. Raises GitError."""
    try:
        return run_git(folder, ["config", "--get", f"merge.{NAME}.driver"]).decode("utf-8", "replace").strip()
    except Refused:
        return ""


def attributes_file(folder: Path, *, is_global: bool) -> Path:
    """The file of attributes: in the folder, or the person's own. Raises GitError."""
    if not is_global:
        return folder / ".gitattributes"
    try:
        named = run_git(folder, ["config", "--global", "--type=path", "--get", "core.attributesFile"]).decode().strip()
    except Refused:
        named = ""
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.environ.get("HOME", ""), ".config")
    path = Path(named) if named else Path(home, "git", "attributes")
    if not path.is_absolute():
        raise GitError("git has no home folder here - set HOME")
    return path


def with_attribute(text: str, pattern: str) -> str:
    """Attributes that give these files to the driver; as they are where they do so already."""
    line = f"{pattern} merge={NAME}\n"
    if any(each.split() == line.split() for each in text.split("\n")):
        return text
    return text + ("" if text.endswith("\n") or not text else "\n") + line


def without_attribute(text: str) -> str:
    """Attributes without any line that gives files to the driver."""
    return _LINE.sub("", text)


def files_given(folder: Path, files: Sequence[str]) -> list[str]:
    """Those of some files, relative to the folder, that git gives to the driver. Raises GitError."""
    if not files:
        return []
    said = run_git(
        folder, ["check-attr", "-z", "--stdin", "merge"], stdin=b"".join(os.fsencode(f) + b"\0" for f in files)
    )
    parts = said.split(b"\0")[:-1]
    return [os.fsdecode(parts[at]) for at in range(0, len(parts), 3) if parts[at + 2] == NAME.encode()]
