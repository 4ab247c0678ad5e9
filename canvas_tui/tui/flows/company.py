"""Who else is in the workspace: told in the status line, and remembered by the element at which they were seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from canvas_tui.session.presence_text import PeopleLike
    from canvas_tui.session.session import Session
    from canvas_tui.tui.paint.status import Status


class Company:
    """The others. Nobody is known, and nothing told, until `meet`; `repaint` paints the status line."""

    def __init__(self, session: Session, status: Status, repaint: Callable[[], object]) -> None:
        self._session, self._status, self._repaint = session, status, repaint
        self._people: PeopleLike | None = None
        self._seen: dict[str, str] = {}  # the name of whoever was seen at an address last
        self._tell: Callable[[str, bool], object] = lambda address, is_editing: None

    def meet(self, people: PeopleLike, tell: Callable[[str, bool], object] | None = None) -> None:
        """From now on `people` knows the other sessions; `tell` tells them where one is. Without it they are not told,
        as in a read-only session."""
        self._people = people
        if tell is not None:
            self._tell = tell

    def tell_place(self, address: str, is_editing: bool) -> None:
        """Tell the others where one is, and whether one types there."""
        self._tell(address, is_editing)

    def look(self) -> None:
        """Somebody came, went, or is somewhere else in the workspace."""
        from canvas_tui.session.presence_text import company

        people = self._people.others() if self._people is not None else ()
        self._seen |= {person.where: person.name for person in people if person.where}
        others = company(people, self._session.workspace)
        if others != self._status.others:
            self._status.others = others
            self._repaint()

    def seen_at(self, address: str) -> str:
        """The name of whoever was seen at this element last, or ""."""
        return self._seen.get(address, "")
