"""Who is at the keyboard, as far as the system knows."""

from __future__ import annotations

import os


def account_name() -> str:
    """The account's name, which unlike $USER nobody sets by accident; its number where it has no name."""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
