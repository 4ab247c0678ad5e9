"""When Python collects garbage: while nobody types.

It goes through everything there is, which holds up every thread: a tenth of a second for the objects of a large plan.
So it is kept from doing that by itself, and asked to when there has been no key for a while; between two such looks,
what was in use at the last one is left alone. What is young is looked through at any time: there is never much of it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

EVERY = 2.0  # seconds between two looks whether it is time
_QUIET = 3.0  # seconds without a key
_LAST_RESORT = 2_000  # collections of young objects; only reached when somebody types for hours without a pause
_WORTH_IT = 5  # collections of young objects; with fewer, a full collection is not worth its time


def begin() -> None:
    """Called when the first screen is painted. Until the first tidying, what the start made is not looked at."""
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _LAST_RESORT)
    gc.enable()  # `launch` had switched collecting off


def tidy(quiet_for: Callable[[], float]) -> bool:
    """Collect garbage if no key came for a while and there is enough to look at. True where it was done."""
    if gc.get_count()[2] < _WORTH_IT or quiet_for() < _QUIET:
        return False
    gc.unfreeze()  # a dialog or report that was in use at the last collection may be free now
    gc.collect()
    gc.freeze()
    return True
