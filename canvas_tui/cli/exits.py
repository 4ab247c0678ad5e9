"""Exit codes, and the one exception that ends a command with a sentence.

Every failure that is not a bug goes through `Failure`, with a message of the form "what is wrong - what to do".
"""

from __future__ import annotations

from typing import Final

FINE: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2  # bad arguments, input that cannot be read, or a machine that has no room for the answer
REFUSED: Final = 3  # a conflict with somebody else's edit, or a place that may not be written
INTERNAL: Final = 4  # a bug of ours, and nothing else
BY_SIGNAL: Final = 128  # plus the signal's number


class Failure(Exception):
    """Ends the command. The message is a sentence for a person, `what - what to do`; `code` is the exit code."""

    def __init__(self, message: str, code: int = USAGE) -> None:
        super().__init__(message)
        self.code = code
