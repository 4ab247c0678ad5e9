"""Starts a workspace: a few small files with comments, ready to be edited. Never writes over anything."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from canvas_tui.storage.write.commit import create
from canvas_tui.storage.write.errors import SaveError, explain
from canvas_tui.storage.write.team_folder import make_folders
from canvas_tui.storage.write.values import FileStyle, format_text

StartTemplate = Literal["lean", "full", "empty"]

# A text wholly in angle brackets is a placeholder (core.placeholder): it counts as empty until somebody changes it.
_STRATEGY = """\
# What this strategy is called, and where it is to lead.
# A text in <angle brackets> is a placeholder: it counts as empty until you write your own.
format = 1
name = {name}
vision = "<In one sentence: what will be different, and for whom?>"
"""

_GOALS = """\
# Three to five goals over the next 3 to 12 months, each with a number and a day, written like this:
# metric = {{ name = "paying customers", baseline = 0, current = 0, target = 10, unit = "customers" }}
# due = {due}

[[goals]]
id = "first-goal"
title = "<What must be true by then? For example: the first ten customers pay>"
team = "company"
status = "active"
"""

_LEAN = """\
# One page for the product. An entry is a [[cell]] table; links name ids of goals, initiatives or other entries.
# A draft is asked for nothing. When it is to count, make it status = "active".
model = "lean-canvas"
id = "lean"
title = "Lean canvas"
team = "product"
status = "draft"

[[problem]]
id = "main-problem"
text = "<What hurts these customers most?>"
state = "assumption"
links = ["first-goal"]

[[customer-segments]]
text = "<Who has the problem, and who pays?>"

[[unique-value-proposition]]
text = "<Why is this different, and worth a look?>"
links = ["main-problem", "first-goal"]

[[solution]]
text = "<What is the smallest answer to the problem?>"
links = ["main-problem"]
"""

_SWOT = """\
# Three to six entries a quadrant, each compared with what others offer.
model = "swot"
id = "swot"
title = "SWOT"
team = "company"
status = "draft"

[[strengths]]
text = "<What do we do better than the others?>"

[[opportunities]]
text = "<What outside is in our favour?>"
links = ["first-goal"]
"""

_MIX = """\
# The seven parts of the marketing mix. The short form below is fine for entries that are only a text.
model = "marketing-mix-7p"
id = "marketing-mix"
title = "Marketing mix"
team = "marketing"
status = "draft"

product = ["<What do they get, and what besides?>"]
price = ["<What do they pay, and how?>"]
place = ["<Where do they find it and buy it?>"]
promotion = ["<What do we tell them, where and when?>"]
"""

_INITIATIVES = """\
# The work. Links say which goals it serves and which entries it answers; depends-on names what must come first.

[[initiatives]]
id = "first-work"
title = "<What is built first? For example: a version for five pilot customers>"
team = "product"
kind = "product"
status = "idea"
links = ["first-goal", "main-problem"]

[[initiatives]]
id = "first-campaign"
title = "<Who is told of it first, and how?>"
team = "marketing"
kind = "campaign"
status = "idea"
links = ["first-goal"]
depends-on = ["first-work"]
promotes = ["first-work"]
"""

_FILES: dict[StartTemplate, dict[str, str]] = {
    "empty": {"strategy.toml": _STRATEGY},
    "lean": {"strategy.toml": _STRATEGY, "goals.toml": _GOALS, "lean-canvas.toml": _LEAN},
    "full": {
        "strategy.toml": _STRATEGY,
        "goals.toml": _GOALS,
        "lean-canvas.toml": _LEAN,
        "swot.toml": _SWOT,
        "marketing-mix.toml": _MIX,
        "initiatives.toml": _INITIATIVES,
    },
}
_IN_ONE_FILE = ("strategy.toml", "lean-canvas.toml", "goals.toml", "initiatives.toml")  # one canvas a file


def start_workspace(path: Path, template: StartTemplate, name: str = "", due: str = "2027-12-31") -> list[Path]:
    """Write a workspace into the folder `path` (made if it is missing), or into one file if `path` ends in .toml.

    `due` is the date of the example goal, as YYYY-MM-DD. Returns the files written. Raises SaveError if one of them
    exists, or cannot be written; then none is left behind.
    """
    is_file = path.suffix == ".toml"
    title = name.strip() or (path.stem if is_file else path.absolute().name) or "Strategy"
    texts = {
        file: text.format(name=format_text(title, FileStyle()), due=due) for file, text in _FILES[template].items()
    }
    if is_file:
        whole = "\n".join(texts[file] for file in _IN_ONE_FILE if file in texts)
        return _write_all(path.parent, {path: whole}, root=path)
    return _write_all(path, {path / file: text for file, text in texts.items()}, root=path)


def _write_all(folder: Path, texts: dict[Path, str], root: Path) -> list[Path]:
    for path in texts:
        if os.path.lexists(path):
            raise SaveError(path, "exists already", "choose another place, nothing was written", "refused")
    try:
        make_folders(folder)
    except OSError as problem:
        raise explain(folder, problem) from problem
    written: list[Path] = []
    try:
        for path, text in texts.items():
            create(path, root, text.encode("utf-8"))
            written.append(path)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written
