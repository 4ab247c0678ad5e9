"""Two versions of a workspace merge file by file, through renames, and without losing what one side changed."""

from __future__ import annotations

from collections.abc import Mapping

from canvas_tui.core.workspace import Workspace
from canvas_tui.storage.merge.workspaces import Merged, merge_workspaces
from canvas_tui.storage.read.sourced import Sourced, workspace_of_files
from canvas_tui.storage.read.templates import builtin_templates
from tests.unit.git_repositories import LEAN, STRATEGY

USUAL = {"strategy.toml": STRATEGY, "lean.toml": LEAN}


def sourced(files: Mapping[str, str]) -> Sourced:
    data = {name: text.encode() for name, text in files.items()}
    return Sourced(workspace_of_files(data, Workspace(templates=builtin_templates())), data)


def merged(ours: Mapping[str, str], theirs: Mapping[str, str]) -> Merged:
    return merge_workspaces(sourced(USUAL), sourced(ours), sourced(theirs), "bea")


def texts(found: Merged) -> list[str]:
    return [entry.text for canvas in found.workspace.canvases for _, _, entry in canvas.entries()]


MORE = LEAN + '[[solution]]\ntext = "Bake to order"\n'
OTHER = LEAN.replace("A third", "Half")


def test_what_both_sides_wrote_into_one_file_stands() -> None:
    found = merged({**USUAL, "lean.toml": MORE}, {**USUAL, "lean.toml": OTHER})
    assert texts(found) == ["Half of the bread is thrown away", "Bake to order"]
    assert (found.told, found.failed) == ((), ())


def test_a_file_that_one_side_renamed_takes_the_other_sides_changes() -> None:
    renamed = {"strategy.toml": STRATEGY, "plans/bakery.toml": MORE}
    for ours, theirs in ((renamed, {**USUAL, "lean.toml": OTHER}), ({**USUAL, "lean.toml": OTHER}, renamed)):
        found = merged(ours, theirs)
        assert [document.path for document in found.workspace.documents] == ["strategy.toml", "plans/bakery.toml"]
        assert sorted(texts(found)) == ["Bake to order", "Half of the bread is thrown away"]


def test_new_and_deleted_files_of_either_side_count() -> None:
    swot = 'model = "swot"\n[[strengths]]\ntext = "Near"\n'
    found = merged({"strategy.toml": STRATEGY}, {**USUAL, "swot.toml": swot})
    assert texts(found) == ["Near"]


def test_a_change_outlives_a_deletion_and_is_told() -> None:
    found = merged({"strategy.toml": STRATEGY}, {**USUAL, "lean.toml": OTHER})
    assert texts(found) == ["Half of the bread is thrown away"]
    assert found.told == (("lean.toml", "One side deleted this file and the other changed it: it stays."),)


def test_one_field_in_two_versions_is_a_conflict_in_the_file() -> None:
    found = merged({**USUAL, "lean.toml": LEAN.replace("A third", "Most")}, {**USUAL, "lean.toml": OTHER})
    [entry] = found.workspace.canvases[0].cells["problem"].entries
    assert entry.fields["conflict"][0]["other"] == "Half of the bread is thrown away"


def test_what_is_no_toml_is_told_and_stands_as_ours() -> None:
    found = merged({**USUAL, "lean.toml": MORE}, {**USUAL, "lean.toml": "<<<<<<< HEAD\n"})
    assert [file for file, _ in found.failed] == ["lean.toml"]
    assert "Bake to order" in texts(found)
