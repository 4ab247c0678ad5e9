"""Every promise as a figure: what was done to break it, how often, and what came of it. Used by `__main__`.

Each yields (promise, what was done, figure, whether it held). Short takes about ten minutes on two cores, long hours.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, get_args

from tests.promises.app import copy_of_sample
from tests.promises.editors import checkouts, crowds, several, written_over
from tests.promises.editors import kills as editor_kills
from tests.promises.foreign import brought
from tests.promises.hostile import fuzz, reading, readings, texts, walks
from tests.promises.hostile.canaries import Nest
from tests.promises.readonly import attempts, tracing
from tests.promises.save import figures as save_figures
from tests.promises.signals import runs
from tests.promises.signals.outcome import Outcome
from tests.promises.ssh import runs as lost_lines
from tests.promises.ssh import server
from tests.promises.terminal import endurance, soak
from tests.promises.users import matrix


class Figure(NamedTuple):
    promise: str
    done: str
    found: str
    holds: bool | None  # of a control: whether it failed, as it must; None: could not be run, or told by words only


def control(promise: str, done: str, found: str, failed: bool) -> Figure:
    """A careless twin under the same attack. It must fail; where it does not, the attack proves nothing."""
    blind = "" if failed else "; nothing went wrong, so this attack proves nothing"
    return Figure(f"control: {promise}", done, found + blind, failed)


def of_editors(long: bool) -> Iterator[Figure]:
    saves, writes, editors = (1_000, 250, 4) if long else (500, 250, 2)
    alone = crowds.run(saves, editors=editors)
    yield Figure("edits survive each other", f"{editors} editors x {saves} edits on one file",
                 f"{alone.acknowledged} acknowledged, {alone.lost} lost",
                 alone.lost == alone.gave_up == 0 and alone.acknowledged == editors * saves)  # fmt: skip
    careless = crowds.run(250, how="no-lock")
    yield control("no lock", "2 editors x 250 edits", f"{careless.lost} lost", careless.lost > 0)
    for foreign in ("vim", "git"):
        beside = crowds.run(saves, editors=2, foreign=foreign, writes=writes)
        found = f"{beside.foreign_lost} of {writes} lost silently, {beside.told} kept beside the file and told; "
        found += f"{beside.overwritten} of our {beside.acknowledged} edits written over by it"
        yield Figure("foreign saves survive", f"2 editors x {saves} beside {writes} saves as {foreign} does", found,
                     beside.foreign_lost == beside.gave_up == 0)  # fmt: skip
    alone = crowds.run(500, how="side-lock", foreign="vim", writes=250)
    text = f"{alone.foreign_lost} lost silently"
    yield control("a lock alone", "the same with 250 saves as vim does", text, alone.foreign_lost > 0)


def of_written_over(long: bool) -> Iterator[Figure]:
    for program in written_over.PROGRAMS:
        found = [written_over.run(program, edit) for edit in written_over.EDITS for _ in range(5 if long else 1)]
        lost, told, back = (sum(getattr(each, what) for each in found) for what in ("lost", "told", "back"))
        wrong = [words for each in found for words in each.wrong]
        text = f"{lost} written over, {told} told by name, {back} brought back on one key{_first(wrong)}"
        held = lost == told == back > 0 and not wrong
        yield Figure("an edit written over is told", f"{len(found)} sessions, a write as {program} does", text, held)
    told_too = written_over.run_on_purpose()
    text = "told as written over" if told_too else "not told as written over"
    yield Figure("what is taken out on purpose", "somebody who had read a later edit", text, not told_too)


def of_several(long: bool) -> Iterator[Figure]:
    found = several.run(step=1 if long else 3)
    text = (
        f"{found.half} left a part of it, {found.told} told by check; then {len(found.wrong)} neither whole nor undone"
    )
    held = found.half > 0 and found.told == found.half and not found.wrong
    yield Figure("an edit of several files is whole", f"{found.cut} processes killed in the middle of one", text, held)
    careless = several.run(step=3, careful=False)
    text = f"{len(careless.wrong)} half done for good"
    yield control("nothing noted before", f"{careless.cut} processes killed in the middle", text, bool(careless.wrong))


def of_checkouts(long: bool) -> Iterator[Figure]:
    saves, editors = (1_000, 4) if long else (500, 2)
    for same in (False, True):
        found = checkouts.run(saves, editors=editors, same_file=same)
        text = f"{found.checkouts} checkouts, {found.acknowledged} edits, {found.lost} lost"
        if same:
            text = f"{found.checkouts} checkouts, {found.acknowledged} edits: {found.overwritten} written over by git, "
            text += f"{found.gone} told that the entry is not on this branch"
        text += f"; the open screen {found.screen}" if found.screen else ""
        yield Figure("git under open editors", _checkout_words(editors, saves, same), text,
                     not (found.torn or found.gave_up or found.screen or found.lost)
                     and found.overwritten <= found.acknowledged // 20)  # fmt: skip
    for how, words in (("no-lock", "look at nobody"), ("naive", "write into the file")):
        careless = checkouts.run(150, how=how)
        text = "the file is torn" if careless.torn else f"{careless.checkouts} checkouts, {careless.lost} edits lost"
        yield control(f"editors that {words}", _checkout_words(2, 150, False), text, careless.torn or careless.lost > 0)


def _checkout_words(editors: int, saves: int, same: bool) -> str:
    file = "the same file" if same else "another file"
    return f"{editors} editors x {saves} edits, checkout of {file} every 50 ms, a screen open"


def of_kills(long: bool) -> Iterator[Figure]:
    count = 4_000 if long else 367
    for way in get_args(editor_kills.Way):
        found = editor_kills.run(count, way=way)
        text = f"{found.acknowledged} acknowledged, {found.torn} torn, {found.lost} lost"
        if way == "in-place":
            text += f", {found.finished} cut in the middle and finished"
        held = not (found.torn or found.lost or found.leftovers) and found.acknowledged > 0
        yield Figure("kill -9 of an editor", f"{found.kills} kills at random, {way}", text, held)
    naive = editor_kills.run(200, "naive", crowd=1)
    text = f"{naive.torn} torn, {naive.lost} lost"
    yield control("naive write", f"{naive.kills} kills at random", text, naive.torn + naive.lost > 0)


def of_ends(long: bool) -> Iterator[Figure]:
    count, small, crowd = (250, 250, 3) if long else (12, 24, 2)
    for way in runs.WAYS:
        found = runs.run(way, count, at_a_time=crowd)
        yield Figure(f"the app ended by {way}", f"{count} sessions, typing or saving", _ended(found), found.holds)
    for careless, way, name, sign in (
        ("no-drafts", "HUP", "nothing typed is kept", "kept []"),
        ("early", "KILL", "saved is said too early", "said to be saved"),
        ("stock", "TERM", "the ends of stock Textual", "modes left set"),
        ("stock", "stalled terminal", "the ends of stock Textual", "modes left set"),
        ("stock,deaf", "closed terminal", "stock Textual under nohup", "not gone"),
    ):
        twin = runs.run(way, 4, careless=careless, steps=40)
        yield control(name, f"4 sessions ended by {way}", _ended(twin), twin.tells(sign))
    for way in soak.WAYS:
        faults = soak.rounds(way, small, at_a_time=crowd)
        text = f"{len(faults)} promises broken{_first(faults)}"
        yield Figure(f"the terminal part ended by {way}", f"{small} sessions", text, not faults)
    for way in soak.WAYS:
        faults = soak.rounds(way, 2, stock=True, steps=40)
        text, is_seen = f"{len(faults)} promises broken{_first(faults)}", any("kept []" in each for each in faults)
        yield control("stock Textual", f"2 sessions of the terminal part ended by {way}", text, is_seen)


def of_lost_lines(long: bool) -> Iterator[Figure]:
    if reason := server.why_not():
        yield Figure("the app over ssh", "a real sshd on loopback", reason, None)
        return
    count, crowd = (75, 3) if long else (4, 2)
    twins = (
        ("no-drafts", "client killed", "nothing typed is kept", "kept []"),
        ("early", "client killed", "saved is said too early", "said to be saved"),
        ("stock,deaf", "sshd killed", "stock Textual under nohup", "not gone"),
    )
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="canvas-tui-sshd-"))
        running = stack.enter_context(server.serving(Path(folder) / "server", "false"))
        for way in lost_lines.WAYS:
            found = lost_lines.run(running, way, count, at_a_time=crowd)
            yield Figure(f"the app over ssh, {way}", f"{count} sessions, typing or saving", _ended(found), found.holds)
        for careless, way, name, sign in twins:
            found = lost_lines.run(running, way, 4, careless=careless, steps=40)
            yield control(name, f"4 sessions over ssh, {way}", _ended(found), found.tells(sign))


def _ended(found: Outcome) -> str:
    """What became of a batch of sessions, with the first promise that was broken."""
    return f"{found}{_first(found.lost + found.wrong)}"


def _first(faults: list[str]) -> str:
    """The first of the faults in one line, with what the program said of it on the screen it left."""
    if not faults:
        return ""
    words, *screen = faults[0].replace("|", "/").splitlines()
    return "; ".join(["", f"first: {words}", *(line.strip() for line in screen if "canvas-tui:" in line)])


def of_texts(long: bool) -> Iterator[Figure]:
    plan = [(which, size) for which in range(texts.WORKSPACES) for size in walks.SIZES]
    if not long:
        plan = [(which, walks.SIZES[which % 2]) for which in range(texts.WORKSPACES)]
    found = [walks.run(which, size) for which, size in plan]
    text = f"{sum(map(len, (each.foreign for each in found)))} foreign sequences, "
    text += f"{sum(map(len, (each.wrong for each in found)))} crashes or actions; "
    text += f"{len(set().union(*(each.shown for each in found)))} of the tagged ones seen on a screen"
    count = sum(each.texts for which, each in enumerate(found) if not long or which % 2 == 0)
    yield Figure("hostile text", f"{count} texts, {len(plan)} walks through every screen", text,
                 not any(each.foreign or each.wrong for each in found))  # fmt: skip
    for away in (("no cleaning",), ("no filter",)):
        one = walks.run(1, walks.SIZES[0], *away, clicks=False)
        text = f"{len(one.foreign)} foreign sequences"
        yield Figure(f"hostile text, {away[0]}", "one walk, the other layer alone", text, not one.foreign)
    none = walks.run(1, walks.SIZES[0], "no cleaning", "no filter", clicks=False)
    yield Figure("control: neither layer", "one walk", f"{len(none.foreign)} foreign sequences", None)


def of_files(long: bool) -> Iterator[Figure]:
    count = 2_000 if long else 200
    found = reading.run(count)
    text = f"{found.loaded} loaded, {found.refused} refused, {len(found.wrong)} otherwise; "
    text += f"at most {found.slowest:.1f} s of processor and {found.largest} MB"
    yield Figure("hostile files", f"{count} files", text, not found.wrong)


def of_fuzz(long: bool) -> Iterator[Figure]:
    if reason := fuzz.why_not():
        yield Figure("fuzzing", "any bytes, wherever foreign text comes in", reason, None)
        return
    for each in fuzz.run(3_600 if long else 60):
        yield Figure(f"fuzzing: {each.target}", f"{each.runs} runs in {each.seconds:.0f} s", each.found, each.holds)
    for away, target, kind in fuzz.CONTROLS:
        (weaker,) = fuzz.run(fuzz.CONTROL_SECONDS, (target,), away)
        text = f"{weaker.of_kind(kind)} findings of this kind"
        yield Figure(f"control: no {away}", f"{target}: {weaker.runs} runs in {weaker.seconds:.0f} s", text, None)


def of_fence(long: bool) -> Iterator[Figure]:
    if reason := attempts.why_not():
        yield Figure("view", "each layer of its fence", reason, None)
        return
    for layer, name in (("landlock", "Landlock"), ("seccomp", "seccomp"), ("audit", "the audit hook")):
        must, found = attempts.held_by(layer), attempts.tried(layer).refused(layer)
        done = f"{len(must)} attempts from inside the process that it is there to refuse"
        yield Figure(f"view, {name} alone", done, f"{len(found)} refused", found == must)
    free = attempts.tried()
    text = f"{sum(code in attempts.REFUSALS for code in free.found.values())} refused"
    yield Figure("control: none of the layers", f"all {len(free.found)} attempts", text, None)


def of_view(long: bool) -> Iterator[Figure]:
    yield from of_fence(long)
    if reason := tracing.why_not():
        yield Figure("view", "under strace", reason, None)
        return
    for command in ("view", "open"):
        with tempfile.TemporaryDirectory(prefix="canvas-tui-view-") as name:
            folder = Path(name)
            plan = copy_of_sample(folder / "plan")
            keys = [["a"], ["words"], ["enter"]] if command == "open" else []
            calls = tracing.calls_of(command, plan, folder / "state", folder / "log", *keys)
        wrote, ran, talked = tracing.opened_for_writing(calls), tracing.started(calls), tracing.sockets(calls)
        text = f"{len(wrote)} opened to write, {len(ran)} programs, {len(talked)} connections"
        holds = not (wrote or ran or talked) if command == "view" else None
        yield Figure("view" if command == "view" else "control: open", "every screen, under strace", text, holds)


def of_saves(long: bool) -> Iterator[Figure]:
    for done, found, as_it_must_be, is_control in save_figures.figures(long=long):
        if is_control and as_it_must_be is not None:
            yield control("one save", done, found, as_it_must_be)
        else:
            yield Figure("control: one save" if is_control else "one save", done, found, as_it_must_be)


def of_users(long: bool) -> Iterator[Figure]:
    del long  # the same in both
    for what, tests in matrix.GROUPS.items():
        found = matrix.run(tests)
        text = f"{found.cases - len(found.failed) - len(found.skipped)} as required{_first(found.failed)}"
        if found.skipped:
            text += f", {len(found.skipped)} not run: {found.skipped[0]}"
        yield Figure("permissions", f"{what}: {found.cases} cases", text,
                     bool(found.cases) and not found.failed)  # fmt: skip


def of_leftovers(long: bool) -> Iterator[Figure]:
    del long  # the same in both
    for act in brought.ACTS:
        found = brought.run(act)
        text = f"{found.brought} files named as ours: {len(found.changed)} changed anything, {found.told} told by check"
        held = not found.changed and found.told == found.brought > 0
        yield Figure("leftovers that git brings", f"a clone of a hostile repository, {act}", text, held)
    careless = brought.run_by_name()
    text = f"{len(careless.changed)} files rewritten by the repository"
    yield control("who trusts a name", "the same clone", text, bool(careless.changed))


def of_long_sessions(long: bool) -> Iterator[Figure]:
    if reason := endurance.why_not():
        yield Figure("a session for long", "processor, memory and open files", reason, None)
        return
    seconds = 600.0 if long else 20.0
    for command in ("open", "view"):
        load = endurance.under("left alone", seconds, command)
        yield Figure(f"{command} costs nothing while idle", f"{seconds:.0f} s that nobody touches it", *_load(load))
    for storm in endurance.STORMS[1:]:
        how = f"{endurance.RESIZES} times a second" if storm == "resized" else "without pause"
        load = endurance.under(storm, seconds)
        yield Figure(f"a terminal that is {storm}", f"{how}, for {seconds:.0f} s", *_load(load))
    if shutil.which("tmux"):
        load = endurance.in_tmux(seconds)
        yield Figure("a terminal that is detached", f"tmux, attached again and killed, {seconds:.0f} s", *_load(load))
    loads = endurance.following(seconds)
    worst = max(loads, key=lambda load: (not load.holds, load.grew, load.during))
    done = f"{endurance.VIEWERS} of one file that changes {endurance.CHANGES} times a second, {seconds:.0f} s"
    yield Figure("viewers follow", done, f"at most {worst}", all(load.holds for load in loads))
    count = 200 if long else 10
    wrong = endurance.gone_from_the_start(count)
    text = f"{len(wrong)} left behind{_first(wrong)}"
    yield Figure("a terminal gone from the start", f"{count} sessions", text, not wrong)
    for storm in ("left alone", "resized"):
        load = endurance.under(storm, 20.0, careful=False)
        yield control("looks without end and keeps all", f"{storm}, for 20 s", str(load), not load.holds)


def _load(load: endurance.Load) -> tuple[str, bool]:
    return str(load), load.holds


def of_repositories(long: bool) -> Iterator[Figure]:
    """Nothing that a git repository names is run."""
    if shutil.which("git") is None:
        yield Figure("a repository runs nothing", "every command that reads revisions", "git is not here", None)
        return
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        nest = Nest(Path(one))
        found = readings.of_all(nest)
        done = f"{found.commands} commands in a repository with {nest.canaries} canaries"
        text = f"{len(found.sung)} sang, {len(found.wrong)} wrong answers or bytes changed"
        yield Figure("a repository runs nothing", done, text, not (found.sung or found.wrong))
        sung = readings.without_care(Nest(Path(other)))
        yield control("git without care", "8 commands that people type", f"{len(sung)} kinds sang", bool(sung))


PARTS: dict[str, Callable[[bool], Iterator[Figure]]] = {
    "editors": of_editors,
    "checkouts": of_checkouts,
    "kills": of_kills,
    "ends": of_ends,
    "ssh": of_lost_lines,
    "texts": of_texts,
    "files": of_files,
    "fuzz": of_fuzz,
    "repositories": of_repositories,
    "view": of_view,
    "saves": of_saves,
    "leftovers": of_leftovers,
    "several": of_several,
    "overwritten": of_written_over,
    "endurance": of_long_sessions,
    "users": of_users,
}
