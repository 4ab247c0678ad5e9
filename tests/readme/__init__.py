"""The parts of README.md that are made: the key table, the picture, the speed table. `python -m tests.readme`."""

from __future__ import annotations

import re
from pathlib import Path

from canvas_tui.cli.commands.keys import spelled
from canvas_tui.tui.input.actions import ACTIONS, GROUPS
from canvas_tui.tui.terminal.environment import VARIABLES

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
RULES_PAGE = ROOT / "docs" / "rules.md"


def with_part(readme: str, name: str, part: str) -> str:
    """The text of a page with another part between `<!-- name: ... -->` and `<!-- /name -->`."""
    pattern = re.compile(rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- /{name} -->)", re.DOTALL)
    made, count = pattern.subn(lambda match: f"{match[1]}{part}\n{match[2]}", readme)
    if count != 1:
        raise ValueError(f"the page has no single place for '{name}'")
    return made


def put_between(name: str, part: str, page: Path = README) -> None:
    """Write that part into README.md, or into another page."""
    page.write_text(with_part(page.read_text(), name, part))


def key_table() -> str:
    """The registry as a Markdown table, one row an action, grouped."""
    rows = ["| keys | what they do |", "|---|---|"]
    for group in GROUPS:
        rows.append(f"| **{group}** | |")
        for action in ACTIONS:
            if action.group == group:
                keys = " ".join(f"`{key}`" for key in spelled(action.keys))
                rows.append(f"| {keys} | {action.help} |")
    return "\n".join(rows)


def environment_table() -> str:
    """Every environment variable the program reads."""
    rows = ["| variable | what it means |", "|---|---|"]
    return "\n".join(rows + [f"| `{each.name}` | {each.meaning} |" for each in VARIABLES])
