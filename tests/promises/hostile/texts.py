"""Workspaces packed with hostile text: every payload, in every field that a file can have, and in names of files.

Each text carries a tag (`T0017`), so that a test can tell how many of them were really on a screen. Owns no assertion.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.hostile import PAYLOADS, toml_string

WORKSPACES, TEXTS = 5, 200  # a thousand texts
_HOLDABLE = tuple(text for text in PAYLOADS if "\ud800" not in text)
_CELLS = "problem solution unique-value unfair-advantage customer-segments metrics channels cost-structure".split()
_STATES = ("fact", "assumption", "validated", "refuted")

Take = Callable[[], str]


def texts(which: int) -> Iterator[str]:
    """The texts of one workspace as TOML strings, never ending: each payload in turn, some with a second one behind."""
    chance = random.Random(which)
    number = which * TEXTS
    while True:
        payload = _HOLDABLE[number % len(_HOLDABLE)]
        second = chance.choice(_HOLDABLE) if chance.random() < 0.3 else ""
        before = "" if chance.random() < 0.2 else f"T{number:04} "
        yield toml_string(f"{before}{payload}{second}")
        number += 1


def make(folder: Path, which: int) -> int:
    """Write the workspace with this number; how many hostile texts are in it."""
    folder.mkdir()
    given = texts(which)
    count = 0

    def take() -> str:
        nonlocal count
        count += 1
        return next(given)

    _write(folder / "strategy.toml", _header(take))
    _write(folder / "goals.toml", _goals(take))
    _write(folder / "lean.toml", _canvas(take, "lean-canvas", "lean", _CELLS, each=3))
    _write(folder / "swot.toml", _canvas(take, "swot", "swot", ["strengths", "weaknesses", "threats"], each=5))
    (folder / "models").mkdir()
    _write(folder / "models" / "own.toml", _template(take))
    _write(folder / "own.toml", f'model = "own"\ntitle = {take()}\nleft = [{take()}, {take()}]\n')
    for name in ("bad\x1b[31m\u202e.toml", "[@click=app.bell()]x[bold].toml", "\x9b2J.toml"):
        _write(folder / name, f"model = {take()}\n= broken\n")
        count += 1
    return count


def _header(take: Take) -> str:
    waivers = "".join(
        f'[[waivers]]\nrule = "orphan-entry"\nelement = "e{number}"\nreason = {take()}\nwho = {take()}\n'
        for number in range(3)
    )
    return f"format = 1\nname = {take()}\nvision = {take()}\n{take()} = {take()}\n{waivers}"


def _goals(take: Take) -> str:
    goals = "".join(
        f'[[goals]]\nid = "g{number}"\ntitle = {take()}\nteam = {take()}\nowner = {take()}\n'
        f"metric = {{ name = {take()}, unit = {take()}, baseline = 1, current = 2, target = 9 }}\n"
        + (f'parent = "g{number - 1}"\n' if number % 3 else "")
        for number in range(7)
    )
    initiatives = "".join(
        f'[[initiatives]]\nid = "i{number}"\ntitle = {take()}\nnote = {take()}\nowner = {take()}\n'
        f'status = {take() if number % 4 == 0 else toml_string("active")}\nlinks = ["g{number}", {take()}]\n'
        for number in range(7)
    )
    return goals + initiatives + f"[[goals]]\nid = {take()}\ntitle = {take()}\n"


def _canvas(take: Take, model: str, name: str, cells: list[str], *, each: int) -> str:
    head = (
        f'model = "{model}"\nid = "{name}"\ntitle = {take()}\nteam = {take()}\nowner = {take()}\n{take()} = {take()}\n'
    )
    entries = "".join(
        f"[[{cell}]]\ntext = {take()}\nnote = {take()}\nowner = {take()}\nevidence = [{take()}]\n"
        f'state = "{_STATES[number % 4]}"\nlinks = ["g{number}", {take() if number == 1 else toml_string("i1")}]\n'
        + (f'id = "e{number}"\n' if cell == cells[0] and name == "lean" else "")
        for cell in cells
        for number in range(each)
    )
    return head + entries + f"[cell.{cells[-1]}]\nnote = {take()}\n"


def _template(take: Take) -> str:
    cells = "".join(
        f'[[cells]]\nid = "{cell}"\ntitle = {take()}\nshort = {take()}\nprompt = {take()}\nhelp = {take()}\n'
        f"columns = [{at}, {at}]\nrows = [1, 1]\nrole = {take()}\n"
        for at, cell in enumerate(("left", "right"), 1)
    )
    order = 'order = ["left", "right"]'
    return f'id = "own"\ntitle = {take()}\nsummary = {take()}\ncolumns = 2\nrows = 1\n{order}\n{cells}'


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())
