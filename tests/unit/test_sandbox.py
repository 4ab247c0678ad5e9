"""The filter around a read-only session, step by step on both machines it is made for; numbers against the headers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from canvas_tui.tui.paint.status import Status
from canvas_tui.tui.sandbox import seccomp, syscalls
from canvas_tui.tui.sandbox.fence import Fence, Layer

MACHINES = ("x86_64", "aarch64")
ALLOWED, REFUSED, UNKNOWN = 0x7FFF0000, 0x50001, 0x50026  # allow; EPERM; "no such call"
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
OWN = 4242


def answer(machine: str, call: str | int, *arguments: int, architecture: int = 0) -> int:
    """What the filter says to this call: the kernel's little machine, run here."""
    numbers = syscalls.JUDGED[machine] | syscalls.REFUSED[machine] | syscalls.UNSEEN
    number = numbers[call] if isinstance(call, str) else call
    shown = [number, architecture or seccomp._ARCHITECTURES[machine], 0, 0]
    for each in (*arguments, 0, 0, 0, 0, 0, 0)[:6]:
        shown += [each & 0xFFFFFFFF, each >> 32]
    steps, at, value = seccomp.program(machine, OWN), 0, 0
    while True:
        operation, if_true, if_false, operand = steps[at]
        if operation == seccomp._RETURN:
            return operand
        if operation == seccomp._LOAD:
            value = shown[operand // 4]
        elif operation == seccomp._AND:
            value &= operand
        else:
            is_so = {
                seccomp._EQUAL: value == operand,
                seccomp._AT_LEAST: value >= operand,
                seccomp._HAS_BITS: bool(value & operand),
            }[operation]
            at += if_true if is_so else if_false
        at += 1


@pytest.mark.parametrize("machine", MACHINES)
def test_every_call_on_the_list_is_refused_and_reading_is_not(machine: str) -> None:
    assert {answer(machine, number) for number in syscalls.REFUSED[machine].values()} == {REFUSED}
    assert {answer(machine, name) for name in syscalls.UNSEEN} == {UNKNOWN}
    listed = {*syscalls.REFUSED[machine].values(), *syscalls.UNSEEN.values(), *syscalls.JUDGED[machine].values()}
    assert {answer(machine, number) for number in range(syscalls.LAST_KNOWN) if number not in listed} == {ALLOWED}


@pytest.mark.parametrize("machine", MACHINES)
def test_foreign_calls_and_calls_newer_than_the_list_are_not_let_through(machine: str) -> None:
    for architecture in (0x40000003, 0x40000028, 0xC00000B7 if machine == "x86_64" else 0xC000003E):
        assert answer(machine, 0, architecture=architecture) == REFUSED
    assert answer(machine, syscalls.LAST_KNOWN + 1) == UNKNOWN
    assert answer(machine, 0x40000000 + 1) == UNKNOWN  # write, as an x32 program asks for it


@pytest.mark.parametrize("machine", MACHINES)
def test_calls_are_judged_by_their_arguments(machine: str) -> None:
    for flags in (0o1, 0o2, 0o3, 0o100, 0o1000, 0o20200000, 0o2001, 0o1 | 7 << 40):
        assert answer(machine, "openat", 0, 0, flags) == REFUSED
    assert answer(machine, "openat", 0, 0, 0o2600000) == ALLOWED  # to read: O_CLOEXEC, O_DIRECTORY, O_NOFOLLOW
    expected: dict[tuple[Any, ...], int] = {
        ("clone", 0x10000 | 0x3D0F00): ALLOWED,
        ("clone", 17): REFUSED,
        ("kill", OWN): ALLOWED,
        ("kill", 1): REFUSED,
        ("kill", 0xFFFFFFFF): REFUSED,
        ("tgkill", OWN): ALLOWED,
        ("tgkill", OWN + 1): REFUSED,
        ("flock", 9, 1 | 4): ALLOWED,
        ("flock", 9, 2 | 4): REFUSED,
        ("fcntl", 1, 4, 0o4000): ALLOWED,
        ("fcntl", 1, 6): REFUSED,
        ("fcntl", 1, 1024): REFUSED,
        ("ioctl", 1, 0x5413): ALLOWED,
        ("ioctl", 1, 0x5401): ALLOWED,
        ("ioctl", 1, 0x402C542D): ALLOWED,
        ("ioctl", 1, 0x5412): REFUSED,  # typing into the terminal for whoever reads it next
        ("ioctl", 1, 0x40086602): REFUSED,
        ("prlimit64", 0, 3, 0, 7): ALLOWED,
        ("prlimit64", 0, 3, 1 << 40): REFUSED,
        ("sendto", 5, 1, 1, 0, 0): ALLOWED,
        ("sendto", 5, 1, 1, 0, 1): REFUSED,
        ("sendto", 5, 1, 1, 0, 1 << 32): REFUSED,
        ("socketpair", 1, 0o2000001): ALLOWED,
        ("socketpair", 1, 2): REFUSED,
        ("socketpair", 2, 1): REFUSED,
    }
    assert {key: answer(machine, key[0], *key[1:]) for key in expected} == expected


@pytest.mark.parametrize("machine", MACHINES)
def test_no_step_leads_out_of_the_filter(machine: str) -> None:
    steps = seccomp.program(machine, OWN)
    assert len(steps) < 4096
    for at, (operation, if_true, if_false, _) in enumerate(steps):
        assert operation == seccomp._RETURN or at + 1 + max(if_true, if_false) < len(steps)
        assert max(if_true, if_false) < 256


@pytest.mark.parametrize("machine", MACHINES)
def test_numbers_are_those_of_the_kernels_headers(machine: str) -> None:
    if not HEADERS[machine].exists():
        pytest.skip(f"no {HEADERS[machine]}")
    found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", HEADERS[machine].read_text())
    known = {name: int(number) for name, number in found}
    ours = syscalls.REFUSED[machine] | syscalls.JUDGED[machine] | syscalls.UNSEEN
    assert {name: number for name, number in ours.items() if known.get(name, number) != number} == {}
    assert len(ours.keys() & known.keys()) > 80


def test_the_status_line_says_which_layers_hold() -> None:
    held, gap = Layer("seccomp"), Layer("Landlock", "switched off")
    assert Fence((Layer("Landlock"), held, Layer("audit"))).status == "Landlock, seccomp, audit"
    assert Fence((gap, held, Layer("audit"))).status == "seccomp, audit, no Landlock"
    assert Fence((gap, Layer("seccomp", "old"), Layer("audit"))).status == "audit only"
    assert Fence((gap, held)).told == "no Landlock (switched off)"
    assert Status(True, fenced_by="seccomp, audit, no Landlock").right == "read-only: seccomp, audit, no Landlock"


def test_another_system_than_linux_has_the_tripwire_alone() -> None:
    script = """
import json, os, sys
sys.platform = "darwin"
from canvas_tui.tui.sandbox.fence import put_up
fence = put_up()
try:
    open(os.devnull, "w")
except PermissionError as error:
    print(json.dumps([fence.status, fence.told, str(error)]))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    status, told, error = json.loads(done.stdout)
    assert status == "audit only"
    assert told == "no Landlock (only on Linux), no seccomp (only on Linux)"
    assert error == "a read-only session was about to do this: open"
