"""What is being typed outlives the process, in the person's own folder, and is handed on exactly once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from canvas_tui.storage.read.origin import Origin
from canvas_tui.storage.write.drafts import Draft, Drafts


def new_drafts(state: Path, workspace: Path | None = None, now: float = 100.0) -> Drafts:
    return Drafts(state, workspace or state / "work", interval=0.001, clock=lambda: now)


def run_python(code: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", textwrap.dedent(code), *arguments], capture_output=True, check=False)


DIES_TYPING = """
    import os, sys
    from pathlib import Path
    from canvas_tui.storage.write.drafts import Drafts
    drafts = Drafts(Path(sys.argv[1]), Path(sys.argv[1]) / "work", interval=3600)
    drafts.keep("a#text", "first", "old")
    drafts.keep("b#text", "other", "")
    drafts.drop("b#text")
    drafts.keep("a#text", sys.argv[2], "old")
    drafts.flush_now()
    os.kill(os.getpid(), 9)
"""


def test_the_last_text_survives_kill_9_and_is_handed_on_once(tmp_path: Path) -> None:
    assert run_python(DIES_TYPING, str(tmp_path), "the last words").returncode == -signal.SIGKILL
    drafts = new_drafts(tmp_path)
    (draft,) = drafts.pending()
    assert (draft.key, draft.text, draft.base) == ("a#text", "the last words", "old")
    assert new_drafts(tmp_path).pending() == [], "this session has it now"
    drafts.close()
    assert new_drafts(tmp_path).pending() == [draft], "it was neither used nor dropped"


def test_what_was_dropped_does_not_come_back(tmp_path: Path) -> None:
    run_python(DIES_TYPING, str(tmp_path), "words")
    drafts = new_drafts(tmp_path)
    drafts.pending()
    drafts.drop("a#text")
    drafts.close()
    assert new_drafts(tmp_path).pending() == []
    assert list(tmp_path.glob("*")) == [], "nothing is left behind"


def test_another_workspace_sees_nothing_of_it(tmp_path: Path) -> None:
    run_python(DIES_TYPING, str(tmp_path), "words")
    assert new_drafts(tmp_path, tmp_path / "elsewhere").pending() == []
    assert len(new_drafts(tmp_path).pending()) == 1


def test_a_running_session_keeps_its_drafts_to_itself(tmp_path: Path) -> None:
    first = new_drafts(tmp_path)
    first.keep("a#text", "typing", "")
    first.flush_now()
    assert new_drafts(tmp_path).pending() == []
    first.close()
    assert [draft.text for draft in new_drafts(tmp_path).pending()] == ["typing"]


def test_of_two_sessions_the_later_text_of_a_field_wins(tmp_path: Path) -> None:
    early, late = new_drafts(tmp_path, now=1.0), new_drafts(tmp_path, now=2.0)
    late.keep("a#text", "late", "")
    early.keep("a#text", "early", "")
    early.keep("b#text", "only here", "")
    early.close()
    late.close()
    assert [draft.text for draft in new_drafts(tmp_path).pending()] == ["only here", "late"]


def test_the_thread_writes_by_itself(tmp_path: Path) -> None:
    drafts = new_drafts(tmp_path)
    drafts.keep("a#text", "typed", "")
    for _ in range(2000):
        if list(tmp_path.glob("*.json")):
            break
        threading.Event().wait(0.005)
    assert len(list(tmp_path.glob("*.json"))) == 1
    drafts.drop("a#text")
    drafts.close()
    assert list(tmp_path.iterdir()) == []


def test_only_the_person_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "drafts"
    drafts = new_drafts(folder)
    os.umask(before := os.umask(0))
    os.umask(0)
    try:
        drafts.keep("a#text", "secret", "")
        drafts.flush_now()
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    drafts.close()  # its thread writes and renames files until then
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_no_drafts_means_no_file(tmp_path: Path) -> None:
    drafts = new_drafts(tmp_path / "state")
    assert drafts.pending() == []
    drafts.flush_now()
    drafts.close()
    assert not (tmp_path / "state").exists()


def test_a_disk_that_refuses_is_told_and_does_not_stop_typing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    drafts = new_drafts(tmp_path / "file" / "drafts")
    drafts.keep("a#text", "typed", "")
    drafts.flush_now()
    assert drafts.problem is not None
    drafts.close()


@pytest.mark.parametrize(
    "junk", [b"", b"{", b"[]", b'{"change": "x"}', b'{"change": 99999, "drafts": [{"key": 1}]}', b"\xff"]
)
def test_a_damaged_file_costs_only_itself(junk: bytes, tmp_path: Path) -> None:
    run_python(DIES_TYPING, str(tmp_path), "words")
    (kept,) = tmp_path.glob("*.last")
    damaged = kept.with_suffix(".json")
    damaged.write_bytes(junk)
    if junk.endswith(b"}"):  # it says which file it is, as all that is written there
        with damaged.open("rb") as file:
            own = list(Origin.of(file.fileno()))
        damaged.write_bytes(json.dumps({**json.loads(junk), "own": own}).encode())
    texts = [draft.text for draft in new_drafts(tmp_path).pending()]
    assert texts == ([] if b'"change": 99999' in junk else ["words"])


def test_a_draft_that_came_with_a_home_is_not_offered_and_left_alone(tmp_path: Path) -> None:
    state, made = tmp_path / "state", tmp_path / "made"
    run_python(DIES_TYPING, str(state), "words")
    state.rename(made)
    shutil.copytree(made, state)
    kept = {path.name: path.read_bytes() for path in state.iterdir()}
    assert new_drafts(state).pending() == []
    assert kept.items() <= {path.name: path.read_bytes() for path in state.iterdir()}.items()
    shutil.rmtree(state)
    made.rename(state)
    assert [draft.text for draft in new_drafts(state).pending()] == ["words"], "the control: those written there"


def test_text_of_any_kind_comes_back_as_it_was(tmp_path: Path) -> None:
    text = 'line\n"quoted" \\ 界 👩\u200d🚀 \x1b[31m \ud800'
    drafts = new_drafts(tmp_path)
    drafts.keep("a/b#text", text, text)
    drafts.close()
    assert new_drafts(tmp_path).pending() == [Draft("a/b#text", text, text, 100.0)]


def test_flushing_from_a_signal_handler_never_waits_for_interrupted_code(tmp_path: Path) -> None:
    """The handler runs while this very thread holds every lock the drafts have."""
    drafts = new_drafts(tmp_path)
    done: list[bool] = []

    def flush(*_: object) -> None:
        drafts.flush_now()
        done.append(True)

    before = signal.signal(signal.SIGUSR1, flush)
    try:
        drafts.keep("a#text", "typed", "")
        with vars(drafts._wake)["_cond"], vars(drafts._end)["_cond"]:
            drafts._current["a#text"] = Draft("a#text", "at the very end", "", 101.0)
            drafts._changes += 1
            os.kill(os.getpid(), signal.SIGUSR1)
            assert done
    finally:
        signal.signal(signal.SIGUSR1, before)
    (last,) = tmp_path.glob("*.last")
    assert b"at the very end" in last.read_bytes()
    drafts.close()
