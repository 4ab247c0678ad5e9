"""What can be done to the element under the cursor on any screen: links, notes, details, why, findings, deleting.

Owns these actions once for board, tree and lists. A screen says what is selected; dialogs ask; the app carries out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from canvas_tui.core.cutting import SIGNS, has_long_text
from canvas_tui.core.elements import Kind
from canvas_tui.core.places import Ambiguous, EditError
from canvas_tui.core.text import counted
from canvas_tui.core.twins import doubt_about, doubt_about_canvas
from canvas_tui.core.versions import versions_of
from canvas_tui.core.workspace import Located
from canvas_tui.session.error_text import sentence_of
from canvas_tui.tui.screens.base import CanvasScreen
from canvas_tui.tui.views.parts import quoted, said, title_of

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command
    from canvas_tui.rules import Report
    from canvas_tui.tui.dialogs.picker import Choice, Offered
    from canvas_tui.tui.finding_stops import Stop


_ABOUT_ONE = frozenset({"edit", "details", "note", "delete", "settle", "link-add", "link-remove", "why", "how"})


class ElementScreen(CanvasScreen):
    """A screen whose cursor is on elements."""

    about_its_canvas: ClassVar[frozenset[str]] = frozenset()  # actions that say a place in the canvas under the cursor

    @property
    def spot(self) -> tuple[int, ...] | None:
        """Where the element under the cursor is shown, as column and row of the window, and its columns and rows
        where they are known: dialogs leave it in sight."""
        return None

    @property
    def selected_item(self) -> Located | None:
        """The element under the cursor."""
        address = self.selected
        return self.controller.workspace.find(address) if address else None

    def run_action_by_id(self, action_id: str) -> None:
        """As on every screen; but where the element could be taken for another one that is said before a field opens:
        what was typed for it could not be saved."""
        is_about_one, is_about_place = action_id in _ABOUT_ONE, action_id in self.about_its_canvas
        item = self.selected_item if is_about_one or is_about_place else None
        doubt = doubt_about(self.controller.workspace, item) if item is not None and is_about_one else None
        if item is not None and is_about_place:
            doubt = doubt_about_canvas(self.controller.workspace, item)
        if doubt is not None:
            self.show_message(sentence_of(Ambiguous(doubt)), "error")
        else:
            super().run_action_by_id(action_id)

    def _is_on_element(self) -> bool:
        return self.selected_item is not None

    def _is_on_written(self) -> bool:
        """Whether the cursor is on something that has a table of its own to write links and notes into."""
        item = self.selected_item
        return item is not None and item.kind is not Kind.VISION

    # links

    can_link_add = can_link_follow = can_link_back = _is_on_element

    def can_link_remove(self) -> bool:
        from canvas_tui.tui.views.choices import linked_with

        item = self.selected_item
        return item is not None and bool(linked_with(self.controller.workspace, item))

    def do_link_add(self) -> None:
        """Choose what to link with; what is linked already is ticked, and choosing it takes the link out."""
        from canvas_tui.tui.views.choices import link_items

        item = self.selected_item
        if item is None:
            return
        workspace, marks, title = self.controller.workspace, self.marks, f"Link {self._called(item)} with"
        self.pick(lambda: link_items(workspace, item, marks), title, "link", lambda choice: self._link(item, choice),
                   enter_ticked="unlink")  # fmt: skip

    def _link(self, item: Located, choice: Choice) -> None:
        from canvas_tui.core import edits

        workspace = self.controller.workspace
        name = self._called(item)
        try:
            if choice.is_creator:
                command, target = self._linked_new(item, choice)
                self.canvas_app.edit(command, f"Created {quoted(target)} and linked {name} with it")
                return
            other = workspace.find(choice.value)
            if other is None:
                self.canvas_app.say("It is gone: somebody else removed it", "warning")
            elif choice.is_ticked:
                self.canvas_app.edit(
                    edits.unlink(workspace, item, other), f"Unlinked {name} from {self._called(other)}"
                )
            else:
                made = edits.link(workspace, item, other)
                self.canvas_app.edit(made, f"Linked {name} with {self._called(other)}")
        except EditError as error:
            self.canvas_app.say(sentence_of(error), "error")

    def _linked_new(self, item: Located, choice: Choice) -> tuple[Command, str]:
        """One step that makes a goal or initiative and links it."""
        from canvas_tui.core import edits
        from canvas_tui.core.commands import Batch
        from canvas_tui.tui.views.choices import NEW_GOAL, NEW_INITIATIVE

        workspace = self.controller.workspace
        add = {NEW_GOAL: edits.add_goal, NEW_INITIATIVE: edits.add_initiative}[choice.value](workspace, choice.typed)
        after = add.apply(workspace)
        return Batch((add, edits.link(after.workspace, item, after.workspace.get(after.made)))), choice.typed

    def do_link_remove(self) -> None:
        from canvas_tui.core import edits
        from canvas_tui.tui.views.choices import elements_of, linked_with

        item = self.selected_item
        if item is None:
            return
        workspace = self.controller.workspace
        linked, marks = linked_with(workspace, item), self.marks

        def remove(choice: Choice) -> None:
            other = self.controller.workspace.find(choice.value)
            if other is not None:
                command = edits.unlink(self.controller.workspace, item, other)
                self.canvas_app.edit(command, f"Unlinked {self._called(item)} from {self._called(other)}")

        self.pick(lambda: elements_of(workspace, linked, marks), f"Unlink {self._called(item)} from", "unlink", remove)

    def do_link_follow(self) -> None:
        """Go to what this is linked with; where there are several, choose."""
        from canvas_tui.tui.views.choices import linked_with

        item = self.selected_item
        if item is not None:
            self._go_to_one(linked_with(self.controller.workspace, item), f"From {self._called(item)} to")

    def do_link_back(self) -> None:
        item = self.selected_item
        if item is not None:
            back = [each.address for each, _ in self.controller.workspace.links_to(item.address)]
            self._go_to_one(back, f"What links to {self._called(item)}", always_asks=True)

    def _go_to_one(self, addresses: Sequence[str], title: str, *, always_asks: bool = False) -> None:
        from canvas_tui.tui.views.choices import elements_of

        app = self.canvas_app
        if not addresses:
            key = "" if self.controller.is_read_only else f" · {app.keys.keymap.key_of('link-add')} adds one"
            app.say(f"No links{key}")
        elif len(addresses) == 1 and not always_asks:
            app.goto(addresses[0])
        else:
            workspace, marks = self.controller.workspace, self.marks
            self.pick(
                lambda: elements_of(workspace, addresses, marks),
                title,
                "go there",
                lambda choice: app.goto(choice.value),
            )

    # notes and fields

    can_note = can_details = _is_on_written

    def is_too_long(self, item: Located) -> bool:
        """Whether a text of the element is too long for a field, which is told; every key would wait for its layout."""
        if not has_long_text(item.element.fields):
            return False
        place = f"{said(item.file)}:{item.line}" if item.line else said(item.file)
        self.canvas_app.say(f"A text here is longer than {SIGNS:,} characters · edit it in {place}", "warning")
        return True

    def do_note(self) -> None:
        item = self.selected_item
        if item is not None and not self.is_too_long(item):
            self.edit_note(item)

    def edit_note(self, item: Located) -> None:
        """Edit the note of an element, over as many lines as it needs."""
        self._write(item, "note", item.element.note, f"Note on {self._called(item)}")

    def edit_long_text(self, item: Located) -> None:
        """Edit a text of several lines where there is room for them."""
        self._write(item, "text", item.text, "Text")

    def _write(self, item: Located, field: str, base: str, title: str) -> None:
        from canvas_tui.session.open_edit import OpenEdit
        from canvas_tui.tui.dialogs.note_editor import NoteEditor

        app, edit = self.canvas_app, OpenEdit.of(self.canvas_app.shelf, item, field, base)

        def finish(text: str | None) -> None:
            if text is None:
                if edit.draft is not None:
                    app.say(f"Draft kept · {app.key_again(edit.key)} to go on", "draft")
            elif text.strip() == base.strip():
                edit.drop()
            else:
                app.edit(edit.command(text), f"{title} changed", draft=edit.key)

        def meanwhile() -> str:
            found, who = edit.meanwhile(self.controller.workspace), app.who_was_at(item.address)
            if found.is_gone:
                return f"{who} removed it, your text stays a draft"
            return f"{who} changed it, F2 asks what stays" if found.changed else ""

        draft = edit.draft
        editor = NoteEditor(
            base if draft is None else draft,
            title,
            was=None if draft is None else base,
            marks=self.marks,
            spot=self.spot,
            on_draft=edit.keep,
        )
        editor.meanwhile = meanwhile
        app.push_screen(editor, finish)

    def do_details(self) -> None:
        """All fields of the element in one form, saved as one step."""
        from canvas_tui.tui.dialogs.element_form import edit_fields

        if (item := self.selected_item) is not None and not self.is_too_long(item):
            edit_fields(self, item, spot=self.spot)

    # settling

    def can_settle(self) -> bool:
        """Whether a version that lost a conflict is kept here."""
        item = self.selected_item
        return item is not None and bool(versions_of(item.kind, item.element.fields))

    def do_settle(self) -> None:
        from canvas_tui.tui.settling import settle_later

        if (item := self.selected_item) is not None:
            settle_later(self.canvas_app, item, self.spot)

    # deleting

    def can_delete(self) -> bool:
        item = self.selected_item
        return item is not None and item.kind in (Kind.ENTRY, Kind.GOAL, Kind.INITIATIVE)

    def do_delete(self) -> None:
        """Delete at once, links to it with it: undo brings everything back."""
        from canvas_tui.core import edits

        item = self.selected_item
        if item is not None and self.can_delete():
            try:
                command = edits.remove(self.controller.workspace, item)
            except EditError as error:
                self.canvas_app.say(sentence_of(error), "error")
                return
            links = sum(1 for _ in self.controller.workspace.links_to(item.address))
            name = quoted(title_of(item, self.controller.workspace), 22 if links else 36)
            also = f" and {counted(links, 'link')} to it" if links else ""
            self.canvas_app.edit(command, f"Deleted {name}{also}")

    # looking

    can_why = can_how = _is_on_element

    def do_why(self) -> None:
        if (address := self.selected) is not None:
            self.canvas_app.show_why(address)

    def do_how(self) -> None:
        if (address := self.selected) is not None:
            self.canvas_app.show_why(address, how=True)

    def can_next_finding(self) -> bool:
        """Whether a finding is about something that is shown; as long as nothing is known, one may be."""
        report, find = self.controller.known_report, self.controller.workspace.find
        return report is None or any(find(finding.about.id) is not None for finding in report.findings)

    can_previous_finding = can_next_finding

    def none_next_finding(self) -> None:
        self._go_to_finding(1)  # which says that there is none, and what that means

    none_previous_finding = none_next_finding

    def do_next_finding(self) -> None:
        self._go_to_finding(1)

    def do_previous_finding(self) -> None:
        self._go_to_finding(-1)

    def _go_to_finding(self, by: int) -> None:
        self.canvas_app.with_stops(lambda stops, report: self._go_to_stop(stops.after(self.selected, by), report))

    def _go_to_stop(self, found: Stop | None, report: Report) -> None:
        app = self.canvas_app
        if found is None:
            from canvas_tui.rules.verdict import verdict

            praise = verdict(self.controller.workspace, report)
            words = praise.words if praise is not None else "none of them is about something that is shown"
            app.say(f"No findings: {words}", "good" if praise is not None and praise.is_whole else "")
            return
        app.status.say(found.words)
        app.goto(found.address, remember=False)

    # helpers

    def _called(self, item: Located) -> str:
        return quoted(title_of(item, self.controller.workspace), 36)

    def pick(
        self, items: Offered, title: str, enter: str, chosen: Callable[[Choice], None], enter_ticked: str = ""
    ) -> None:
        """Let one of some items be chosen, with what it is about in sight."""
        from canvas_tui.tui.dialogs.picker import PickerScreen
        from canvas_tui.tui.views.picker import Wording

        def finish(choice: Choice | None) -> None:
            if choice is not None:
                chosen(choice)

        size = self.controller.workspace.size if callable(items) else 0
        picker = PickerScreen(items, Wording(title, enter, enter_ticked), marks=self.marks, spot=self.spot, size=size)
        self.canvas_app.push_screen(picker, finish)
