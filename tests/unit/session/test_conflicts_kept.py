"""The version that lost a conflict: kept losslessly wherever its element is written, told as a finding, and settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.core import edits
from canvas_tui.core.commands import Batch, ChangeEntry, Command, MoveEntry, SetField
from canvas_tui.core.elements import Kind
from canvas_tui.core.places import Conflict, EditError, Ref
from canvas_tui.core.schema import complaint_about, field_spec, parse_value
from canvas_tui.core.settling import choices, keep, settle
from canvas_tui.core.typed import set_typed
from canvas_tui.core.versions import ENTRY, Version, same_words, versions_of
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import check
from canvas_tui.rules.finding import Finding
from canvas_tui.session.conflict import given_up, settled
from canvas_tui.storage.read import read_workspace
from canvas_tui.storage.write.queue.serial import from_data, to_data
from canvas_tui.storage.write.store import Store
from tests.unit.strategy_factory import TODAY, canvas, entry, goal, workspace

BEAS = Version("text", "What bea wrote", "bea")


def findings(space: Workspace) -> tuple[Finding, ...]:
    return check(space, StrategyGraph.of(space), TODAY).by_rule("conflict-open")


def kept_at(item: Located) -> tuple[Version, ...]:
    return versions_of(item.kind, item.element.fields)


# the key


@pytest.mark.parametrize(
    "value",
    ["text", 3, {"field": "text"}, ["text"], [{"other": "x"}], [{"field": ""}], [{"field": 3}],
     [{"field": "text", "who": 3}]],
)  # fmt: skip
def test_what_names_no_field_is_told_and_read_as_nothing(value: object) -> None:
    spec = field_spec(Kind.ENTRY, "conflict")
    assert spec is not None
    assert "take it out" in str(complaint_about(spec, value))
    assert versions_of(Kind.ENTRY, {"conflict": value}) == ()


def test_a_kept_version_is_no_mistake_and_is_typed_only_to_take_it_out() -> None:
    spec = field_spec(Kind.ENTRY, "conflict")
    assert spec is not None
    assert complaint_about(spec, [BEAS.table, {"field": "note"}]) is None
    assert parse_value(spec, " ") is None
    with pytest.raises(ValueError, match="leave it empty to take it out"):
        parse_value(spec, "anything")


def test_words_are_the_same_with_other_space_around_them() -> None:
    assert same_words(" a b\n", "a b")
    assert same_words("", None)
    assert same_words(["a"], ("a",))
    assert not same_words("a  b", "a b")
    assert not same_words(3, None)


# the rule


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        (BEAS, "“pay late” was changed by two people at the same time; bea's version is kept: “What bea wrote”."),
        (Version("note", "Why"), "“pay late” had its note changed by two people at the same time; the other version is "
                                 "kept: “Why”."),
        (Version("importance", 3), "“pay late” had its importance changed by two people at the same time; the other "
                                   "version is kept: “3”."),
        (Version("owner", who="bea"), "“pay late” had its owner changed by two people at the same time; bea's version "
                                      "leaves it empty."),
        (Version(ENTRY, "It", "bea"), "“pay late” was written at the same time as “It” of bea, and both stand."),
        (Version("evidence", ["one", "two"]), "“pay late” had its evidence changed by two people at the same time; the "
                                              "other version is kept: “one, two”."),
        (Version("no such field", "x"), "“pay late” had its no such field changed by two people at the same time; the "
                                        "other version is kept: “x”."),
    ],
)  # fmt: skip
def test_a_finding_tells_what_lost_in_words(version: Version, sentence: str) -> None:
    space = workspace(canvas("lean-canvas", {"problem": [entry("pay late", conflict=[version.table])]}))
    (finding,) = findings(space)
    assert finding.message == sentence
    assert finding.severity == "error"
    assert finding.fix == "Choose which one stays, or take 'conflict' out in lean-canvas.toml."
    assert finding.about.id == "lean-canvas/problem/1"


def test_every_kind_of_element_is_looked_at_and_each_version_is_a_finding() -> None:
    lost = [BEAS.table]
    space = workspace(
        canvas("lean-canvas", {"problem": ["x"]}, said={"problem": {"conflict": [{"field": "note", "other": "n"}]}},
               canvas_conflict=[{"field": "title", "other": "t"}]),
        goals=[goal("g", conflict=[{"field": "title", "other": "t"}, {"field": "due", "other": date(2027, 1, 1)}])],
        works=[{"id": "w", "title": "W", "conflict": lost}],
    )  # fmt: skip
    assert sorted(each.about.id for each in findings(space)) == ["g", "g", "lean-canvas", "lean-canvas/problem", "w"]


@pytest.mark.parametrize("vision", ["All is well.", ""])
def test_the_vision_is_looked_at_even_where_it_was_emptied(vision: str, tmp_path: Path) -> None:
    kept = 'vision-conflict = [{ field = "vision", other = "All \\u001bare", who = "bea" }]'
    (tmp_path / "strategy.toml").write_text(f'vision = "{vision}"\n{kept}\n')
    space = read_workspace(tmp_path).workspace
    (finding,) = findings(space)
    assert finding.message.endswith("by two people at the same time; bea's version is kept: “All ␛are”.")
    assert (finding.about.id, finding.about.file) == ("vision", "strategy.toml")
    after = settle(space, space.get("vision"), versions_of(Kind.VISION, space.get("vision").element.fields)[0], "kept")
    assert not findings(after.apply(space).workspace)


def test_tables_that_no_element_is_made_of_are_looked_at_too() -> None:
    kept = {"conflict": [{"field": "result", "other": 3}]}
    document = replace(canvas("lean-canvas"), extra={"experiments": [kept, {}], "own": kept, "odd": 1})
    told = [finding.message for finding in findings(workspace(document))]
    assert [words.split(" had its")[0] for words in told] == ["A table of experiments", "A table of own"]


def test_hostile_words_in_a_kept_version_are_shown_as_signs_and_told() -> None:
    version = Version("te\x1bxt", "a\x1b[31mb\u202e", "b\x07ea")
    space = workspace(canvas("lean-canvas", {"problem": [entry("pay late", conflict=[version.table])]}))
    (finding,) = findings(space)
    assert not any(sign in finding.message + finding.fix for sign in "\x1b\x07\u202e")
    report = check(space, StrategyGraph.of(space), TODAY)
    assert [each.about.id for each in report.by_rule("unsafe-text")] == ["lean-canvas/problem/1"]


def test_what_is_no_version_is_no_open_conflict() -> None:
    for value in ("text", [], [3], {"field": "text"}):
        assert not findings(workspace(canvas("lean-canvas", {"problem": [entry("pay late", conflict=value)]})))


# keeping: on disk, byte for byte and back

LEAN = """\
model = "lean-canvas"
id = "lean"
title = "Us"
channels = ["Word of mouth", 'Fairs']

