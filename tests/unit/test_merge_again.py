"""Merges one after the other, as a rebase makes them, and merges of very many things."""

from __future__ import annotations

import time
import tomllib
from typing import Any

from canvas_tui.storage.merge.merge import Outcome, merge_files

HEAD = 'model = "lean-canvas"\n'


def note(text: str) -> str:
    return f'{HEAD}[[problem]]\nid = "p"\ntext = "T"\nnote = "{text}"\n'


def merged(base: str, ours: str, theirs: str) -> Outcome:
    return merge_files(base.encode(), ours.encode(), theirs.encode())


def problems(outcome: Outcome) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(outcome.data.decode())["problem"]
    return found


def test_a_rebase_of_many_commits_keeps_the_last_of_their_versions_and_not_each() -> None:
    ours = note("m").encode()
    for before, after in (("base", "a1"), ("a1", "a2"), ("a2", "a3")):
        done = merge_files(note(before).encode(), ours, note(after).encode())
        ours = done.data
    assert problems(done)[0]["conflict"] == [{"field": "note", "other": "a3"}]


def test_somebody_elses_version_stays_beside_a_new_one() -> None:
    ours = note("m") + 'conflict = [{ field = "note", other = "b", who = "bea" }]\n'
    kept = problems(merged(note("base"), ours, note("c")))[0]["conflict"]
    assert [each["other"] for each in kept] == ["b", "c"]


def test_two_choices_of_a_cell_and_of_a_waiver_clash() -> None:
    where = 'text = "T"\n'
    kept = 'conflict = [{ field = "cell", other = "solution" }]\n'
    base = f"{HEAD}[[problem]]\n{where}{kept}"
    done = merged(base, f"{HEAD}[[problem]]\n{where}", f"{HEAD}[[solution]]\n{where}")
    assert problems(done)[0]["conflict"] == [{"field": "cell", "other": "solution"}]
    waiver = '[[waivers]]\nrule = "no-goals"\nelement = "p"\nreason = "{}"\n'
    other = '{ field = "waivers", other = { rule = "no-goals", element = "p", reason = "Y" } }'
    base = f"format = 1\nvision-conflict = [{other}]\n{waiver.format('X')}"
    done = merged(base, f"format = 1\n{waiver.format('X')}", f"format = 1\n{waiver.format('Y')}")
    assert done.conflicts == 1
    assert b'reason = "Y"' in done.data


def listed(texts: list[str]) -> str:
    return f"{HEAD}problem = [\n" + "".join(f"  {text}\n" for text in texts) + "]\n"


def test_thousands_of_changes_in_a_list_take_seconds_at_most() -> None:
    """Item by item each of these took a minute and more."""
    items = [f'{{ id = "p{number}", text = "Text number {number}" }},' for number in range(3000)]
    changed = [item.replace("Text", "Word") if index % 3 == 0 else item for index, item in enumerate(items)]
    said = [f"{item}  # said {index}" if index % 2 else item for index, item in enumerate(items)]
    renamed = ["".join(f'[[problem]]\nid = "{side}{index}"\ntext = "Text number {index}"\n' for index in range(3000))
               for side in "abc"]  # fmt: skip
    started = time.process_time()
    assert merged(listed(items), listed(changed), listed(said)).data.count(b"# said") == 1500
    assert len(problems(merged(listed(items), listed(changed), listed([*items[::4], '"New",'])))) > 750
    ours = merged(HEAD + renamed[0], HEAD + renamed[1], HEAD + renamed[2])
    assert {each["id"][0] for each in problems(ours)} == {"b"}
    assert time.process_time() - started < 20
