"""What the fuzzer found, each made small: files that once ended a session or a command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

from canvas_tui.core import edits
from canvas_tui.core.commands import Command
from canvas_tui.core.elements import Kind
from canvas_tui.core.places import Conflict, EditError, Ref, locate
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import check
from canvas_tui.storage.read.workspace import read_workspace
from canvas_tui.storage.write.drafts import Drafts
from canvas_tui.storage.write.journal import Journal
from canvas_tui.storage.write.store import Store
from canvas_tui.tui.config import read_config
from canvas_tui.tui.input.key_events import KeyEvents
from canvas_tui.tui.screens.base import CanvasScreen
from tests.tui.golden import screen_text
from tests.tui.sessions import TODAY, editing_app, press, running
from tests.tui.test_board_odd import KEYS

Edit = Callable[[Workspace, Located], Command]
TAKEN = {
    "of its canvas": "same",
    "of a goal": "goal",
    "of a cell": "same/strengths",
    "of another entry": "other",
}
BOARD = """\
name = "Odd"
vision = "All is well"
model = "swot"
id = "same"
strengths = ["First"]
[[weaknesses]]
id = "other"
text = "Another entry"
[[threats]]
id = "{taken}"
text = "An entry with an id that is taken"
[[threats]]
text = "Below it"
[[goals]]
id = "goal"
title = "A goal"
"""


@pytest.mark.parametrize("whose", TAKEN)
async def test_an_entry_with_the_id_of_something_else_can_be_looked_at(whose: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(BOARD.format(taken=TAKEN[whose]), encoding="utf-8")
    before = path.read_bytes()
    app = editing_app(path)
    async with running(app) as pilot:
        await press(pilot, "g", "b", "4")
        assert isinstance(app.navigator.here, CanvasScreen)
        item = app.navigator.here.selected_item
        assert item is not None
        assert (item.kind, item.text) == (Kind.ENTRY, "An entry with an id that is taken")
        assert screen_text(app).count("An entry with an id that is taken") >= 2  # on the board, and told below it
        for key in ("J", "K", "x", "e", "escape", "o", "escape", "y", "escape"):
            if key in KEYS or key == "escape":
                await press(pilot, key)
        assert app.crash is None
        assert app.is_running
    assert path.read_bytes() == before


@pytest.mark.parametrize("number", ["9" * 5_000, "²", "٣"])
def test_a_link_to_a_place_beyond_all_numbers_is_told_as_leading_nowhere(number: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(f'model = "swot"\nid = "s"\n[[strengths]]\ntext = "x"\nlinks = ["s/strengths/{number}"]\n', "utf-8")
    workspace = read_workspace(path).workspace
    assert workspace.find(f"s/strengths/{number}") is None
    report = check(workspace, StrategyGraph.of(workspace), TODAY)
    assert "dangling-link" in {finding.rule for finding in report.findings}
    with pytest.raises((Conflict, EditError)):
        locate(workspace, Ref(f"s/strengths/{number}", "gone"))


DAMAGED = {
    "nested": b"[" * 100_000,
    "infinite": b'{"change": Infinity, "drafts": []}',
    "too long a number": b'{"change": ' + b"9" * 5_000 + b"}",
    "no text": b"\xff\xfe",
    "when": b'{"change": 1, "drafts": [{"key": "k", "text": "t", "base": "b", "when": 1' + b"0" * 400 + b"}]}",
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_draft_is_passed_over(how: str, tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, tmp_path / "plan")
    session = f"{drafts._prefix}-1-00000000"
    (tmp_path / f"{session}.lock").touch()
    (tmp_path / f"{session}.json").write_bytes(DAMAGED[how])
    assert drafts.pending() == []


def test_a_waiting_edit_of_an_impossible_time_is_told_as_unreadable(tmp_path: Path) -> None:
    journal = Journal(tmp_path, tmp_path / "plan")
    session = f"{journal._sessions.own.split('-')[0]}-1-00000000"
    (tmp_path / f"{session}.lock").touch()
    name = tmp_path / f"{session}.000001.json"
    name.write_bytes(b'{"title": "t", "reason": "r", "when": 1' + b"0" * 400 + b', "command": {}}')
    assert journal.pending() == ()
    assert journal.unreadable == (str(name),)


def test_settings_with_a_number_that_python_cannot_print_are_left_out_of_account(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("ascii = " + "9" * 5_000 + "\n", encoding="utf-8")
    assert "config.toml" in read_config(path).told


BARE = """\
model = "swot"
id = "swot"
strengths = ["", "Second"]
[[weaknesses]]
note = "no text yet"
[[weaknesses]]
text = "   "
[[goals]]
id = "untitled"   # a title will come
due = 2027-01-31
[[goals]]
id = "blank"
title = ""
[[initiatives]]
id = "work"
"""
WITHOUT = ["swot/strengths/1", "swot/weaknesses/1", "swot/weaknesses/2", "untitled", "blank", "work"]


@pytest.mark.parametrize("edit", [edits.remove, lambda _, item: edits.change_text(item, "Said now")])
@pytest.mark.parametrize("address", WITHOUT)
def test_an_edit_of_what_had_no_text_is_taken_back_to_the_byte(address: str, edit: Edit, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(BARE, encoding="utf-8")
    store = Store(read_workspace(path))
    done = store.apply(edit(store.workspace, store.workspace.get(address)))
    assert path.read_text(encoding="utf-8") != BARE
    again = store.apply(done.inverse, done.hint)
    assert path.read_text(encoding="utf-8") == BARE
    store.apply(again.inverse, again.hint)
    assert path.read_text(encoding="utf-8") != BARE


def test_nobody_can_make_a_text_or_title_empty(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(BARE.replace('title = ""', 'title = "T"'), encoding="utf-8")
    store = Store(read_workspace(path))
    for address in ("swot/strengths/2", "blank"):
        with pytest.raises(EditError):
            store.apply(edits.change_text(store.workspace.get(address), " "))


@pytest.mark.parametrize("broken", ["\x1b[:00u", "\x1b[1;:u", "\x1b[99999999999u", "\x1b[\x1b[:u"])
def test_a_malformed_key_report_is_passed_over_and_what_follows_is_typed(broken: str) -> None:
    found = [each for each in KeyEvents().feed(f"a{broken}b\x1b[A") if isinstance(each, Key)]
    assert found[0].key == "a"
    assert [each.key for each in found[-2:]] == ["b", "up"]


def test_sign_by_sign_the_keys_are_the_same() -> None:
    typed = "a\x1b[200~pasted \x1b[201~é\x1b[A\x1bOP\x1b[<0;4;5M\x1b[1;2B\x01"
    assert [str(each) for each in KeyEvents().feed(typed)] == [str(each) for each in XTermParser().feed(typed)]


def test_what_stood_between_elements_whose_ids_are_taken_twice_comes_back_to_its_place(tmp_path: Path) -> None:
    listed = ["twice", "also", "# why it is here\nalone", "also", "twice"]
    tables = [f'{head}[[goals]]\nid = "{name}"\ntitle = "A goal"\n' for head, name in map(_comment_and_id, listed)]
    path = tmp_path / "plan.toml"
    path.write_text("\n".join(tables), encoding="utf-8")
    before = path.read_bytes()
    store = Store(read_workspace(path))
    done = store.apply(edits.remove(store.workspace, store.workspace.get("alone")))
    assert path.read_bytes() != before
    store.apply(done.inverse, done.hint)
    assert path.read_bytes() == before


def test_what_was_removed_comes_back_where_an_entry_has_the_id_of_its_canvas(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(BOARD.format(taken="same"), encoding="utf-8")
    before = path.read_bytes()
    store = Store(read_workspace(path))
    done = store.apply(edits.remove(store.workspace, store.workspace.get("same/threats/2")))
    assert path.read_bytes() != before
    store.apply(done.inverse, done.hint)
    assert path.read_bytes() == before


def _comment_and_id(words: str) -> tuple[str, str]:
    head, _, name = words.rpartition("\n")
    return (f"{head}\n" if head else ""), name
