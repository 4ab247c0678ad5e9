"""Fuzz targets: bytes that somebody else put on the disk, as a file of a workspace or as one of our own state.

Each takes the bytes and raises what should never be. Owns where such files lie; knows nothing of fuzzers.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from canvas_tui.core.workspace import Document, Problem
from canvas_tui.storage.read.origin import Origin
from canvas_tui.storage.read.presence_reader import FOLDER, People
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.storage.write.drafts import Drafts
from canvas_tui.storage.write.queue.journal import Journal
from canvas_tui.storage.write.queue.pending import PendingStore
from canvas_tui.storage.write.save.errors import SaveError
from canvas_tui.storage.write.save.recovery import recover_all
from canvas_tui.storage.write.store import Store
from canvas_tui.tui.config import read_config
from tests.promises.hostile.fuzz_painting import assert_clean, look_at
from tests.unit import left_saves

Target = Callable[[bytes, Path], None]
HEADER = b'name = "Plan"\nvision = "All is well"\n'
CANVAS = b'model = "swot"\nid = "swot"\nstrengths = ["One", "Two"]\n[[threats]]\nid = "t"\ntext = "Three"\n'
OWN = b'model = "own"\nid = "mine"\n[[first]]\ntext = "One"\n[[second]]\ntext = "Two"\n'
_PLACE = re.compile(r"^.+?(?::[1-9]\d*)?: .+", re.DOTALL)

ROLES = ("one.toml", "plan/strategy.toml", "plan/canvas.toml", "plan/models/own.toml")


def a_file(data: bytes, folder: Path) -> None:
    """The first byte says which file of a workspace it is, the rest is the file."""
    if not data:
        return
    role, body = ROLES[data[0] % len(ROLES)], data[1:]
    path = folder / role
    root = path if role == "one.toml" else folder / "plan"
    if root != path:
        (root / "models").mkdir(parents=True, exist_ok=True)
        (root / "strategy.toml").write_bytes(HEADER)
        (root / "good.toml").write_bytes(CANVAS if "models" not in role else OWN)
    path.write_bytes(body)
    try:
        loaded = read_workspace(root)
        for document in loaded.workspace.documents:
            _check_document(document)
        for problem in loaded.workspace.problems:
            _check_problem(problem)
        look_at(loaded.workspace, root)
        assert path.read_bytes() == body, "reading changed the file"
    finally:
        shutil.rmtree(folder / "plan", ignore_errors=True)
        path.unlink(missing_ok=True)


def _check_document(document: Document) -> None:
    assert document.is_readable or document.problems, "refused without a word"
    for problem in document.problems:
        _check_problem(problem)


def _check_problem(problem: Problem) -> None:
    assert _PLACE.match(str(problem)), f"no FILE:LINE: what - {str(problem)!r}"
    assert problem.message, "a problem without a word"


# what lies in the state folder, or beside a workspace


def planted(data: bytes, folder: Path) -> None:
    """The first byte says what it is: an edit that waits, a draft, who is here, settings, a save cut off."""
    if not data:
        return
    plan, state = folder / "plan", folder / "state"
    plan.mkdir(exist_ok=True)
    state.mkdir(exist_ok=True)
    try:
        (plan / "strategy.toml").write_bytes(HEADER)
        (plan / "good.toml").write_bytes(CANVAS)
        PLANTS[data[0] % len(PLANTS)](data[1:], plan, state)
    finally:
        shutil.rmtree(plan, ignore_errors=True)
        shutil.rmtree(state, ignore_errors=True)


def _written_there(path: Path, data: bytes) -> None:
    """Put the bytes there; a table says which file it is, or nobody would look at the rest of it."""
    path.write_bytes(data)
    with suppress(ValueError, RecursionError), path.open("rb") as file:
        told = json.loads(data)
        if isinstance(told, dict):
            path.write_text(json.dumps({**told, "own": Origin.of(file.fileno())}))


def _journal(data: bytes, plan: Path, state: Path) -> None:
    prefix = Journal(state, plan)._sessions.own.split("-")[0]
    name = f"{prefix}-1-00000000"
    (state / f"{name}.lock").touch()
    _written_there(state / f"{name}.000001.json", data)
    journal = Journal(state, plan)
    try:
        store = PendingStore(Store(read_workspace(plan)), journal)
        for offer in store.offers():
            for line in offer.lines:
                assert_clean(line, "offer")
        store.accept()
        look_at(store.workspace)
        store.retry()
        look_at(read_workspace(plan).workspace)
        assert {path.name for path in plan.iterdir() if not path.name.startswith(".")} >= {"strategy.toml"}
    finally:
        journal.close()
        for session in journal._sessions.held:
            journal._sessions.release(session)


def _draft(data: bytes, plan: Path, state: Path) -> None:
    drafts = Drafts(state, plan)
    name = f"{drafts._prefix}-1-00000000"
    (state / f"{name}.lock").touch()
    _written_there(state / f"{name}.json", data)
    try:
        for draft in drafts.pending():
            assert isinstance(draft.text, str)
    finally:
        drafts.close()


def _presence(data: bytes, plan: Path, state: Path) -> None:
    (plan / FOLDER).mkdir()
    _written_there(plan / FOLDER / "session-1-00000000.json", data)
    people = People(plan)
    people.look()
    for person in people.others():
        assert_clean(person.name + person.where, "presence")
    with_any_clock = People(plan, clock=lambda: os.stat(plan / FOLDER / "session-1-00000000.json").st_mtime)
    for seen in with_any_clock._seen(with_any_clock._clock()):
        assert seen.file == "session-1-00000000.json"


def _config(data: bytes, plan: Path, state: Path) -> None:
    path = state / "config.toml"
    path.write_bytes(data)
    config = read_config(path)
    assert all(isinstance(problem, str) and problem for problem in config.problems)
    assert config.told or not config.problems


def _leftover(data: bytes, plan: Path, state: Path) -> None:
    """The next byte says under which name it lies there, and whether this account's receipts vouch for it."""
    good = plan / "good.toml"
    if not data:
        return
    left = _LEFT[data[0] % len(_LEFT)](good, data[1:])
    is_foreign = left.name.startswith(".good.toml.canvas-tui-" + _TOKEN)
    loaded = read_workspace(plan)
    changed = recover_all(loaded)
    assert not (is_foreign and changed), "a foreign leftover got into the file"
    assert not is_foreign or left.read_bytes() == data[1:], "a foreign leftover was not left alone"
    again = read_workspace(plan)
    look_at(again.workspace)
    with suppress(SaveError):
        from canvas_tui.core.edits import add_entry

        Store(again).apply(add_entry("swot/weaknesses", "Still editable"))
    assert good.exists(), "the file is gone"


_TOKEN = "1f2e3d4c" * 2
_LEFT: tuple[Callable[[Path, bytes], Path], ...] = (
    *(
        partial(left_saves.planted, kind=kind, token=_TOKEN)
        for kind in ("", "." + "0" * 16 + "-" + "1" * 16, ".image", ".rescued")
    ),
    left_saves.left_temporary,
    lambda good, data: left_saves.left_swap(good, data, b"old", good.read_bytes()),
    left_saves.left_image,
    left_saves.left_rescued,
)
PLANTS = (_journal, _draft, _presence, _config, _leftover)
