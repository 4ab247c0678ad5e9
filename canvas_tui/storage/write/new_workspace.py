"""Starts a workspace: a few small files with comments, ready to be edited. Never writes over anything."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from canvas_tui.storage.write.save.commit import create
from canvas_tui.storage.write.save.errors import SaveError, explain
from canvas_tui.storage.write.save.team_folder import make_folders
from canvas_tui.storage.write.text.values import FileStyle, format_text

StartTemplate = Literal["lean", "full", "empty"]

# What is written, with stand-ins for the name and the day. A text wholly in angle brackets is a placeholder
# (core.placeholder): it counts as empty until somebody changes it.
_TEXTS = Path(__file__).parents[2] / "new_files"
_NAME, _DUE = '"NAME"', "2027-12-31"

_LEAN = ("strategy.toml", "goals.toml", "lean-canvas.toml")
_FILES: dict[StartTemplate, tuple[str, ...]] = {
    "empty": ("strategy.toml",),
    "lean": _LEAN,
    "full": (*_LEAN, "swot.toml", "marketing-mix.toml", "initiatives.toml"),
}
_IN_ONE_FILE = ("strategy.toml", "lean-canvas.toml", "goals.toml", "initiatives.toml")  # one canvas a file


def start_workspace(path: Path, template: StartTemplate, name: str = "", due: str = _DUE) -> list[Path]:
    """Write a workspace into the folder `path` (made if it is missing), or into one file if `path` ends in .toml.

    `due` is the date of the example goal, as YYYY-MM-DD. Returns the files written. Raises SaveError if one of them
    exists, or cannot be written; then none is left behind.
    """
    is_file = path.suffix == ".toml"
    title = name.strip() or (path.stem if is_file else path.absolute().name) or "Strategy"
    texts = {file: _text(file, title, due) for file in _FILES[template]}
    if is_file:
        whole = "\n".join(texts[file] for file in _IN_ONE_FILE if file in texts)
        return _write_all(path.parent, {path: whole}, root=path)
    return _write_all(path, {path / file: text for file, text in texts.items()}, root=path)


def _text(file: str, title: str, due: str) -> str:
    text = (_TEXTS / file).read_text(encoding="utf-8")
    return text.replace(_DUE, due).replace(_NAME, format_text(title, FileStyle()))


def _write_all(folder: Path, texts: dict[Path, str], root: Path) -> list[Path]:
    for path in texts:
        if os.path.lexists(path):
            raise SaveError(path, "exists already", "choose another place, nothing was written", "refused")
    try:
        make_folders(folder)
    except OSError as problem:
        raise explain(folder, problem) from problem
    written: list[Path] = []
    try:
        for path, text in texts.items():
            create(path, root, text.encode("utf-8"))
            written.append(path)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written
