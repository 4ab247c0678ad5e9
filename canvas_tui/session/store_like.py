"""What the screen needs of a store, and of what it tells: the controller knows no more of storage than this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from canvas_tui.core.changes import Change
from canvas_tui.core.commands import Command
from canvas_tui.core.workspace import Workspace

if TYPE_CHECKING:
    from canvas_tui.session.saving import Kept, Waits


class DoneLike(Protocol):
    """What a store tells of an edit that is on disk."""

    @property
    def workspace(self) -> Workspace: ...

    @property
    def inverse(self) -> Command: ...

    @property
    def hint(self) -> object | None: ...

    @property
    def changes(self) -> tuple[Change, ...]: ...

    @property
    def made(self) -> str: ...

    @property
    def merged(self) -> bool: ...

    @property
    def durable(self) -> bool: ...


class PendingLike(Protocol):
    """An edit that waits."""

    @property
    def id(self) -> str: ...

    @property
    def command(self) -> Command: ...

    @property
    def title(self) -> str: ...

    @property
    def reason(self) -> str: ...


class RetriedLike(Protocol):
    """What became of an edit that waited."""

    @property
    def pending(self) -> PendingLike: ...

    @property
    def done(self) -> DoneLike | None: ...

    @property
    def problem(self) -> Exception | None: ...

    @property
    def is_saved(self) -> bool: ...

    @property
    def is_conflict(self) -> bool: ...


class OfferLike(Protocol):
    """An edit that waits, as a diff."""

    @property
    def pending(self) -> PendingLike: ...

    @property
    def lines(self) -> tuple[str, ...]: ...

    @property
    def problem(self) -> Exception | None: ...


class StoreLike(Protocol):
    """Writes commands through to files; the controller knows no more of storage than this."""

    @property
    def workspace(self) -> Workspace:
        """What to show: what is on disk, as far as known, with the edits that wait."""

    @property
    def pending(self) -> Sequence[PendingLike]:
        """The edits that wait to be saved."""

    @property
    def offered(self) -> Sequence[PendingLike]:
        """What earlier sessions left, until it is accepted or dropped."""

    @property
    def unsaved(self) -> frozenset[str]:
        """The addresses of what is shown and not on disk."""

    @property
    def is_durable(self) -> bool:
        """Whether all that waits would survive the end of this session."""

    def apply(self, command: Command, hint: object | None = None, *, title: str = "") -> DoneLike | Waits:
        """Carry out a command: on disk, or kept until it can be. Raises EditError, UnknownElement or a SaveError; then
        nothing changed."""

    def take_back(self, kept: Kept) -> Waits | None:
        """Take an edit that waits out of the journal; None where it waits no longer."""

    def retry(self, *, is_quiet: bool = False) -> Sequence[RetriedLike]:
        """Try to save what waits; one result each. `is_quiet`: nobody asked, and no key is to wait for it."""

    def accept(self) -> None:
        """What earlier sessions left waits from now on as if made in this one."""

    def offer_back(self, command: Command, title: str, reason: str) -> None:
        """Keep an edit that was saved and that the files hold no more, and offer it."""

    def drop(self, identity: str) -> None:
        """Give up an edit that waits."""

    def offers(self) -> Sequence[OfferLike]:
        """Everything that waits or is offered, as a diff against the disk."""

    def refresh(self) -> frozenset[str]:
        """Read again what changed on disk; the paths of those files."""
