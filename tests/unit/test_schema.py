"""What a person types becomes a TOML value or a sentence; a TOML value is fine or told."""

from __future__ import annotations

from datetime import date

import pytest

from canvas_tui.core.elements import Kind
from canvas_tui.core.schema import SCHEMA, complaint_about, field_spec, parse_value


@pytest.mark.parametrize(
    ("kind", "field", "typed", "value"),
    [
        (Kind.GOAL, "due", " 2027-06-30 ", date(2027, 6, 30)),
        (Kind.GOAL, "metric.target", "10", 10),
        (Kind.GOAL, "metric.target", "0.5", 0.5),
        (Kind.GOAL, "status", "active", "active"),
        (Kind.GOAL, "owner", "", None),
        (Kind.ENTRY, "evidence", "12 interviews, March; a survey", ["12 interviews, March", "a survey"]),
        (Kind.ENTRY, "evidence", "12 interviews, March", ["12 interviews, March"]),
        (Kind.INITIATIVE, "depends-on", "a, b", ["a", "b"]),
        (Kind.ENTRY, "note", " two\nlines ", " two\nlines "),
        (Kind.ENTRY, "target", "40", 40),
        (Kind.ENTRY, "target", "40 of 100", "40 of 100"),
        (Kind.ENTRY, "pays", "no", False),
        (Kind.ENTRY, "pays", "true", True),
        (Kind.ENTRY, "status", "future", "future"),
    ],
)
def test_typed_text_becomes_the_value_meant(kind: Kind, field: str, typed: str, value: object) -> None:
    spec = field_spec(kind, field)
    assert spec is not None
    assert parse_value(spec, typed) == value


@pytest.mark.parametrize(
    ("kind", "field", "typed"),
    [
        (Kind.GOAL, "due", "30.6.2027"),
        (Kind.GOAL, "status", "busy"),
        (Kind.GOAL, "value", "101"),
        (Kind.GOAL, "metric", "much"),
        (Kind.ENTRY, "importance", "6"),
        (Kind.ENTRY, "importance", "2.5"),
        (Kind.ENTRY, "pays", "perhaps"),
        (Kind.INITIATIVE, "start", "2027-02-30"),
    ],
)
def test_what_does_not_fit_is_told_with_what_would(kind: Kind, field: str, typed: str) -> None:
    spec = field_spec(kind, field)
    assert spec is not None
    with pytest.raises(ValueError, match=" - "):
        parse_value(spec, typed)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_field_tells_a_value_of_the_wrong_type(kind: Kind) -> None:
    for spec in SCHEMA[kind]:
        takes_no_number = ("id", "line", "text", "choice", "date", "list", "evidence", "table", "tables")
        wrong: object = 5 if spec.type in takes_no_number else True if spec.type == "amount" else "5"
        assert complaint_about(spec, wrong), spec.name


def test_a_boolean_is_no_number() -> None:
    spec = field_spec(Kind.ENTRY, "importance")
    assert spec is not None
    assert complaint_about(spec, True)
