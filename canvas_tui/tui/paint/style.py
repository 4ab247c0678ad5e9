"""How things look, named once: styles by meaning, marks and box characters, for colour, no colour and ASCII.

No textual at import. Painting code makes `Line`s, tuples of (text, style name), which a widget turns into strips;
so every screen can be made and tested as plain values.
"""

from __future__ import annotations

from typing import NamedTuple

Span = tuple[str, str]
Line = tuple[Span, ...]

# One accent and two alarm colours, red for errors alone and yellow for warnings; dim for what is secondary. Meaning
# never hangs on colour alone: see Marks.
# 16-colour names, so that every terminal shows them in its own palette; truecolor is not needed for four colours.
STYLES: dict[str, str] = {
    "": "",
    "text": "",
    "dim": "dim",
    "title": "bold",
    "bar": "bold",
    "accent": "cyan",
    "border": "dim",
    "border-here": "cyan",
    "cell-title": "bold",
    "cell-here": "bold cyan",
    "cursor": "reverse",
    "cursor-dim": "reverse dim",
    "prompt": "dim italic",
    "count": "dim",
    "link": "cyan",
    "error": "bold red",
    "warning": "yellow",
    "info": "dim",
    "good": "green",
    "key": "bold cyan",
    "match": "bold underline",
    "sub": "dim italic",
    "chosen": "bold",
    "draft": "bold yellow",
}


class Marks(NamedTuple):
    """The signs that stand for things. `box` has: ─ │ ┌ ┐ └ ┘ ├ ┤ ┬ ┴ ┼ by position."""

    unsaved: str = "*"
    orphan: str = "○"
    error: str = "!"
    assumption: str = "?"
    future: str = "»"
    fact: str = " "
    validated: str = "✓"
    refuted: str = "✗"
    cursor: str = "▌"
    sub: str = "·"
    why: str = "▸"
    how: str = "◂"
    full: str = "▰"
    empty: str = "▱"
    branch: str = "├─"
    last: str = "└─"
    pipe: str = "│"
    step: str = "└"
    tick: str = "✓"
    ellipsis: str = "…"
    arrow: str = "→"
    dash: str = "–"
    separator: str = "·"
    box: str = "─│┌┐└┘├┤┬┴┼"


UNICODE = Marks()
ASCII = Marks(
    orphan="o", error="!", assumption="?", future="~", validated="v", refuted="x", cursor=">", sub="-",
    why=">", how="<", full="#", empty=".", branch="|-", last="`-", pipe="|", step="`", tick="v", ellipsis="~",
    arrow="->", dash="-", separator="-", box="-|+++++++++",
)  # fmt: skip


def plain(line: Line) -> str:
    """The text of a line, without its styles."""
    return "".join(text for text, _ in line)
