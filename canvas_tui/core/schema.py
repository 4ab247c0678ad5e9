"""The fields an element may have: type, label, help. Forms, `set FIELD=VALUE`, the reader's checks and `show` use it.

Two functions use that data: one turns typed text into a TOML value, the other says what is wrong with a TOML value.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from canvas_tui.core.elements import Kind
from canvas_tui.core.toml_words import in_sentence
from canvas_tui.core.values import is_number
from canvas_tui.core.versions import is_version, kept_key

FieldType = Literal[
    "id", "line", "text", "choice", "flag", "date", "integer", "number", "amount", "list", "evidence", "table",
    "tables", "versions",
]  # fmt: skip


class FieldSpec(NamedTuple):
    """One field of a kind of element. `low` and `high` bound integers; `choices` are the words a choice may have."""

    name: str  # the TOML key; "metric.target" for a key of an inline table
    type: FieldType
    label: str
    help: str = ""
    choices: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    is_vital: bool = False  # the wrong type makes the whole file unreadable: its shape cannot be trusted


_ID = FieldSpec("id", "id", "Id", "short words, never changed once something links to it", is_vital=True)
_LINKS = FieldSpec("links", "list", "Links", "ids of what it is for or about", is_vital=True)
_NOTE = FieldSpec("note", "text", "Note")
_OWNER = FieldSpec("owner", "line", "Owner", "who answers for it")
_TEAM = FieldSpec("team", "line", "Team", "company, product, marketing or a word of yours")
_VALUE = FieldSpec("value", "integer", "Value", "1 to 100", low=0, high=100)
_RESULT = FieldSpec("result", "amount", "Result", "the last number, or what came of it")
_LEARNED = FieldSpec("learned", "text", "Learned", "what is known now that was not before")
_TITLE = FieldSpec("title", "line", "Title", is_vital=True)


def _kept(kind: Kind) -> FieldSpec:
    return FieldSpec(kept_key(kind), "versions", "Other version", "what lost where two people changed the same thing")


SCHEMA: Mapping[Kind, tuple[FieldSpec, ...]] = {
    Kind.ENTRY: (
        FieldSpec("text", "text", "Text", is_vital=True),
        _ID,
        FieldSpec("state", "choice", "State", choices=("fact", "assumption", "validated", "refuted")),
        FieldSpec("status", "choice", "Status", "future: not true yet, so nothing is asked of it", choices=("future",)),
        FieldSpec("group", "line", "Group", "a heading within the cell"),
        FieldSpec("importance", "integer", "Importance", "1 to 5", low=1, high=5),
        FieldSpec("evidence", "evidence", "Evidence", "what backs it, separated by ;"),
        _NOTE,
        _OWNER,
        FieldSpec("impact", "integer", "Impact", "1 to 5", low=1, high=5),
        FieldSpec("likelihood", "integer", "Likelihood", "1 to 5", low=1, high=5),
        FieldSpec("target", "amount", "Target", "the number to reach"),
        FieldSpec("pays", "flag", "Pays", "no, where others pay for it"),
        FieldSpec("hard-to-copy", "flag", "Hard to copy", "yes, where no rival could have it in a year"),
        FieldSpec("subject", "line", "Subject", "what it gives the value of, in a word: price.pro"),
        FieldSpec("value", "amount", "Value", "the same wherever the subject stands"),
        _LINKS,
        _kept(Kind.ENTRY),
    ),
    Kind.GOAL: (
        _TITLE,
        _ID,
        _TEAM,
        FieldSpec("status", "choice", "Status", choices=("proposed", "active", "achieved", "missed", "dropped")),
        FieldSpec("parent", "id", "Parent goal", "the id of the goal above", is_vital=True),
        FieldSpec("due", "date", "Due", "YYYY-MM-DD"),
        _OWNER,
        FieldSpec("metric", "table", "Metric"),
        FieldSpec("metric.name", "line", "Metric", "what is measured"),
        FieldSpec("metric.baseline", "number", "Baseline"),
        FieldSpec("metric.current", "number", "Current"),
        FieldSpec("metric.target", "number", "Target"),
        FieldSpec("metric.unit", "line", "Unit"),
        _VALUE,
        FieldSpec("effort", "integer", "Effort", "0 to 1000", low=0, high=1000),
        FieldSpec("key-results", "tables", "Key results"),
        _RESULT,
        _LEARNED,
        _NOTE,
        _LINKS,
        _kept(Kind.GOAL),
    ),
    Kind.INITIATIVE: (
        _TITLE,
        _ID,
        _TEAM,
        FieldSpec(
            "kind", "choice", "Kind", choices=("product", "campaign", "launch", "enablement", "research", "other")
        ),
        FieldSpec("status", "choice", "Status", choices=("idea", "planned", "active", "blocked", "done", "cancelled")),
        FieldSpec("start", "date", "Start", "YYYY-MM-DD"),
        FieldSpec("end", "date", "End", "YYYY-MM-DD"),
        _OWNER,
        FieldSpec("effort", "integer", "Effort", "0 to 1000", low=0, high=1000),
        _VALUE,
        FieldSpec("confidence", "integer", "Confidence", "0 to 100", low=0, high=100),
        FieldSpec("parent", "id", "Part of", "the id of the initiative it is part of", is_vital=True),
        FieldSpec("depends-on", "list", "Depends on", "ids of initiatives that come first", is_vital=True),
        FieldSpec("promotes", "list", "Promotes", "ids of initiatives it makes known", is_vital=True),
        _RESULT,
        _LEARNED,
        _NOTE,
        _LINKS,
        _kept(Kind.INITIATIVE),
    ),
    Kind.CANVAS: (
        FieldSpec("model", "id", "Model", is_vital=True),
        _ID,
        _TITLE,
        _TEAM,
        FieldSpec("status", "choice", "Status", choices=("active", "draft", "archived")),
        _OWNER,
        _NOTE,
        _LINKS,
        _kept(Kind.CANVAS),
    ),
    Kind.CELL: (_NOTE, _OWNER, _LINKS, _kept(Kind.CELL)),
    Kind.VISION: (
        FieldSpec("vision", "text", "Vision", is_vital=True),
        FieldSpec("name", "line", "Name", is_vital=True),
        FieldSpec("format", "integer", "Format", low=1, high=1, is_vital=True),
        FieldSpec("rules", "table", "Rules", is_vital=True),
        FieldSpec("ignore", "list", "Ignore", "files and folders to pass over, as in a .gitignore"),
        _kept(Kind.VISION),
    ),
}

# Fields and tables of the format that nothing edits or reads yet. They are kept, and not reported as misspelt.
PLANNED_FIELDS: Mapping[Kind, frozenset[str]] = {
    Kind.ENTRY: frozenset(("priority",)),
    Kind.GOAL: frozenset(("grade", "next", "follows")),
    Kind.INITIATIVE: frozenset(("next", "follows")),
}
PLANNED_TABLES = frozenset(("experiments", "decisions", "checkins", "tripwires", "notes", "signed"))

LINK_KEYS = ("links", "parent", "depends-on", "promotes")


def field_spec(kind: Kind, name: str) -> FieldSpec | None:
    """What is known of a field of that kind of element; None for an unknown field."""
    return next((spec for spec in SCHEMA[kind] if spec.name == name), None)


def has_tables(value: object) -> bool:
    """Whether a value is a list that holds tables: one line of text cannot hold it."""
    return isinstance(value, (list, tuple)) and any(isinstance(item, Mapping) for item in value)


def parse_value(spec: FieldSpec, text: str) -> Any:
    """The TOML value a person means by `text`; None for an empty text (the field is taken out).

    Raises ValueError with a sentence: what is wrong and what would be right.
    """
    text = text.strip() if spec.type != "text" else text
    if not text.strip():
        return None
    match spec.type:
        case "date":
            try:
                return parse_date(text)
            except ValueError:
                raise ValueError(f"'{text}' is no date - write it like 2027-06-30") from None
        case "integer" | "number":
            return _parse_number(spec, text)
        case "amount":
            return _parse_amount(spec, text)
        case "flag":
            return _parse_flag(spec, text)
        case "list" | "evidence":
            separator = ";" if ";" in text or spec.type == "evidence" else ","
            return [part.strip() for part in text.split(separator) if part.strip()]
        case "table" | "tables":
            raise ValueError(f"{spec.name} is a table - set its parts, such as {spec.name}.name")
        case "versions":
            raise ValueError(f"{spec.name} is what somebody else wrote - leave it empty to take it out")
    complaint = complaint_about(spec, text)
    if complaint:
        raise ValueError(complaint)
    return text


def _parse_flag(spec: FieldSpec, text: str) -> bool:
    word = text.casefold()
    if word in ("true", "yes", "y", "1"):
        return True
    if word in ("false", "no", "n", "0"):
        return False
    raise ValueError(f"'{text}' is no answer to {spec.name} - write true or false")


def parse_date(text: str) -> date:
    """A day as year, month, day; a month or day of one digit is fine, since nothing else can be meant.

    Raises ValueError if the text is no day.
    """
    year, month, day = text.split("-")
    if len(year) != 4 or not (year + month + day).isdecimal():
        raise ValueError(text)
    return date(int(year), int(month), int(day))


def _parse_number(spec: FieldSpec, text: str) -> int | float:
    value: int | float
    try:
        value = int(text)
    except ValueError:
        try:
            value = float(text)
        except ValueError:
            raise ValueError(f"'{text}' is no number - write digits, such as 34") from None
    complaint = complaint_about(spec, value)
    if complaint:
        raise ValueError(complaint)
    return value


def _parse_amount(spec: FieldSpec, text: str) -> int | float | str:
    try:
        float(text)
    except ValueError:
        return text
    return _parse_number(spec, text)


_A_DAY = "write it like 2027-06-30, unquoted"


def complaint_about(spec: FieldSpec, value: object) -> str | None:
    """What is wrong with a field's TOML value, as "what - what to do", or None where it is fine."""
    name = spec.name
    match spec.type:
        case "id" | "line" | "text":
            return None if isinstance(value, str) else f"{name} must be a text - put it in quotes"
        case "choice":
            if value in spec.choices:
                return None
            return f"{name} is {in_sentence(value)}, which is no {name} - use one of: {', '.join(spec.choices)}"
        case "flag":
            good = isinstance(value, bool)
            return None if good else f"{name} is {in_sentence(value)}, which is neither - write true or false, unquoted"
        case "date":
            # a datetime is a date to Python, and to a person who wrote one
            good = isinstance(value, (date, datetime))
            return None if good else f"{name} is {in_sentence(value)}, which is no date - {_A_DAY}"
        case "integer":
            return _complaint_about_integer(spec, value)
        case "number":
            told = f"{name} is {in_sentence(value)}, which is no number - write digits, unquoted"
            return None if is_number(value) else told
        case "amount":
            told = f"{name} is {in_sentence(value)} - write a number, or a text in quotes"
            return None if isinstance(value, str) or is_number(value) else told
        case "list":
            good = isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)
            return None if good else f'{name} must be a list of texts - write {name} = ["..."]'
        case "evidence":
            return _complaint_about_evidence(value)
        case "table":
            return None if isinstance(value, dict) else f"{name} must be a table - write {name} = {{ ... }}"
        case "tables":
            good = isinstance(value, list) and all(isinstance(item, dict) for item in value)
            return None if good else f"{name} must be a list of tables - write {name} = [{{ ... }}]"
        case "versions":
            good = isinstance(value, list) and all(map(is_version, value))
            shape = f'{name} = [{{ field = "text", other = "..." }}]'
            return None if good else f"{name} must be a list that names fields - write {shape}, or take it out"


def _complaint_about_integer(spec: FieldSpec, value: object) -> str | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return f"{spec.name} is {in_sentence(value)}, which is no whole number - write digits, unquoted"
    low, high = spec.low, spec.high
    if (low is not None and value < low) or (high is not None and value > high):
        return f"{spec.name} is {value} - it goes from {low} to {high}"
    return None


def _complaint_about_evidence(value: object) -> str | None:
    """Evidence is texts, or tables that say where a text comes from. Other keys in such a table are allowed."""
    if not isinstance(value, list) or not all(isinstance(item, (str, Mapping)) for item in value):
        return (
            'evidence must be a list of texts or tables - write evidence = ["..."], or [{ text = "...", url = "..." }]'
        )
    for item in value:
        for key in ("text", "url", "kind") if isinstance(item, Mapping) else ():
            if key in item and not isinstance(item[key], str):
                return f"{key} in evidence is {in_sentence(item[key])}, which is no text - put it in quotes"
        day = item.get("date") if isinstance(item, Mapping) else None
        if day is not None and not isinstance(day, date):
            return f"date in evidence is {in_sentence(day)}, which is no date - {_A_DAY}"
    return None
