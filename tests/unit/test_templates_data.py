"""The data that ships: model templates, samples, and the generator's output, read with tomllib alone.

Nothing of the package is used save the list of roles: data that only our own loader accepts would prove little.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.core.template import ROLES

ROOT = Path(__file__).resolve().parents[2]
MODELS = {path.stem: path for path in sorted((ROOT / "canvas_tui" / "models").glob("*.toml"))}
SAMPLES = ROOT / "samples"
GENERATE = SAMPLES / "generate.py"

TEMPLATE_KEYS = {
    "id", "aliases", "title", "summary", "attribution", "columns", "rows", "row-weights", "column-weights", "order",
    "other-orders", "cells",
}  # fmt: skip
CELL_KEYS = {
    "id", "title", "short", "columns", "rows", "inside", "prompt", "help", "must-link", "optional", "after", "limit",
    "role", "fields",
}  # fmt: skip
CANVAS_KEYS = {"model", "id", "title", "team", "status", "owner", "note", "links", "cell"}
WORK_KEYS = {"goals", "initiatives"}
HEADER_KEYS = {"format", "name", "vision", "rules", "waivers"}
ENTRY_KEYS = {"id", "text", "state", "importance", "evidence", "links", "note", "owner", "impact", "likelihood",
              "target", "pays", "status", "group"}  # fmt: skip
GOAL_KEYS = {
    "id", "title", "team", "metric", "due", "status", "parent", "owner", "value", "effort", "key-results", "note",
    "links",
}  # fmt: skip
INITIATIVE_KEYS = {
    "id", "title", "team", "kind", "status", "start", "end", "effort", "value", "confidence", "owner", "links",
    "depends-on", "promotes", "note", "parent",
}  # fmt: skip
WORDS = {
    ("goals", "status"): {"proposed", "active", "achieved", "missed", "dropped"},
    ("initiatives", "status"): {"idea", "planned", "active", "blocked", "done", "cancelled"},
    ("initiatives", "kind"): {"product", "campaign", "launch", "enablement", "research", "other"},
    ("entry", "state"): {"fact", "assumption", "validated", "refuted"},
}


def load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_bytes().decode("utf-8"))


@pytest.fixture(params=list(MODELS), scope="module")
def template(request: pytest.FixtureRequest) -> dict[str, Any]:
    return load(MODELS[request.param])


# -- templates ---------------------------------------------------------------------------------------------


def test_the_fourteen_models_are_there_each_in_the_file_of_its_id() -> None:
    assert set(MODELS) == {
        "lean-canvas", "business-model-canvas", "swot", "tows", "marketing-mix-4p", "marketing-mix-7p",
        "value-proposition-canvas", "positioning", "segment-profile", "persona", "competitor", "creative-brief",
        "go-to-market", "customer-journey",
    }  # fmt: skip
    assert all(load(path)["id"] == name for name, path in MODELS.items())


def test_no_two_models_answer_to_one_name() -> None:
    names = Counter(name for path in MODELS.values() for name in [load(path)["id"], *load(path).get("aliases", [])])
    assert "marketing-mix" in names
    assert [name for name, count in names.items() if count > 1] == []


def test_a_template_has_known_keys_and_plain_sentences_only(template: dict[str, Any]) -> None:
    assert set(template) <= TEMPLATE_KEYS
    assert template["title"]
    assert template["summary"].endswith(".")
    for cell in template["cells"]:
        assert set(cell) <= CELL_KEYS, cell["id"]
        assert 0 < len(cell["prompt"]) <= 70, cell["id"]
        assert 0 < len(cell["short"]) <= 10, cell["id"]
        assert cell["help"].endswith((".", "?")), cell["id"]
        assert cell.get("role", "problem") in ROLES, cell["id"]
        assert set(cell.get("fields", [])) <= ENTRY_KEYS, cell["id"]


def test_cell_ids_are_unique_and_never_a_key_that_a_canvas_file_has_itself(template: dict[str, Any]) -> None:
    ids = [cell["id"] for cell in template["cells"]]
    assert len(ids) == len(set(ids))
    assert not set(ids) & (CANVAS_KEYS | WORK_KEYS | HEADER_KEYS)


def test_the_cells_cover_the_grid_exactly_once(template: dict[str, Any]) -> None:
    covered = Counter(
        (column, row)
        for cell in template["cells"]
        if "inside" not in cell
        for column in range(cell["columns"][0], cell["columns"][1] + 1)
        for row in range(cell["rows"][0], cell["rows"][1] + 1)
    )
    grid = {(column, row) for column in range(1, template["columns"] + 1) for row in range(1, template["rows"] + 1)}
    assert set(covered) == grid
    assert set(covered.values()) == {1}


def test_every_order_names_each_cell_of_the_grid_once(template: dict[str, Any]) -> None:
    top = sorted(cell["id"] for cell in template["cells"] if "inside" not in cell)
    for order in [template["order"], *template.get("other-orders", {}).values()]:
        assert sorted(order) == top


def test_a_sub_cell_is_inside_a_cell_of_the_grid_and_has_no_place_of_its_own(template: dict[str, Any]) -> None:
    top = {cell["id"] for cell in template["cells"] if "inside" not in cell}
    for cell in template["cells"]:
        if "inside" in cell:
            assert cell["inside"] in top
            assert not {"columns", "rows"} & set(cell)


def test_weights_are_one_for_each_row_or_column(template: dict[str, Any]) -> None:
    assert len(template.get("row-weights", range(template["rows"]))) == template["rows"]
    assert len(template.get("column-weights", range(template["columns"]))) == template["columns"]


@pytest.mark.parametrize("name", ["lean-canvas", "business-model-canvas"])
def test_sheets_under_a_licence_carry_its_line(name: str) -> None:
    assert "CC BY-SA 3.0" in load(MODELS[name])["attribution"]


def test_the_lean_canvas_is_filled_in_the_order_of_the_book() -> None:
    assert load(MODELS["lean-canvas"])["order"] == [
        "problem", "customer-segments", "unique-value-proposition", "solution", "channels", "revenue-streams",
        "cost-structure", "key-metrics", "unfair-advantage",
    ]  # fmt: skip


# -- samples -----------------------------------------------------------------------------------------------


def models() -> dict[str, set[str]]:
    """Cell ids by every name of a model."""
    found: dict[str, set[str]] = {}
    for path in MODELS.values():
        data = load(path)
        for name in [data["id"], *data.get("aliases", [])]:
            found[name] = {cell["id"] for cell in data["cells"]}
    return found


def entries_of(data: dict[str, Any], cells: set[str]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for cell in cells & set(data):
        for number, item in enumerate(data[cell], 1):
            yield cell, number, {"text": item} if isinstance(item, str) else item


class Sample:
    """A workspace as a set of ids, addresses and links, and what is wrong with it."""

    def __init__(self, paths: list[Path]) -> None:
        self.ids: Counter[str] = Counter()
        self.addresses = {"vision"}
        self.links: list[str] = []
        self.wrong: list[str] = []
        self.elements: dict[str, dict[str, Any]] = {}
        self.entries = 0
        for path in paths:
            self.read(path)

    def read(self, path: Path) -> None:
        data = load(path)
        cells: set[str] = set()
        if "model" in data:
            cells = models()[data["model"]]
            self.read_canvas(path, data, cells)
        allowed = WORK_KEYS | HEADER_KEYS | (CANVAS_KEYS | cells if cells else set())
        self.wrong += [f"{path.name}: {key}" for key in set(data) - allowed]
        for table, keys in (("goals", GOAL_KEYS), ("initiatives", INITIATIVE_KEYS)):
            for item in data.get(table, []):
                self.take(path, table, item, keys, item["id"])
                dates = [item[key] for key in ("due", "start", "end") if key in item]
                self.wrong += [f"{path.name}: {value!r}" for value in dates if not isinstance(value, date)]

    def read_canvas(self, path: Path, data: dict[str, Any], cells: set[str]) -> None:
        name = data.get("id", path.stem)
        self.ids[name] += 1
        self.links += data.get("links", [])
        self.addresses |= {name, *(f"{name}/{cell}" for cell in cells)}
        for cell, about in data.get("cell", {}).items():
            self.links += about.get("links", [])
            if cell not in cells or not set(about) <= {"note", "owner", "links"}:
                self.wrong.append(f"{path.name}: cell.{cell}")
        for cell, number, entry in entries_of(data, cells):
            self.entries += 1
            self.take(path, "entry", entry, ENTRY_KEYS, f"{name}/{cell}/{number}")

    def take(self, path: Path, kind: str, item: dict[str, Any], keys: set[str], address: str) -> None:
        self.wrong += [f"{path.name}: {address}: {key}" for key in set(item) - keys]
        for (of, key), words in WORDS.items():
            if of == kind and item.get(key, next(iter(words))) not in words:
                self.wrong.append(f"{path.name}: {address}: {key}")
        if "id" in item:
            self.ids[item["id"]] += 1
        self.addresses |= {address, item.get("id", address)}
        self.elements[item.get("id", address)] = item
        for key in ("links", "depends-on", "promotes"):
            self.links += item.get(key, [])
        self.links += [item["parent"]] if "parent" in item else []

    def assert_sound(self) -> None:
        assert self.wrong == []
        assert [name for name, count in self.ids.items() if count > 1] == []
        assert [link for link in self.links if link.split("@")[0] not in self.addresses] == []


FIELDNOTE = sorted((SAMPLES / "fieldnote").glob("*.toml"))


@pytest.mark.parametrize("paths", [FIELDNOTE, [SAMPLES / "one-file.toml"]], ids=["fieldnote", "one-file"])
def test_a_good_sample_has_known_keys_unique_ids_and_links_that_resolve(paths: list[Path]) -> None:
    sample = Sample(paths)
    sample.assert_sound()
    assert sample.entries >= 8


def test_the_checks_of_samples_can_fail(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('model = "swot"\n[[strengths]]\nid = "bad"\ntext = "x"\nlinks = ["nowhere"]\nowned = 1\n')
    sample = Sample([bad])
    assert sample.wrong
    assert sample.ids["bad"] == 2
    with pytest.raises(AssertionError):
        sample.assert_sound()


def test_fieldnote_has_the_goals_and_work_of_a_real_team() -> None:
    goals = [goal for path in FIELDNOTE for goal in load(path).get("goals", [])]
    work = [item for path in FIELDNOTE for item in load(path).get("initiatives", [])]
    assert 4 <= len(goals) <= 6
    assert 8 <= len(work) <= 12
    assert {goal["team"] for goal in goals} == {"company", "product", "marketing"}
    assert {item["team"] for item in work} == {"product", "marketing"}
    parents = {goal["id"]: goal.get("parent") for goal in goals}
    assert any(parent and parents[parent] for parent in parents.values()), "no goal on the third level"


def test_the_gaps_of_fieldnote_are_still_there_to_be_found() -> None:
    sample = Sample(FIELDNOTE)
    linked_from = {link for item in sample.elements.values() for link in item.get("links", [])}
    assert "links" not in sample.elements["begging"], "an orphan"
    assert not {"owed-today", "begging"} & linked_from, "problems that nothing answers"
    assert "links" not in sample.elements["other-currencies"], "work without a goal"
    assert "free-invoicing" not in linked_from, "a threat that nothing answers"
    assert "e-invoice-law" not in linked_from, "an opportunity that nothing takes"
    assert "physical-evidence" not in load(SAMPLES / "fieldnote" / "marketing-mix.toml"), "an empty cell"
    works = [item for path in FIELDNOTE for item in load(path).get("initiatives", [])]
    served = {link for item in works for link in item.get("links", [])}
    above = {sample.elements[name].get("parent") for name in served if name in sample.elements}
    assert "consultants-500" not in served | above, "an active goal that nothing works towards"


def test_the_waiver_of_fieldnote_holds_and_names_an_element() -> None:
    sample = Sample(FIELDNOTE)
    for waiver in load(SAMPLES / "fieldnote" / "strategy.toml")["waivers"]:
        assert waiver["element"] in sample.addresses
        assert waiver["until"] > date(2026, 11, 21)


# -- bad input ---------------------------------------------------------------------------------------------

UNREADABLE = {
    "deep-nesting", "impossible-date", "invalid-toml", "invalid-toml-twice", "invalid-utf8", "merge-conflict",
    "null-byte",
}  # fmt: skip
FINE = {"good-canvas", "good-goals", "fine-no-final-newline"}


@pytest.mark.parametrize("path", sorted((SAMPLES / "broken").glob("*.toml")), ids=lambda path: path.stem)
def test_a_broken_file_is_broken_in_the_way_of_its_name(path: Path) -> None:
    raw = path.read_bytes()
    if path.stem == "fine-bom-crlf":
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.count(b"\n") == raw.count(b"\r\n")
        tomllib.loads(raw[3:].decode("utf-8"))
    elif path.stem in UNREADABLE:
        with pytest.raises((ValueError, RecursionError)):
            load(path)
    else:
        load(path)


def test_the_fine_files_among_the_broken_ones_are_sound() -> None:
    Sample([SAMPLES / "broken" / f"{name}.toml" for name in sorted(FINE)]).assert_sound()
    assert not (SAMPLES / "broken" / "fine-no-final-newline.toml").read_bytes().endswith(b"\n")


def test_unsafe_text_holds_every_kind_of_character_that_must_not_reach_a_terminal() -> None:
    texts = str([entry["text"] for entry in Sample([SAMPLES / "broken" / "unsafe-text.toml"]).elements.values()])
    written = texts.encode("unicode_escape").decode()
    assert all(mark in texts for mark in ("\\x1b", "\\x9b", "\\u202e", "\\u200b", "\\u2066", "\\x7f", "\\x00")), written


# -- the generator -----------------------------------------------------------------------------------------


def generate(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(GENERATE), *(str(each) for each in arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_a_generated_workspace_is_sound_and_has_the_size_asked_for(tmp_path: Path) -> None:
    made = generate(tmp_path / "w", "--entries", 700, "--files", 20, "--goals", 15, "--initiatives", 30)
    assert made.returncode == 0, made.stderr
    paths = sorted((tmp_path / "w").rglob("*.toml"))
    sample = Sample(paths)
    sample.assert_sound()
    assert (len(paths), sample.entries) == (20, 700)
    assert len(load(tmp_path / "w" / "goals.toml")["goals"]) == 15
    assert len(load(tmp_path / "w" / "initiatives.toml")["initiatives"]) == 30


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    size = ("--entries", 100, "--files", 8)
    texts = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        assert generate(tmp_path / name, *size, "--seed", seed).returncode == 0
        files = sorted((tmp_path / name).rglob("*.toml"))
        texts.append([(str(path.relative_to(tmp_path / name)), path.read_bytes()) for path in files])
    assert texts[0] == texts[1]
    assert texts[0] != texts[2]


def test_one_generated_file_is_a_whole_workspace(tmp_path: Path) -> None:
    assert generate(tmp_path / "one.toml", "--one-file", 120).returncode == 0
    sample = Sample([tmp_path / "one.toml"])
    sample.assert_sound()
    assert sample.entries == 120


@pytest.mark.parametrize("extra", [(), ("--one-file", "5")], ids=["folder", "file"])
def test_the_generator_never_writes_over_what_is_there(tmp_path: Path, extra: tuple[str, ...]) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("# mine\n")
    made = generate(mine if extra else tmp_path, *extra)
    assert made.returncode == 2
    assert "is there already" in made.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.toml"]
    assert mine.read_text() == "# mine\n"
