"""`python -m tests.readme`: make anew what is made in README.md and docs/rules.md: tables and the picture."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from tests import corpus
from tests.readme import ROOT, RULES_PAGE, environment_table, key_table, put_between
from tests.tui.sessions import copy_of, editing_app, running

PICTURE = ROOT / "docs" / "board.svg"
SIZE = (112, 32)


async def board_picture() -> str:
    """The board of samples/fieldnote as SVG, exported from the app itself."""
    with tempfile.TemporaryDirectory() as folder:
        app = editing_app(copy_of("fieldnote", Path(folder)))
        async with running(app, SIZE) as pilot:
            await pilot.pause()
            svg = app.export_screenshot(title="canvas-tui samples/fieldnote")
    # fonts from the network have no place in a picture; and ids made of a hash would change for nothing
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"terminal-\d+", "terminal", svg) + "\n"


def main() -> None:
    put_between("keys", key_table())
    put_between("environment", environment_table())
    put_between("corpus", corpus.table(), RULES_PAGE)
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(asyncio.run(board_picture()))


if __name__ == "__main__":
    main()
