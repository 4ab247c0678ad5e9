"""Reading: what is found where, what is told of bad input, and what happens when files change."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvas_tui.core.elements import Canvas
from canvas_tui.core.workspace import Document, Problem
from canvas_tui.storage.read import (
    Loaded,
    ReadError,
    builtin_templates,
    find_root,
    parse_document,
    read_workspace,
    refresh,
    workspace,
)
from canvas_tui.storage.read.inotify import FolderWatches
from canvas_tui.storage.read.limits import MAX_BYTES, MAX_BYTES_TOGETHER, MAX_SIGNS
from canvas_tui.storage.read.safe_open import read_file
from canvas_tui.storage.write.values import FileStyle, format_value

SAMPLES = Path(__file__).parents[2] / "samples"
CANVAS = 'model = "swot"\nid = "s"\n'


def parse(text: str | bytes, path: str = "a.toml", *, is_header: bool = False) -> Document:
    data = text if isinstance(text, bytes) else text.encode()
    return parse_document(path, data, is_header=is_header, templates=builtin_templates())


def told(document: Document) -> list[str]:
    return [str(problem) for problem in document.problems]


def only(document: Document) -> Problem:
    assert len(document.problems) == 1, told(document)
    return document.problems[0]


def canvas_in(document: Document) -> Canvas:
    assert document.canvas is not None
    return document.canvas


def file_in(loaded: Loaded, path: str) -> Document:
    document = loaded.workspace.document(path)
    assert document is not None
    return document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "strategy.toml").write_text('format = 1\nname = "W"\nvision = "V"\n')
    (tmp_path / "goals.toml").write_text("".join(f'[[goals]]\nid = "g{i}"\ntitle = "G {i}"\n\n' for i in range(8)))
    return tmp_path


# which files


def test_the_nearest_folder_with_a_strategy_is_the_root(folder: Path) -> None:
    deep = folder / "a" / "b"
    deep.mkdir(parents=True)
    assert find_root(deep) == folder
    assert find_root(folder / "strategy.toml") == folder
    assert find_root(folder / "goals.toml") == folder / "goals.toml"


def test_no_workspace_is_told_with_what_to_do(tmp_path: Path) -> None:
    for start in (tmp_path, tmp_path / "none"):
        with pytest.raises(ReadError, match=r" - .*canvas-tui new"):
            find_root(start)
    with pytest.raises(ReadError):
        read_workspace(tmp_path)


def test_hidden_nested_and_model_files_are_no_documents(folder: Path) -> None:
    for name in (".git/x.toml", ".hidden.toml", "nested/strategy.toml", "nested/x.toml", "models/own.toml", "b/c.toml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("goals = []\n")
    paths = [document.path for document in read_workspace(folder).workspace.documents]
    assert paths == ["strategy.toml", "b/c.toml", "goals.toml"]


def test_what_editors_leave_beside_a_file_is_no_document_and_no_change(folder: Path) -> None:
    watches = FolderWatches(os.path.realpath(folder)) if sys.platform == "linux" else None
    for name in ("4913", "goals.toml~", ".goals.toml.swp", ".goals.toml~", "#goals.toml#", "goals.toml.orig"):
        (folder / name).write_text('[[goals]]\nid = "double"\ntitle = "S"\n')
    (folder / ".#goals.toml").symlink_to("ana@host.4711:1")  # emacs: who has it open
    loaded = read_workspace(folder)
    assert [document.path for document in loaded.workspace.documents] == ["strategy.toml", "goals.toml"]
    assert loaded.workspace.find("double") is None
    assert not any(document.problems for document in loaded.workspace.documents)
    if watches is not None:
        assert not watches.read().changed
        (folder / "goals.toml.orig").rename(folder / "goals.toml")
        assert watches.read().changed, "a name that counts is told"
        watches.close()


def test_links_lead_to_files_inside_the_root_only(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.toml"
    outside.write_text('[[goals]]\nid = "secret"\ntitle = "S"\n')
    (folder / "out.toml").symlink_to(outside)
    (folder / "again.toml").symlink_to("goals.toml")
    (folder / ".shared.toml").write_text('[[goals]]\nid = "shared"\ntitle = "S"\n')
    (folder / "in.toml").symlink_to(".shared.toml")
    (folder / "loop").symlink_to(folder)
    workspace = read_workspace(folder).workspace
    readable = {document.path: document.is_readable for document in workspace.documents}
    assert readable == {"strategy.toml": True, "goals.toml": True, "in.toml": True, "out.toml": False}
    assert workspace.find("shared") is not None
    assert workspace.find("secret") is None


def test_what_is_no_regular_file_is_told_and_hangs_nobody(folder: Path) -> None:
    os.mkfifo(folder / "pipe.toml")
    (folder / "dead.toml").symlink_to("nowhere.toml")
    (folder / "dir.toml").mkdir()
    workspace = read_workspace(folder).workspace
    assert {d.path for d in workspace.documents if not d.is_readable} == {"pipe.toml", "dead.toml"}


@pytest.mark.parametrize("target", ["loop.toml", "long" * 100, "strategy.toml/x"])
def test_a_link_that_leads_nowhere_is_told_and_the_rest_is_read(folder: Path, target: str) -> None:
    before = read_workspace(folder)
    os.symlink(target, folder / "loop.toml")
    after, changed = refresh(before)
    assert changed == {"loop.toml"}
    document = after.workspace.document("loop.toml")
    assert document is not None
    assert len(document.problems) == 1
    assert len(after.workspace.documents) == 3


def test_files_too_large_are_told_and_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        (folder / f"large{number}.toml").touch()
        os.truncate(folder / f"large{number}.toml", MAX_BYTES + 1)
    opened: list[Path] = []

    def seen(path: Path, root: Path) -> Any:
        opened.append(path)
        return read_file(path, root)

    monkeypatch.setattr(workspace, "read_file", seen)
    loaded = read_workspace(folder)
    assert sorted(path.name for path in opened) == ["goals.toml", "strategy.toml"]
    large = [document for document in loaded.workspace.documents if document.path.startswith("large")]
    assert {str(each.problems[0]).partition(":")[2] for each in large} == {
        "0: the file is larger than 2 MiB - split it into several"
    }


def test_files_that_are_too_much_together_are_refused_before_one_is_read(folder: Path) -> None:
    for number in range(MAX_BYTES_TOGETHER // MAX_BYTES + 1):
        (folder / f"large{number}.toml").touch()
        os.truncate(folder / f"large{number}.toml", MAX_BYTES)
    with pytest.raises(ReadError, match="8 MiB"):
        read_workspace(folder)


def test_one_file_is_a_whole_workspace() -> None:
    workspace = read_workspace(SAMPLES / "one-file.toml").workspace
    assert (workspace.is_folder, workspace.name, len(workspace.goals), len(workspace.canvases)) == (
        False, "Corner bakery", 2, 1
    )  # fmt: skip


# what a file says


def test_both_forms_of_entries_say_the_same() -> None:
    short = parse(CANVAS + 'strengths = ["a", { text = "b", links = ["x"] }]\n')
    long = parse(CANVAS + '[[strengths]]\ntext = "a"\n\n[[strengths]]\ntext = "b"\nlinks = ["x"]\n')
    assert short == long
    assert [entry.line for _, _, entry in canvas_in(short).entries()] == [3, 3]
    assert [entry.line for _, _, entry in canvas_in(long).entries()] == [3, 6]


def test_lines_survive_texts_over_several_lines_marks_and_both_line_ends() -> None:
    text = (
        CANVAS
        + 'threats = [\n  "t", # c\n  """\nx\n""",\n  {text="u"}\n]\n[[strengths]]\ntext = """\n[[no]]\n"""\n\n# c\n'
        + '[[strengths]]\ntext="b"\n[cell.weaknesses]\nnote="n"\n'
    )
    for data in (text.encode(), b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()):
        canvas = canvas_in(parse(data))
        assert {key: [entry.line for entry in cell.entries] for key, cell in canvas.cells.items()} == {
            "threats": [4, 5, 8], "strengths": [10, 16], "weaknesses": []
        }  # fmt: skip
        assert canvas.cell("weaknesses").line == 18


def test_defaults_are_the_file_s_name_and_the_title_s_words() -> None:
    assert canvas_in(parse('model = "swot"\n', "teams/my-swot.toml")).id == "my-swot"
    document = parse('[[goals]]\ntitle = "Grow fast"\n')
    assert document.goals[0].id == "grow-fast"
    assert "id" not in document.goals[0].fields
    assert only(document).line == 1


def test_unknown_keys_are_kept_and_only_slips_are_told() -> None:
    document = parse(CANVAS + 'x-own = 1\nonwer = "a"\n\n[[strengths]]\ntext = "t"\ncolour = "red"\nimportence = 3\n')
    assert document.extra == {"x-own": 1, "onwer": "a"}
    assert canvas_in(document).cell("strengths").entries[0].fields["colour"] == "red"
    assert told(document) == [
        "a.toml:4: 'onwer' means nothing here - did you mean 'owner'?",
        "a.toml:9: 'importence' is no field of an entry - did you mean 'importance'?",
    ]


def test_unknown_cells_and_models_come_with_the_closest_there_is() -> None:
    cell = only(parse(CANVAS + '\n[[strenghts]]\ntext = "kept"\n'))
    assert (cell.line, cell.rule, cell.element, cell.hint) == (
        4, "unknown-cell", "s/strenghts", "did you mean 'strengths'?"
    )  # fmt: skip
    model = only(parse('id = "s"\nmodel = "swott"\n[[any]]\ntext = "kept"\n'))
    assert (model.line, model.hint) == (2, "did you mean 'swot'?")


def test_all_problems_of_a_file_are_told_in_one_run() -> None:
    document = parse(
        CANVAS + '[[strengths]]\ntext = "t"\nstate = "guess"\n\n[[threats]]\nid = "no id"\ntext = "u"\nimportance = 9\n'
    )
    assert [problem.line for problem in document.problems] == [5, 8, 10]
    assert document.is_readable


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("strengths = 3\n", 3),
        ('[strengths]\ntext = "one bracket too few"\n', 3),
        ('strengths = ["fine", 7]\n', 3),
        ("[[strengths]]\ntext = 5\n", 4),
        ('[[strengths]]\ntext = "t"\nid = 5\n', 5),
        ('[[strengths]]\ntext = "t"\nlinks = "one"\n', 5),
        ("cell = 3\n", 3),
        ("[cell]\nstrengths = 1\n", 4),
        ('goals = ["grow"]\n', 3),
        ("[[goals]]\ntitle = 4\nid = 'g'\n", 4),
        ("[[initiatives]]\nid='i'\ntitle='t'\n\n[[initiatives]]\nid='j'\ntitle='t'\ndepends-on = [1]\n", 10),
    ],
)
def test_a_wrong_type_of_something_vital_makes_the_file_unreadable(body: str, line: int) -> None:
    document = parse(CANVAS + body)
    assert (document.is_readable, document.canvas, document.goals) == (False, None, ())
    assert only(document).line == line


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b'model = "swot\n', 1, "not closed"),
        (b'a = 1\na = 2\n', 2, "second time"),
        (b"[a]\n[a]\n", 2, "second time"),
        (b"x = 2027-02-30\n", 1, "no such day"),
        (b"\n\nhello\n", 3, "= is missing"),
        (b'a = "x" y\n', 1, "behind the value"),
        (b"a = [1, 2\n", 1, "not closed"),
        (b'x = "a\x00b"\n', 1, "may not stand"),
        (b'x = "\xff"\n', 1, "UTF-8"),
        (b"\xff\xfex\x00", 1, "UTF-16"),
        (b"x = 1\n<<<<<<< ours\ny = 1\n=======\ny = 2\n>>>>>>> theirs\n", 2, "merge"),
        (b"x = " + b"9" * 5000 + b"\n", 1, "digits"),
        (b"x = " + b"[" * 600 + b"]" * 600, 1, "nested"),
        (b"a." * 400 + b"b = 1\n", 1, "parts"),
        (b"#" * (MAX_BYTES + 1), 1, "larger"),
        (b"x = [" + b"1," * MAX_SIGNS + b"]\n", 1, "commas"),
    ],
)  # fmt: skip
def test_what_is_no_toml_is_told_in_plain_words_with_its_line(data: bytes, line: int, words: str) -> None:
    document = parse(data)
    assert not document.is_readable
    problem = document.problems[0]
    assert problem.line == line
    assert words in problem.message
    assert problem.hint
    assert "at line" not in str(problem)


def test_every_broken_table_of_a_file_is_told() -> None:
    document = parse('[[goals]]\nid = x\n\n[[goals]]\nid = "fine"\n\n[[goals]]\ntitle = "open\n')
    assert [problem.line for problem in document.problems] == [2, 8]


def test_the_broken_sample_opens_and_tells_of_every_bad_file() -> None:
    workspace = read_workspace(SAMPLES / "broken").workspace
    fine = {"strategy.toml", "good-canvas.toml", "good-goals.toml", "fine-bom-crlf.toml", "fine-no-final-newline.toml"}
    rules_tell = {"cycles.toml", "dangling-links.toml", "duplicate-ids.toml", "raw-controls.toml", "unsafe-text.toml"}
    told_of = {document.path for document in workspace.documents if document.problems}
    assert told_of == {document.path for document in workspace.documents} - fine - rules_tell
    for document in workspace.documents:
        for problem in document.problems:
            assert problem.line >= 1
            assert problem.hint
    assert {problem.file for problem in workspace.problems} == {"models/overlapping-cells.toml"}
    assert workspace.find("good-goal") is not None


def test_the_good_samples_have_no_problems() -> None:
    for path in (SAMPLES / "fieldnote", SAMPLES / "one-file.toml"):
        assert [p for document in read_workspace(path).workspace.documents for p in document.problems] == []


def test_each_wrong_item_of_a_list_is_told_at_its_line() -> None:
    document = parse(CANVAS + 'strengths = [\n  "fine",\n  7,\n  ["x"],\n]\n')
    assert [problem.line for problem in document.problems] == [5, 6]
    assert not document.is_readable


WHOLE = [path.read_bytes() for path in sorted(SAMPLES.rglob("*.toml"))]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_bytes_make_reading_raise(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(WHOLE))[:3000]
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 200)))
    piece = data.draw(st.one_of(st.binary(max_size=6), st.sampled_from(
        [b"[[problem]]\n", b"[cell.problem]\n", b"= 1\n", b"= [[]]\n", b'"""', b"model = 1\n", b"links = 1\n", b"{"]
    )))  # fmt: skip
    document = parse(whole[:start] + piece + whole[end:], is_header=data.draw(st.booleans()))
    assert document.is_readable or document.problems
    assert all(problem.line >= 1 and problem.hint for problem in document.problems)
    lines = (whole[:start] + piece + whole[end:]).count(b"\n") + 1
    assert all(problem.line <= lines for problem in document.problems)
    assert all(0 <= item.line <= lines for item in document.elements())


