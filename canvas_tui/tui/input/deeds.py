"""What is behind an action: the code that does it, and the questions that are asked before.

Screens, the parts attached to them and the app offer deeds in tables, by the id of the action. `actions` lists
which actions there are; `tests/unit/test_deeds.py` compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple


class Deed(NamedTuple):
    """One action, as it is done on one screen.

    `can` says whether it does something here and now. `none` tells why it does nothing, where that is worth more than
    the usual sentence. `label` is what it is called in the footer just now, `numbered` what it is called by one of
    its keys ("" where that key does nothing). `refused` gives a sentence where it could be done and must not be.
    """

    do: Callable[[], object]
    can: Callable[[], bool] = lambda: True
    label: Callable[[], str] | None = None
    numbered: Callable[[str], str] | None = None
    none: Callable[[], object] | None = None
    refused: Callable[[], str] = lambda: ""


Deeds = Mapping[str, Deed]

IDLE = Deed(lambda: None, can=lambda: False)  # of an action that a screen does not have


def merged(*tables: Deeds) -> Deeds:
    """One table of several; where two have the same action, that of the earlier table counts."""
    found: dict[str, Deed] = {}
    for table in reversed(tables):
        found.update(table)
    return found
