"""Merging for the command line: files in, a file out, and what was decided on stderr.

As a driver of git: 0 where all is well, 1 where something is to be chosen, 129 where nothing could be written. Whatever
goes wrong, the file must not look merged when it is not: then git's own merge by lines is made, markers and all.
"""

from __future__ import annotations

import argparse
import tempfile
from contextlib import suppress
from pathlib import Path

from canvas_tui import crash
from canvas_tui.cli.exits import FINDINGS, FINE, Failure
from canvas_tui.cli.loading import path_from
from canvas_tui.cli.output import Output
from canvas_tui.core.told import told_path
from canvas_tui.git.process import GitError
from canvas_tui.git.stages import Stages, merged_by_lines, stages_of
from canvas_tui.storage.merge.markers import NotTwoSides, has_markers, take_apart, without_labels
from canvas_tui.storage.merge.merge import CannotMerge, Outcome, merge_files
from canvas_tui.storage.read.limits import MAX_BYTES
from canvas_tui.storage.read.passed import HEADER_FILE
from canvas_tui.storage.read.syntax import NotToml, parse_toml
from canvas_tui.storage.write.commit import SaveError, commit, create

_MAX = MAX_BYTES * 2  # bytes: with markers in it a file holds two versions
FAILED = 129  # what git takes for an error, and not for a conflict


def merge(args: argparse.Namespace, out: Output) -> int:
    """Merge BASE, OURS and THEIRS into OURS or where -o says."""
    base, ours, theirs = (path_from(word) for word in args.files)
    choose: int = args.choose_code
    if args.output == "":
        raise Failure("-o names no file - say where the result goes, or leave it out to replace OURS")
    target = path_from(args.output) if args.output else ours
    about = Path(args.path or args.output or args.files[1])
    who = "" if args.who == "%Y" else args.who  # of a git that has no name to give
    try:
        one, two, three = (_read(path) for path in (base, ours, theirs))
        try:
            done = merge_files(one, two, three, who, is_header=about.name == HEADER_FILE)
        except CannotMerge as reason:
            return _by_lines((ours, base, theirs), target, about, args, str(reason), out)
        except Exception as error:  # noqa: BLE001 - a mistake of ours must not look like a merge
            report = crash.report(error, _reports_folder())
            return _by_lines((ours, base, theirs), target, about, args, report, out)
        _write(target, done.data)
    except (Failure, SaveError, GitError) as problem:
        out.fail(str(problem))
        return FAILED
    return _tell(done, about, choose, out)


def _by_lines(
    files: tuple[Path, Path, Path], target: Path, about: Path, args: argparse.Namespace, reason: str, out: Output
) -> int:
    """What git itself would do. A result that is no TOML counts as a conflict even where no line clashes."""
    choose: int = args.choose_code
    for line in reason.split("\n"):
        out.complain(f"{told_path(str(about))}: {line}")
    data, is_clean = merged_by_lines(files, (f"--marker-size={args.marker_size}",) if args.marker_size else ())
    _write(target, data)
    out.complain(f"{told_path(str(about))}: merged line by line instead" + ("" if is_clean else ", with markers in it"))
    with suppress(NotToml):
        parse_toml(str(about), data)
        return FINE if is_clean else choose
    return choose


def resolve(word: str, who: str, out: Output) -> int:
    """Merge a file with markers in it, from the versions in git's index or from what the markers say."""
    path = path_from(word)
    data = _read(path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Failure(f"{word} is not UTF-8 text - save it as UTF-8") from None
    if not has_markers(text):
        try:
            parse_toml(word, data)
        except NotToml as problem:  # the first line of a conflict may be gone already
            raise Failure(f"no conflict begins in this file, but it is in no order: {problem}") from None
        out.complain(f"{told_path(word)}: there are no conflict markers in it, so nothing is to be merged")
        return FINE
    try:
        base, ours, theirs = _versions(path, text)
        done = merge_files(base, ours, theirs, who, is_header=path.name == HEADER_FILE)
        _write(path, done.data)
    except (CannotMerge, NotTwoSides, SaveError) as problem:
        raise Failure(f"{told_path(word)} cannot be merged by element, and stays as it is: {problem}") from None
    code = _tell(done, Path(word), FINDINGS, out)
    out.complain(f"{told_path(word)}: merged; `git add` it when it is as it should be")
    return code


def _versions(path: Path, text: str) -> tuple[bytes, bytes, bytes]:
    """Base, ours and theirs: as the index has them, unless somebody has worked on the file since git wrote it."""
    stages = stages_of(path)
    if (
        stages is not None
        and stages.ours is not None
        and stages.theirs is not None
        and _is_as_git_left_it(stages, text)
    ):
        return stages.base, stages.ours, stages.theirs
    found = take_apart(text)
    base = stages.base if stages is not None and not found.has_base else found.base.encode()
    return base, found.ours.encode(), found.theirs.encode()


def _is_as_git_left_it(stages: Stages, text: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        files = (Path(folder, "ours"), Path(folder, "base"), Path(folder, "theirs"))
        for path, data in zip(files, (stages.ours, stages.base, stages.theirs), strict=True):
            path.write_bytes(data or b"")
        for style in ("merge", "diff3", "zdiff3"):
            with suppress(GitError):
                options = (f"--{style}",) if style != "merge" else ()
                again, _ = merged_by_lines(files, options)
                if without_labels(again.decode("utf-8", "replace")) == without_labels(text):
                    return True
    return False


def _tell(done: Outcome, about: Path, choose: int, out: Output) -> int:
    for sentence in done.told:
        out.complain(f"{told_path(str(about))}: {sentence}")
    return choose if done.conflicts else FINE


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX + 1)
    except OSError as error:
        raise Failure(f"{path} cannot be read ({(error.strerror or 'no reason').lower()}) - look at it") from None
    if len(data) > _MAX:
        raise Failure(f"{path} is larger than {_MAX // 1024 // 1024} MiB - split it into several")
    return data


def _write(path: Path, data: bytes) -> None:
    if path.exists():
        commit(path, path.absolute().parent, lambda _: data)
    else:
        create(path, path.absolute().parent, data)


def _reports_folder() -> Path | None:
    with suppress(Exception):
        return crash.reports_folder()
    return None
