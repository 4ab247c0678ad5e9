"""Where a person's own state is kept: drafts, queued edits, receipts, reports. Makes no folder.

Follows the rules of the system without a library, because importing one would delay a save by 20 ms.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME = "canvas-tui"


def state_folder() -> Path:
    """The folder of this program in the user's state folder. XDG_STATE_HOME counts only if it is absolute."""
    if sys.platform == "darwin":
        return Path(os.path.expanduser("~/Library/Application Support"), NAME)
    given = os.environ.get("XDG_STATE_HOME", "")
    return Path(given if os.path.isabs(given) else os.path.expanduser("~/.local/state"), NAME)
