"""`check`, `rules`, `models` and `keys`: shapes, order, exit codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TODAY = ["--today", "2026-11-21"]


def test_the_json_has_the_shape_that_is_promised(run: Run, fieldnote: Path) -> None:
    ran = run("check", *TODAY, "--json", cwd=fieldnote)
    assert ran.code == 1
    data = ran.data("check")
    assert set(data) == {"today", "summary", "coverage", "findings"}
    assert data["today"] == "2026-11-21"
    assert set(data["summary"]) == {"error", "warning", "info", "waived"}
    assert set(data["coverage"]) == {"cells", "goals", "initiatives"}
    for counts in data["coverage"].values():
        assert set(counts) == {"linked", "filled", "total"}
        assert 0 < counts["linked"] <= counts["filled"] <= counts["total"]
    for finding in data["findings"]:
        assert set(finding) == {"rule", "severity", "message", "fix", "elements", "path"}
        assert finding["elements"]
        assert all(set(element) == {"id", "kind", "file", "line"} for element in finding["elements"])
        assert all(isinstance(each, str) for each in finding["path"])
    severities = [finding["severity"] for finding in data["findings"]]
    assert severities.count("error") == data["summary"]["error"]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)


def test_two_runs_say_the_same(run: Run, fieldnote: Path) -> None:
    one = run("check", *TODAY, "--json", cwd=fieldnote, env={"PYTHONHASHSEED": "1"})
    assert one.stdout == run("check", *TODAY, "--json", cwd=fieldnote, env={"PYTHONHASHSEED": "2"}).stdout


def test_text_has_the_place_first_and_the_rule_last(run: Run, fieldnote: Path) -> None:
    ran = run("check", *TODAY, cwd=fieldnote)
    found = [line for line in ran.lines if re.match(r"^[\w.-]+\.toml:\d+: .+ - .+ \[[a-z-]+\]$", line)]
    data = run("check", *TODAY, "--json", cwd=fieldnote).data("check")
    assert len(found) == len(data["findings"])
    cells = data["coverage"]["cells"]
    assert f"{cells['linked']} of {cells['filled']} filled cells linked" in ran.out


@pytest.mark.parametrize(
    ("fail_on", "rules", "code"),
    [
        ("warning", "opportunity-idle", 1),
        ("error", "opportunity-idle", 0),
        ("error", "problem-unsolved", 1),
        ("info", "opportunity-idle", 1),
        ("never", "problem-unsolved", 0),
        (None, "opportunity-idle", 1),
        (None, "duplicate-id", 0),
    ],
)
def test_fail_on_decides_the_exit_code(
    run: Run, fieldnote: Path, fail_on: str | None, rules: str, code: int
) -> None:  # fmt: skip
    wish = ["--fail-on", fail_on] if fail_on else []
    assert run("check", *TODAY, "--select", rules, *wish, cwd=fieldnote).code == code


def test_nothing_is_praised_of_which_only_a_few_rules_were_asked(run: Run, fieldnote: Path) -> None:
    ran = run("check", *TODAY, "--select", "cycle", cwd=fieldnote)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "The rules that were asked for find nothing")


def test_select_and_ignore_take_lists_and_repeats(run: Run, fieldnote: Path) -> None:
    def rules(*arguments: str) -> set[str]:
        data = run("check", *TODAY, "--json", *arguments, cwd=fieldnote).data("check")
        return {finding["rule"] for finding in data["findings"]}

    every = rules()
    assert rules("--select", "opportunity-idle,threat-unanswered") == {"opportunity-idle", "threat-unanswered"}
    assert rules("--select", "opportunity-idle", "--select", "threat-unanswered") == {
        "opportunity-idle",
        "threat-unanswered",
    }
    assert rules("--ignore", "opportunity-idle, threat-unanswered") == every - {"opportunity-idle", "threat-unanswered"}


def test_the_day_decides_which_waivers_hold(run: Run, fieldnote: Path) -> None:
    now = run("check", *TODAY, "--json", cwd=fieldnote).data("check")["summary"]
    later = run("check", "--today", "2027-03-01", "--json", cwd=fieldnote).data("check")["summary"]
    assert now["waived"] == 1
    assert later["waived"] == 0


def test_a_path_may_be_given(run: Run, fieldnote: Path) -> None:
    assert run("check", *TODAY, str(fieldnote)).stdout == run("check", *TODAY, cwd=fieldnote).stdout


def test_files_that_cannot_be_read_make_it_2_and_the_rest_is_told(run: Run, broken: Path) -> None:
    ran = run("check", *TODAY, cwd=broken)
    assert ran.code == 2
    assert "invalid-toml.toml:5:" in ran.out
    assert "[dangling-link]" in ran.out
    assert "could not be read" in ran.err
    assert run("check", *TODAY, "--fail-on", "never", cwd=broken).code == 2


def test_what_is_wrong_in_an_unreadable_file_is_told_whatever_is_selected(run: Run, broken: Path) -> None:
    ran = run("check", *TODAY, "--select", "unknown-cell", "--json", cwd=broken)
    assert ran.code == 2
    assert {finding["rule"] for finding in ran.data("check")["findings"]} == {"unknown-cell"}
    assert "invalid-toml.toml:5: " in ran.err


def test_rules_have_a_row_each_and_a_page(run: Run) -> None:
    rows = run("rules", "--json").data("rules")
    assert all(set(row) == {"name", "family", "severity", "summary", "stage"} for row in rows)
    names = [row["name"] for row in rows]
    assert {"duplicate-id", "orphan-entry", "waiver-expired"} <= set(names)
    text = run("rules").out
    for name in names:
        assert name in text
    page = run("rules", "orphan-entry")
    assert page.code == 0
    assert "It finds something here:" in page.out
    assert max(map(len, page.lines)) <= 80
    one = run("rules", "orphan-entry", "--json").data("rules")
    assert one["name"] == "orphan-entry"
    assert one["docs"].startswith("orphan-entry")


def test_models_are_listed_with_their_aliases(run: Run, tmp_path: Path) -> None:
    rows = run("models", "--json").data("models")
    assert all(set(row) == {"id", "title", "cells"} for row in rows)
    by_id = {row["id"]: row for row in rows}
    assert len(by_id) == len(rows)
    assert by_id["swot"]["cells"] == ["strengths", "weaknesses", "opportunities", "threats"]
    assert by_id["marketing-mix"]["cells"] == by_id["marketing-mix-7p"]["cells"]
    assert {"lean-canvas", "marketing-mix-4p", "marketing-mix-7p"} <= set(by_id)
    assert "also marketing-mix" in run("models").out


def test_a_workspace_has_models_of_its_own(run: Run, fieldnote: Path) -> None:
    (fieldnote / "models").mkdir()
    (fieldnote / "models" / "pair.toml").write_text(
        'id = "pair"\ntitle = "Pair"\n\n[[cells]]\nid = "one"\ncolumns = [1, 1]\nrows = [1, 1]\n\n'
        '[[cells]]\nid = "two"\ncolumns = [2, 2]\nrows = [1, 1]\n'
    )
    rows = run("models", "--json", cwd=fieldnote).data("models")
    assert {"id": "pair", "title": "Pair", "cells": ["one", "two"]} in rows
    assert "pair" not in run("models").out


def test_keys_are_a_persons_own_and_what_is_wrong_with_them_is_told(run: Run, environ: dict[str, str]) -> None:
    folder = Path(environ["HOME"]) / ".config" / "canvas-tui"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('[keys]\nsearch = "s"\nundo = "ctrl+z"\nadd = "d"\n')
    ran = run("keys", "--json")
    by_id = {row["id"]: row["keys"] for row in ran.data("keys")}
    assert (by_id["search"], by_id["undo"], by_id["add"]) == (["s"], ["u"], ["a", "o"])
    assert ran.code == 0
    assert "canvas-tui: keys: undo: 'ctrl+z' does not reach a program in every terminal - use a letter" in ran.err
    assert "'d' stands for both add and delete - give one of them another key; until then add keeps a and o" in ran.err
    assert "  s               Search." in run("keys").out


def test_keys_come_from_the_registry(run: Run) -> None:
    rows = run("keys", "--json").data("keys")
    assert all({"id", "title", "help", "group", "keys", "mutates"} == set(row) for row in rows)
    by_id = {row["id"]: row for row in rows}
    assert by_id["quit"]["keys"] == ["q"]
    assert by_id["delete"]["mutates"] is True
    text = run("keys")
    assert all(row["title"] in text.out for row in rows)
    assert max(map(len, text.lines)) <= 80


def test_a_version_that_lost_a_conflict_fails_the_check_until_it_is_taken_out(run: Run, fieldnote: Path) -> None:
    canvas = fieldnote / "lean-canvas.toml"
    before, rule = canvas.read_text(encoding="utf-8"), ["check", *TODAY, "--select", "conflict-open"]
    assert run(*rule, cwd=fieldnote).code == 0
    kept = 'conflict = [{ field = "text", other = "Clients pay a \\u001b[31mmonth late", who = "bea" }]'
    canvas.write_text(before.replace('state = "fact"\n', f'state = "fact"\n{kept}\n', 1), encoding="utf-8")
    ran = run(*rule, cwd=fieldnote)
    assert ran.code == 1
    assert "bea's version is kept: “Clients pay a ␛[31mmonth late”" in ran.out
    shown = run("show", "late-payment", cwd=fieldnote)
    assert re.search(r"Other version +field:? text.*Clients pay a ␛\[31mmonth late.*bea", shown.out, re.DOTALL)
    fields = run("show", "late-payment", "--json", cwd=fieldnote).data("show")["fields"]
    assert fields["conflict"][0]["who"] == "bea"
    assert run("set", "late-payment", "conflict=x", cwd=fieldnote).code == 2
    assert run("set", "late-payment", "conflict=", cwd=fieldnote).code == 0
    assert canvas.read_text(encoding="utf-8") == before
    assert run(*rule, cwd=fieldnote).code == 0
