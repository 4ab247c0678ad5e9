"""Scripted edits: they print an id once it is on disk, touch only their lines, and refuse with a sentence."""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run, files_of

ROOT = os.geteuid() == 0


def changed_lines(before: dict[str, bytes], after: dict[str, bytes]) -> dict[str, list[str]]:
    """Each changed file's lines that came (+) and went (-)."""
    found = {}
    for name in sorted(before.keys() | after.keys()):
        old, new = (each.get(name, b"").decode().splitlines() for each in (before, after))
        if old != new:
            diff = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]
            found[name] = [line for line in diff if not line.startswith("@@")]
    return found


def refused(ran: Ran, code: int = 2) -> bool:
    return ran.code == code and not ran.stdout and " - " in ran.err and "Traceback" not in ran.err


def test_add_an_entry(run: Run, fieldnote: Path) -> None:
    before = files_of(fieldnote)
    ran = run("add", "lean/problem", "  Invoices get lost ", "state=assumption", "importance=2", cwd=fieldnote)
    assert (ran.code, ran.out, ran.err) == (0, "lean/problem/4\n", "")
    came = changed_lines(before, files_of(fieldnote))
    assert list(came) == ["lean-canvas.toml"]
    assert [line for line in came["lean-canvas.toml"] if line.startswith("-")] == []
    shown = run("show", "lean/problem/4", "--json", cwd=fieldnote).data("show")
    assert shown["fields"] == {"text": "Invoices get lost", "state": "assumption", "importance": 2}


def test_add_a_goal_with_fields(run: Run, fieldnote: Path) -> None:
    fields = ["parent=profitable", "due=2027-06-30", "metric.target=12", "metric.unit=clients"]
    ran = run("add", "goal", "Twelve studios stay a year", *fields, cwd=fieldnote)
    assert (ran.code, ran.out) == (0, "twelve-studios-stay-a-year\n")
    shown = run("show", "twelve-studios-stay-a-year", "--json", cwd=fieldnote).data("show")
    assert shown["kind"] == "goal"
    assert shown["fields"]["due"] == "2027-06-30"
    assert shown["fields"]["metric"] == {"target": 12, "unit": "clients"}
    assert shown["why"] == [["twelve-studios-stay-a-year", "profitable", "vision"]]


def test_add_an_initiative_to_its_team(run: Run, fieldnote: Path) -> None:
    ran = run("add", "initiative", "Referral kit", "team=marketing", "links=accountant-referrals", cwd=fieldnote)
    assert (ran.code, ran.out) == (0, "referral-kit-2\n")
    assert b'id = "referral-kit-2"' in (fieldnote / "marketing.toml").read_bytes()


def test_text_from_stdin(run: Run, fieldnote: Path) -> None:
    ran = run("add", "lean/problem", "-", cwd=fieldnote, stdin="Späte Zahler\n".encode())
    assert ran.out == "lean/problem/4\n"
    assert run("show", "lean/problem/4", "--json", cwd=fieldnote).data("show")["text"] == "Späte Zahler"
    assert refused(run("add", "lean/problem", "-", cwd=fieldnote, stdin=b"\xff"))


def test_set_touches_only_the_lines_it_names(run: Run, fieldnote: Path) -> None:
    before = files_of(fieldnote)
    ran = run("set", "late-payment", "importance=4", "state=validated", cwd=fieldnote)
    assert (ran.code, ran.out, ran.err) == (0, "late-payment\n", "")
    assert changed_lines(before, files_of(fieldnote)) == {
        "lean-canvas.toml": ['-state = "fact"', "-importance = 5", '+state = "validated"', "+importance = 4"]
    }


def test_set_every_kind(run: Run, fieldnote: Path) -> None:
    for element, field in (
        ("paid-in-10-days", "metric.target=9"),
        ("auto-reminders", "end=2026-12-01"),
        ("lean", "title=Fieldnote, again"),
        ("lean/problem", "note=Three of them"),
        ("vision", "vision=Everyone is paid at once."),
        ("lean/channels/2", "note=True"),
    ):
        ran = run("set", element, field, cwd=fieldnote)
        assert (ran.code, ran.out, ran.err) == (0, f"{element}\n", "")
        name, _, value = field.partition("=")
        fields = run("show", element, "--json", cwd=fieldnote).data("show")["fields"]
        for part in name.split("."):
            fields = fields[part]
        assert str(fields) == value