# why they leave
[[problem]]
id = "late"            # an id
text = "Clients pay late"
links = ["g"]

[[problem]]
text = "No id"

[cell.problem]
note = "Mind"
"""
GOALS = """\
[[goals]]
id = "g"
title = "Be paid"
due = 2027-06-30
[goals.metric]
name = "days"
target = 10

[[goals]]
id = "h"
title = 'Grow'
metric = { name = "users", target = 5 }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"strategy.toml": 'format = 1\nname = "N"\nvision = "V"\n', "lean.toml": LEAN, "goals.toml": GOALS}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


AWKWARD = "Say \"late\" — it's 34 \\ days\nand\t'more' ''' \"\"\" # no comment"
FIELDS = [
    ("late", "text", "Mine"), ("late", "importance", 3), ("late", "evidence", ["a", "b; c"]), ("late", "note", None),
    ("lean/problem/2", "text", "Mine"), ("lean/channels/1", "text", "Mine"), ("lean/channels/2", "note", "Mine"),
    ("lean/problem", "note", "Mine"), ("lean", "title", "Mine"), ("vision", "vision", "Mine"), ("g", "title", "Mine"),
    ("g", "metric.target", 7), ("h", "metric.target", 7), ("h", "due", date(2027, 1, 2)),
]  # fmt: skip


def command_for(item: Located, field: str, value: Any, seen: Any) -> Command:
    if field == "text":
        return ChangeEntry(Ref(item.address, seen), value)
    return SetField(Ref(item.address, item.text if item.kind is Kind.ENTRY else None), field, value, seen)


