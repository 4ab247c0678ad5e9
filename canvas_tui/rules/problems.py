"""Turns the reader's problems into findings, each of the rule that the problem names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from canvas_tui.core.elements import Kind
from canvas_tui.core.schema import SCHEMA
from canvas_tui.core.text import clean
from canvas_tui.core.workspace import Problem
from canvas_tui.rules.finding import Advised, ElementAt
from canvas_tui.rules.rule import Found
from canvas_tui.rules.scene import Scene

_KEY = re.compile(r"[a-z]+(?:[.-][a-z]+)+ ")  # metric.target, depends-on


def problems(scene: Scene, rule: str) -> Iterator[Problem]:
    """The reader's problems that this rule reports."""
    yield from (problem for problem in scene.workspace.problems if problem.rule == rule)
    for document in scene.workspace.documents:
        yield from (problem for problem in document.problems if problem.rule == rule)


def told_problem(scene: Scene, problem: Problem) -> Found:
    """A problem as a finding: about its element if that is in the problem's file, else about the file."""
    node = scene.graph.node(problem.element) if problem.element else None
    place = ElementAt(problem.file, "file", problem.file, problem.line)
    if node is not None and node.file == problem.file:
        place = ElementAt(node.address, str(node.kind), problem.file, problem.line or node.line)
    return Found(_sentence(problem.message), _sentence(problem.hint), (place,), advised=_field_of(problem, place))


def _field_of(problem: Problem, place: ElementAt) -> tuple[Advised, ...]:
    """The field that a problem is about, found by its message, which begins with the field's key or label."""
    words = problem.message.lower()
    specs = SCHEMA[Kind(place.kind)] if place.kind != "file" else ()
    named = (each.name for each in specs if words.startswith((f"{each.name} ", f"{each.label.lower()} ")))
    return tuple(Advised(place.id, name) for name in list(named)[:1])


def _sentence(words: str) -> str:
    """The reader's message with a capital letter, unless it begins with a name in quotes or a key."""
    words = clean(words).strip()
    is_key = _KEY.match(words) is not None
    return (words[:1] if is_key else words[:1].upper()) + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")
