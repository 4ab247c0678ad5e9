"""Random pairs of branches for the tests of merging: hand-written files in many styles, edited on each side."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from random import Random
from typing import Any

from hypothesis import strategies as st

from canvas_tui.core.places import EditError
from canvas_tui.core.workspace import UnknownElement, Workspace
from canvas_tui.storage.read.blocks import scan
from canvas_tui.storage.read.document import parse_document
from canvas_tui.storage.write.text.patch import patch
from tests.unit.store_styles import FOLDERS
from tests.unit.strategy_factory import templates
from tests.unit.test_store_properties import commands

Files = dict[str, str]


def workspace_of(files: Files) -> Workspace:
    """The files as a workspace, without a disk."""
    found = Workspace((), templates(), is_folder="strategy.toml" in files)
    for path, text in files.items():
        is_header = path == "strategy.toml" or len(files) == 1
        found = found.with_document(parse_document(path, text.encode(), is_header=is_header, templates=templates()))
    return found


@st.composite
def edited(draw: st.DrawFn, files: Files) -> Files:
    """The files after a few edits that a person could make in the app, and a few made by hand."""
    files = dict(files)
    for _ in range(draw(st.integers(1, 4))):
        workspace = workspace_of(files)
        try:
            command = draw(commands(workspace))
            applied = command.apply(workspace) if command is not None else None
        except (EditError, UnknownElement, ValueError):
            continue
        for file in {change.file for change in applied.changes} if applied else ():
            after = applied.workspace.document(file) if applied else None
            if file not in files or after is None:
                continue
            changes = [change for change in applied.changes if change.file == file] if applied else []
            cells = workspace.template(after.canvas).cell_ids if after.canvas is not None else ()
            try:
                files[file] = patch(files[file], changes, cells)
            except (ValueError, LookupError, AssertionError):
                continue
    if draw(st.booleans()):
        file = draw(st.sampled_from(sorted(files)))
        files[file] = draw(by_hand(files[file]))
    return files


@st.composite
def by_hand(draw: st.DrawFn, text: str) -> str:
    """A comment more, loose or above a table, a table moved to the end, or one taken out with its comments."""
    heads = scan(text).heads
    if not heads:
        return text + f"# loose {draw(st.integers(0, 99))}\n" if text.endswith("\n") else text
    index = draw(st.integers(0, len(heads) - 1))
    at, end = heads[index].start, scan(text).end_of(index)
    what = draw(st.sampled_from(["above", "loose", "out", "behind"]))
    comment = f"# said {draw(st.integers(0, 99))}\n"
    if what == "above":
        return text[:at] + comment + text[at:]
    if what == "loose":
        return text[:at] + comment + "\n" + text[at:]
    if what == "out":
        left = text[:at] + text[end:]
        return left if is_toml(left) else text
    line = heads[index].end - 1
    return text[:line] + "  " + comment.rstrip("\n") + text[line:] if text[line : line + 1] == "\n" else text


def is_toml(text: str) -> bool:
    """Whether a text is valid."""
    try:
        tomllib.loads(text)
    except ValueError:
        return False
    return True


@st.composite
def branches(draw: st.DrawFn) -> tuple[str, str, str]:
    """A file as (base, ours, theirs)."""
    folder = FOLDERS[draw(st.sampled_from(sorted(FOLDERS)))]
    name = draw(st.sampled_from(sorted(folder)))
    base = {name: folder[name]}
    return folder[name], draw(edited(base))[name], draw(edited(base))[name]


def mutated(random: Random, text: str) -> str:
    """The file after a few blows to its lines that left it valid: taken out, doubled, moved, put in, written over."""
    for _ in range(random.randint(1, 4)):
        tries = (_struck(random, text.split("\n")) for _ in range(20))
        text = next(("\n".join(lines) for lines in tries if is_toml("\n".join(lines))), text)
    return text


def _struck(random: Random, lines: list[str]) -> list[str]:
    at = random.randrange(len(lines))
    some = lines[at : at + random.randint(1, 5)]
    number = random.randrange(99)
    match random.choice(["out", "out", "in", "move", "words", "words", "twice"]):
        case "out":
            return lines[:at] + lines[at + random.randint(1, 3) :]
        case "in":
            return [*lines[:at], random.choice(_NEW_LINES).replace("N", str(number)), *lines[at:]]
        case "move":
            left = lines[:at] + lines[at + len(some) :]
            to = random.randrange(len(left) + 1)
            return left[:to] + some + left[to:]
        case "words":
            with_words = lines[at].replace('"', f'"w{number} ', 1)
            return [*lines[:at], random.choice([with_words, f"{lines[at]}  # t{number}"]), *lines[at + 1 :]]
    return lines[:at] + some + lines[at:]


_NEW_LINES = ("# cN", "", 'note = "nN"', '[[problem]]\ntext = "new N"', 'links = ["lN"]', '[cell.x]\nowner = "oN"')


def leaves(data: dict[str, Any]) -> Counter[str]:
    """Every text of a table that is no id and no link, wherever it stands; what was kept of a conflict counts too."""
    found: Counter[str] = Counter()
    waiting: list[tuple[str, Any]] = [("", data)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, dict) and str(value.get("field")).rpartition(".")[2] not in (*_NAMES, "cell"):
            waiting += value.items()
        elif isinstance(value, list):
            waiting += [(key, each) for each in value]
        elif isinstance(value, str) and key not in _NAMES:
            found[value] += 1
    return found


_NAMES = ("id", "links", "depends-on", "promotes", "parent", "element", "field", "who")


_TEXT_OR_COMMENT = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""' + r"|'''(?:[^']|'(?!''))*'''" + r'|"(?:[^"\\\n]|\\.)*"' + r"|'[^'\n]*'|#[^\n]*",
    re.DOTALL,
)


def line_comments(text: str) -> Counter[str]:
    """Whole-line comments, outside of texts."""
    found: Counter[str] = Counter()
    for each in _TEXT_OR_COMMENT.finditer(text):
        line_start = text.rfind("\n", 0, each.start()) + 1
        if each.group().startswith("#") and not text[line_start : each.start()].strip():
            found[each.group().rstrip()] += 1
    return found