@pytest.mark.parametrize(("address", "field", "mine"), FIELDS)
@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_either_choice_keeps_the_loser_and_one_undo_restores_every_byte(
    choice: str, address: str, field: str, mine: Any, folder: Path
) -> None:
    store = Store(read_workspace(folder))
    before = all_bytes(folder)
    item = store.workspace.get(address)
    theirs = item.element.fields.get("metric", {}).get("target") if "." in field else item.element.fields.get(field)
    conflict = Conflict(item.address, field, mine, theirs)
    command = settled(store.workspace, conflict, command_for(item, field, mine, "seen"), choice, me="ana", them="bea")
    if same_words(mine, theirs):
        assert not isinstance(command, Batch), "nothing is kept where nothing differs"
        return
    assert command is not None
    done = store.apply(from_data(to_data(command)))  # as it would wait in a journal
    lost, who = (theirs, "bea") if choice == "mine" else (mine, "ana")
    assert kept_at(store.workspace.get(address)) == (Version(field, lost, who),)
    assert read_workspace(folder).workspace.get(address).element.fields == store.workspace.get(address).element.fields
    assert not read_workspace(folder).workspace.problems
    assert len(findings(read_workspace(folder).workspace)) == 1
    undone = store.apply(done.inverse, done.hint)
    assert all_bytes(folder) == before
    store.apply(undone.inverse, undone.hint)
    assert kept_at(store.workspace.get(address)) == (Version(field, lost, who),)


@pytest.mark.parametrize("address", ["late", "lean/problem/2", "lean/channels/1"])
def test_any_words_come_back_as_they_were_and_go_with_the_entry(address: str, folder: Path) -> None:
    store = Store(read_workspace(folder))
    command = keep(store.workspace.get(address), Version("text", AWKWARD, "bea"))
    assert command is not None
    store.apply(command)
    item = store.workspace.get(address)
    store.apply(MoveEntry(Ref(item.address, item.text), "lean/solution"))
    moved = read_workspace(folder).workspace.get("late" if address == "late" else "lean/solution/1")
    assert kept_at(moved) == (Version("text", AWKWARD, "bea"),)


def test_a_second_version_stands_beside_the_first_and_the_same_one_is_not_kept_twice(folder: Path) -> None:
    store = Store(read_workspace(folder))
    for version in (BEAS, Version("note", "N"), BEAS):
        command = keep(store.workspace.get("late"), version)
        if command is not None:
            store.apply(command)
    assert kept_at(read_workspace(folder).workspace.get("late")) == (BEAS, Version("note", "N"))
    assert '[{ field = "text", other = "What bea wrote", who = "bea" }, {' in (folder / "lean.toml").read_text()


def test_nothing_is_kept_over_what_a_person_wrote_there_or_of_what_is_no_field(folder: Path) -> None:
    (folder / "lean.toml").write_text(LEAN.replace('id = "late"', 'conflict = "with tax"\nid = "late"'))
    space = read_workspace(folder).workspace
    assert keep(space.get("late"), BEAS) is None
    for name in ("no-field", "id", "conflict", ENTRY):
        assert keep(space.get("lean/problem/2"), Version(name, "x")) is None


def test_typing_takes_the_key_out_as_any_field(folder: Path) -> None:
    store = Store(read_workspace(folder))
    before = all_bytes(folder)
    command = keep(store.workspace.get("late"), BEAS)
    assert command is not None
    store.apply(command)
    store.apply(set_typed(store.workspace, store.workspace.get("late"), {"conflict": ""}))
    assert all_bytes(folder) == before


# settling

OWN = "Clients pay late"


def settled_as(choice: str, version: Version, folder: Path, address: str = "late") -> tuple[Store, dict[str, bytes]]:
    """The store after a kept version was settled, and all bytes before it was, which undo restores."""
    store = Store(read_workspace(folder))
    store.apply(SetField(Ref(address), "conflict", [version.table]))
    before = all_bytes(folder)
    done = store.apply(settle(store.workspace, store.workspace.get(address), version, choice))
    after = all_bytes(folder)
    undone = store.apply(done.inverse, done.hint)
    assert all_bytes(folder) == before
    store.apply(undone.inverse, undone.hint)
    assert all_bytes(folder) == after
    assert not findings(read_workspace(folder).workspace)
    return store, before


@pytest.mark.parametrize(
    ("choice", "texts"),
    [("this", [OWN, "No id"]), ("kept", ["What bea wrote", "No id"]), ("both", [OWN, "What bea wrote", "No id"])],
)
def test_a_kept_text_is_settled_in_one_step_that_undo_takes_back(choice: str, texts: list[str], folder: Path) -> None:
    store, _ = settled_as(choice, BEAS, folder)
    assert [each.text for each in store.workspace.canvases[0].cell("problem").entries] == texts