def test_an_empty_value_takes_the_field_out(run: Run, fieldnote: Path) -> None:
    assert run("set", "late-payment", "importance=", cwd=fieldnote).code == 0
    assert "importance" not in run("show", "late-payment", "--json", cwd=fieldnote).data("show")["fields"]


def test_text_and_id_of_an_entry_in_one_edit(run: Run, fieldnote: Path) -> None:
    ran = run("set", "lean/channels/2", "text=Friends of friends", "id=friends", "importance=1", cwd=fieldnote)
    assert (ran.code, ran.out, ran.err) == (0, "friends\n", "")
    ran = run("set", "friends", "id=word-of-mouth", "text=Word of mouth", cwd=fieldnote)
    assert (ran.code, ran.out, ran.err) == (0, "word-of-mouth\n", "")
    assert run("show", "lean/channels/2", "--json", cwd=fieldnote).data("show")["text"] == "Word of mouth"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["set", "late-payment", "stat=fact"], "did you mean 'state'?"),
        (["set", "late-payment", "state=true"], "use one of"),
        (["set", "late-payment", "importance=9"], "it goes from 1 to 5"),
        (["set", "late-payment", "text="], "needs a text"),
        (["set", "late-payment", "id=late"], "never changes once"),
        (["set", "lean/channels/2", "id=a/b"], "is no id"),
        (["set", "lean/channels/2", "id=begging"], "is taken"),
        (["set", "late-payment", "links=paid-in-10-day"], "did you mean 'paid-in-10-days'?"),
        (["set", "paid-in-10-days", "due=soon"], "write it like 2027-06-30"),
        (["set", "paid-in-10-days", "metric=3"], "metric has parts"),
        (["add", "lean/problems", "x"], "did you mean 'lean/problem'?"),
        (["add", "late-payment", "x"], "is no cell"),
        (["add", "lean/problem", "  "], "needs a text"),
        (["add", "goal", "x", "id=profitable"], "is taken"),
        (["link", "late-payment", "late-payment"], "choose another"),
        (["link", "late-payment", "paid-in-10-days"], "already"),
        (["unlink", "late-payment", "profitable"], "not linked"),
        (["move", "profitable", "lean/problem"], "only entries move"),
        (["move", "begging", "lean"], "not a cell"),
        (["move", "begging", "lean/problem", "--before", "self-sending"], "no entry of lean/problem"),
        (["move", "begging", "lean/problem", "--after", "begging"], "beside itself"),
        (["rm", "lean"], "is not empty"),
        (["rm", "lean/problem"], "is a cell"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_an_edit_that_makes_no_sense_changes_nothing(
    run: Run, fieldnote: Path, arguments: list[str], words: str
) -> None:  # fmt: skip
    before = files_of(fieldnote)
    ran = run(*arguments, cwd=fieldnote)
    assert refused(ran)
    assert words in ran.err
    assert files_of(fieldnote) == before


def test_link_and_unlink_return_every_byte(run: Run, fieldnote: Path) -> None:
    before = files_of(fieldnote)
    assert run("link", "begging", "paid-in-10-days", cwd=fieldnote).out == "begging\n"
    assert run("why", "begging", "--json", cwd=fieldnote).data("why")["paths"]
    assert run("unlink", "paid-in-10-days", "begging", cwd=fieldnote).out == "begging\n"
    assert files_of(fieldnote) == before


def test_a_link_to_an_entry_without_an_id_gives_it_one(run: Run, fieldnote: Path) -> None:
    ran = run("link", "auto-reminders", "lean/channels/2", cwd=fieldnote)
    assert (ran.code, ran.out) == (0, "auto-reminders\n")
    assert "word-of-mouth" in ran.err
    assert run("show", "lean/channels/2", "--json", cwd=fieldnote).data("show")["id"] == "word-of-mouth"


def test_move_before_and_after(run: Run, fieldnote: Path) -> None:
    def problems() -> list[str]:
        data = run("show", "lean/problem", "--json", cwd=fieldnote).data("show")
        return [entry["id"] for entry in data["entries"]]

    assert problems() == ["late-payment", "begging", "owed-today"]
    assert run("move", "owed-today", "lean/problem", "--before", "late-payment", cwd=fieldnote).out == "owed-today\n"
    assert problems() == ["owed-today", "late-payment", "begging"]
    assert run("move", "owed-today", "lean/problem", "--after", "late-payment", cwd=fieldnote).code == 0
    assert problems() == ["late-payment", "owed-today", "begging"]
    assert run("move", "lean/channels/2", "lean/problem", cwd=fieldnote).out == "lean/problem/4\n"


def test_rm_takes_the_links_along(run: Run, fieldnote: Path) -> None:
    assert run("rm", "late-payment", cwd=fieldnote).out == "late-payment\n"
    assert run("show", "late-payment", cwd=fieldnote).code == 2
    found = run("check", "--select", "dangling-link", "--json", cwd=fieldnote).data("check")["findings"]
    assert found == []


def test_a_file_that_cannot_be_read_is_never_written_to(run: Run, fieldnote: Path) -> None:
    (fieldnote / "swot.toml").write_bytes(b"model = swot\n\xff")
    before = files_of(fieldnote)
    ran = run("add", "lean/problem", "One more", cwd=fieldnote)
    assert (ran.code, ran.out) == (0, "lean/problem/4\n")
    assert "swot.toml:" in ran.err
    assert files_of(fieldnote)["swot.toml"] == before["swot.toml"]


AS_SOMEBODY_ELSE = """
import os, sys
from canvas_tui.__main__ import main
warm, target = sys.argv[1:]
assert main(["set", "late-payment", "importance=4", "-w", warm]) == 0  # all that is needed is imported now
sys.stdout.flush()
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
sys.exit(main(["set", "late-payment", "importance=4", "-w", target]))
"""


@pytest.mark.skipif(not ROOT, reason="needs to be able to become another user")
def test_a_folder_of_somebody_else_is_refused_with_3(fieldnote: Path, environ: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as public:
        root = Path(shutil.copytree(fieldnote, Path(public) / "theirs"))
        for path in (Path(public), root, *root.iterdir()):
            path.chmod(0o755 if path.is_dir() else 0o644)
        before = files_of(root)
        command = [sys.executable, "-c", AS_SOMEBODY_ELSE, str(fieldnote), str(root)]
        done = subprocess.run(command, capture_output=True, check=False, env=environ)
        assert done.returncode == 3
        assert done.stdout == b"late-payment\n"  # of the edit before
        assert b"lean-canvas.toml may not be written by you" in done.stderr
        assert files_of(root) == before
        assert files_of(fieldnote) != before


@pytest.mark.skipif(ROOT, reason="root may write everything")
def test_an_unwritable_file_is_refused_with_3(run: Run, fieldnote: Path) -> None:
    for path in fieldnote.iterdir():
        path.chmod(0o444)
    fieldnote.chmod(0o555)
    ran = run("set", "late-payment", "importance=4", cwd=fieldnote)
    fieldnote.chmod(0o755)
    assert refused(ran, code=3)


def test_edits_made_at_the_same_time_all_survive(fieldnote: Path, environ: dict[str, str], run: Run) -> None:
    texts = [f"Problem of person {number}" for number in range(8)]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "canvas_tui", "add", "lean/problem", text],
            cwd=fieldnote, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for text in texts
    ]  # fmt: skip
    told = {}
    for text, process in zip(texts, started, strict=True):
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")
        told[out.decode().strip()] = text
    entries = run("show", "lean/problem", "--json", cwd=fieldnote).data("show")["entries"]
    assert {entry["id"]: entry["text"] for entry in entries[3:]} == told


