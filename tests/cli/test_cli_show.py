"""`show`, `why` and `how`: what a person without a terminal screen reads, and the same as data."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_tui.core.text import width
from tests.cli.conftest import Ran, Run, files_of

ELEMENTS = ["late-payment", "lean", "lean/problem", "lean/channels/2", "profitable", "auto-reminders", "vision"]


def test_the_outline_has_every_text_of_the_workspace(run: Run, fieldnote: Path) -> None:
    ran = run("show", cwd=fieldnote)
    assert (ran.code, ran.err) == (0, "")
    words = " ".join(ran.out.replace("│", " ").split())
    data = run("show", "--json", cwd=fieldnote).data("show")
    texts = [entry["text"] for canvas in data["canvases"] for cell in canvas["cells"] for entry in cell["entries"]]
    texts += [each["title"] for each in (*data["goals"], *data["initiatives"], *data["canvases"])]
    assert len(texts) > 50
    assert [text for text in (data["vision"], *texts) if " ".join(text.split()) not in words] == []


@pytest.mark.parametrize("element", [None, *ELEMENTS])
def test_everything_fits_80_columns(run: Run, fieldnote: Path, element: str | None) -> None:
    for command in ("show", "why", "how"):
        if command == "show" or element:
            ran = run(command, *([element] if element else []), cwd=fieldnote)
            assert ran.code == 0
            assert max(width(line) for line in ran.lines) <= 80


def test_goals_and_their_work_are_a_tree(run: Run, fieldnote: Path) -> None:
    lines = run("show", cwd=fieldnote).lines
    top = lines.index("Profitable by 2027")
    assert lines[top + 3].startswith("├─ Invoices are paid within 10 days")
    below = next(line for line in lines if "Automatic payment reminders" in line)
    assert below.startswith("│  ")


def test_what_hangs_in_the_air_is_marked_and_nothing_else(run: Run, fieldnote: Path) -> None:
    """The problem that begging is has no goal either, and its finding is waived."""
    lines = run("show", cwd=fieldnote).lines
    marked = [number for number, line in enumerate(lines) if "○" in line]
    assert "consultants-500" in lines[marked[0]]
    assert lines[marked[0]].endswith("○ nothing works")
    assert [lines[number].strip() for number in marked[1:]] == ["○ reaches no goal"]
    assert "other-currencies" in lines[marked[1] - 1]


def test_an_empty_cell_shows_its_question(run: Run, fieldnote: Path) -> None:
    assert "empty: " in run("show", "mix/physical-evidence", cwd=fieldnote).out
    assert "Deliberately empty" in run("show", "lean/cost-structure", cwd=fieldnote).out


def test_an_element_as_data_has_fields_links_both_ways_and_why(run: Run, fieldnote: Path) -> None:
    data = run("show", "late-payment", "--json", cwd=fieldnote).data("show")
    assert (data["id"], data["kind"], data["file"]) == ("late-payment", "entry", "lean-canvas.toml")
    line = (fieldnote / "lean-canvas.toml").read_text().splitlines()[data["line"] - 1]
    assert line == "[[problem]]"
    assert data["fields"]["evidence"] == ["12 interviews, March 2026"]
    assert [link["id"] for link in data["links"]] == ["paid-in-10-days"]
    assert {"self-sending", "auto-reminders"} <= {link["id"] for link in data["backlinks"]}
    assert data["why"] == [["late-payment", "paid-in-10-days", "profitable", "vision"]]


@pytest.mark.parametrize("element", ELEMENTS)
def test_every_kind_of_element_has_the_same_shape(run: Run, fieldnote: Path, element: str) -> None:
    data = run("show", element, "--json", cwd=fieldnote).data("show")
    assert {"id", "kind", "text", "file", "line", "fields", "links", "backlinks", "why"} <= set(data)
    assert all({"id", "kind", "text", "key"} == set(link) for link in (*data["links"], *data["backlinks"]))


def test_dates_are_iso_strings(run: Run, fieldnote: Path) -> None:
    assert run("show", "profitable", "--json", cwd=fieldnote).data("show")["fields"]["due"] == "2027-12-31"
    assert "31 Dec 2027" in run("show", "profitable", cwd=fieldnote).out


def test_links_name_the_key_they_are_written_under(run: Run, fieldnote: Path) -> None:
    data = run("show", "paid-in-10-days", "--json", cwd=fieldnote).data("show")
    assert {"id": "profitable", "kind": "goal", "text": "Profitable by 2027", "key": "parent"} in data["links"]


def test_why_climbs_to_the_vision(run: Run, fieldnote: Path) -> None:
    ran = run("why", "self-sending", cwd=fieldnote)
    text = " ".join(ran.out.split())
    assert "why ▸ Clients pay on average 34 days late ▸ Invoices are paid within 10 days ▸ Profitable by 2027" in text
    assert "▸ the vision" in text
    paths = run("why", "self-sending", "--json", cwd=fieldnote).data("why")["paths"]
    assert ["self-sending", "late-payment", "paid-in-10-days", "profitable", "vision"] in [p["path"] for p in paths]
    assert all(len(each["relations"]) == len(each["path"]) - 1 for each in paths)


def test_why_of_an_orphan_says_what_to_do(run: Run, fieldnote: Path) -> None:
    ran = run("why", "other-currencies", cwd=fieldnote)
    assert ran.code == 0
    assert "○ it reaches no goal" in ran.out
    assert "canvas-tui link" in ran.out
    assert run("why", "other-currencies", "--json", cwd=fieldnote).data("why")["paths"] == []


def test_why_of_what_no_finding_tells_says_what_is_missing_without_a_mark(run: Run, fieldnote: Path) -> None:
    ran = run("why", "begging", cwd=fieldnote)
    assert "nothing above it - " in ran.out
    assert "○" not in ran.out


def test_how_descends_to_the_work_and_draws_it_once(run: Run, fieldnote: Path) -> None:
    ran = run("how", "late-payment", cwd=fieldnote)
    assert "├─ Reminders that send themselves" in ran.out
    assert "works on · auto-reminders · active" in ran.out
    assert ran.out.count("bank-feed · done") == 1
    data = run("how", "late-payment", "--json", cwd=fieldnote).data("how")
    sending = next(each for each in data["below"] if each["id"] == "self-sending")
    assert sending["relation"] == "answers"
    assert [each["id"] for each in sending["below"]] == ["auto-reminders"]


def test_loops_end(run: Run, broken: Path) -> None:
    for command in ("show", "why", "how"):
        for element in ("egg", "own-parent", "first"):
            assert element in run(command, element, cwd=broken).out


def test_files_that_cannot_be_read_are_told_once_each_and_the_rest_is_shown(run: Run, broken: Path) -> None:
    ran = run("show", cwd=broken)
    assert ran.code == 2
    assert "The good files still open" in ran.out
    lines = ran.err.splitlines()
    assert len(lines) == len(set(lines))
    assert all(line.partition(":")[0].endswith(".toml") and " - " in line for line in lines)
    assert any(line.startswith("invalid-toml.toml:5: ") for line in lines)
    assert sum(line.startswith("wrong-types-goals.toml:") for line in lines) > 3


def test_a_file_without_anything_is_shown_as_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "strategy.toml").write_text("format = 1\n")
    ran: Ran = run("show", cwd=tmp_path)
    assert ran.code == 0
    assert "No vision yet." in ran.out


@pytest.mark.parametrize("command", ["show", "check", "why late-payment", "how vision", "models", "rules", "keys"])
def test_reading_changes_nothing(run: Run, fieldnote: Path, command: str) -> None:
    before = files_of(fieldnote.parent)
    run(*command.split(), cwd=fieldnote)
    run(*command.split(), "--json", cwd=fieldnote)
    assert files_of(fieldnote.parent) == before


def test_groups_and_what_is_not_so_yet_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "lean.toml").write_text(
        """model = "lean-canvas"
[[channels]]
text = "Own shop"
group = "Online"
[[channels]]
text = "Newsletter"
group = "Online"
[[channels]]
text = "Fairs"
status = "future"
[[customer-segments]]
text = "Accountants"
pays = false
[[key-metrics]]
text = "Days to payment"
target = 10
""",
        encoding="utf-8",
    )
    lines = [line.strip() for line in run("show", "-w", "lean.toml").out.splitlines()]
    at = lines.index("Online:")
    assert lines[at : at + 6] == ["Online:", "1. Own shop", "2. Newsletter", "", "3. Fairs", "future"]
    assert "does not pay" in lines
    assert "target 10" in lines