_ANY = st.recursive(
    st.one_of(st.text(max_size=4), st.integers(-2, 9), st.booleans(), st.just(date(2027, 1, 1))),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["text", "id", "links", "metric", "note", "strengths"]), inner, max_size=3),
    ),
    max_leaves=6,
)
_TOP = [
    "model",
    "id",
    "cell",
    "strengths",
    "goals",
    "initiatives",
    "waivers",
    "rules",
    "vision",
    "links",
    "any",
    "format",
]


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(_TOP), _ANY, max_size=6), st.booleans())
def test_no_values_of_any_type_make_reading_raise(table: dict[str, object], is_header: bool) -> None:
    text = "".join(f"{key} = {format_value(value, FileStyle())}\n" for key, value in table.items())
    document = parse(text, is_header=is_header)
    assert document.is_readable or document.problems
    for item in document.elements():
        assert isinstance(item.address, str)
        assert isinstance(item.text, str)
        assert all(isinstance(link, str) for link in item.element.links)


# templates


def test_templates_are_found_by_id_and_alias_and_listed_once() -> None:
    templates = builtin_templates()
    assert templates["marketing-mix"] is templates["marketing-mix-7p"]
    assert "marketing-mix" in templates
    assert "marketing-mix" not in list(templates)
    assert "nonsense" not in templates
    assert len(templates) == len(list(templates)) >= 14


