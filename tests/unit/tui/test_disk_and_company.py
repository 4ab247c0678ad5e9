"""What other programs do to the files, and who else is here, without a screen."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from canvas_tui.core import edits
from canvas_tui.tui.flows.company import Company
from canvas_tui.tui.flows.disk_changes import DiskChanges, tell_lost
from tests.unit.session.plan import LEAN, somebody_else, texts
from tests.unit.tui.conftest import Stand


@pytest.fixture
def files(stand: Stand) -> DiskChanges:
    note = stand.asked.noting
    return DiskChanges(stand.shell, changed=note("changed"), tell_gone_drafts=note("tell gone drafts"))


def test_where_nothing_changed_nothing_is_said_or_painted(files: DiskChanges, stand: Stand) -> None:
    files.follow()
    assert (stand.said, stand.asked.calls) == ("", [])


def test_a_changed_file_is_told_and_shown_and_drafts_are_looked_at_after_it(
    files: DiskChanges, stand: Stand, root: Path
) -> None:
    somebody_else(root, "Word of mouth", "Accountants")
    files.follow()
    assert texts(stand.session.workspace, "channels") == ["Accountants"]
    assert stand.said == "lean.toml changed on disk; shown as it is now"
    assert stand.asked.names() == ["changed", "tell gone drafts"]


def test_a_file_that_cannot_be_read_is_told_until_it_can(files: DiskChanges, stand: Stand, root: Path) -> None:
    (root / "lean.toml").write_text("not = = toml\n", encoding="utf-8")
    files.follow()
    assert stand.said.startswith("Shown as it last was · lean.toml")
    assert stand.shell.status.style == "error"
    (root / "lean.toml").write_text(LEAN + "\n", encoding="utf-8")
    files.follow()
    assert stand.said == "lean.toml changed on disk; shown as it is now"


def test_a_workspace_that_is_gone_is_told_and_that_it_is_back(files: DiskChanges, stand: Stand, root: Path) -> None:
    away = root.with_name("away")
    root.rename(away)
    files.follow()
    assert stand.shell.status.style == "error"
    away.rename(root)
    files.follow()
    assert stand.said == "The workspace is back"


def test_edits_that_another_program_wrote_over_are_told_once(files: DiskChanges, stand: Stand, root: Path) -> None:
    stand.session.do(edits.add_entry("lean/problem", "A third problem"), "Added it")
    (root / "lean.toml").write_text(LEAN, encoding="utf-8")
    files.follow()
    assert stand.said == "Written over: Added it · R brings it back"
    stand.shell.status.say("")
    tell_lost(stand.shell)
    assert stand.said == ""


class Somebody(NamedTuple):
    """A person somewhere in the plan."""

    name: str
    where: str
    is_editing: bool = False


class People:
    """Those who are here."""

    def __init__(self) -> None:
        self.here: list[Somebody] = []

    def others(self) -> list[Somebody]:
        """All of them."""
        return self.here


def test_who_comes_is_told_and_remembered_where_they_were_seen_last(stand: Stand) -> None:
    people, status = People(), stand.shell.status
    company = Company(stand.session, status, stand.asked.noting("repaint"))
    company.look()
    assert (status.others, stand.asked.calls) == ("", [])
    company.meet(people)
    people.here = [Somebody("bea", "late", is_editing=True)]
    company.look()
    company.look()
    assert status.others.startswith("bea is editing")
    assert stand.asked.names() == ["repaint"], "once"
    people.here = []
    company.look()
    assert status.others == ""
    assert (company.seen_at("late"), company.seen_at("paid")) == ("bea", "")


def test_nobody_is_told_where_one_is_before_they_are_met_nor_in_a_session_that_only_looks(stand: Stand) -> None:
    company = Company(stand.session, stand.shell.status, stand.asked.noting("repaint"))
    company.tell_place("late", False)
    company.meet(People())
    company.tell_place("late", False)
    assert stand.asked.calls == []
    company.meet(People(), stand.asked.noting("told"))
    company.tell_place("paid", True)
    assert stand.asked.calls == [("told", "paid", True)]
