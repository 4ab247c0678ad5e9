"""What lies in a workspace's folder and is none of it: copies, other programs' files, what git and `ignore` name."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from canvas_tui.core.copies import is_alike, looks_like_copy, originals_of
from canvas_tui.core.edits import add_canvas, add_goal
from canvas_tui.core.places import EditError
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules import Finding, check
from canvas_tui.storage.read import read_workspace, refresh
from canvas_tui.storage.read.inotify import FolderWatches
from canvas_tui.storage.read.listing import listing_of
from tests.unit.strategy_factory import TODAY

HEADER = 'format = 1\nname = "Plan"\n'
GOAL = '[[goals]]\nid = "paid"\ntitle = "Paid in 10 days"\n'
LEAN = 'model = "lean-canvas"\nid = "lean"\n[[problem]]\nid = "late"\ntext = "Late"\n[[solution]]\ntext = "Robot"\n'


def put(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def plan(root: Path, files: Mapping[str, str]) -> Path:
    return put(root, {"strategy.toml": HEADER, "goals.toml": GOAL, **files})


def read(root: Path) -> set[str]:
    return {document.path for document in read_workspace(root).workspace.documents} - {"strategy.toml", "goals.toml"}


def structure(root: Path) -> list[Finding]:
    workspace = read_workspace(root).workspace
    rules = ["duplicate-id", "dangling-link", "invalid-value", "unknown-cell", "copied-file"]
    return list(check(workspace, StrategyGraph.of(workspace), TODAY, select=rules).findings)


# copies

COPIES = [
    "lean (Ana's conflicted copy 2026-11-20)",
    "lean (Ana's conflicted copy)",
    "lean (conflicted copy 2026-11-20 101500)",
    "lean (Case Conflict)",
    "lean.sync-conflict-20261120-101500-ABCDEF7",
    "lean.sync-conflict-20261120-101500",
    "lean_conflict-20261120-101500",
    "lean [Conflict]",
    "lean_BACKUP_4711",
    "lean_BASE_4711",
    "lean_LOCAL_4711",
    "lean_REMOTE_4711",
    "lean.toml.LOCAL.4711",
    "lean.orig",
    "lean 2",
    "lean (1)",
    "lean(1)",
    "lean copy",
    "lean copy 3",
    "lean - Copy",
    "lean - Copy (2)",
    "lean - Kopie",
    "Copy of lean",
    "lean.bak",
    "lean_old",
    "lean (1).sync-conflict-20261120-101500-ABCDEF7",
    "lean.sync-conflict-20261120-101500-ABCDEF",
    "lean (copy)",
    "lean (another copy)",
    "lean (3rd copy)",
    "lean (kopi)",
    "lean (Kopie 2)",
    "lean-DESKTOP-AB12",
    "lean-Anas-Laptop",
    "lean.conflict",
    "lean.HEAD",
    "lean_v2",
    "lean~",
]


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_left_out_and_one_finding_names_both(tmp_path: Path, name: str) -> None:
    plan(tmp_path, {"lean.toml": LEAN, f"{name}.toml": LEAN.replace("Robot", "Letter")})
    assert read(tmp_path) == {"lean.toml"}
    (finding,) = structure(tmp_path)
    assert finding.rule == "copied-file"
    assert [element.file for element in finding.elements] == [f"{name}.toml", "lean.toml"]
    assert "a copy of lean.toml" in finding.message
    assert finding.fix.startswith("Compare the two")


@pytest.mark.parametrize("name", COPIES)
def test_without_the_original_beside_it_such_a_name_is_a_name_like_any_other(tmp_path: Path, name: str) -> None:
    plan(tmp_path, {f"{name}.toml": LEAN, "other/lean.toml": LEAN.replace('"lean"', '"else"').replace('"late"', '"l"')})
    assert read(tmp_path) == {f"{name}.toml", "other/lean.toml"}


def test_a_copy_that_a_merge_left_broken_is_left_out_as_well(tmp_path: Path) -> None:
    plan(tmp_path, {"lean.toml": LEAN, "lean_LOCAL_1.toml": "<<<<<<< HEAD\n" + LEAN})
    assert [finding.rule for finding in structure(tmp_path)] == ["copied-file"]


@pytest.mark.parametrize("second", ["persona 2.toml", "persona (2).toml", "persona_old.toml"])
def test_a_file_that_people_named_so_and_that_says_something_else_is_read(tmp_path: Path, second: str) -> None:
    one = 'model = "persona"\nid = "ana"\nteam = "product"\n[[role]]\ntext = "Owner of a studio"\n'
    two = 'model = "persona"\nid = "bea"\nteam = "product"\n[[role]]\ntext = "Accountant"\n'
    plan(tmp_path, {"persona.toml": one, second: two})
    assert read(tmp_path) == {"persona.toml", second}
    assert structure(tmp_path) == []


def test_copies_lead_to_the_first_original() -> None:
    files = ["lean.toml", "lean (1).toml", "lean (1) (2).toml", "a/lean 2.toml", "lean2.toml"]
    assert [found[:2] for found in originals_of(files)] == [
        ("lean (1) (2).toml", "lean (1).toml"),
        ("lean (1).toml", "lean.toml"),
    ]
    assert not looks_like_copy("q4.toml")
    assert not looks_like_copy("lean2.toml")


def test_two_files_are_alike_by_what_they_say_and_not_by_what_all_files_say() -> None:
    usual = 'model = "swot"\nstatus = "draft"\nteam = "product"\n[[threats]]\n'
    assert not is_alike(f'{usual}text = "a"\n'.encode(), f'{usual}text = "b"\n'.encode())
    assert is_alike(f'{usual}text = "a"\ntext = "c"\n'.encode(), f'{usual}text = "a"\ntext = "b"\n'.encode())
    assert is_alike(b"", b"\n")
    assert not is_alike(b"", b"a = 1\n")


def test_a_copy_that_comes_and_goes_is_followed(tmp_path: Path) -> None:
    plan(tmp_path, {"lean.toml": LEAN})
    loaded = read_workspace(tmp_path)
    put(tmp_path, {"lean (1).toml": LEAN})
    with_copy, changed = refresh(loaded)
    assert changed == {"lean (1).toml"}
    assert [copy.original for copy in with_copy.workspace.copies] == ["lean.toml"]
    assert with_copy.workspace.document("lean.toml") is loaded.workspace.document("lean.toml")
    assert refresh(with_copy)[1] == frozenset()
    (tmp_path / "lean (1).toml").unlink()
    without, changed = refresh(with_copy)
    assert changed == {"lean (1).toml"}
    assert without.workspace.copies == ()
    (tmp_path / "lean.toml").rename(tmp_path / "lean (1).toml")
    assert {document.path for document in refresh(without)[0].workspace.documents} >= {"lean (1).toml"}


def test_a_copied_model_is_not_the_model(tmp_path: Path) -> None:
    cells = '[[cells]]\nid = "why"\ntitle = "W"\ncolumns = [1, 10]\nrows = [1, 3]\n'
    model = 'id = "pitch"\ntitle = "{}"\norder = ["why"]\n' + cells
    plan(tmp_path, {"models/pitch.toml": model.format("Pitch"), "models/pitch_BASE_1.toml": model.format("Old")})
    assert read_workspace(tmp_path).workspace.templates["pitch"].title == "Pitch"
    (finding,) = structure(tmp_path)
    assert finding.about.file == "models/pitch_BASE_1.toml"


CELLS = '[[cells]]\nid = "why"\ntitle = "W"\ncolumns = [1, 10]\nrows = [1, 3]\n'


def test_an_own_model_that_is_named_like_a_copy_is_a_model_where_it_has_an_id_of_its_own(tmp_path: Path) -> None:
    model = 'id = "{}"\ntitle = "{}"\norder = ["why"]\n' + CELLS
    files = {
        "models/pitch.toml": model.format("pitch", "Pitch"),
        "models/pitch-old.toml": model.format("pitch-old", "Old"),
    }
    plan(tmp_path, {**files, "models/pitch (copy).toml": model.format("pitch", "Copied")})
    templates = read_workspace(tmp_path).workspace.templates
    assert (templates["pitch"].title, templates["pitch-old"].title) == ("Pitch", "Old")
    assert [each.about.file for each in structure(tmp_path)] == ["models/pitch (copy).toml"]


def test_a_second_model_of_an_id_is_told_and_does_not_take_the_place_of_the_first(tmp_path: Path) -> None:
    model = 'id = "pitch"\ntitle = "{}"\norder = ["why"]\n' + CELLS
    plan(tmp_path, {"models/deck.toml": model.format("Deck"), "models/pitch.toml": model.format("Pitch")})
    workspace = read_workspace(tmp_path).workspace
    assert workspace.templates["pitch"].title == "Deck"
    (problem,) = workspace.problems
    assert str(problem) == (
        "models/pitch.toml:1: the model 'pitch' is in models/deck.toml already, so this one is not used - "
        "give it another id"
    )


def test_a_model_that_is_copied_while_it_is_open_is_followed(tmp_path: Path) -> None:
    model = 'id = "pitch"\ntitle = "Pitch"\norder = ["why"]\n' + CELLS
    plan(tmp_path, {"models/pitch.toml": model})
    loaded = read_workspace(tmp_path)
    put(tmp_path, {"models/pitch (copy).toml": model})
    loaded, _ = refresh(loaded)
    assert [copy.file for copy in loaded.workspace.copies] == ["models/pitch (copy).toml"]
    (tmp_path / "models/pitch (copy).toml").unlink()
    assert refresh(loaded)[0].workspace.copies == ()


# ids that are twice


def test_ids_that_come_from_file_names_say_so_and_how_to_give_others(tmp_path: Path) -> None:
    lean = 'model = "lean-canvas"\n[[problem]]\ntext = "Late"\n'
    plan(tmp_path, {"eu/lean.toml": lean, "us/lean.toml": lean})
    (finding,) = structure(tmp_path)
    assert finding.message == (
        "The id 'lean' is used twice, in eu/lean.toml and us/lean.toml, by “lean”. A link to it could mean either. "
        "Where no id is written, the file's name is the id."
    )
    assert finding.fix == 'Write id = "us-lean" at the top of us/lean.toml.'
    assert finding.about.file == "us/lean.toml"


def test_the_file_that_has_no_id_is_the_one_to_get_one(tmp_path: Path) -> None:
    lean = 'model = "lean-canvas"\n[[problem]]\ntext = "Late"\n'
    plan(tmp_path, {"eu/lean.toml": lean, "us/lean.toml": 'id = "lean"\n' + lean})
    (finding,) = structure(tmp_path)
    assert finding.fix == 'Write id = "eu-lean" at the top of eu/lean.toml.'


@pytest.mark.parametrize("name", ["spring/lean (1).toml", "spring/lean.toml", "plan-b.toml"])
def test_two_files_with_the_same_ids_are_one_finding_at_the_one_that_is_rather_the_copy(
    tmp_path: Path, name: str
) -> None:
    plan(tmp_path, {name: LEAN, "lean.toml": LEAN})
    (finding,) = structure(tmp_path)
    assert finding.rule == "duplicate-id"
    assert finding.about.file == name
    assert finding.message.startswith(f"2 ids of {name} are used in lean.toml too ('lean', 'late'), as in a copy")
    assert finding.fix.startswith(f"Compare {name} with lean.toml, then delete the copy")


@pytest.mark.parametrize("folder", ["backup", "old", "2026/archive"])
def test_a_copy_that_was_put_aside_is_left_out_too(tmp_path: Path, folder: str) -> None:
    plan(tmp_path, {f"{folder}/lean.toml": LEAN.replace("Robot", "Letter"), "lean.toml": LEAN})
    assert read(tmp_path) == {"lean.toml"}
    (finding,) = structure(tmp_path)
    assert [element.file for element in finding.elements] == [f"{folder}/lean.toml", "lean.toml"]


def test_a_file_named_after_another_that_has_ids_of_its_own_is_read(tmp_path: Path) -> None:
    own = LEAN.replace('"lean"', '"lean-eu"').replace('"late"', '"late-eu"')
    plan(tmp_path, {"lean.toml": LEAN, "lean-eu.toml": own, "backup/lean-us.toml": own.replace("-eu", "-us")})
    assert read(tmp_path) == {"lean.toml", "lean-eu.toml", "backup/lean-us.toml"}
    assert structure(tmp_path) == []


def test_a_file_that_took_an_id_by_mistake_and_says_something_else_is_read_and_told(tmp_path: Path) -> None:
    other = 'model = "lean-canvas"\nid = "lean"\n[[problem]]\ntext = "Cash"\n[[solution]]\ntext = "Card"\n'
    plan(tmp_path, {"lean.toml": LEAN, "lean-us.toml": other})
    assert read(tmp_path) == {"lean.toml", "lean-us.toml"}
    (finding,) = structure(tmp_path)
    assert (finding.rule, finding.about.file) == ("duplicate-id", "lean-us.toml")


@pytest.mark.parametrize(
    "name", ["strategy (copy)", "strategy-ANAS-PC", "strategy.sync-conflict-20261120-101500-ABCDEF"]
)
def test_a_copy_of_the_file_that_says_what_the_whole_is_is_one_finding(tmp_path: Path, name: str) -> None:
    plan(tmp_path, {"lean.toml": LEAN, f"{name}.toml": f'{HEADER}vision = "Old"\n'})
    (tmp_path / "strategy.toml").write_text(f'{HEADER}vision = "All is well"\n')
    (finding,) = structure(tmp_path)
    assert (finding.rule, finding.about.file) == ("copied-file", f"{name}.toml")


# other programs' files

OTHERS = {
    "pyproject.toml": '[project]\nname = "x"\n[build-system]\nrequires = []\n[[tool.mypy.overrides]]\nmodule = "y"\n',
    "Cargo.toml": '[package]\nname = "x"\n[dependencies]\nserde = "1"\n[[bin]]\nname = "y"\n[[test]]\nname = "t"\n',
    "book.toml": '[book]\ntitle = "x"\nauthors = ["y"]\n[output.html]\n',
    "netlify.toml": '[build]\npublish = "x"\n[[redirects]]\nfrom = "/a"\nto = "/b"\n[[headers]]\nfor = "/*"\n',
    "hugo.toml": 'baseURL = "x"\ntitle = "y"\ntheme = "z"\n[params]\nmode = "dark"\n[[menu.main]]\nname = "A"\n',
    "wrangler.toml": 'name = "x"\nmain = "y"\nmode = "dark"\n[vars]\nA = "b"\n',
    "rustfmt.toml": "max_width = 100\n",
    "ruff.toml": 'line-length = 120\nexclude = ["x"]\n[lint]\nselect = ["E"]\n',
    "gitleaks.toml": 'title = "x"\n[[rules]]\nid = "y"\ndescription = "z"\n',
    "starship.toml": 'format = "$all"\n[character]\nsuccess_symbol = "x"\n',
    "assistant.toml": 'model = "large-4"\ntemperature = 0.5\n[tools]\nsearch = true\n',
    "training.toml": "epochs = 3\n[model]\nlayers = 12\n",
    "reviews/bea.toml": '[[notes]]\nid = "n"\nof = "late"\ntext = "Why?"\n',
    "broken/Cargo.toml": '[package]\nname = "x\n[dependencies]\n',
    "merged/pyproject.toml": '<<<<<<< HEAD\n[project]\nname = "x"\n=======\n[project]\nname = "y"\n>>>>>>> main\n',
}


@pytest.mark.parametrize("name", [name for name in OTHERS if not name.startswith("reviews/")])
def test_a_file_that_holds_nothing_of_ours_is_left_alone_whatever_its_name(tmp_path: Path, name: str) -> None:
    for file in (name, "lean.toml"):
        root = tmp_path / file.replace("/", "-")
        plan(root, {file: OTHERS[name]})
        assert read(root) == set()
        assert structure(root) == []
        assert read_workspace(root).workspace.left_out == {file}


OURS = {
    "a model misspelt": 'modle = "lean-canvas"\nid = "x"\n',
    "a model that does not exist": 'model = "leen-canvas"\n',
    "a model of nobody": 'model = "haiku"\n[[lines]]\ntext = "x"\n',
    "a model that is no text": "model = 3\n",
    "no model, entries": '[[problem]]\ntext = "x"\n',
    "no model, plain entries": 'channels = ["Word of mouth"]\n',
    "no model, a note on a cell": '[cell.problem]\nnote = "x"\n',
    "goal for goals": '[[goal]]\nid = "x"\ntitle = "y"\n',
    "goals as one table": '[goals]\nid = "x"\ntitle = "y"\n',
    "initiative for initiatives": '[[initiative]]\ntitle = "y"\n',
    "waivers in the wrong file": '[[waivers]]\nrule = "x"\n',
    "a vision in the wrong file": 'vision = "x"\n',
    "rules in the wrong file": '[rules]\noff = ["cycle"]\n',
    "nothing at all": "# to do\n",
    "a canvas cut off": 'model = "swot"\n[[threats]]\ntext = "x\n',
    "goals in a merge": '<<<<<<< HEAD\n[[goals]]\nid = "x"\n=======\n>>>>>>> main\n',
    "no TOML and no keys": "???\n",
}


@pytest.mark.parametrize("what", OURS)
def test_what_was_meant_as_a_part_of_the_strategy_is_told_and_not_left_alone(tmp_path: Path, what: str) -> None:
    plan(tmp_path, {"Cargo.toml": OURS[what]})
    assert read(tmp_path) == {"Cargo.toml"}
    assert structure(tmp_path), what


def test_experiments_alone_in_a_file_are_ours(tmp_path: Path) -> None:
    plan(tmp_path, {"tests.toml": '[[experiments]]\nid = "x"\ntitle = "y"\n'})
    assert read(tmp_path) == {"tests.toml"}
    assert structure(tmp_path) == []


def test_a_file_becomes_ours_when_it_says_so_and_stays_ours_when_it_loses_everything(tmp_path: Path) -> None:
    plan(tmp_path, {"config.toml": "colour = 1\n"})
    loaded = read_workspace(tmp_path)
    assert refresh(loaded)[1] == frozenset()
    put(tmp_path, {"config.toml": "colour = 2\n"})
    loaded, changed = refresh(loaded)
    assert changed == frozenset()
    put(tmp_path, {"config.toml": LEAN})
    loaded, changed = refresh(loaded)
    assert changed == {"config.toml"}
    assert loaded.workspace.find("late") is not None
    put(tmp_path, {"config.toml": "colour = 3\n"})
    loaded, changed = refresh(loaded)
    assert changed == {"config.toml"}
    assert loaded.workspace.document("config.toml") is not None


def test_nothing_of_ours_is_written_into_a_file_that_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, {"strategy.toml": HEADER, "goals.toml": "[tool]\n", "lean-canvas.toml": "[tool]\n"})
    workspace = read_workspace(tmp_path).workspace
    with pytest.raises(EditError, match=r"goals\.toml is there and no part of the strategy"):
        add_goal(workspace, "Paid").apply(workspace)
    assert add_canvas(workspace, "lean-canvas", "Lean canvas").file == "lean-canvas-2.toml"


# what git ignores, and what tools make


def git(root: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


def test_what_git_ignores_is_no_part_of_it(tmp_path: Path) -> None:
    root = git(tmp_path)
    put(root, {".gitignore": "*.local.toml\n/docs/plan/scratch/\n", "docs/.gitignore": "old*\n!older.toml\n"})
    files = ["a.local.toml", "scratch/x.toml", "old.toml", "older.toml", "deep/a.toml", "deep/b.toml", "deep/c/a.toml"]
    plan(root / "docs/plan", dict.fromkeys(files, "goals = []\n") | {"deep/.gitignore": "/a.toml\n"})
    assert read(root / "docs/plan") == {"older.toml", "deep/b.toml", "deep/c/a.toml"}


def test_the_list_of_a_folder_counts_without_git_too_and_none_above_it(tmp_path: Path) -> None:
    put(tmp_path, {".gitignore": "b.toml\n"})
    plan(tmp_path / "plan", {".gitignore": "a.toml\n", "a.toml": LEAN, "b.toml": "goals = []\n"})
    assert read(tmp_path / "plan") == {"b.toml"}


@pytest.mark.parametrize("where", ["plan/.gitignore", ".gitignore"])
@pytest.mark.parametrize("lines", ["*\n", "*.toml\n", "plan\nplan/\nstrategy.toml\n"])
def test_a_strategy_that_is_kept_out_of_git_as_a_whole_is_read_as_a_whole(
    tmp_path: Path, where: str, lines: str
) -> None:
    plan(git(tmp_path) / "plan", {"lean.toml": LEAN})
    put(tmp_path, {where: lines})
    assert read(tmp_path / "plan") == {"lean.toml"}


def test_what_tools_make_is_passed_over_and_folders_that_people_call_so_are_not(tmp_path: Path) -> None:
    goals = "goals = []\n"
    plan(
        tmp_path,
        {
            "node_modules/a/x.toml": goals,
            "__pycache__/x.toml": goals,
            ".venv/x.toml": goals,
            ".tox/x.toml": goals,
            "my-env/pyvenv.cfg": "",
            "my-env/x.toml": goals,
            "target/market.toml": goals,
            "vendor/partners.toml": goals,
            "tool/Cargo.toml": OTHERS["Cargo.toml"],
            "tool/target/x.toml": goals,
            "tool/vendor/x.toml": goals,
            "web/package.json": "{}",
            "web/dist/x.toml": goals,
            "web/build/x.toml": goals,
            "web/plan.toml": goals,
        },
    )
    assert read(tmp_path) == {"target/market.toml", "vendor/partners.toml", "web/plan.toml"}


def test_a_file_that_is_named_is_read_wherever_it_is(tmp_path: Path) -> None:
    plan(git(tmp_path), {".gitignore": "vendor/\n", "vendor/lean.toml": LEAN})
    assert read(tmp_path) == set()
    assert read_workspace(tmp_path / "vendor/lean.toml").workspace.find("late") is not None


# ignore = [...]


def test_ignore_in_the_header_names_what_else_is_passed_over(tmp_path: Path) -> None:
    files = ["drafts/a.toml", "b.toml", "c/b.toml", "c/d.toml"]
    put(tmp_path, dict.fromkeys(files, "goals = []\n"))
    put(tmp_path, {"strategy.toml": HEADER + 'ignore = ["drafts/", "/b.toml", "strategy.toml"]\n'})
    assert read(tmp_path) == {"c/b.toml", "c/d.toml"}
    assert structure(tmp_path) == []


def test_ignore_holds_on_while_the_header_cannot_be_read(tmp_path: Path) -> None:
    ignored = 'ignore = [ # why\n  "drafts/", "x[]].toml",\n]\n'
    put(tmp_path, {"strategy.toml": HEADER + ignored + "<<<<<<< HEAD\n", "drafts/a.toml": LEAN, "x].toml": LEAN})
    assert read(tmp_path) == set()


@pytest.mark.parametrize("value", ['"drafts/"', "3", "[3]", "{ a = 1 }"])
def test_an_ignore_that_is_no_list_of_texts_is_told(tmp_path: Path, value: str) -> None:
    put(tmp_path, {"strategy.toml": HEADER + f"ignore = {value}\n", "drafts/a.toml": "goals = []\n"})
    (finding,) = structure(tmp_path)
    assert finding.rule == "invalid-value"
    assert finding.message == "Ignore must be a list of texts."
    assert finding.about.line == 3
    assert read(tmp_path) == {"drafts/a.toml"}


# one list for all who walk


def test_the_watch_looks_where_the_reader_looks(tmp_path: Path) -> None:
    root = Path(os.path.realpath(tmp_path))
    plan(
        git(root),
        {".gitignore": "skipped/\nx.toml\n", "skipped/a.toml": LEAN, "x.toml": LEAN, "b/c.toml": "goals = []\n"},
    )
    put(root, {"strategy.toml": HEADER + 'ignore = ["drafts"]\n', "drafts/a.toml": LEAN})
    paths = {os.path.relpath(path, root) for path in listing_of(str(root))}
    assert paths == {".", ".gitignore", "strategy.toml", "goals.toml", "b/c.toml"}


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
def test_events_tell_of_what_counts_and_follow_a_list_that_changes(tmp_path: Path) -> None:
    root = Path(os.path.realpath(tmp_path))
    plan(git(root), {".gitignore": "skipped/\nx.toml\n", "skipped/a.toml": LEAN, "x.toml": LEAN})
    watches = FolderWatches(str(root))
    try:
        put(root, {"skipped/a.toml": "goals = []\n", "x.toml": "goals = []\n", "node_modules/y.toml": LEAN})
        assert not watches.read().changed
        put(root, {".gitignore": "x.toml\n"})
        assert watches.read().changed
        put(root, {"skipped/a.toml": LEAN})
        assert watches.read().changed, "a folder that is not ignored any more is watched"
        put(root, {"x.toml": LEAN})
        assert not watches.read().changed
    finally:
        watches.close()


def test_a_list_that_changes_changes_what_is_read(tmp_path: Path) -> None:
    plan(tmp_path, {"a.toml": LEAN})
    loaded = read_workspace(tmp_path)
    put(tmp_path, {".gitignore": "a.toml\n"})
    loaded, changed = refresh(loaded)
    assert changed == {"a.toml"}
    assert loaded.workspace.find("late") is None
    put(tmp_path, {".gitignore": "# nothing\n"})
    assert refresh(loaded)[0].workspace.find("late") is not None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a FIFO")
def test_a_list_that_is_no_file_hangs_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".gitignore")
    plan(tmp_path, {"a.toml": LEAN})
    assert read(tmp_path) == {"a.toml"}
