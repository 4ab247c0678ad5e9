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
from canvas_tui.tui.dialogs.choices import NEW_GOAL, items_to_link
from canvas_tui.tui.dialogs.element_text import edit_long_text, edit_note
from canvas_tui.tui.dialogs.pick import pick
from canvas_tui.tui.dialogs.picker_view import Wording
from canvas_tui.tui.paint.parts import quoted, said, title_of

if TYPE_CHECKING:
    from canvas_tui.core.workspace import Located
    from canvas_tui.tui.dialogs.matching import Item
    from canvas_tui.tui.dialogs.picker import Choice
    from canvas_tui.tui.shell import Shell

_GO = "go"


def ask_fixes(shell: Shell, finding: Finding) -> None:
    """What can be done about a finding: its advice, its fixes by number, and to go there."""
    fixes = fixes_of(finding, shell.session.workspace)
    options = [Option(str(number), _capital(fix.words), str(number - 1)) for number, fix in enumerate(fixes[:9], 1)]
    if shell.session.workspace.find(finding.about.id) is not None:
        options.append(Option("g", "Go there", _GO))
    why_none = f" ({said(WITHOUT[finding.rule])})" if finding.rule in WITHOUT else ""

    def chosen(value: str | None) -> None:
        if value == _GO:
            shell.goto(finding.about.id)
        elif value is not None:
            carry_out(shell, finding, fixes[int(value)])

    sentence = f"{said(finding.message)}\n{said(finding.fix)}{why_none}"
    asked = ChoiceScreen("What to do", sentence, options, is_list=True)
    shell.ask(asked, chosen)


def which_finding(shell: Shell, findings: Sequence[Finding], then: Callable[[Finding], None]) -> None:
    """The only one of some findings, or the one that is chosen."""
    if len(findings) == 1:
        then(findings[0])
        return

    def chosen(value: str | None) -> None:
        if value is not None:
            then(findings[int(value)])

    options = [Option(str(number), said(each.message), str(number - 1)) for number, each in enumerate(findings[:9], 1)]
    asked = ChoiceScreen("Waive", "Which one is fine as it is?", options, is_list=True)
    shell.ask(asked, chosen)


def carry_out(shell: Shell, finding: Finding, fix: Fix) -> None:
    """Do what a fix says: at once, or after asking for what it needs."""
    item = shell.session.workspace.find(fix.element) if fix.element else None
    if fix.element and item is None:
        shell.say("It is gone: somebody else removed it", "warning")
    elif fix.act is Act.WAIVE:
        from canvas_tui.tui.dialogs.waive import ask_waiver

        ask_waiver(shell, (finding,))
    elif item is not None and (doubt := doubt_about(shell.session.workspace, item)) is not None:
        shell.say(sentence_of(Ambiguous(doubt)), "error")
    elif fix.act in ASKS_WORDS:
        _ask_words(shell, fix, item)
    elif item is None:
        return
    elif fix.act is Act.LINK:
        _ask_target(shell, fix, item)
    elif fix.act is Act.FILL:
        from canvas_tui.tui.dialogs.element_form import edit_fields

        edit_fields(shell, item, field=fix.key, given=fix.value)
    elif fix.act is Act.NOTE:
        edit_note(shell, item)
    elif fix.act is Act.TEXT:
        edit_long_text(shell, item)
    elif fix.act is Act.SETTLE:
        from canvas_tui.tui.flows.conflict_flow import settle_later

        settle_later(shell, item)
    else:
        _edit(shell, fix, f"{_called(shell, item)}: {fix.words}")


def _ask_target(shell: Shell, fix: Fix, item: Located) -> None:
    """The picker, with what the finding asks for and nothing else; what says the like stands first."""
    workspace, marks = shell.session.workspace, shell.marks
    name = _called(shell, item)

    def chosen(choice: Choice) -> None:
        if choice.is_creator:
            kind = Kind.GOAL if choice.value == NEW_GOAL else Kind.INITIATIVE
            make = Fix(Act.MAKE, fix.words, fix.element, Wants((kind,)))
            _edit(shell, make, f"Created {quoted(choice.typed)} and linked {name} with it", words=choice.typed)
        else:
            other = shell.session.workspace.find(choice.value)
            told = f"Linked {name} with {_called(shell, other)}" if other is not None else ""
            _edit(shell, fix, told, target=choice.value)

    def items() -> list[Item]:
        found = items_to_link(workspace, item, fix.wants, marks)
        # a fix with a value replaces its link by one to an existing element
        return [each for each in found if not (fix.value and each.is_creator)]

    pick(shell, items, Wording(f"{_capital(fix.words)}: {name}", "link"), chosen)


def _ask_words(shell: Shell, fix: Fix, item: Located | None) -> None:
    """The text of an entry or the title of a goal or initiative."""
    key = f"{fix.words} {fix.element}"
    typed, workspace = shell.typed, shell.session.workspace
    cell = workspace.find(fix.value) if fix.act is Act.WRITE else None
    prompt = ""
    if cell is not None and cell.canvas is not None and cell.cell is not None:
        spec = workspace.cell_spec(cell.canvas, cell.cell)
        prompt = said(spec.prompt) if spec is not None else ""
    whose = f": {_called(shell, item)}" if item is not None and fix.is_linked else ""

    def written(text: str | None) -> None:
        if text is not None and _edit(shell, fix, f"Added {quoted(text)}", words=text):
            typed.pop(key, None)

    shell.ask(
        AskScreen(
            f"{_capital(fix.words)}{whose}",
            typed.get(key, ""),
            on_draft=lambda text: typed.update({key: text}),
            placeholder=prompt or _placeholder(fix),
            enter="write",
            check=lambda text: "" if text else "write a few words, or esc",
        ),
        written,
    )


def _placeholder(fix: Fix) -> str:
    return "what must be true, by when" if Kind.GOAL in fix.wants.kinds else "what is done, in a few words"


def _edit(shell: Shell, fix: Fix, title: str, *, words: str = "", target: str = "") -> bool:
    try:
        command = command_for(fix, shell.session.workspace, words=words, target=target)
    except (EditError, UnknownElement) as error:
        shell.say(sentence_of(error), "error")
        return False
    return shell.edit(command, title) is not None


def _called(shell: Shell, item: Located) -> str:
    return quoted(title_of(item, shell.session.workspace), 30)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
