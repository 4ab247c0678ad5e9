"""What merging promises, looked for by hypothesis over random edits of both sides on hand-written files."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from canvas_tui.storage.merge.merge import CannotMerge, Outcome, merge_files
from canvas_tui.storage.write.layout import Layout
from tests.merge_table.example import BASE
from tests.unit.merge_edits import branches, leaves, line_comments, mutated
from tests.unit.store_styles import FOLDERS

SETTINGS = settings(
    max_examples=int(os.environ.get("MERGE_EXAMPLES", "40")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


Versions = tuple[str, str, str]


def merged(base: str, ours: str, theirs: str) -> Outcome:
    return merge_files(base.encode(), ours.encode(), theirs.encode(), "bea", is_header=True)


def data(text: str | bytes) -> dict[str, Any]:
    return tomllib.loads(text if isinstance(text, str) else text.decode())


@SETTINGS
@given(branches())
def test_every_law_of_merging_holds(versions: Versions) -> None:
    base, ours, theirs = versions
    a_side_that_changed_nothing_changes_nothing(base, ours, theirs)
    result = merged(base, ours, theirs).data.decode()
    nothing_that_either_side_wrote_is_lost(base, ours, theirs, result)
    no_comment_is_lost_that_neither_side_took_out(base, ours, theirs, result)
    what_neither_side_touched_is_ours_to_the_byte(base, ours, theirs, result)
    the_other_direction_gives_the_same_elements(base, ours, theirs, result)


TEXTS = sorted({text for folder in FOLDERS.values() for text in folder.values()} | {BASE})


def check_blows(seeds: range) -> None:
    for seed in seeds:
        random = Random(seed)
        base = random.choice(TEXTS)
        ours, theirs = mutated(random, base), mutated(random, base)
        try:
            result = merged(base, ours, theirs).data.decode()
            nothing_that_either_side_wrote_is_lost(base, ours, theirs, result)
            no_comment_is_lost_that_neither_side_took_out(base, ours, theirs, result)
        except (AssertionError, CannotMerge) as problem:
            raise AssertionError(f"seed {seed}:\n{base}\n=== ours\n{ours}\n=== theirs\n{theirs}") from problem


def test_whatever_befalls_the_lines_of_both_sides_they_merge_and_nothing_is_lost() -> None:
    check_blows(range(80))


@pytest.mark.slow
def test_a_storm_of_blows_to_the_lines_of_both_sides() -> None:
    check_blows(range(80, 6000))


def a_side_that_changed_nothing_changes_nothing(base: str, ours: str, theirs: str) -> None:
    assert merged(base, ours, base).data == ours.encode()
    assert merged(base, base, theirs).data == theirs.encode()
    assert merged(base, ours, ours).data == ours.encode()


def nothing_that_either_side_wrote_is_lost(base: str, ours: str, theirs: str, result: str) -> None:
    before, mine, yours, after = (leaves(data(text)) for text in (base, ours, theirs, result))
    for side in (mine, yours):
        assert not {text for text in side if side[text] > before[text]} - after.keys()
    assert not {text for text in before if min(mine[text], yours[text]) >= before[text]} - after.keys()


def no_comment_is_lost_that_neither_side_took_out(base: str, ours: str, theirs: str, result: str) -> None:
    before, mine, yours, after = map(line_comments, (base, ours, theirs, result))
    for side in (mine, yours):
        assert not {each for each in side if side[each] > before[each]} - after.keys()
    assert not {each for each in before if min(mine[each], yours[each]) >= before[each]} - after.keys()


def what_neither_side_touched_is_ours_to_the_byte(base: str, ours: str, theirs: str, result: str) -> None:
    blocks = [set(blocks_of(text)) for text in (base, ours, theirs)]
    for block in blocks[0] & blocks[1] & blocks[2]:
        assert block in result


def the_other_direction_gives_the_same_elements(base: str, ours: str, theirs: str, result: str) -> None:
    one, other = data(result), data(merged(base, theirs, ours).data)
    assert set(leaves(one)) == set(leaves(other))
    assert count_of_elements(one) == count_of_elements(other)


def count_of_elements(table: dict[str, Any]) -> int:
    fields = ("links", "ignore", "canvas-conflict", "vision-conflict")
    return sum(len(value) for key, value in table.items() if isinstance(value, list) and key not in fields)


def blocks_of(text: str) -> Iterator[str]:
    """Every table that nothing links to, and so no rescue or new id may change."""
    layout = Layout(text)
    for index in range(len(layout)):
        block = text[layout.start(index) : layout.end(index)].rstrip("\n")
        if "links" not in block and "id" not in block:
            yield block


@SETTINGS
@given(branches(), st.sampled_from(["ours", "theirs", "both"]))
def test_line_ends_and_a_byte_order_mark_stay_as_ours_has_them(versions: Versions, which: str) -> None:
    base, ours, theirs = versions
    assume("\r" not in base + ours + theirs and len({base, ours, theirs}) == 3)
    plain = merged(base, ours, theirs).data
    mine, yours = (text.replace("\n", "\r\n").encode() if which in (side, "both") else text.encode()
                   for side, text in (("ours", ours), ("theirs", theirs)))  # fmt: skip
    result = merge_files(base.encode(), b"\xef\xbb\xbf" + mine, yours, "bea").data
    assert result.startswith(b"\xef\xbb\xbf")
    assert result.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n") == plain
    assert (b"\r\n" in result) == (which != "theirs" and b"\n" in plain)


def test_a_list_of_theirs_comes_along_where_their_tables_cannot() -> None:
    ours = 'model = "lean-canvas"\n[cell.problem]\nowner = ["a"]\n'
    theirs = 'model = "lean-canvas"\nchannels = ["one", "two"]\n[cell.problem]\nowner.k = "b"\n'
    found = data(merged("", ours, theirs).data)
    assert found["channels"] == ["one", "two"]
    assert found["cell"]["problem"]["conflict"][0]["other"] == {"k": "b"}
