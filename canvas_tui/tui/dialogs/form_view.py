"""A form as lines: one line a field, the complaint beside the field, help for the one under the cursor.

Pure, no textual. The fields and their checks are in `form_state.py`.
"""

from __future__ import annotations

from canvas_tui.core.text import clip, width
from canvas_tui.tui.dialogs.form_state import Field, FormState
from canvas_tui.tui.paint.field import field_line
from canvas_tui.tui.paint.parts import fitted, keys_line, line_width, padded, rule_line, said
from canvas_tui.tui.paint.style import Line, Marks, Span

LABEL = 14


def form_lines(
    state: FormState, columns: int, height: int, marks: Marks, *, title: str, message: str = ""
) -> list[Line]:
    """The whole form: its edge, the fields in sight, help for the one under the cursor, the keys."""
    room = max(1, height - 3)
    state.top = max(0, min(state.top, len(state.fields) - room, state.cursor))
    state.top = max(state.top, state.cursor - room + 1)
    shown = [
        field_row(each, state.top + number == state.cursor, columns, marks)
        for number, each in enumerate(state.fields[state.top : state.top + room])
    ]
    hidden = len(state.fields) - room
    note = f"{state.cursor + 1} of {len(state.fields)}" if hidden > 0 else ""
    shown += [()] * (room - len(shown))
    return [rule_line(title, columns, marks, note), *shown, _help(state, columns, message), _keys(columns)]


def _help(state: FormState, columns: int, message: str) -> Line:
    here = state.here
    if message:
        return ((" ", ""), (clip(message, columns - 2), "warning"))
    if here.told:
        return ((" ", ""), (clip(here.told, columns - 2), "error"))
    if here.is_long:
        lines = len(here.was.splitlines())
        return ((f" {lines} lines: n on the element opens the note editor", "dim"),)
    if found := state.suggestions():
        return ((" right takes ", "dim"), (found[0], "key"), ("  ".join(["", *found[1:]]), "dim"))
    words = here.spec.help
    if here.spec.type == "choice":
        words = "left and right, or the first letter"
    return ((" ", ""), (clip(words, columns - 2), "dim"))


def _keys(columns: int) -> Line:
    return keys_line([("enter", "save"), ("tab", "next field"), ("esc", "close, kept as a draft")], columns)


def field_row(each: Field, is_here: bool, columns: int, marks: Marks) -> Line:
    """One field: its label, what is typed, and beside it the complaint or a sign that it changed."""
    label = clip(each.spec.label, LABEL - 2)
    mark = (marks.cursor, "accent") if is_here else (" ", "")
    head: list[Span] = [mark, (label + " " * (LABEL - 1 - width(label)), "chosen" if is_here else "dim")]
    room = columns - LABEL - 1
    if each.spec.type == "choice":
        value: Line = _choice_spans(each, is_here, room)
    elif each.is_long:
        value = ((clip(said(each.was), room), "dim"),)
    elif is_here:
        wanted = min(room, max(width(each.text) + 1, 10)) if each.told else room
        value, each.start = field_line(each.buffer, max(8, min(room, wanted)), each.start, _placeholder(each))
    else:
        value = ((clip(said(each.text), room), ""),) if each.text else ()
        if each.hint and not each.text:
            value = ((clip(said(each.hint), room), "prompt"),)
    line: Line = (*head, *value)
    if each.told:
        left = columns - line_width(line) - 3
        if left >= 12:
            return (*line, ("  ", ""), (f"{marks.error} {clip(each.told, left - 2)}", "error"))
        return (*padded(fitted(line, columns - 3), columns - 2), (marks.error, "error"))
    return line


def _placeholder(each: Field) -> str:
    if each.hint:
        return said(each.hint)
    return "" if each.spec.type in ("line", "text", "id", "list") else each.spec.help


def _choice_spans(each: Field, is_here: bool, room: int) -> Line:
    """The words of a choice with the chosen one marked; the chosen one alone where they do not fit."""
    words = each.spec.choices
    text = each.text
    if text and text not in words:
        return ((clip(said(text), room), ""),)
    if not is_here:
        return ((text, ""),) if text else ()
    spans: list[Span] = []
    for word in ("none", *words):
        is_chosen = word == (text or "none")
        spans += [(f" {word} ", "cursor" if is_chosen else "dim")]
    if line_width(tuple(spans)) <= room:
        return tuple(spans)
    return ((" < ", "dim"), (f" {text or 'none'} ", "cursor"), (" > ", "dim"))