@pytest.mark.parametrize(("choice", "note"), [("this", "Mine"), ("kept", "Theirs"), ("both", "Mine\nTheirs")])
def test_a_kept_note_is_settled_in_its_own_field(choice: str, note: str, folder: Path) -> None:
    Store(read_workspace(folder)).apply(SetField(Ref("late"), "note", "Mine"))
    store, _ = settled_as(choice, Version("note", "Theirs"), folder)
    assert store.workspace.get("late").element.note == note


@pytest.mark.parametrize(("choice", "texts"), [("this", ["No id"]), ("kept", [OWN]), ("both", [OWN, "No id"])])
def test_of_two_entries_that_both_stand_one_or_both_stay(choice: str, texts: list[str], folder: Path) -> None:
    store, _ = settled_as(choice, Version(ENTRY, OWN), folder, "lean/problem/2")
    assert [each.text for each in store.workspace.canvases[0].cell("problem").entries] == texts


def test_an_entry_that_was_moved_to_two_cells_goes_to_either() -> None:
    kept = [{"field": "cell", "other": "solution"}, {"field": "cell", "other": "nowhere"}]
    space = workspace(canvas("lean-canvas", {"problem": [entry("a b", id="x", conflict=kept)]}))
    item = space.get("x")
    there, nowhere = kept_at(item)
    assert (choices(space, item, there), choices(space, item, nowhere)) == (("this", "kept"), ("this",))
    after = settle(space, item, there, "kept").apply(space).workspace
    assert (after.get("x").cell, kept_at(after.get("x"))) == ("solution", (nowhere,))


def test_where_the_other_entry_is_gone_its_words_are_still_here(folder: Path) -> None:
    store, _ = settled_as("kept", Version(ENTRY, "Gone since"), folder, "lean/problem/2")
    assert [each.text for each in store.workspace.canvases[0].cell("problem").entries] == [OWN, "Gone since"]


BY_HAND = {
    "tables": '[[problem]]\nid = "late"\ntext = "A"\n[[problem.conflict]]\nfield = "text"\nother = "B"\n\n[[x]]\n',
    "tall": '[[problem]]\nid = "late"\nconflict = [\n  # bea\n  { field = "text", other = "B" }, #\n]\ntext = "A"\n',
    "inline": 'problem = [{ id = "late", text = "A", conflict = [{ field = "text", other = "B" }] }, "C"]\n',
    "literal": "[[problem]]\nid = 'late'\ntext = 'A'\nconflict = [{field='text', other='''B'''}]\n",
}


@pytest.mark.parametrize("choice", ["this", "kept", "both"])
@pytest.mark.parametrize("form", list(BY_HAND))
def test_however_a_person_wrote_the_key_it_is_settled_and_undone(form: str, choice: str, folder: Path) -> None:
    (folder / "lean.toml").write_text(f'model = "lean-canvas"\nid = "lean"\n\n{BY_HAND[form]}')
    before = all_bytes(folder)
    store = Store(read_workspace(folder))
    done = store.apply(settle(store.workspace, store.workspace.get("late"), Version("text", "B"), choice))
    item = read_workspace(folder).workspace.get("late")
    assert (item.text, "conflict" in item.element.fields) == ("B" if choice == "kept" else "A", False)
    store.apply(done.inverse, done.hint)
    assert all_bytes(folder) == before


@pytest.mark.parametrize(
    ("version", "offered"),
    [
        (BEAS, ("this", "kept", "both")),
        (Version("text", "  "), ("this",)),
        (Version("text"), ("this",)),
        (Version("text", 3), ("this",)),
        (Version("importance", 3), ("this", "kept")),
        (Version("importance", 33), ("this",)),
        (Version("state", "fact"), ("this", "kept")),
        (Version("owner", "bea"), ("this", "kept")),
        (Version("note"), ("this", "kept")),
        (Version("id", "other"), ("this",)),
        (Version("conflict", "x"), ("this",)),
        (Version("horoscope", "x"), ("this",)),
    ],
)
def test_only_what_leaves_the_file_in_order_is_offered(
    version: Version, offered: tuple[str, ...], folder: Path
) -> None:
    space = read_workspace(folder).workspace
    assert choices(space, space.get("late"), version) == offered
    for choice in offered:
        after = settle(space, space.get("late"), version, choice).apply(space).workspace
        assert after.get("late").text.strip()


