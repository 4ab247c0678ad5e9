"""The habits of a file survive each kind of edit: every case is a text before, an edit, and the text after."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.core import edits
from canvas_tui.core.commands import AddEntry, Command, MoveEntry, RemoveEntry, SetField
from canvas_tui.core.places import Place, Ref
from canvas_tui.storage.read import read_workspace
from canvas_tui.storage.write.store import Store

HEAD = 'vision = "v"\nmodel = "swot"\nid = "s"\n'


def after(tmp_path: Path, text: str, *commands: Command, head: str = HEAD) -> str:
    """What stands behind the head after some commands, in a workspace of one file."""
    path = tmp_path / "one.toml"
    path.write_bytes((head + text).encode())
    store = Store(read_workspace(path))
    for command in commands:
        store.apply(command)
    written = path.read_bytes().decode()
    assert written.startswith(head)
    return written[len(head) :]


def add(cell: str, text: str = "new", place: Place | None = None) -> Command:
    return AddEntry(f"s/{cell}", {"text": text}, place or Place())


def put(address: str, name: str, value: object) -> Command:
    return SetField(Ref(address), name, value)


# adding entries


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ('threats = ["a", "b"]\n', 'threats = ["a", "b", "new"]\n'),
        ('threats = ["a", "b",]\n', 'threats = ["a", "b", "new",]\n'),
        ("threats = [ 'a' ]\n", "threats = [ 'a', 'new' ]\n"),
        ("threats = []\n", 'threats = ["new"]\n'),
        ('threats = [\n  "a",\n  "b",\n]\n', 'threats = [\n  "a",\n  "b",\n  "new",\n]\n'),
        ('threats = [\n\t"a",\n\t"b" # c\n]\n', 'threats = [\n\t"a",\n\t"b", # c\n\t"new"\n]\n'),
        ("threats = [\n    # none yet\n]\n", 'threats = [\n    # none yet\n    "new",\n]\n'),
        ('threats = [{text = "a"}]\n', 'threats = [{text = "a"}, "new"]\n'),
        ('[[threats]]\ntext = "a"\n', '[[threats]]\ntext = "a"\n\n[[threats]]\ntext = "new"\n'),
        ('[[threats]]\ntext = "a"', '[[threats]]\ntext = "a"\n\n[[threats]]\ntext = "new"'),
        (
            '[[threats]]\ntext="a"\n[[threats]]\ntext="b"\n',
            '[[threats]]\ntext="a"\n[[threats]]\ntext="b"\n[[threats]]\ntext="new"\n',
        ),
        (
            '\n[[threats]]\ntext = "a"\n# of a\n\n# --- end ---\n',
            '\n[[threats]]\ntext = "a"\n# of a\n\n[[threats]]\ntext = "new"\n\n# --- end ---\n',
        ),
        (
            '\n\n[[threats]]\ntext = "a"\n\n\n[own]\nx = 1\n',
            '\n\n[[threats]]\ntext = "a"\n\n\n[[threats]]\ntext = "new"\n\n\n[own]\nx = 1\n',
        ),
        ("  [[threats]]\n  text = 'a'\n", "  [[threats]]\n  text = 'a'\n\n  [[threats]]\n  text = 'new'\n"),
    ],
)  # fmt: skip
def test_a_new_entry_is_written_as_its_neighbours_are(tmp_path: Path, before: str, wanted: str) -> None:
    assert after(tmp_path, before, add("threats")) == wanted


def test_a_new_cell_stands_where_the_model_s_order_says(tmp_path: Path) -> None:
    before = '\n[[strengths]]\ntext = "a"\n\n[[threats]]\ntext = "b"\n\n[[goals]]\nid = "g"\ntitle = "G"\n'
    wanted = before.replace("[[threats]]", '[[weaknesses]]\ntext = "new"\n\n[[threats]]')
    assert after(tmp_path, before, add("weaknesses")) == wanted
    first = before.replace('\n[[strengths]]\ntext = "a"\n', "")
    wanted = first.replace("[[threats]]", '[[strengths]]\ntext = "new"\n\n[[threats]]')
    assert after(tmp_path, first, add("strengths")) == wanted


def test_a_new_cell_beside_short_ones_is_short_and_before_the_first_table(tmp_path: Path) -> None:
    before = 'strengths = ["a"]\nthreats = ["b"]\n\n[own]\nx = 1\n'
    wanted = 'strengths = ["a"]\nweaknesses = ["new"]\nthreats = ["b"]\n\n[own]\nx = 1\n'
    assert after(tmp_path, before, add("weaknesses")) == wanted


def test_the_first_cell_of_a_canvas_follows_its_keys(tmp_path: Path) -> None:
    assert after(tmp_path, "", add("threats")) == '\n[[threats]]\ntext = "new"\n'


def test_an_entry_can_be_put_before_another(tmp_path: Path) -> None:
    before = '\n# of a\n[[threats]]\ntext = "a"\n'
    place = Place(before=Ref("s/threats/1"))
    assert after(tmp_path, before, add("threats", place=place)) == '\n[[threats]]\ntext = "new"\n' + before
    short = 'threats = [\n  # of a\n  "a",\n]\n'
    wanted = 'threats = [\n  "new",\n  # of a\n  "a",\n]\n'
    assert after(tmp_path, short, add("threats", place=place)) == wanted


# fields


def test_a_short_entry_that_gets_a_field_becomes_an_inline_table_in_place(tmp_path: Path) -> None:
    before = "threats = [\n  'a',  # said\n  'b',\n]\n"
    wanted = "threats = [\n  { text = 'a', links = ['g'] },  # said\n  'b',\n]\n"
    assert after(tmp_path, before, put("s/threats/1", "links", ["g"])) == wanted
    tight = 'threats = ["a", {text = "b"}]\n'
    assert after(tmp_path, tight, put("s/threats/1", "id", "x")) == 'threats = [{id = "x", text = "a"}, {text = "b"}]\n'


@pytest.mark.parametrize(
    ("line", "value", "wanted"),
    [
        ('text = "a" # c', "b", 'text = "b" # c'),
        ("text = 'a'", "b", "text = 'b'"),
        ("text = 'a'", "it's", 'text = "it\'s"'),
        ('text="a"', "b", 'text="b"'),
        ('text = """a\nb"""', "c", 'text = "c"'),
        ('text = "a"', "b\nc", 'text = """\nb\nc"""'),
        ('text = "a"', 'ends in "', 'text = "ends in \\""'),
        ('text = "a"', "esc \x1b[31m \x9b \u202e", 'text = "esc \\u001B[31m \\u009B \\u202E"'),
    ],
)  # fmt: skip
def test_a_value_is_replaced_in_its_own_quotes(tmp_path: Path, line: str, value: str, wanted: str) -> None:
    before = f'[[threats]]\n# above\n{line}\nstate = "fact"\n'
    assert after(tmp_path, before, put("s/threats/1", "text", value)) == before.replace(line, wanted)


def test_new_keys_stand_in_their_order_aligned_as_the_others(tmp_path: Path) -> None:
    before = '[[threats]]\n  text   = "a"\n  links  = ["g"]\n  # end\n'
    wanted = '[[threats]]\n  id     = "x"\n  text   = "a"\n  state  = "fact"\n  links  = ["g"]\n  # end\n'
    assert after(tmp_path, before, put("s/threats/1", "id", "x"), put("x", "state", "fact")) == wanted


def test_links_change_one_by_one_in_a_list_that_wraps(tmp_path: Path) -> None:
    before = '[[threats]]\ntext = "a"\nlinks = [\n  "g", # first\n  "h",\n]\n'
    more = put("s/threats/1", "links", ["g", "new", "h"])
    assert after(tmp_path, before, more) == before.replace('  "h"', '  "new",\n  "h"')
    less = put("s/threats/1", "links", ["h"])
    assert after(tmp_path, before, less) == before.replace('  "g", # first\n', "")


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("metric = { name = 'n', target = 1 } # m\n", "metric = { name = 'n', target = 5 } # m\n"),
        ("metric.name = 'n'\nmetric.target = 1\n", "metric.name = 'n'\nmetric.target = 5\n"),
        ("metric.name = 'n'\n", "metric.name = 'n'\nmetric.target = 5\n"),
        ("metric = { name = 'n' }\n", "metric = { name = 'n', target = 5 }\n"),
        ("\n[goals.metric]\nname = 'n'\n", "\n[goals.metric]\nname = 'n'\ntarget = 5\n"),
        ("", "metric = { target = 5 }\n"),
    ],
)
def test_a_dotted_field_is_set_however_its_table_is_written(tmp_path: Path, before: str, wanted: str) -> None:
    goal = "\n[[goals]]\nid = 'g'\ntitle = 'G'\n"
    assert after(tmp_path, goal + before, put("g", "metric.target", 5)) == goal + wanted


def test_the_last_field_of_a_table_takes_the_table_with_it(tmp_path: Path) -> None:
    goal = "\n[[goals]]\nid = 'g'\ntitle = 'G'\n"
    for written in ("metric = { target = 1 }\n", "metric.target = 1\n", "\n[goals.metric]\ntarget = 1\n"):
        assert after(tmp_path, goal + written, put("g", "metric.target", None)) == goal


def test_a_cell_s_own_table_is_made_found_and_dropped(tmp_path: Path) -> None:
    before = '\n[[threats]]\ntext = "a"\n'
    note = put("s/weaknesses", "note", "none")
    wanted = before + '\n[cell.weaknesses]\nnote = "none"\n'
    assert after(tmp_path, before, note) == wanted
    assert after(tmp_path, wanted, put("s/weaknesses", "note", None)) == before
    for form in ('cell.weaknesses.owner = "x"\n', 'cell = { weaknesses = { owner = "x" } }\n'):
        assert "[cell" not in after(tmp_path, form, note)


# taking out and moving


def test_a_removed_entry_takes_its_comments_and_leaves_its_neighbours(tmp_path: Path) -> None:
    before = '\n# free\n\n# of a\n[[threats]]\ntext = "a"\n# a too\n\n# of b\n[[threats]]\ntext = "b"\n\n# end\n'
    first = '\n# free\n\n# of b\n[[threats]]\ntext = "b"\n\n# end\n'
    assert after(tmp_path, before, RemoveEntry(Ref("s/threats/1"))) == first
    second = '\n# free\n\n# of a\n[[threats]]\ntext = "a"\n# a too\n\n# end\n'
    assert after(tmp_path, before, RemoveEntry(Ref("s/threats/2"))) == second


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ('threats = ["a", "b", "c"]\n', 'threats = ["a", "c"]\n'),
        ('threats = [\n  "a", # 1\n  "b", # 2\n  "c", # 3\n]\n', 'threats = [\n  "a", # 1\n  "c", # 3\n]\n'),
        ('threats = [\n  "a",\n  # of b\n  "b"\n]\n', 'threats = [\n  "a"\n]\n'),
        ('threats = ["a",\n  "b"]\n', 'threats = ["a"]\n'),
    ],
)  # fmt: skip
def test_a_removed_item_leaves_its_neighbours(tmp_path: Path, before: str, wanted: str) -> None:
    assert after(tmp_path, before, RemoveEntry(Ref("s/threats/2"))) == wanted


def test_a_moved_entry_carries_its_text_and_comments(tmp_path: Path) -> None:
    before = "\n# of a\n[[threats]]\n# in a\ntext = 'a'   # said\nown = 0x10\n\n[[threats]]\ntext = \"b\"\n"
    wanted = "\n[[weaknesses]]\n"
    moved = after(tmp_path, before, MoveEntry(Ref("s/threats/1"), "s/weaknesses"))
    wanted = "\n# of a\n[[weaknesses]]\n# in a\ntext = 'a'   # said\nown = 0x10\n\n[[threats]]\ntext = \"b\"\n"
    assert moved == wanted


def test_a_table_moved_among_short_entries_keeps_its_comments_as_lines(tmp_path: Path) -> None:
    before = "weaknesses = [\"w\"]\n\n# of a\n[[threats]]\ntext = 'a'   # said\nown = 0x10\n"
    wanted = "weaknesses = [\n    \"w\",\n    # of a\n    # said\n    { text = 'a', own = 0x10 },\n]\n"
    assert after(tmp_path, before, MoveEntry(Ref("s/threats/1"), "s/weaknesses")) == wanted


def test_a_short_entry_moved_among_tables_becomes_one(tmp_path: Path) -> None:
    before = "weaknesses = [\n  # of w\n  { text = 'w', own = 0x10 }, # said\n]\n\n[[threats]]\ntext = \"a\"\n"
    wanted = "weaknesses = [\n]\n\n[[threats]]\ntext = \"a\"\n\n# of w\n# said\n[[threats]]\ntext = 'w'\nown = 0x10\n"
    assert after(tmp_path, before, MoveEntry(Ref("s/weaknesses/1"), "s/threats")) == wanted


def test_an_item_that_moves_within_its_list_keeps_the_comment_behind_it(tmp_path: Path) -> None:
    before = 'threats = [\n  "a", # of a\n  "b", # of b\n  "c" # of c\n]\n'
    wanted = 'threats = [\n  "b", # of b\n  "c", # of c\n  "a" # of a\n]\n'
    assert after(tmp_path, before, MoveEntry(Ref("s/threats/1"), "s/threats")) == wanted


def test_sub_tables_go_with_their_goal_wherever_they_stand(tmp_path: Path) -> None:
    before = "\n[[goals]]\nid = 'a'\ntitle = 'A'\n\n[goals.metric]\ntarget = 1\n\n[[threats]]\ntext = 't'\n\n[[goals.results]]\ntitle = 'r'\n\n[[goals]]\nid = 'b'\ntitle = 'B'\n"  # noqa: E501
    path = tmp_path / "one.toml"
    path.write_text(HEAD + before)
    store = Store(read_workspace(path))
    store.apply(edits.remove(store.workspace, store.workspace.get("a")))
    assert path.read_text() == HEAD + "\n[[threats]]\ntext = 't'\n\n[[goals]]\nid = 'b'\ntitle = 'B'\n"


# the file as a whole


def test_line_ends_byte_order_mark_and_a_missing_last_newline_stay(tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode() + b'[[threats]]\r\ntext = "a"')
    store = Store(read_workspace(path))
    store.apply(add("threats", "two\nlines"))
    store.apply(edits.add_goal(store.workspace, "Grow"))
    written = path.read_bytes()
    assert written.startswith(b"\xef\xbb\xbfvision")
    assert written.count(b"\n") == written.count(b"\r\n")
    assert written.endswith(b'title = "Grow"')
    assert b'text = """\r\ntwo\r\nlines"""\r\n' in written


def test_unknown_tables_numbers_and_spacing_stay_as_they_are(tmp_path: Path) -> None:
    before = "own   =   0x_0F  \n".replace("_", "") + '\n[a.b]\nc = [ 1,2 ,  3 ]\n\n[[threats]]\ntext = "a"\n'
    assert after(tmp_path, before, put("s/threats/1", "text", "b")) == before.replace('"a"', '"b"')
