"""The dialogs of a fix: which one, what to link, what to write; then the edit, as one step that undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from canvas_tui.core.elements import Kind
from canvas_tui.core.places import Ambiguous, EditError
from canvas_tui.core.twins import doubt_about
from canvas_tui.core.workspace import UnknownElement
from canvas_tui.rules.finding import Finding
from canvas_tui.rules.fix import ASKS_WORDS, Act, Fix, Wants, command_for
from canvas_tui.rules.fixes import WITHOUT, fixes_of
from canvas_tui.session.error_text import sentence_of
from canvas_tui.tui.dialogs.ask import AskScreen
from canvas_tui.tui.dialogs.choice import ChoiceScreen, Option
from canvas_tui.tui.views.choices import NEW_GOAL, items_to_link
from canvas_tui.tui.views.parts import quoted, said, title_of

if TYPE_CHECKING:
    from canvas_tui.core.workspace import Located
    from canvas_tui.tui.dialogs.picker import Choice
    from canvas_tui.tui.fixing import FixingScreen
    from canvas_tui.tui.views.matching import Item

_GO = "go"


def ask_fixes(screen: FixingScreen, finding: Finding) -> None:
    """What can be done about a finding: its advice, its fixes by number, and to go there."""
    fixes = fixes_of(finding, screen.controller.workspace)
    options = [Option(str(number), _capital(fix.words), str(number - 1)) for number, fix in enumerate(fixes[:9], 1)]
    if screen.selected is not None:
        options.append(Option("g", "Go there", _GO))
    why_none = f" ({said(WITHOUT[finding.rule])})" if finding.rule in WITHOUT else ""

    def chosen(value: str | None) -> None:
        if value == _GO:
            screen.canvas_app.goto(finding.about.id)
        elif value is not None:
            carry_out(screen, finding, fixes[int(value)])

    sentence = f"{said(finding.message)}\n{said(finding.fix)}{why_none}"
    asked = ChoiceScreen("What to do", sentence, options, marks=screen.marks, spot=screen.spot, is_list=True)
    screen.app.push_screen(asked, chosen)


def which_finding(screen: FixingScreen, findings: Sequence[Finding], then: Callable[[Finding], None]) -> None:
    """The only one of some findings, or the one that is chosen."""
    if len(findings) == 1:
        then(findings[0])
        return

    def chosen(value: str | None) -> None:
        if value is not None:
            then(findings[int(value)])

    options = [Option(str(number), said(each.message), str(number - 1)) for number, each in enumerate(findings[:9], 1)]
    asked = ChoiceScreen("Waive", "Which one is fine as it is?", options, marks=screen.marks, is_list=True)
    screen.app.push_screen(asked, chosen)


def carry_out(screen: FixingScreen, finding: Finding, fix: Fix) -> None:
    """Do what a fix says: at once, or after asking for what it needs."""
    item = screen.controller.workspace.find(fix.element) if fix.element else None
    if fix.element and item is None:
        screen.show_message("It is gone: somebody else removed it", "warning")
    elif fix.act is Act.WAIVE:
        from canvas_tui.tui.dialogs.waive import ask_waiver

        ask_waiver(screen, (finding,), screen.typed_for)
    elif item is not None and (doubt := doubt_about(screen.controller.workspace, item)) is not None:
        screen.show_message(sentence_of(Ambiguous(doubt)), "error")
    elif fix.act in ASKS_WORDS:
        _ask_words(screen, fix, item)
    elif item is None:
        return
    elif fix.act is Act.LINK:
        _ask_target(screen, fix, item)
    elif fix.act is Act.FILL:
        from canvas_tui.tui.dialogs.element_form import edit_fields

        edit_fields(screen, item, spot=screen.spot, field=fix.key, given=fix.value)
    elif fix.act is Act.NOTE:
        screen.edit_note(item)
    elif fix.act is Act.TEXT:
        screen.edit_long_text(item)
    elif fix.act is Act.SETTLE:
        from canvas_tui.tui.settling import settle_later

        settle_later(screen.canvas_app, item, screen.spot)
    else:
        _edit(screen, fix, f"{_called(screen, item)}: {fix.words}")


def _ask_target(screen: FixingScreen, fix: Fix, item: Located) -> None:
    """The picker, with what the finding asks for and nothing else; what says the like stands first."""
    workspace, marks = screen.controller.workspace, screen.marks
    name = _called(screen, item)

    def chosen(choice: Choice) -> None:
        if choice.is_creator:
            kind = Kind.GOAL if choice.value == NEW_GOAL else Kind.INITIATIVE
            make = Fix(Act.MAKE, fix.words, fix.element, Wants((kind,)))
            _edit(screen, make, f"Created {quoted(choice.typed)} and linked {name} with it", words=choice.typed)
        else:
            other = screen.controller.workspace.find(choice.value)
            told = f"Linked {name} with {_called(screen, other)}" if other is not None else ""
            _edit(screen, fix, told, target=choice.value)

    def items() -> list[Item]:
        found = items_to_link(workspace, item, fix.wants, marks)
        # with a value a link gives way to the one that is chosen: to what is there
        return [each for each in found if not (fix.value and each.is_creator)]

    screen.pick(items, f"{_capital(fix.words)}: {name}", "link", chosen)


def _ask_words(screen: FixingScreen, fix: Fix, item: Located | None) -> None:
    """The text of an entry or the title of a goal or initiative."""
    key = f"{fix.words} {fix.element}"
    typed, workspace = screen.typed_for, screen.controller.workspace
    cell = workspace.find(fix.value) if fix.act is Act.WRITE else None
    prompt = ""
    if cell is not None and cell.canvas is not None and cell.cell is not None:
        spec = workspace.cell_spec(cell.canvas, cell.cell)
        prompt = said(spec.prompt) if spec is not None else ""
    whose = f": {_called(screen, item)}" if item is not None and fix.is_linked else ""

    def written(text: str | None) -> None:
        if text is not None and _edit(screen, fix, f"Added {quoted(text)}", words=text):
            typed.pop(key, None)

    screen.app.push_screen(
        AskScreen(
            f"{_capital(fix.words)}{whose}",
            typed.get(key, ""),
            on_draft=lambda text: typed.update({key: text}),
            placeholder=prompt or _placeholder(fix),
            enter="write",
            check=lambda text: "" if text else "write a few words, or esc",
            marks=screen.marks,
            spot=screen.spot,
        ),
        written,
    )


def _placeholder(fix: Fix) -> str:
    return "what must be true, by when" if Kind.GOAL in fix.wants.kinds else "what is done, in a few words"


def _edit(screen: FixingScreen, fix: Fix, title: str, *, words: str = "", target: str = "") -> bool:
    try:
        command = command_for(fix, screen.controller.workspace, words=words, target=target)
    except (EditError, UnknownElement) as error:
        screen.show_message(sentence_of(error), "error")
        return False
    return screen.canvas_app.edit(command, title) is not None


def _called(screen: FixingScreen, item: Located) -> str:
    return quoted(title_of(item, screen.controller.workspace), 30)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
