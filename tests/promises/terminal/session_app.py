"""A small app to end in every way: `session_app.py STATE [stock] [hostile] [noisy]`.

With `stock` it is what Textual gives by itself: the negative control of every promise here. Keys: ctrl+o fails, ctrl+t
fails in a thread, ctrl+q quits; text goes into a field whose draft is kept.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

STATE, FLAGS = Path(sys.argv[1]), set(sys.argv[2:])
IS_STOCK = "stock" in FLAGS
if not IS_STOCK:
    from canvas_tui.tui.terminal.environment import scrub

    scrub(os.environ)

import threading  # noqa: E402

from textual.app import App, ComposeResult  # noqa: E402
from textual.widgets import DataTable, Input, OptionList, Static, TextArea, Tree  # noqa: E402

from canvas_tui.storage.write.drafts import Drafts  # noqa: E402
from canvas_tui.tui.terminal import exits  # noqa: E402
from canvas_tui.tui.terminal.safe_app import SafeApp  # noqa: E402

Base: Any = App if IS_STOCK else SafeApp
drafts = None if IS_STOCK else Drafts(STATE / "drafts", STATE, interval=60)


class SessionApp(Base):  # type: ignore[misc]  # one of two
    CSS = """
    #status { height: 6; }
    Static.bold { text-style: bold reverse; color: red; }
    DataTable, Tree, OptionList, TextArea { height: 3; }
    """
    BINDINGS = [("ctrl+o", "fail"), ("ctrl+t", "fail_in_thread")]

    def compose(self) -> ComposeResult:
        yield Static("ready", markup=False, id="status")
        yield Static("loud", markup=False, classes="bold")
        yield Input(id="field")
        if "hostile" in FLAGS:
            yield from self.hostile()

    def hostile(self) -> ComposeResult:
        from rich.style import Style
        from rich.text import Text

        sys.path.insert(0, str(Path(__file__).parents[3]))
        from tests.hostile import CONTROLS, ESCAPES, REORDERED

        texts = [*ESCAPES, *REORDERED, "".join(CONTROLS)]
        yield Static(Text(" ".join(texts), style=Style(link="https://evil.test")), markup=False)
        table: DataTable[Any] = DataTable()
        table.add_columns("a", "b")
        table.add_rows([(Text(text), Text(text)) for text in texts])
        yield table
        tree: Tree[None] = Tree(Text(texts[0]))
        tree.root.expand()
        for text in texts:
            tree.root.add(Text(text))
        yield tree
        yield OptionList(*(Text(text) for text in texts))
        yield TextArea("\n".join(texts))
        yield Input(value=" ".join(texts))
        titled = Static("titled", markup=False)
        titled.border_title = texts[0]
        titled.styles.border = ("round", "white")
        yield titled

    def on_mount(self) -> None:
        self.query_one("#field").focus()
        self.beat = 0
        if "noisy" in FLAGS:
            self.set_interval(0.005, self.paint)

    def paint(self) -> None:
        self.beat += 1
        self.query_one("#status", Static).update("".join(f"{self.beat * n} " for n in range(400)))

    def on_input_changed(self, event: Input.Changed) -> None:
        if drafts is not None and event.input.id == "field":
            drafts.keep("entry#text", event.value, "")
        event.input.border_title = f"seen {len(event.value)}"

    def action_fail(self) -> None:
        secret_local = "hunter" + "2"
        raise ValueError(f"on purpose\x1b[31m {len(secret_local)}")

    def action_fail_in_thread(self) -> None:
        def work() -> None:
            raise LookupError("in a thread")

        threading.Thread(target=work).start()


if __name__ == "__main__":
    app = SessionApp()
    if IS_STOCK:
        app.run()
        sys.exit(app.return_code or 0)
    assert drafts is not None
    sys.exit(exits.run(app, keep=drafts.flush_now, reports=STATE / "crashes"))
