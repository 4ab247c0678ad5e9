"""One fuzzing process: atheris on one target, for so many seconds. Started by `fuzz.py`, which reads what it leaves.

A finding does not end it: the input is kept as a file with its traceback beside it, once for each place it comes from.
`--replay` runs one input without instrumentation, and lets its error out.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

CPU_SECONDS, MEGABYTES = 2.0, 300
_SLOWED = 3.0  # how much slower instrumented code may be; a replay without says what it really takes
LONGEST = {"edit": 4_000, "text": 300, "keys": 2_000, "file": 8_000}  # bytes
TARGETS = ("file", "text", "edit", "keys", "planted")


def weaken(away: str) -> None:
    """For the control: take cleaning, or the limits of files, out of the way. Before anything else is imported."""
    if away == "cleaning":
        import canvas_tui.core.text as text

        text.clean = lambda given, **_: given
    elif away == "limits":
        import canvas_tui.storage.read.limits as limits

        for name in [name for name in vars(limits) if name.startswith("MAX_")]:
            setattr(limits, name, 10**9)


def target_of(name: str) -> object:
    """The function of a target; imports what it needs."""
    from tests.promises.hostile import fuzz_edits, fuzz_files, fuzz_keys

    return {"file": fuzz_files.a_file, "planted": fuzz_files.planted, "text": fuzz_edits.a_text,
            "edit": fuzz_edits.a_row, "keys": fuzz_keys.keys}[name]  # fmt: skip


class Finder:
    """Runs inputs, keeps what must not be, and counts."""

    def __init__(self, name: str, out: Path) -> None:
        self._run, self._name, self._out = target_of(name), name, out
        self._folder = Path(tempfile.mkdtemp(prefix="canvas-tui-fuzz-"))
        os.environ["XDG_STATE_HOME"] = str(self._folder / "own-state")
        self._seen: set[str] = set()
        self._runs, self._began, self._told = 0, time.monotonic(), 0.0
        self._base = _megabytes()

    def one(self, data: bytes) -> None:
        """One input; never raises."""
        began = time.process_time()
        try:
            self.plain(data)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            self._keep(data, "".join(traceback.format_exception(error)), _place_of(error))
        taken = time.process_time() - began
        if taken > CPU_SECONDS * _SLOWED:
            self._keep(data, f"{taken:.1f} s of processor\n", "slow")
        if (grown := _megabytes() - self._base) > MEGABYTES:
            self._base = _megabytes()
            self._keep(data, f"{grown} MB more than before\n", f"memory {self._base}")
        self._runs += 1
        if time.monotonic() - self._told > 1:
            self.tell()

    def plain(self, data: bytes) -> None:
        """One input; raises what is wrong with it."""
        self._run(data, self._folder)  # type: ignore[operator]

    def tell(self) -> None:
        """Put the figures where the starter reads them."""
        self._told = time.monotonic()
        told = {"runs": self._runs, "seconds": self._told - self._began, "findings": len(self._seen)}
        new = self._out / f"{self._name}.new"
        new.write_text(json.dumps(told))
        new.replace(self._out / f"{self._name}.json")

    def _keep(self, data: bytes, said: str, place: str) -> None:
        if place in self._seen:
            return
        self._seen.add(place)
        path = self._out / f"{self._name}-{hashlib.sha256(place.encode()).hexdigest()[:10]}"
        path.write_bytes(data)
        path.with_suffix(".txt").write_text(f"{place}\n{said}", encoding="utf-8", errors="backslashreplace")
        self.tell()


def _megabytes() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _place_of(error: BaseException) -> str:
    """What tells one mistake from another: its kind, and the last lines of ours it went through."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/canvas_tui/" in frame.filename]
    ours = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-2:]]
    return f"{type(error).__name__} at {' '.join(ours) or str(error).partition(':')[0][:60]}"


def main() -> None:
    name, seconds, out, away = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
    replay = Path(sys.argv[5]) if len(sys.argv) > 5 else None
    if replay is not None:
        weaken(away)
        Finder(name, out).plain(replay.read_bytes())
        print(f"{time.process_time():.1f} s of processor, {_megabytes()} MB")
        return
    import atheris

    with atheris.instrument_imports(include=["canvas_tui"], enable_loader_override=False):
        weaken(away)
        finder = Finder(name, out)
    from tests.promises.hostile.fuzz_seeds import seeds, write_dictionary

    corpus = out / f"{name}-corpus"
    corpus.mkdir(exist_ok=True)
    for number, data in enumerate(seeds(name)):
        (corpus / f"seed-{number:04}").write_bytes(data)
    write_dictionary(out / "words.dict")
    options = [
        f"-max_total_time={seconds}", "-timeout=60", "-rss_limit_mb=2048", f"-max_len={LONGEST.get(name, 8_000)}",
        f"-dict={out / 'words.dict'}", f"-artifact_prefix={out}/{name}-ended-", "-reload=0",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], finder.one)
    finder.tell()
    atheris.Fuzz()


if __name__ == "__main__":
    main()
