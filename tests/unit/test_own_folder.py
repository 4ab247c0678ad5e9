"""What a person types and what waits is kept where nobody else can look, take away or plant anything."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from canvas_tui.core.commands import AddEntry
from canvas_tui.crash import report
from canvas_tui.storage.write.drafts import Drafts
from canvas_tui.storage.write.own_folder import make_own
from canvas_tui.storage.write.presence.sessions import Sessions
from canvas_tui.storage.write.queue.journal import Journal


@pytest.fixture
def open_handed() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def begin_drafts(folder: Path) -> None:
    drafts = Drafts(folder, folder)
    drafts.keep("a", "text", "")
    drafts.flush_now()
    drafts.close()


@pytest.mark.parametrize(
    "begin", [begin_drafts, lambda folder: Sessions(folder, "x").begin(), lambda folder: report(ValueError(), folder)]
)
def test_every_folder_on_the_way_is_the_user_s_alone_whatever_the_umask(
    tmp_path: Path, open_handed: None, begin: Callable[[Path], object]
) -> None:
    folder = tmp_path / ".local" / "state" / "canvas-tui" / "kept"
    begin(folder)
    made = [folder, *list(folder.parents)[:3], *folder.iterdir()]
    assert len(made) > 4
    assert {stat.S_IMODE(each.stat().st_mode) & 0o077 for each in made} == {0}


def test_a_folder_that_was_open_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    folder.chmod(0o777)
    make_own(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_is_no_folder_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("")
    with pytest.raises(NotADirectoryError):
        make_own(tmp_path / "kept")
    os.symlink("nowhere", tmp_path / "link")
    with pytest.raises(FileNotFoundError):
        make_own(tmp_path / "link")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to make a folder of somebody else")
def test_a_folder_of_somebody_else_keeps_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    os.chown(folder, 1, 1)
    drafts = Drafts(folder, tmp_path)
    drafts.keep("a", "text", "")
    drafts.flush_now()
    assert drafts.problem == "the folder belongs to somebody else"
    assert os.listdir(folder) == []


def left_by_a_session(folder: Path, workspace: Path) -> None:
    """A draft and a waiting edit, as a session leaves them."""
    drafts = Drafts(folder / "drafts", workspace)
    drafts.keep("a", "planted", "")
    drafts.close()
    journal = Journal(folder / "pending", workspace)
    journal.keep(AddEntry("lean/problem", {"text": "planted"}), "Added", "no room")
    journal.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to make a folder of somebody else")
@pytest.mark.parametrize("owner", [0, 1])
def test_what_lies_in_a_folder_of_somebody_else_is_not_offered(tmp_path: Path, owner: int) -> None:
    left_by_a_session(tmp_path, tmp_path)
    for folder in ("drafts", "pending"):
        os.chown(tmp_path / folder, owner, owner)
    drafts, journal = Drafts(tmp_path / "drafts", tmp_path), Journal(tmp_path / "pending", tmp_path)
    assert (len(drafts.pending()), len(journal.pending())) == ((1, 1) if owner == 0 else (0, 0))
