"""git told to merge a workspace's files by element, that taken back, and whether it holds."""

from __future__ import annotations

import argparse
import shlex
import shutil
import sys
from pathlib import Path

from canvas_tui.cli.exits import FINDINGS, FINE, REFUSED, Failure
from canvas_tui.cli.loading import BY_PATH, load, root_of
from canvas_tui.cli.output import Output
from canvas_tui.core.told import told_path
from canvas_tui.git.driver import (
    attributes_file,
    driver_command,
    files_given,
    remove_settings,
    with_attribute,
    without_attribute,
    write_settings,
)
from canvas_tui.git.process import GitError
from canvas_tui.git.repository import Repository
from canvas_tui.storage.write.commit import SaveError, commit, create

_TOLD = 3  # files that are named where git does not give them to the driver


def run(args: argparse.Namespace, out: Output) -> int:
    """--install, --uninstall or --check, for the workspace at PATH or the nearest one."""
    path = args.files[0] if args.files else None
    try:
        if args.check:
            return _check(path, out)
        folder, pattern = (Path.home(), "*.toml") if args.is_global else _place(path)
        return (_install if args.install else _uninstall)(folder, pattern, out, is_global=args.is_global)
    except GitError as problem:
        raise Failure(str(problem)) from None
    except SaveError as problem:
        raise Failure(str(problem), REFUSED) from None


def _place(path: str | None) -> tuple[Path, str]:
    """The folder whose attributes count for the workspace, and the pattern of its files there."""
    root = root_of(path, BY_PATH)
    folder, pattern = (root.parent, f"/{root.name}") if root.is_file() else (root, "*.toml")
    Repository.around(folder)
    return folder, f'"{pattern}"' if " " in pattern else pattern


def _install(folder: Path, pattern: str, out: Output, *, is_global: bool) -> int:
    write_settings(folder, _program(), is_global=is_global)
    file = attributes_file(folder, is_global=is_global)
    text = _text(file)
    _write(file, with_attribute(text, pattern))
    out.line(f"git merges {'your' if is_global else 'the'} workspace's files by element now.")
    out.line(
        f"{told_path(str(file))} gives {pattern} to the driver; "
        + ("it counts in all repositories of yours." if is_global else "commit it, so that it counts for all.")
    )
    if not is_global:
        out.line("Whoever else works here runs `canvas-tui merge --install` once: git takes no settings from others.")
    return FINE


def _uninstall(folder: Path, pattern: str, out: Output, *, is_global: bool) -> int:
    was_set = remove_settings(folder, is_global=is_global)
    file = attributes_file(folder, is_global=is_global)
    text = _text(file)
    left = without_attribute(text)
    if left != text and not left.strip():
        file.unlink()
    elif left != text:
        _write(file, left)
    is_gone = was_set or left != text
    out.line("git merges by lines again." if is_gone else "git was not told to merge by element here.")
    return FINE


def _check(path: str | None, out: Output) -> int:
    """Whether the driver is set, can be run, and gets every file of the workspace."""
    root = root_of(path, BY_PATH)
    folder = root.parent if root.is_file() else root
    Repository.around(folder)
    command = driver_command(folder)
    files = sorted(each.path for each in load(str(root), BY_PATH).workspace.documents if each.is_ours)
    given = set(files_given(folder, files))
    missing = [file for file in files if file not in given]
    if not command:
        out.line("git does not know the driver - `canvas-tui merge --install`")
    elif not _can_be_run(command):
        program = command.partition(" merge ")[0]
        out.line(f"the driver cannot be run ({program}) - `canvas-tui merge --install` writes it anew")
    if missing:
        names = ", ".join(map(told_path, missing[:_TOLD])) + (" and others" if len(missing) > _TOLD else "")
        out.line(f"git merges {names} by lines - `canvas-tui merge --install`, or look at .gitattributes")
    if missing or not command or not _can_be_run(command):
        return FINDINGS
    out.line(
        f"git merges all {len(files)} files by element here."
        if len(files) > 1
        else "git merges the file by element here."
    )
    return FINE


def _program() -> str:
    """How git's shell finds this program again."""
    if shutil.which("canvas-tui"):
        return "canvas-tui"
    beside = Path(sys.executable).with_name("canvas-tui")
    if beside.exists():
        return shlex.quote(str(beside))
    return f"{shlex.quote(sys.executable)} -m canvas_tui"


def _can_be_run(command: str) -> bool:
    try:
        words = shlex.split(command)
    except ValueError:
        return False
    return bool(words) and shutil.which(words[0]) is not None


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="surrogateescape") if file.exists() else ""
    except OSError as error:
        raise Failure(f"{file} cannot be read ({(error.strerror or 'no reason').lower()}) - look at it") from None


def _write(file: Path, text: str) -> None:
    data = text.encode("utf-8", "surrogateescape")
    if file.exists():
        commit(file, file.parent, lambda _: data)
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        create(file, file.parent, data)
