"""The app: the ways from an action to an edit on disk, and from an edit to the screen.

Owns messages about edits. Where one is and came from is `navigation`, when graph and findings are made is `marking`;
screens own what is on them; the session owns the workspace; no file is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual._compositor import Compositor
from textual.binding import BindingType
from textual.screen import Screen

from canvas_tui.core.places import Conflict
from canvas_tui.core.text import clean
from canvas_tui.session.drafts import Shelf, whereabouts
from canvas_tui.session.error_text import sentence_of, words_of
from canvas_tui.session.outcome import Outcome, Queued, Refused, Saved, touched
from canvas_tui.session.presence_text import PeopleLike, company
from canvas_tui.session.session import Session
from canvas_tui.tui import tidying
from canvas_tui.tui.config import Config
from canvas_tui.tui.deeds import Deed, merged
from canvas_tui.tui.flows.analysis_refresh import SOONEST, AnalysisRefresh
from canvas_tui.tui.keys import KeyReader
from canvas_tui.tui.look import ASCII, UNICODE, Marks
from canvas_tui.tui.navigator import Navigator, ScreenCalls, make_screen
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.sparse import SHOWN, SparseCompositor
from canvas_tui.tui.status import Status
from canvas_tui.tui.waiting import WaitingApp

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command

_ROOT = "the workspace"  # the topic of messages about all of it


class CanvasApp(WaitingApp):
    """One session in one workspace. `shelf` (drafts) is given where it can write."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        controller: Session,
        *,
        config: Config | None = None,
        is_ascii: bool = False,
        environ: Mapping[str, str] | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        super().__init__(environ=environ)
        self.theme = "ansi-dark"  # the sixteen colours of the terminal's own palette
        self._typed_at = monotonic()
        config = config or Config()
        self.controller = controller
        self.status = Status(controller.is_read_only)
        self.shelf = Shelf() if shelf is None else shelf  # an empty one is false, and has the keeper all the same
        self.shelf.whereabouts = lambda key: whereabouts(controller.workspace, key)
        self.is_ascii = is_ascii or config.is_ascii
        self.marks: Marks = ASCII if self.is_ascii else UNICODE
        self.keys = KeyReader(config.keymap, read_only=controller.is_read_only)
        self.after_first_paint: Callable[[], None] | None = None  # what may only start when the screen is there
        self.people: PeopleLike | None = None
        self._is_root_gone = False
        self._last_at: dict[str, str] = {}  # who was seen at an address last
        self.tell_place: Callable[[str, bool], None] = lambda address, is_editing: None
        calls = ScreenCalls(lambda: self.screen_stack, self.install_screen, self.switch_screen, self.push_screen)
        self.navigator = Navigator(calls, controller, self.status, lambda name: make_screen(name, self.shell))
        self.analysis = AnalysisRefresh(controller, self.navigator, after=self.set_timer, begin=self.run_worker)
        self.shell = self._made_shell()
        if config.told:
            self.status.tell(clean(config.told), "warning")

    def _made_shell(self) -> Shell:
        """What the screens may know of this session, and ask of this app."""
        history = self.controller.history
        own = {
            "redraw": Deed(self.redraw),
            "undo": Deed(self.undo, can=lambda: history.next_undo is not None),
            "redo": Deed(self.redo, can=lambda: history.next_redo is not None),
        }
        return Shell(
            session=self.controller,
            keys=self.keys,
            status=self.status,
            shelf=self.shelf,
            marks=self.marks,
            deeds=merged(self.navigator.deeds, self.saving_deeds, own),
            edit=self.edit,
            ask=self.navigator.ask,
            goto=self.navigator.goto,
            open_screen=self.navigator.open_screen,
            later=self.call_later,
            graph=lambda: self.analysis.graph,
            report=lambda: self.analysis.report,
            with_stops=self.analysis.with_stops,
            key_again=self.key_again,
            seen_at=self.seen_at,
            tell_place=lambda address, is_editing: self.tell_place(address, is_editing),  # another one, later
            do=self.navigator.do,
            show=self.navigator.show,
            repaint=self.navigator.repaint,
            typed={},
        )

    # the beginning and the end

    def get_default_screen(self) -> Screen[None]:
        return self.navigator.screen_named("board" if self.controller.workspace.canvases else "overview")

    def on_mount(self) -> None:
        # switch_screen takes away what push_screen put there; nobody pushed the first screen
        self.screen._push_result_callback(self.screen, None)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """The first screen is painted: what else there is may be loaded now."""
        self.set_timer(SOONEST, self.analysis.make_aside)  # the first picture is still being written
        self.tell_drafts()
        if self.after_first_paint is not None:
            self.after_first_paint()
            self.set_interval(tidying.EVERY, lambda: tidying.tidy(self.quiet_for))
            self.offer_left()

    def push_screen(self, screen: Any, *arguments: Any, **options: Any) -> Any:
        """As Textual's; a dialog is written as sparingly as a screen, and told what it stands on."""
        if type(screen) is not str and type(screen._compositor) is Compositor:
            screen._compositor = SparseCompositor()
        from canvas_tui.tui.dialogs.frame import Stands  # not before the first paint

        if isinstance(screen, Stands):
            screen.stand_on(self.shell.marks, lambda: self.navigator.spot)
        return super().push_screen(screen, *arguments, **options)

    def quiet_for(self) -> float:
        """Seconds since the last key."""
        return monotonic() - self._typed_at

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

    # edits

    def edit(self, command: Command, title: str, *, draft: str = "") -> str | None:
        """Carry out an edit; the address it made or changed, or None where it could not be done, which is told.

        `draft` is the key of the draft that the edit came from: it goes once the edit is on disk, now or on a retry.
        """
        self._failed = None
        began = (self.navigator.here.selected if self.navigator.here is not None else None) or ""
        outcome = self.controller.do(command, title, began)
        if isinstance(outcome, Refused):
            self._tell_refused(outcome, command, title, draft)
            return None
        self._tell_made(outcome, f"{title} · {self.key_of('undo')} undo")
        if draft:
            is_safe = isinstance(outcome, Saved) or self.controller.is_safe
            self.shelf.edit_made(draft, is_safe=is_safe)
        return outcome.applied.made

    def undo(self) -> None:
        if self.controller.history.next_undo is None:
            self.shell.say("Nothing to undo")
            return
        step = self.controller.history.next_undo
        again = f" · {self.key_of('redo')} redo"
        made = self._tell_step(self.controller.undo(), f"Undone: {step.title}{again}")
        self.navigator.show(step.began if made and self.controller.workspace.find(step.began) is not None else made)

    def redo(self) -> None:
        if self.controller.history.next_redo is None:
            self.shell.say("Nothing to redo")
            return
        step = self.controller.history.next_redo
        again = f" · {self.key_of('undo')} undo"
        self.navigator.show(self._tell_step(self.controller.redo(), f"Redone: {step.title}{again}"))

    def changed(self) -> None:
        self.analysis.workspace_changed()

    def _tell_step(self, outcome: Outcome | None, message: str) -> str:
        """Say what became of an undo or redo; the address to look at, "" where nothing was changed."""
        if isinstance(outcome, Refused):
            self._tell_refused(outcome)
        if outcome is None or isinstance(outcome, Refused):
            return ""
        self._tell_made(outcome, message)
        return touched(outcome.applied)

    def _tell_refused(self, outcome: Refused, command: Command | None = None, title: str = "", draft: str = "") -> None:
        if outcome.conflict is not None:
            self.conflict(outcome.conflict, command, draft=draft)
        elif outcome.can_try_again:
            if command is not None:
                self._failed = (command, title, draft)
            self.update_unsaved()
            again = f" · {self.key_of('retry-save')} tries again" if command is not None else ""
            self.shell.say(f"Not saved: {words_of(outcome.problem)}{again}", "error")
        else:
            self.shell.say(self.with_draft(sentence_of(outcome.problem), draft), "error")

    def _tell_made(self, outcome: Saved | Queued, message: str) -> None:
        """The edit is on disk, or it waits: which of the two is said before anything else."""
        self.update_unsaved()
        if isinstance(outcome, Queued):
            self.status.say(self.status.unsaved, "error")
        else:
            self.saved_now(is_confirmed=outcome.is_confirmed)
            self.status.say(message + (" · beside somebody else's change" if outcome.was_merged else ""))
        self.tell_lost()
        self.changed()

    def saved_now(self, *, is_confirmed: bool) -> None:
        self.status.saved_at = datetime.now().time()
        self.status.is_confirmed = is_confirmed
        if not self.controller.pending:
            self.shelf.all_saved()

    def conflict(
        self,
        conflict: Conflict,
        command: Command | None,
        *,
        draft: str = "",
        chosen: Callable[[bool], None] | None = None,
    ) -> None:
        """Somebody changed the same thing: show both and let the person choose. See `settling`."""
        from canvas_tui.tui.settling import ask_about

        self.follow_disk()
        ask_about(self.shell, conflict, command, draft=draft, chosen=chosen)

    def people_changed(self) -> None:
        """Somebody came, went, or is somewhere else in the workspace."""
        people = self.people.others() if self.people is not None else ()
        self._last_at |= {person.where: person.name for person in people if person.where}
        others = company(people, self.controller.workspace)
        if others != self.status.others:
            self.status.others = others
            if (here := self.navigator.here) is not None:
                here.repaint()

    def seen_at(self, address: str) -> str:
        """The name of whoever was seen at this element last, or ""."""
        return self._last_at.get(address, "")

    def key_of(self, action_id: str) -> str:
        return self.keys.keymap.key_of(action_id)

    # the files

    def follow_disk(self) -> None:
        """Look whether files changed underneath, and show what they hold now."""
        from canvas_tui.storage.read.folder import ReadError

        try:
            changed = self.controller.refresh()
        except ReadError as error:
            self._is_root_gone = True
            self.status.tell(sentence_of(error), "error", topic=_ROOT)
            self.navigator.repaint()
            return
        if self._is_root_gone:
            self._is_root_gone = False
            self.status.tell("The workspace is back", "good", topic=_ROOT)
            self.navigator.repaint()
        if changed:
            self._tell_changed(changed)
            self.tell_lost()
            self.changed()
            self.tell_gone_drafts()

    def _tell_changed(self, changed: Collection[str]) -> None:
        """What became of these files: first of all, which of them cannot be read now."""
        from canvas_tui.session.disk_text import changed_text, troubles

        self.status.outdate(changed)
        found = list(troubles(self.controller.workspace, changed))
        for each in found:
            self.status.tell(each.sentence, "error", topic=each.path)
        if not found:
            self.status.tell(changed_text(changed))