def test_a_workspace_s_own_model_counts_and_follows_the_disk(folder: Path) -> None:
    (folder / "models").mkdir()
    own = 'id = "own"\n[[cells]]\nid = "left"\ncolumns = [1, 1]\nrows = [1, 1]\n'
    (folder / "models" / "own.toml").write_text(own)
    (folder / "c.toml").write_text('model = "own"\n[[right]]\ntext = "x"\n')
    loaded = read_workspace(folder)
    assert only(file_in(loaded, "c.toml")).rule == "unknown-cell"
    (folder / "models" / "own.toml").write_text(own.replace("left", "right"))
    loaded, _ = refresh(loaded)
    assert file_in(loaded, "c.toml").problems == ()


# refresh


def test_refresh_reads_what_changed_and_shares_the_rest(folder: Path) -> None:
    loaded = read_workspace(folder)
    assert refresh(loaded)[1] == frozenset()
    (folder / "new.toml").write_text('[[goals]]\nid = "n"\ntitle = "N"\n')
    (folder / "strategy.toml").write_text('name = "Other"\n')
    again, changed = refresh(loaded)
    assert changed == {"new.toml", "strategy.toml"}
    assert again.workspace.name == "Other"
    assert file_in(again, "goals.toml") is loaded.workspace.document("goals.toml")
    (folder / "new.toml").unlink()
    assert refresh(again)[1] == {"new.toml"}


