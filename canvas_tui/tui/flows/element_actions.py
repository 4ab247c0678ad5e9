"""What can be done to the element under the cursor on any screen: links, notes, details, why, findings, deleting.

Owns these actions once for board, tree and lists, which attach them. A screen says what its cursor is on; dialogs ask.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from canvas_tui.core.elements import Kind
from canvas_tui.core.places import Ambiguous, EditError
from canvas_tui.core.text import counted
from canvas_tui.core.twins import doubt_about, doubt_about_canvas
from canvas_tui.core.versions import versions_of
from canvas_tui.core.workspace import Located
from canvas_tui.session.error_text import sentence_of
from canvas_tui.tui.input.deeds import Deed, Deeds
from canvas_tui.tui.paint.parts import quoted, title_of

if TYPE_CHECKING:
    from canvas_tui.core.commands import Command
    from canvas_tui.rules import Report
    from canvas_tui.tui.dialogs.picker import Choice
    from canvas_tui.tui.flows.finding_stops import Stop, Stops
    from canvas_tui.tui.shell import Shell


class UnderCursor(NamedTuple):
    """What the cursor of a screen is on."""

    address: Callable[[], str | None]
    item: Callable[[], Located | None]

    @property
    def is_element(self) -> bool:
        """Whether it is on an element."""
        return self.item() is not None

    @property
    def is_written(self) -> bool:
        """Whether it is on something with a TOML table of its own, which can hold links and notes."""
        item = self.item()
        return item is not None and item.kind is not Kind.VISION


class ElementActions:
    """The actions on the element under the cursor of one screen."""

    def __init__(self, shell: Shell, under: UnderCursor) -> None:
        self._shell, self._under, self._session = shell, under, shell.session
        is_element, is_written, doubt = lambda: under.is_element, lambda: under.is_written, self.doubt
        self.deeds: Deeds = {
            "link-add": Deed(self._link_add, can=is_element, refused=doubt),
            "link-remove": Deed(self._link_remove, can=self._is_linked, refused=doubt),
            "link-follow": Deed(self._link_follow, can=is_element),
            "link-back": Deed(self._link_back, can=is_element),
            "note": Deed(self._note, can=is_written, refused=doubt),
            "details": Deed(self.edit_details, can=is_written, refused=doubt),
            "settle": Deed(self._settle, can=self._can_settle, refused=doubt),
            "delete": Deed(self._delete, can=self._can_delete, refused=doubt),
            "why": Deed(lambda: self._show_why(is_how=False), can=is_element, refused=doubt),
            "how": Deed(lambda: self._show_why(is_how=True), can=is_element, refused=doubt),
            "next-finding": self._finding_deed(1),
            "previous-finding": self._finding_deed(-1),
        }

    # why a field must not open: what is typed for an element that is not unique could not be saved

    def doubt(self) -> str:
        """Why the element under the cursor could be taken for another one; "" where it could not."""
        item = self._under.item()
        doubt = doubt_about(self._session.workspace, item) if item is not None else None
        return sentence_of(Ambiguous(doubt)) if doubt is not None else ""

    def doubt_about_place(self) -> str:
        """The same of a place in the canvas under the cursor."""
        item = self._under.item()
        doubt = doubt_about_canvas(self._session.workspace, item) if item is not None else None
        return sentence_of(Ambiguous(doubt)) if doubt is not None else ""

    # links

    def _is_linked(self) -> bool:
        from canvas_tui.tui.dialogs.choices import linked_with

        item = self._under.item()
        return item is not None and bool(linked_with(self._session.workspace, item))

    def _link_add(self) -> None:
        """Choose what to link with; what is linked already is ticked, and choosing it takes the link out."""
        from canvas_tui.tui.dialogs.choices import link_items
        from canvas_tui.tui.dialogs.pick import pick
        from canvas_tui.tui.dialogs.picker_view import Wording

        item = self._under.item()
        if item is not None:
            workspace, marks = self._session.workspace, self._shell.marks
            wording = Wording(f"Link {self._called(item)} with", "link", "unlink")
            pick(
                self._shell,
                lambda: link_items(workspace, item, marks),
                wording,
                lambda choice: self._link(item, choice),
            )

    def _link(self, item: Located, choice: Choice) -> None:
        from canvas_tui.core import edits

        workspace, shell, name = self._session.workspace, self._shell, self._called(item)
        try:
            if choice.is_creator:
                command, target = self._linked_new(item, choice)
                shell.edit(command, f"Created {quoted(target)} and linked {name} with it")
                return
            other = workspace.find(choice.value)
            if other is None:
                shell.say("It is gone: somebody else removed it", "warning")
            elif choice.is_ticked:
                shell.edit(edits.unlink(workspace, item, other), f"Unlinked {name} from {self._called(other)}")
            else:
                shell.edit(edits.link(workspace, item, other), f"Linked {name} with {self._called(other)}")
        except EditError as error:
            shell.say(sentence_of(error), "error")

    def _linked_new(self, item: Located, choice: Choice) -> tuple[Command, str]:
        """One step that makes a goal or initiative and links it."""
        from canvas_tui.core import edits
        from canvas_tui.core.commands import Batch
        from canvas_tui.tui.dialogs.choices import NEW_GOAL, NEW_INITIATIVE

        workspace = self._session.workspace
        add = {NEW_GOAL: edits.add_goal, NEW_INITIATIVE: edits.add_initiative}[choice.value](workspace, choice.typed)
        after = add.apply(workspace)
        return Batch((add, edits.link(after.workspace, item, after.workspace.get(after.made)))), choice.typed

    def _link_remove(self) -> None:
        from canvas_tui.core import edits
        from canvas_tui.tui.dialogs.choices import linked_with

        item = self._under.item()
        if item is None:
            return

        def remove(choice: Choice) -> None:
            other = self._session.workspace.find(choice.value)
            if other is not None:
                command = edits.unlink(self._session.workspace, item, other)
                self._shell.edit(command, f"Unlinked {self._called(item)} from {self._called(other)}")

        others = linked_with(self._session.workspace, item)
        self._pick_element(others, f"Unlink {self._called(item)} from", "unlink", remove)

    def _link_follow(self) -> None:
        """Go to what this is linked with; where there are several, choose."""
        from canvas_tui.tui.dialogs.choices import linked_with

        item = self._under.item()
        if item is not None:
            self._go_to_one(linked_with(self._session.workspace, item), f"From {self._called(item)} to")

    def _link_back(self) -> None:
        item = self._under.item()
        if item is not None:
            back = [each.address for each, _ in self._session.workspace.links_to(item.address)]
            self._go_to_one(back, f"What links to {self._called(item)}", always_asks=True)

    def _go_to_one(self, addresses: Sequence[str], title: str, *, always_asks: bool = False) -> None:
        shell = self._shell
        if not addresses:
            key = "" if self._session.is_read_only else f" · {shell.key_of('link-add')} adds one"
            shell.say(f"No links{key}")
        elif len(addresses) == 1 and not always_asks:
            shell.goto(addresses[0])
        else:
            self._pick_element(addresses, title, "go there", lambda choice: shell.goto(choice.value))

    def _pick_element(
        self, addresses: Sequence[str], title: str, enter: str, chosen: Callable[[Choice], object]
    ) -> None:
        from canvas_tui.tui.dialogs.choices import elements_of
        from canvas_tui.tui.dialogs.pick import pick
        from canvas_tui.tui.dialogs.picker_view import Wording

        workspace, marks = self._session.workspace, self._shell.marks
        pick(self._shell, lambda: elements_of(workspace, addresses, marks), Wording(title, enter), chosen)

    # notes, fields, versions

    def _note(self) -> None:
        from canvas_tui.tui.dialogs.element_text import edit_note, is_too_long

        item = self._under.item()
        if item is not None and not is_too_long(self._shell, item):
            edit_note(self._shell, item)

    def edit_details(self) -> None:
        """All fields of the element in one form, saved as one step."""
        from canvas_tui.tui.dialogs.element_form import edit_fields
        from canvas_tui.tui.dialogs.element_text import is_too_long

        if (item := self._under.item()) is not None and not is_too_long(self._shell, item):
            edit_fields(self._shell, item)

    def _can_settle(self) -> bool:
        """Whether a version that lost a conflict is kept here."""
        item = self._under.item()
        return item is not None and bool(versions_of(item.kind, item.element.fields))

    def _settle(self) -> None:
        from canvas_tui.tui.flows.conflict_flow import settle_later

        if (item := self._under.item()) is not None:
            settle_later(self._shell, item)

    # deleting

    def _can_delete(self) -> bool:
        item = self._under.item()
        return item is not None and item.kind in (Kind.ENTRY, Kind.GOAL, Kind.INITIATIVE)

    def _delete(self) -> None:
        """Delete at once, links to it with it: undo brings everything back."""
        from canvas_tui.core import edits

        item = self._under.item()
        if item is None:
            return
        try:
            command = edits.remove(self._session.workspace, item)
        except EditError as error:
            self._shell.say(sentence_of(error), "error")
            return
        links = sum(1 for _ in self._session.workspace.links_to(item.address))
        name = quoted(title_of(item, self._session.workspace), 22 if links else 36)
        also = f" and {counted(links, 'link')} to it" if links else ""
        self._shell.edit(command, f"Deleted {name}{also}")

    # looking

    def _show_why(self, *, is_how: bool) -> None:
        from canvas_tui.tui.why.screen import WhyScreen

        if (address := self._under.address()) is not None:
            self._shell.ask(WhyScreen(self._shell, address, is_how=is_how))

    def _finding_deed(self, by: int) -> Deed:
        def go() -> None:
            self._go_to_finding(by)

        # without any path this dialog says so, and what that means
        return Deed(go, can=self._has_finding_to_show, none=go)

    def _has_finding_to_show(self) -> bool:
        """Whether a finding is about something that is shown. Also true while findings are not known yet."""
        report, find = self._session.known_report, self._session.workspace.find
        return report is None or any(find(finding.about.id) is not None for finding in report.findings)

    def _go_to_finding(self, by: int) -> None:
        def go(stops: Stops, report: Report) -> None:
            self._go_to_stop(stops.after(self._under.address(), by), report)

        self._shell.with_stops(go)

    def _go_to_stop(self, found: Stop | None, report: Report) -> None:
        shell = self._shell
        if found is None:
            from canvas_tui.rules.verdict import verdict

            praise = verdict(self._session.workspace, report)
            words = praise.words if praise is not None else "none of them is about something that is shown"
            shell.say(f"No findings: {words}", "good" if praise is not None and praise.is_whole else "")
            return
        shell.status.say(found.words)
        shell.goto(found.address, remember=False)

    def _called(self, item: Located) -> str:
        return quoted(title_of(item, self._session.workspace), 36)
