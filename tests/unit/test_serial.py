"""A command written down and read again is the same command; anything else is refused."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvas_tui.core import commands, structure, waiving
from canvas_tui.core.commands import (
    ANYTHING,
    AddEntry,
    AddLink,
    Applied,
    Batch,
    ChangeEntry,
    Command,
    MoveEntry,
    RemoveEntry,
    RemoveLink,
    SetField,
)
from canvas_tui.core.places import Place, Ref
from canvas_tui.core.structure import AddCanvas, AddGoal, AddInitiative, RemoveElement
from canvas_tui.core.waiving import AddWaiver, RemoveWaiver
from canvas_tui.core.workspace import Workspace
from canvas_tui.storage.write.queue.serial import SerialError, from_data, to_data

texts = st.text(max_size=20) | st.sampled_from(["$", "value", "\ud800", "\x00"])
zones = st.none() | st.builds(timezone, st.timedeltas(timedelta(hours=-23), timedelta(hours=23)))
moments = st.dates() | (st.datetimes(timezones=zones) | st.times()).map(lambda moment: moment.replace(fold=0))
plain = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | texts | moments
values = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
tables = st.dictionaries(texts, values, max_size=4)
refs = st.builds(Ref, texts, st.none() | texts)
places = st.builds(Place, st.none() | refs, st.none() | refs)
expected = tables | st.just(ANYTHING)
indexes = st.none() | st.integers(0, 9)
simple: list[st.SearchStrategy[Command]] = [
    st.builds(AddEntry, texts, tables, places),
    st.builds(RemoveEntry, refs, expected),
    st.builds(MoveEntry, refs, texts, places),
    st.builds(SetField, refs, texts, values, values | st.just(ANYTHING)),
    st.builds(ChangeEntry, refs, texts),
    st.builds(AddLink, refs, texts, texts, indexes),
    st.builds(RemoveLink, refs, texts, texts, st.booleans()),
    st.builds(AddGoal, tables, texts, places),
    st.builds(AddInitiative, tables, texts, places),
    st.builds(RemoveElement, refs, expected, st.booleans()),
    st.builds(AddCanvas, tables, texts),
    st.builds(AddWaiver, tables, indexes),
    st.builds(RemoveWaiver, tables),
]
any_command = st.recursive(
    st.one_of(simple), lambda inner: st.builds(Batch, st.lists(inner, max_size=3).map(tuple)), max_leaves=4
)


@settings(max_examples=200, deadline=None)
@given(any_command)
def test_a_command_written_down_and_read_again_is_the_same(command: Command) -> None:
    text = json.dumps(to_data(command), allow_nan=False)
    again = from_data(json.loads(text))
    assert again == command
    assert repr(again) == repr(command)


def test_every_command_of_core_can_be_written_down() -> None:
    known = set()
    for module in (commands, structure, waiving):
        for name, each in vars(module).items():
            if isinstance(each, type) and hasattr(each, "apply") and not name.startswith("_") and each is not Command:
                known.add(name)
    assert known == {type(example(strategy)).__name__ for strategy in (*simple, st.just(Batch(())))}


def example(strategy: st.SearchStrategy[Any]) -> Any:
    found: list[Any] = []

    @settings(max_examples=1, database=None, deadline=None)
    @given(strategy)
    def take(value: Any) -> None:
        found.append(value)

    take()
    return found[0]


def test_a_number_that_is_none_survives() -> None:
    again = from_data(to_data(SetField(Ref("a"), "x", math.nan)))
    assert isinstance(again, SetField)
    assert math.isnan(again.value)


GOOD: dict[str, Any] = {"$": "ChangeEntry", "entry": {"$": "Ref", "address": "a/b/1", "text": "x"}, "text": "y"}
BAD: list[Any] = [
    None, 5, "x", [], {}, {"$": "Ref", "address": "a", "text": None}, {"$": "table", "value": {}}, {"$": 5},
    GOOD | {"$": "os.system"}, GOOD | {"$": "Workspace"}, GOOD | {"$": "_AddListed"}, GOOD | {"more": 1},
    {key: value for key, value in GOOD.items() if key != "text"}, GOOD | {"text": None}, GOOD | {"text": 5},
    GOOD | {"entry": "a/b/1"}, GOOD | {"entry": {"$": "Place", "after": None, "before": None}},
    GOOD | {"entry": {"$": "Ref", "address": 5, "text": None}}, GOOD | {"text": {"$": "date", "value": "soon"}},
    GOOD | {"text": {"$": "date"}}, GOOD | {"text": {"$": "anything", "value": 1}},
    {"$": "Batch", "commands": [GOOD]}, {"$": "Batch", "commands": {"$": "tuple", "value": [5]}},
    {"$": "AddWaiver", "fields": {}, "index": True}, {"$": "AddWaiver", "fields": [], "index": None},
    {"$": "SetField", "element": GOOD["entry"], "field": "x", "value": GOOD, "expected": None},
]  # fmt: skip


@pytest.mark.parametrize("data", BAD, ids=range(len(BAD)))
def test_what_is_no_command_is_refused(data: object) -> None:
    assert from_data(GOOD) == ChangeEntry(Ref("a/b/1", "x"), "y")
    with pytest.raises(SerialError):
        from_data(data)


def test_what_is_nested_without_end_is_refused() -> None:
    data: Any = []
    for _ in range(100_000):
        data = [data]
    with pytest.raises(SerialError):
        from_data({"$": "SetField", "value": data})


def test_dates_with_and_without_a_time_keep_their_kind() -> None:
    for value in (date(2027, 1, 2), datetime(2027, 1, 2), time(3, 4)):
        again = from_data(to_data(SetField(Ref("a"), "due", value)))
        assert isinstance(again, SetField)
        assert type(again.value) is type(value)


def test_a_strange_command_cannot_be_written_down() -> None:
    @dataclass(frozen=True)
    class Strange:
        def apply(self, workspace: Workspace) -> Applied:
            raise NotImplementedError

    with pytest.raises(SerialError):
        to_data(Strange())
    with pytest.raises(SerialError):
        to_data(Batch((Strange(),)))
    with pytest.raises(SerialError):
        to_data(SetField(Ref("a"), "x", {1: 2}))
    with pytest.raises(SerialError):
        to_data(SetField(Ref("a"), "x", object()))