def test_a_file_touched_but_not_changed_is_no_change(folder: Path) -> None:
    loaded = read_workspace(folder)
    os.utime(folder / "goals.toml", ns=(1, 1))
    again, changed = refresh(loaded)
    assert changed == frozenset()
    assert again.workspace is loaded.workspace


@pytest.mark.parametrize("rest", [b"", b"\n\n"])
def test_a_file_that_is_suddenly_empty_never_replaces_what_was_there(folder: Path, rest: bytes) -> None:
    loaded = read_workspace(folder)
    (folder / "goals.toml").write_bytes(rest)
    again, changed = refresh(loaded)
    document = file_in(again, "goals.toml")
    assert changed == {"goals.toml"}
    assert not document.is_readable
    assert "8 elements" in only(document).message
    (folder / "goals.toml").write_bytes(rest + b"\n")
    assert not file_in(refresh(again)[0], "goals.toml").is_readable
    (folder / "goals.toml").write_text('[[goals]]\nid = "g"\ntitle = "G"\n')
    assert file_in(refresh(again)[0], "goals.toml").is_readable


def test_a_file_that_lost_most_of_its_elements_is_told(folder: Path) -> None:
    loaded = read_workspace(folder)
    (folder / "goals.toml").write_text('[[goals]]\nid = "g0"\ntitle = "G 0"\n')
    document = file_in(refresh(loaded)[0], "goals.toml")
    assert document.is_readable
    assert "lost 7 of its 8" in only(document).message


