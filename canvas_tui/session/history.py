"""What a person can take back: unlimited undo and redo as stacks of commands.

Undo is each person's own: an inverse is applied to the workspace as it is now, beside other people's edits, and
may meet a Conflict like any other command. The stacks change only after the edit is done (on disk).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # a session that only looks never loads the commands
    from canvas_tui.core.commands import Command


class Step(NamedTuple):
    """One edit that can be taken back. `hint` is storage's own: how the text stood, for a byte-exact return.

    `began` is the address where the person stood who made it: taken back, it is seen from there again.
    """

    command: Command  # what takes the edit back
    title: str  # "Deleted “Word of mouth”"
    hint: object | None = None
    began: str = ""


class History:
    """Undo and redo. A new edit forgets what could be redone."""

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
        """The step with this hint is taken back, or done again, in another way from now on; its title stays.

        False where there is none.
        """
        for steps in (self._undo, self._redo):
            for at, each in enumerate(steps):
                if each.hint == hint:
                    steps[at] = Step(step.command, each.title, step.hint, each.began)
                    return True
        return False

    def forget(self, hint: object) -> None:
        """The step with this hint is no more: its edit was given up."""
        for steps in (self._undo, self._redo):
            steps[:] = [each for each in steps if each.hint != hint]

    def did(self, step: Step) -> None:
        """A new edit was made; `step` takes it back."""
        self._undo.append(step)
        self._redo.clear()

    def undid(self, step: Step) -> None:
        """The last edit was taken back; `step` does it again."""
        self._undo.pop()
        self._redo.append(step)

    def forget_undo(self) -> None:
        """The step that undo would take back fits nothing that is there any more: the one before it is next."""
        self._undo.pop()

    def forget_redo(self) -> None:
        """The step that redo would do again fits nothing that is there any more."""
        self._redo.pop()

    def redid(self, step: Step) -> None:
        """The last edit taken back was done again; `step` takes it back."""
        self._redo.pop()
        self._undo.append(step)
