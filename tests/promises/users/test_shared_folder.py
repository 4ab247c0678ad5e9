"""Two users of one group edit in a setgid folder, whatever their umask; who may only read can look, and is told so."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.promises.app import bytes_of, texts_in, write_entry
from tests.promises.pty_session import modes_left_set
from tests.promises.users.people import ANA, BEA, EVE, GROUP, Office, office, why_not

FILE = "lean-canvas.toml"


@pytest.fixture(autouse=True)
def other_users() -> None:
    if reason := why_not():
        pytest.skip(reason)


@pytest.fixture
def shared() -> Iterator[Office]:
    with office() as made:
        yield made


def rights(path: Path) -> tuple[int, int]:
    found = path.stat()
    return stat.S_IMODE(found.st_mode), found.st_gid


def test_two_users_edit_on_their_screens_and_modes_and_group_stay(shared: Office) -> None:
    with shared.opened(ANA, "open", str(shared.plan)) as ana, shared.opened(BEA, "open", str(shared.plan)) as bea:
        write_entry(bea, "From bea")
        ana.until("From bea")
        write_entry(ana, "From ana")
        bea.until("From ana")
        for session in (ana, bea):
            session.send("q")
            assert session.wait() == 0
    assert {"From ana", "From bea"} <= set(texts_in(shared.plan / FILE))
    assert {rights(path) for path in shared.plan.iterdir() if path.is_file()} == {(0o660, GROUP)}
    assert rights(shared.plan) == (0o2770, GROUP)
    assert {path.suffix for path in shared.plan.iterdir()} == {".toml"}, "nothing is left beside the files"


def test_control_a_plain_write_by_rename_locks_the_colleague_out(shared: Office) -> None:
    """What the test above would see: the same umask with a save that copies neither mode nor group."""
    script = f"cd {shared.plan} && cp {FILE} new && mv -f new {FILE}"
    identity = {"user": BEA, "group": BEA, "extra_groups": [GROUP]}
    subprocess.run(["sh", "-c", script], umask=0o077, check=True, **identity)  # type: ignore[call-overload]
    assert rights(shared.plan / FILE)[0] != 0o660
    done = shared.command(ANA, "add", "lean/problem", "From ana", "-w", str(shared.plan))
    assert done.returncode != 0


def test_scripts_of_two_users_at_the_same_time_lose_nothing(shared: Office) -> None:
    texts = {user: [f"From {user}, the {number}th" for number in range(12)] for user in (ANA, BEA)}

    def script(user: int) -> list[str]:
        done = [shared.command(user, "add", "lean/problem", text, "-w", str(shared.plan)) for text in texts[user]]
        return [each.stderr for each in done if each.returncode != 0]

    with ThreadPoolExecutor() as both:
        assert list(both.map(script, texts)) == [[], []]
    assert {text for each in texts.values() for text in each} <= set(texts_in(shared.plan / FILE))
    assert rights(shared.plan / FILE) == (0o660, GROUP)


def test_a_workspace_begun_in_the_shared_folder_is_the_team_s_too(shared: Office) -> None:
    begun = shared.plan / "ideas" / "next"
    assert shared.command(ANA, "new", str(begun)).returncode == 0
    assert rights(begun.parent) == rights(begun) == (0o2770, GROUP)
    done = shared.command(BEA, "add", "lean/problem", "From bea", "-w", str(begun))
    assert done.returncode == 0, done.stderr
    assert "From bea" in texts_in(begun / FILE)


def test_a_workspace_begun_in_a_folder_of_one_s_own_is_as_the_umask_says(shared: Office) -> None:
    begun = shared.state(ANA).parent / "plan"
    assert shared.command(ANA, "new", str(begun)).returncode == 0
    assert stat.S_IMODE(begun.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in begun.iterdir()} == {0o600}


@pytest.fixture
def readable() -> Iterator[Office]:
    with office(0o2755, 0o644) as made:
        yield made


def test_who_may_only_read_can_look(readable: Office) -> None:
    before = bytes_of(readable.plan)
    with readable.opened(EVE, "view", str(readable.plan)) as eve:
        eve.until("Problem")
        eve.send("q")
        assert eve.wait() == 0
    assert bytes_of(readable.plan) == before


def test_who_may_only_read_is_told_on_the_first_edit_and_nothing_changes(readable: Office) -> None:
    before = bytes_of(readable.plan)
    with readable.opened(EVE, "open", str(readable.plan)) as eve:
        eve.send("a")
        eve.until("enter save")
        eve.send("From eve", "enter")
        eve.until(lambda: "not saved" in eve.text.lower() and "may not" in eve.text)
        eve.send("esc")
        eve.settle()
        eve.send("q")
        eve.settle()
        if eve.process.poll() is None:
            eve.send("q", "y")
        assert eve.wait() is not None
        assert modes_left_set(bytes(eve.raw)) == set()
    assert bytes_of(readable.plan) == before
    kept = b"".join(bytes_of(readable.state(EVE)).values())
    assert b"From eve" in kept, "the text is kept, though not in the file"


def test_who_may_only_read_gets_exit_code_3_from_a_scripted_edit(readable: Office) -> None:
    before = bytes_of(readable.plan)
    done = readable.command(EVE, "add", "lean/problem", "From eve", "-w", str(readable.plan))
    assert done.returncode == 3
    assert "may not be written by you" in done.stderr
    assert "Traceback" not in done.stderr
    assert bytes_of(readable.plan) == before


def test_who_may_not_even_read_is_told_so(shared: Office) -> None:
    for command in ("view", "open"):
        with shared.opened(EVE, command, str(shared.plan), wait=False) as eve:
            assert eve.wait() == 2
            assert b"Traceback" not in eve.raw
            assert b" - " in eve.raw, "what is wrong - what to do"
            assert b"\x1b[?1049h" not in eve.raw
    assert shared.command(EVE, "show", str(shared.plan)).returncode == 2


def test_on_a_read_only_mount_an_edit_is_told_and_nothing_changes(shared: Office) -> None:
    before = bytes_of(shared.plan)
    mount = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    in_mount = ["unshare", "-m", "sh", "-c", mount, str(shared.plan)]
    if subprocess.run([*in_mount, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting is not permitted here")
    done = shared.command(0, "add", "lean/problem", "From root", "-w", str(shared.plan), before=in_mount)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "read-only" in done.stderr
    assert bytes_of(shared.plan) == before
    assert os.listdir(shared.plan)