def test_a_header_that_is_gone_is_told_and_comes_back(folder: Path) -> None:
    loaded = read_workspace(folder)
    data = (folder / "strategy.toml").read_bytes()
    (folder / "strategy.toml").unlink()
    gone, changed = refresh(loaded)
    assert changed == {"strategy.toml"}
    assert not gone.workspace.documents[0].is_readable
    assert refresh(gone)[1] == frozenset()
    (folder / "strategy.toml").write_bytes(data)
    assert refresh(gone)[0].workspace.name == "W"
    shutil.rmtree(folder)
    with pytest.raises(ReadError):
        refresh(gone)


def test_reading_imports_no_writer_and_no_parser_but_the_standard_one() -> None:
    code = (
        "import sys, pathlib; from canvas_tui.storage.read import read_workspace;"
        f"read_workspace(pathlib.Path({str(SAMPLES / 'fieldnote')!r}));"
        "print([n for n in sys.modules if n.split('.')[0] in ('tomlkit', 'filelock', 'networkx', 'textual')"
        " or n.startswith('canvas_tui.storage.write')])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_opening_and_closing_changes_no_byte(folder: Path) -> None:
    def state(loaded: Loaded) -> dict[str, tuple[bytes, int]]:
        return {name: ((folder / name).read_bytes(), (folder / name).stat().st_mtime_ns) for name in loaded.files}

    loaded = read_workspace(folder)
    before = state(loaded)
    refresh(loaded)
    assert state(loaded) == before
