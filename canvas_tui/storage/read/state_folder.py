"""Where a person's own state is kept: drafts, edits that wait, receipts of saves, reports. Makes no folder.

By the rules of the system, and without a library for it: a save asks, and may not wait 20 ms for an import.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME = "canvas-tui"


def state_folder() -> Path:
    """The folder of this program in the user's state folder. Only a whole path counts, as XDG has it."""
    if sys.platform == "darwin":
        return Path(os.path.expanduser("~/Library/Application Support"), NAME)
    given = os.environ.get("XDG_STATE_HOME", "")
    return Path(given if os.path.isabs(given) else os.path.expanduser("~/.local/state"), NAME)