def test_an_empty_id_is_as_good_as_none(run: Run, fieldnote: Path) -> None:
    path = fieldnote / "lean-canvas.toml"
    path.write_text(path.read_text().replace('id = "begging"', 'id = ""'))
    assert run("link", "bank-feed", "lean/problem/2", cwd=fieldnote).out == "bank-feed\n"
    assert (
        run("show", "lean/problem/2", "--json", cwd=fieldnote).data("show")["id"] == "chasing-money-feels-like-begging"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "problem", "x"], "nothing here is called 'problem' - did you mean 'lean/problem'?"),
        (["set", "auto-reminders", "due=2027-01-01"], "an initiative has no field 'due'"),
        (["set", "profitable", "metric=3"], "metric has parts - set one of: metric.name, metric.baseline"),
        (["move", "auto-reminders", "lean/channels"], "'auto-reminders' is an initiative - only entries move"),
    ],
)
def test_what_was_meant_is_told_in_plain_words(words: list[str], sentence: str, run: Run, fieldnote: Path) -> None:
    ran = run(*words, cwd=fieldnote)
    assert refused(ran)
    assert sentence in ran.err


def test_a_day_may_be_written_without_leading_zeros(run: Run, fieldnote: Path) -> None:
    assert run("set", "auto-reminders", "end=2026-12-1", cwd=fieldnote).code == 0
    assert b"end = 2026-12-01\n" in (fieldnote / "product.toml").read_bytes()
