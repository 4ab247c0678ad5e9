"""All layers of the fence, put up in order, and what to tell of them.

Owns the order and the words. Where a layer cannot be had the others still hold: whether that will do is the caller's
question (`view --require-sandbox`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final, NamedTuple


class Layer(NamedTuple):
    """One layer; `missing` says why it does not hold, and is "" where it does."""

    name: str
    missing: str = ""


class Fence(NamedTuple):
    """The layers of the fence that were tried, in order."""

    layers: tuple[Layer, ...]

    @property
    def gaps(self) -> tuple[Layer, ...]:
        """The layers that do not hold."""
        return tuple(layer for layer in self.layers if layer.missing)

    @property
    def status(self) -> str:
        """Which layers hold and which do not, for the status line."""
        held = ", ".join(layer.name for layer in self.layers if not layer.missing)
        gaps = ", ".join(f"no {layer.name}" for layer in self.gaps)
        return f"{held} only" if len(self.gaps) > 1 else ", ".join(filter(None, (held, gaps)))

    @property
    def told(self) -> str:
        """What is missing and why, short enough for a status line; "" where all layers hold."""
        return ", ".join(f"no {layer.name} ({layer.missing})" for layer in self.gaps)


def put_up() -> Fence:
    """Shut this process in, for good. Call it before any thread is started and before anything untrusted is read."""
    _leave_no_core()
    kernel = (Layer(name, _missing(hold)) for name, hold in _KERNEL)
    fence = Fence((*kernel, Layer("audit")))
    from canvas_tui.tui.sandbox import tripwire

    tripwire.hold()  # last, since it would refuse the calls by which the other layers are tested
    return fence


def _landlock() -> None:
    from canvas_tui.tui.sandbox import landlock

    landlock.hold()


def _seccomp() -> None:
    from canvas_tui.tui.sandbox import seccomp

    seccomp.hold()


_KERNEL: Final = (("Landlock", _landlock), ("seccomp", _seccomp))  # Landlock first: its calls are not filtered then


def _missing(hold: Callable[[], None]) -> str:
    import sys

    if sys.platform != "linux":
        return "only on Linux"
    try:
        from canvas_tui.tui.sandbox.native import NotHeld
    except (ImportError, OSError, AttributeError):  # built without ctypes, or a C library of another kind
        return "Python without ctypes"
    try:
        hold()
    except NotHeld as reason:
        return str(reason)
    return ""


def _leave_no_core() -> None:
    """A crash of the interpreter leaves no memory image in the current folder either."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
