"""The two lanes of the tests: what everybody runs, with a few rounds of each attack, and the storms (`-m slow`).

A test that repeats something names both counts here, so that a few rounds of it stand in the plain lane, beside its
control. Owns no test.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pytest

_SLOW = pytest.mark.slow


def few_or_many(name: str, few: int, many: int) -> pytest.MarkDecorator:
    """Run a test with `name` as `few` in the plain lane, and once more as `many` in the slow one."""
    return pytest.mark.parametrize(name, [few, pytest.param(many, marks=_SLOW)])


def some_quick(name: str, values: Iterable[object], quick: Collection[object]) -> pytest.MarkDecorator:
    """Run a test with `name` as each of the values: those of `quick` in the plain lane, the others in the slow one."""
    given = tuple(values)
    unknown = set(quick).difference(given)
    assert not unknown, f"none of the values: {unknown}"
    return pytest.mark.parametrize(name, [pytest.param(each, marks=() if each in quick else _SLOW) for each in given])
