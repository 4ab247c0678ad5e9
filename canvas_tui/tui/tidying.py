"""When Python looks for what nobody uses any more: while nobody types.

It goes through everything there is, which holds up every thread: a tenth of a second for the objects of a large plan.
So it is kept from doing that by itself, and asked to when there has been no key for a while; between two such looks,
what was in use at the last one is left alone. What is young is looked through at any time: there is never much of it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

EVERY = 5.0  # seconds between two looks whether it is time
_QUIET = 3.0  # seconds without a key
_LAST_RESORT = 2_000  # times that young objects were looked through; somebody has typed without a pause for hours
_WORTH_IT = 5  # such times; less is not worth going through everything


def begin() -> None:
    """The first screen is painted: what the start made stays, and need not be looked at before the first tidying."""
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _LAST_RESORT)
    gc.enable()  # see launch: nothing was to be collected until now


def tidy(quiet_for: Callable[[], float]) -> bool:
    """Look through everything if nobody has typed for a while, and anything has happened since; whether it was done."""
    if gc.get_count()[2] < _WORTH_IT or quiet_for() < _QUIET:
        return False
    gc.unfreeze()  # a dialog that was open at the last look, or a report, may be used by nobody now
    gc.collect()
    gc.freeze()
    return True
