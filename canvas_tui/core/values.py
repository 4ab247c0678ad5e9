"""What counts as a number, and when two TOML values are the same: Python's `nan` is not equal to itself, here it is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeGuard

NAN = float("nan")  # every `nan` of a file is read as this object: lists and tables that hold it are then equal


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether this is a number to count with: not a bool, `nan` or `inf`."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def same(one: object, other: object) -> bool:
    """Whether two values are equal; `nan` equals itself, a list equals a tuple, and 1 equals 1.0."""
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    return one == other or (_is_nan(one) and _is_nan(other))


def same_values(one: Any, other: Any) -> bool:
    """Whether two values would be the same in a file: 1 is neither true nor 1.0, nan is nan, a tuple is a list."""
    if repr(one) == repr(other):  # the quick way, which tells types apart; keys in another order need the slow one
        return True
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same_values(value, other[key]) for key, value in one.items())
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same_values, one, other))
    return False


def with_one_nan(value: Any) -> Any:
    """The value with `NAN` for every nan in it, at any depth."""
    if isinstance(value, dict):
        return {key: with_one_nan(each) for key, each in value.items()}
    if isinstance(value, list):
        return [with_one_nan(each) for each in value]
    return NAN if _is_nan(value) else value


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)
