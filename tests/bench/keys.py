"""How long a key keeps the app from the next one: whatever writes nothing, on plans as big as files may be.

Owns the walk and the measuring. Told in processor time and not by a clock, so that a busy machine makes no difference.
"""

from __future__ import annotations

import mmap
import struct
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from tests.promises.app import session
from tests.promises.pty_session import PtySession

LONGEST = 0.1  # seconds of a processor that no key may wait
_FIGURE = struct.Struct("d")
_LIMIT = 30.0  # seconds that one key may take at most, all that is worked out for it included

# The app, its event loop watched from inside. Between two steps the loop looks at what has been typed; what the whole
# process took of a processor during a step is what a key waits on an idle machine, other threads and all.
WATCHED = """
{weaker}
import asyncio.events, mmap, os, struct, sys, time
figure, place = struct.Struct("d"), sys.argv.pop(1)
held = mmap.mmap(os.open(place, os.O_RDWR), figure.size)
run = asyncio.events.Handle._run
def _run(self):
    began = time.process_time()
    try:
        run(self)
    finally:
        held[:] = figure.pack(max(figure.unpack(held[:])[0], time.process_time() - began))
asyncio.events.Handle._run = _run
from canvas_tui.__main__ import main
sys.exit(main())
"""


class Figure(NamedTuple):
    """What one key cost: the longest that the loop did not look for another, in seconds of a processor."""

    key: str
    seconds: float


class Watched:
    """A session whose event loop is watched, with its first screen painted. AssertionError where it never comes.

    `quiet`: so many seconds without a byte and without work, and a key has done all that it does. `weaker` is run
    first, for a control.
    """

    def __init__(
        self, path: Path, state: Path, *, size: tuple[int, int] = (140, 45), quiet: float = 0.25, weaker: str = ""
    ) -> None:
        state.mkdir(parents=True, exist_ok=True)
        place = state / "longest-step"
        place.write_bytes(bytes(_FIGURE.size))
        self._quiet, self._file = quiet, place.open("r+b")
        self._held = mmap.mmap(self._file.fileno(), _FIGURE.size)
        command = (sys.executable, "-c", WATCHED.format(weaker=weaker), str(place))
        self.session: PtySession = session("open", str(path), state=state, size=size, command=command)
        shown = self.session
        shown.until(lambda: b"\x1b[?1049h" in shown.raw and len(shown.text.strip()) > 100)
        self.settle()

    def settle(self) -> None:
        """Read until nothing comes any more, and no thread of the program has anything to do."""
        began = last = time.monotonic()
        used = self.session.cpu_seconds()
        while time.monotonic() - last < self._quiet and time.monotonic() - began < _LIMIT:
            data, now = self.session.read(0.02), self.session.cpu_seconds()
            if data or now > used + 0.02:
                last, used = time.monotonic(), now

    def press(self, key: str) -> Figure:
        """Press a key, by its name or as it is, and let it do all that it does."""
        self._held[:] = bytes(_FIGURE.size)
        self.session.send(key)
        self.settle()
        assert self.session.process.poll() is None, (key, self.session.text)
        return Figure(key, _FIGURE.unpack(self._held[:])[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.session.__exit__(kind, error, trace)
        self._held.close()
        self._file.close()


# Whatever writes nothing, each on the screens that have it; what opens is looked at, typed into and closed.
_PICK = "fa e 1 bs down pgdn z esc"
_WHY = "y down G Y pgdn esc Y y esc"
_FORMS = f"i tab esc n x esc esc fb esc fd esc ff esc {_WHY} {_PICK} {_PICK}"
_LIST = "j k G pgup home pgdn end k"
WALK = (
    f"{_LIST} tab s-tab 1 right left z z & & & ] [ e x esc m a esc {_FORMS} bs W esc v V I esc "
    f"gs {_LIST} h l h h l & & & {_FORMS} a esc ] [ "
    f"gf {_LIST} enter esc gf j l gf h & & {_WHY} W esc ] "
    f"go {_LIST} a esc ] go 1 esc go / e 1 bs down pgdn o bs bs bs z enter : a esc ? pgdn esc c-l gb j"
)


def walked(path: Path, state: Path, walk: str = WALK) -> Iterator[Figure]:
    """What each key of the walk cost, named with the three before it."""
    keys = [key for step in walk.split() for key in (step if step[:1] in "gf" and len(step) == 2 else [step])]
    with Watched(path, state) as watched:
        for number, key in enumerate(keys):
            yield watched.press(key)._replace(key=" ".join(keys[max(0, number - 3) : number + 1]))


def largest(folder: Path) -> Path:
    """A workspace of 22,000 elements in five files, full of findings: each file as many as it may hold, nearly."""
    place = folder / "largest"
    place.mkdir(parents=True)
    (place / "strategy.toml").write_text('vision = "Far up"\n' + "".join(_goals_and_work(2_400)))
    for number in range(4):
        cells = "".join(
            f'[[{cell}]]\ntext = "{cell} {entry} of {number}"\n' + f'links = ["g{entry}"]\n' * (entry % 2)
            for cell in ("problem", "solution")
            for entry in range(2_300)
        )
        (place / f"canvas{number}.toml").write_text(f'model = "lean-canvas"\nid = "canvas{number}"\n{cells}')
    return place


def _goals_and_work(count: int) -> Iterator[str]:
    for number in range(count):
        parent, links = f'parent = "g{number // 4}"\n', f'links = ["g{number}"]\n'
        yield f'[[goals]]\nid = "g{number}"\ntitle = "Goal {number}"\n' + parent * bool(number)
        yield f'[[initiatives]]\nid = "i{number}"\ntitle = "Work {number}"\n' + links * (number % 2)


def worst(figures: Sequence[Figure]) -> Figure:
    """The key that others waited for the longest."""
    return max(figures, key=lambda figure: figure.seconds)
