"""The app: builds the parts of a session, wires them to each other, and answers what Textual asks.

Decides nothing itself: `navigator` knows which screen is shown, `flows` do what takes several steps. Screens own
what is on them, and the session owns the workspace. What the first picture does not need is loaded after it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual._compositor import Compositor
from textual.binding import BindingType
from textual.screen import Screen

from canvas_tui.core.text import clean
from canvas_tui.session.drafts import Shelf, whereabouts
from canvas_tui.session.session import Session
from canvas_tui.tui import tidying
from canvas_tui.tui.config import Config
from canvas_tui.tui.flows.analysis_refresh import SOONEST, AnalysisRefresh
from canvas_tui.tui.flows.company import Company
from canvas_tui.tui.flows.unsaved_edits import UnsavedEdits
from canvas_tui.tui.input.deeds import Deed, Deeds, merged
from canvas_tui.tui.input.keymap import KeyReader
from canvas_tui.tui.navigator import Navigator, ScreenCalls, make_screen
from canvas_tui.tui.paint.status import Status
from canvas_tui.tui.paint.style import ASCII, UNICODE
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.terminal.safe_app import SafeApp
from canvas_tui.tui.terminal.terminal_diff import SHOWN, SparseCompositor

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command
    from canvas_tui.tui.flows.disk_changes import DiskChanges
    from canvas_tui.tui.flows.draft_recovery import DraftRecovery
    from canvas_tui.tui.flows.edits import Edits


class CanvasApp(SafeApp[None]):
    """One session in one workspace. `shelf` (drafts) is given where it can write."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        session: Session,
        *,
        config: Config | None = None,
        is_ascii: bool = False,
        environ: Mapping[str, str] | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        super().__init__(environ=environ)
        self.theme = "ansi-dark"  # the sixteen colours of the terminal's own palette
        config = config or Config()
        self.session = session
        self.status = Status(session.is_read_only)
        self.shelf = Shelf() if shelf is None else shelf  # compared with None, since an empty shelf counts as false
        self.shelf.whereabouts = lambda key: whereabouts(session.workspace, key)
        self.after_first_paint: Callable[[], None] | None = None  # what may only start when the screen is there
        self._typed_at = monotonic()
        calls = ScreenCalls(lambda: self.screen_stack, self.install_screen, self.switch_screen, self.push_screen)
        self.navigator = Navigator(calls, session, self.status, lambda name: make_screen(name, self.shell))
        self.analysis = AnalysisRefresh(session, self.navigator, after=self.set_timer, begin=self.run_worker)
        self.company = Company(session, self.status, self.navigator.repaint)
        deeds: dict[str, Deed] = {}  # filled below: some of these parts need the shell first
        self.shell = self._made_shell(config, deeds, is_ascii=is_ascii or config.is_ascii)
        self.unsaved = UnsavedEdits(
            self.shell,
            is_free=lambda: self.navigator.is_free,
            every=self.set_interval,
            changed=self.analysis.workspace_changed,
            follow=lambda: self.disk.follow(),
            show_draft=lambda: self.drafts.bring_back(),
            leave=self.exit,
        )
        deeds |= merged(self.navigator.deeds, self.unsaved.deeds, self._deeds)
        if config.told:
            self.status.tell(clean(config.told), "warning")

    # the parts, and what each is handed

    def _made_shell(self, config: Config, deeds: Deeds, *, is_ascii: bool) -> Shell:
        """What the screens may know of this session, and ask of this app."""

        def edit(command: Command, title: str, *, draft: str = "") -> str | None:
            return self.edits.carry_out(command, title, draft=draft)

        return Shell(
            session=self.session,
            keys=KeyReader(config.keymap, read_only=self.session.is_read_only),
            status=self.status,
            shelf=self.shelf,
            marks=ASCII if is_ascii else UNICODE,
            deeds=deeds,
            edit=edit,
            ask=self.navigator.ask,
            goto=self.navigator.goto,
            open_screen=self.navigator.open_screen,
            later=self.call_later,
            graph=lambda: self.analysis.graph,
            report=lambda: self.analysis.report,
            with_stops=self.analysis.with_stops,
            key_again=lambda key: self.drafts.key_again(key),
            seen_at=self.company.seen_at,
            tell_place=self.company.tell_place,
            do=self.navigator.do,
            show=self.navigator.show,
            repaint=self.navigator.repaint,
            typed={},
        )

    @property
    def _deeds(self) -> Deeds:
        """The actions of every screen that belong to neither the navigator nor the unsaved edits."""
        history = self.session.history
        return {
            "undo": Deed(lambda: self.edits.undo(), can=lambda: history.next_undo is not None),
            "redo": Deed(lambda: self.edits.redo(), can=lambda: history.next_redo is not None),
            "redraw": Deed(self.redraw),
        }

    @cached_property
    def edits(self) -> Edits:
        """Carries out edits. This part and those below are made and loaded when they are first asked for."""
        from canvas_tui.tui.flows.edits import Edits

        return Edits(
            self.shell,
            self.unsaved,
            selected=lambda: self.navigator.selected,
            changed=self.analysis.workspace_changed,
            follow=self.disk.follow,
            with_draft=self.drafts.with_draft,
        )

    @cached_property
    def drafts(self) -> DraftRecovery:
        """Brings drafts back."""
        from canvas_tui.tui.flows.draft_recovery import DraftRecovery

        navigator = self.navigator
        return DraftRecovery(self.shell, visit=lambda: navigator.visit, is_free=lambda: navigator.is_free)

    @cached_property
    def disk(self) -> DiskChanges:
        """Follows the files."""
        from canvas_tui.tui.flows.disk_changes import DiskChanges

        changed = self.analysis.workspace_changed
        return DiskChanges(self.shell, changed=changed, tell_gone_drafts=self.drafts.tell_gone)

    # the beginning

    def get_default_screen(self) -> Screen[None]:
        """The screen to start with: the board, or the overview while there is no canvas. Textual asks for it."""
        return self.navigator.screen_named("board" if self.session.workspace.canvases else "overview")

    def on_mount(self) -> None:
        # switch_screen removes a callback that push_screen adds; the first screen was never pushed, so add it here
        self.screen._push_result_callback(self.screen, None)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Called when the first screen is painted: load the rest now."""
        self.set_timer(SOONEST, self.analysis.make_aside)  # the first picture is still being written
        self.drafts.tell()
        _ = self.edits  # load this now, so that the first edit does not wait for it
        if self.after_first_paint is not None:
            self.after_first_paint()
            self.set_interval(tidying.EVERY, lambda: tidying.tidy(self._quiet_for))
            self.unsaved.offer_left()

    # what Textual asks

    def push_screen(self, screen: Any, *arguments: Any, **options: Any) -> Any:
        """Like Textual's. A dialog also gets our compositor, which writes less, and learns what it must not cover."""
        if type(screen) is not str and type(screen._compositor) is Compositor:
            screen._compositor = SparseCompositor()
        from canvas_tui.tui.dialogs.frame import Stands  # not before the first paint

        if isinstance(screen, Stands):
            screen.stand_on(self.shell.marks, lambda: self.navigator.spot)
        return super().push_screen(screen, *arguments, **options)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Resize):
            SHOWN.forget()
        elif isinstance(event, events.Key):
            self._typed_at = monotonic()
        await super().on_event(event)

    def redraw(self) -> None:
        """Paint the whole screen anew: something else wrote on the terminal, or output was lost."""
        SHOWN.forget()
        self.refresh(layout=True)

    def _quiet_for(self) -> float:
        """Seconds since the last key."""
        return monotonic() - self._typed_at
