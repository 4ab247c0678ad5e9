"""Undo and redo without limit, as stacks of commands.

Undo takes back only one's own edits: an inverse is applied to the workspace as it is now, with other people's edits in
it, and may meet a Conflict like any other command. The stacks change only after the edit is done (on disk).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # a session that only looks never loads the commands
    from canvas_tui.core.commands import Command


class Step(NamedTuple):
    """One edit that can be taken back. `hint` is storage's record of the old text, to restore every byte.

    `began` is the address where the cursor was when the edit was made: after undo the cursor goes back there.
    """

    command: Command  # what takes the edit back
    title: str  # "Deleted “Word of mouth”"
    hint: object | None = None
    began: str = ""


class History:
    """The steps for undo and redo. A new edit forgets the steps for redo."""

    def __init__(self) -> None:
        self._undo: list[Step] = []
        self._redo: list[Step] = []

    @property
    def next_undo(self) -> Step | None:
        """The step that undo would take back."""
        return self._undo[-1] if self._undo else None

    @property
    def next_redo(self) -> Step | None:
        """The step that redo would do again."""
        return self._redo[-1] if self._redo else None

    def replace(self, hint: object, step: Step) -> bool:
        """Put `step` in place of the step with this hint, under the old title. False if there is no such step."""
        for steps in (self._undo, self._redo):
            for at, each in enumerate(steps):
                if each.hint == hint:
                    steps[at] = Step(step.command, each.title, step.hint, each.began)
                    return True
        return False

    def forget(self, hint: object) -> None:
        """Remove the step with this hint, because its edit was given up."""
        for steps in (self._undo, self._redo):
            steps[:] = [each for each in steps if each.hint != hint]

    def did(self, step: Step) -> None:
        """Note that a new edit was made; `step` takes it back."""
        self._undo.append(step)
        self._redo.clear()

    def undid(self, step: Step) -> None:
        """Note that the last edit was taken back; `step` does it again."""
        self._undo.pop()
        self._redo.append(step)

    def forget_undo(self) -> None:
        """Remove the step that undo would take back, because it does not fit the workspace any more."""
        self._undo.pop()

    def forget_redo(self) -> None:
        """Remove the step that redo would do again, because it does not fit the workspace any more."""
        self._redo.pop()

    def redid(self, step: Step) -> None:
        """Note that an edit was done again; `step` takes it back."""
        self._redo.pop()
        self._undo.append(step)