# the choice itself


def disputed(space: Workspace, command: Command) -> Conflict:
    with pytest.raises(Conflict) as caught:
        command.apply(space)
    return caught.value


def test_theirs_in_one_field_of_a_form_can_be_had_back_and_the_others_stay(folder: Path) -> None:
    base = read_workspace(folder).workspace
    form = set_typed(base, base.get("late"), {"importance": "2", "owner": "cy"})
    store = Store(read_workspace(folder))
    store.apply(SetField(Ref("late"), "importance", 4))
    conflict = disputed(store.workspace, form)
    command = settled(store.workspace, conflict, form, "theirs", me="ana")
    assert command is not None
    store.apply(command)
    fields = store.workspace.get("late").element.fields
    assert (fields["importance"], fields["owner"]) == (4, "cy")
    back = given_up(store.workspace, conflict, form)
    assert back is not None
    store.apply(back)
    fields = store.workspace.get("late").element.fields
    assert (fields["importance"], fields["owner"]) == (2, "cy")
    assert "conflict" not in fields


def test_two_fields_in_dispute_are_both_kept(folder: Path) -> None:
    base = read_workspace(folder).workspace
    form = set_typed(base, base.get("late"), {"importance": "2", "owner": "cy"})
    store = Store(read_workspace(folder))
    store.apply(SetField(Ref("late"), "importance", 4))
    store.apply(SetField(Ref("late"), "owner", "bea"))
    for choice in ("theirs", "mine"):
        step = settled(store.workspace, disputed(store.workspace, form), form, choice)
        assert step is not None
        form = step
    store.apply(form)
    fields = store.workspace.get("late").element.fields
    assert (fields["importance"], fields["owner"]) == (4, "cy")
    assert {(each.field, each.other) for each in kept_at(store.workspace.get("late"))} == {
        ("importance", 2), ("owner", "bea"),
    }  # fmt: skip


def test_an_edit_of_something_else_never_becomes_the_text_of_an_entry_that_is_found_by_it(folder: Path) -> None:
    base = read_workspace(folder).workspace
    item = base.get("lean/problem/2")
    edit: Command
    for edit in (SetField(Ref(item.address, item.text), "note", "A note"), edits.move(item, "lean/solution")):
        theirs = ChangeEntry(Ref(item.address, item.text), "Theirs").apply(base).workspace
        command = settled(theirs, disputed(theirs, edit), edit, "mine")
        assert command is not None
        after = command.apply(theirs).workspace
        assert "Theirs" in [each.text for _, _, each in after.canvases[0].entries()]
        assert settled(theirs, disputed(theirs, edit), edit, "theirs") is None


def test_removing_what_has_links_and_was_changed_removes_it_on_mine_only(folder: Path) -> None:
    Store(read_workspace(folder)).apply(SetField(Ref("g"), "links", ["late"]))
    base = read_workspace(folder).workspace
    removal = edits.remove(base, base.get("late"))
    theirs = ChangeEntry(Ref("late", OWN), "Theirs").apply(base).workspace
    conflict = disputed(theirs, removal)
    assert settled(theirs, conflict, removal, "theirs") is None
    command = settled(theirs, conflict, removal, "mine")
    assert command is not None
    assert command.apply(theirs).workspace.find("late") is None


def test_mine_of_an_entry_that_was_removed_is_written_anew(folder: Path) -> None:
    base = read_workspace(folder).workspace
    mine = ChangeEntry(Ref("lean/problem/2", "No id"), "Mine")
    theirs = edits.remove(base, base.get("lean/problem/2")).apply(base).workspace
    conflict = disputed(theirs, mine)
    assert settled(theirs, conflict, mine, "theirs") is None
    command = settled(theirs, conflict, mine, "mine")
    assert command is not None
    assert [each.text for each in command.apply(theirs).workspace.canvases[0].cell("problem").entries] == [OWN, "Mine"]


def test_settling_what_somebody_settled_meanwhile_changes_nothing(folder: Path) -> None:
    store = Store(read_workspace(folder))
    store.apply(SetField(Ref("late"), "conflict", [BEAS.table]))
    mine = settle(store.workspace, store.workspace.get("late"), BEAS, "kept")
    store.apply(settle(store.workspace, store.workspace.get("late"), BEAS, "this"))
    with pytest.raises(EditError):
        mine.apply(store.workspace)
    assert store.workspace.get("late").text == OWN
