"""Views are pure: a process that imports all of them has loaded no screen and no writer."""

from __future__ import annotations

import subprocess
import sys

_LOOK = """
import importlib, pkgutil, sys
import canvas_tui.tui.views as views
names = [f"canvas_tui.tui.views.{each.name}" for each in pkgutil.iter_modules(views.__path__)]
for name in names: importlib.import_module(name)
tops = {name.partition(".")[0] for name in sys.modules}
print(len(names), *sorted(tops & {"textual", "rich", "tomlkit", "networkx"}))
print(*(name for name in sys.modules if name.startswith("canvas_tui.storage")))
"""


def test_no_view_loads_textual_a_writer_or_networkx() -> None:
    found = subprocess.run([sys.executable, "-c", _LOOK], capture_output=True, text=True, check=True).stdout
    first, second = found.split("\n")[:2]
    assert int(first.split()[0]) > 10
    assert first.split()[1:] == []
    assert second == ""
