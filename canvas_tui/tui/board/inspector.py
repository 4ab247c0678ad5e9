"""What is said about the element under the cursor: its whole text, why it is there, what answers it, what is wrong.

Pure: facts about one element in, Lines out, for a place below the board (wide or narrow) or beside it. When there is
not room for all, what matters most stays and the last line says where the rest is.
"""

from __future__ import annotations

from typing import NamedTuple

from canvas_tui.core.cutting import beginning
from canvas_tui.core.text import clean, clip, width, wrap
from canvas_tui.tui.paint.style import Line, Marks, Span

TWO_COLUMNS = 100  # from this width on, why and how stand beside the text
_GAP = 3
_EVIDENCE = 50  # pieces of evidence that any window could show
_TALL = 16  # from this many lines on, a narrow place has room for chains as trees


class Branch(NamedTuple):
    """One line of a why chain or a how tree. `depth` counts steps from the element, 1 for the first."""

    text: str
    depth: int
    detail: str = ""
    through: bool = False


class Said(NamedTuple):
    """A finding as the inspector tells it."""

    mark: str
    style: str
    message: str
    fix: str


class Chains(NamedTuple):
    """What an element is there for (the best chain, step by step), and what answers it."""

    why: tuple[Branch, ...] = ()
    how: tuple[Branch, ...] = ()
    others: str = ""  # "and 2 more ways up"


class Facts(NamedTuple):
    """All there is to say about an element, ready to be laid out. Texts come as they are in the file."""

    text: str
    kind: str = ""  # "entry", "cell"
    tags: tuple[str, ...] = ()  # fact, importance 5, ana, late-payment
    chains: Chains = Chains()
    evidence: tuple[str, ...] = ()
    note: str = ""
    help: str = ""
    findings: tuple[Said, ...] = ()
    is_prompt: bool = False


def inspect(facts: Facts, columns: int, rows: int, marks: Marks) -> list[Line]:
    """The inspector in `columns` x `rows`."""
    if rows <= 0:
        return []
    if columns < TWO_COLUMNS:
        return _clipped(_narrow(facts, columns - 2, rows, marks), columns, rows)
    if not facts.chains.why and not facts.chains.how:  # nothing to stand beside it
        return _clipped(_left(facts, columns - 2, marks), columns, rows)
    left_columns = (columns - _GAP - 2) * 11 // 20
    right_columns = columns - _GAP - 2 - left_columns
    left = _clipped(_left(facts, left_columns, marks), left_columns + 1, rows, indent="")
    right = _clipped([*_chain(facts, right_columns, marks)], right_columns + 1, rows, indent="")
    lines: list[Line] = []
    for index in range(max(len(left), len(right))):
        one = left[index] if index < len(left) else ()
        other = right[index] if index < len(right) else ()
        filler = " " * (left_columns + _GAP - _width(one))
        lines.append(((" ", ""), *one, (filler, ""), *other))
    return lines


def _narrow(facts: Facts, columns: int, rows: int, marks: Marks) -> list[Line]:
    """One column: text with its tags, what is wrong, why, how, and the rest."""
    tags = f" {marks.separator} ".join(facts.tags[:2] if rows < _TALL else facts.tags)
    found: list[Line] = []
    style = "prompt" if facts.is_prompt else "bar"
    texts = wrap(_flat(facts.text), columns)
    if len(texts) == 1 and width(texts[0]) + width(tags) + 2 <= columns:
        gap = " " * (columns - width(texts[0]) - width(tags))
        found.append(((texts[0], style), (gap, ""), (tags, "dim")))
    else:
        most = max(1, min(len(texts), rows - 3))
        texts = _cut(texts, most, columns)
        found += [((text, style),) for text in texts]
        if tags and not (facts.is_prompt and facts.findings):  # the cell's title stands on the board already
            found.append(((clip(tags, columns), "dim"),))
    is_tall = rows >= _TALL
    for said in facts.findings:
        found += _finding(said, columns, 6 if is_tall else 2)
    if is_tall and (facts.chains.why or facts.chains.how):
        found += [(), *_chain(facts, columns, marks), ()]
        return found + _rest(facts, columns, marks)
    if facts.chains.why:
        found.append(_one_line("why", facts.chains.why, marks.why, columns, facts.chains.others))
    if facts.chains.how:
        found.append(_one_line("how", [each for each in facts.chains.how if each.depth == 1], marks.how, columns, ""))
    found += _rest(facts, columns, marks)
    return found


def _left(facts: Facts, columns: int, marks: Marks) -> list[Line]:
    style = "prompt" if facts.is_prompt else "bar"
    found: list[Line] = [((text, style),) for text in wrap(_flat(facts.text), columns)]
    if facts.tags:
        found.append(((clip(f" {marks.separator} ".join(facts.tags), columns), "dim"),))
    for said in facts.findings:
        found += _finding(said, columns, 4)
    return found + _rest(facts, columns, marks)


def _rest(facts: Facts, columns: int, marks: Marks) -> list[Line]:
    found: list[Line] = []
    if facts.help:
        found += [((text, "dim"),) for text in wrap(clean(beginning(facts.help)), columns)]
    if facts.evidence:
        label = "Evidence: "
        texts = wrap(_flat("; ".join(map(beginning, facts.evidence[:_EVIDENCE]))), columns - width(label))
        found += [((label if n == 0 else " " * width(label), "dim"), (text, "")) for n, text in enumerate(texts)]
    if facts.note:
        label = "Note: "
        texts = wrap(clean(beginning(facts.note.strip()), multiline=True), columns - width(label))
        found += [((label if n == 0 else " " * width(label), "dim"), (text, "")) for n, text in enumerate(texts)]
    return found


def _chain(facts: Facts, columns: int, marks: Marks) -> list[Line]:
    """Why and how as small trees, one step a line."""
    found: list[Line] = []
    for word, branches, mark in (("why", facts.chains.why, marks.why), ("how", facts.chains.how, marks.how)):
        for number, branch in enumerate(branches):
            lead = f"{word} {mark} " if number == 0 else " " * (width(word) + 1)
            if number and branch.depth == 1:
                lead += f"{mark} "
            elif number:
                lead += "  " * (branch.depth - 1) + f"{marks.step} "
            through = "through " if branch.through else ""
            room = columns - width(lead) - width(through)
            text = clip(clean(beginning(branch.text)), room)
            line: list[Span] = [(lead, "link"), (through, "dim"), (text, "")]
            detail = _flat(branch.detail)
            if detail and width(text) + 2 + width(detail) <= room:
                line += [(" " * (room - width(text) - width(detail)), ""), (detail, "dim")]
            found.append(tuple(span for span in line if span[0]))
        if word == "why" and facts.chains.others:
            found.append(((" " * 6, ""), (clip(facts.chains.others, columns - 6), "dim")))
    return found


def _one_line(word: str, branches: list[Branch] | tuple[Branch, ...], mark: str, columns: int, others: str) -> Line:
    """A chain on one line: "why ▸ goal ▸ goal ▸ the vision"."""
    spans: list[Span] = [(f"{word} ", "dim")]
    used = width(word) + 1
    for number, branch in enumerate(branches):
        through = "through " if branch.through else ""
        left = len(branches) - number - 1
        room = columns - used - 2 - width(through) - left * 8
        if room < 8:
            rest = f"{mark} +{left + 1} "
            spans.append((rest, "dim"))
            used += width(rest)
            break
        text = clip(clean(beginning(branch.text)), room)
        spans += [(f"{mark} ", "link"), (through, "dim"), (f"{text} ", "")]
        used += 3 + width(text) + width(through)
    if others and used + width(others) <= columns:
        spans.append((others, "dim"))
    return tuple(span for span in spans if span[0])


def _finding(said: Said, columns: int, most: int) -> list[Line]:
    """What is wrong and what to do, in one sentence each."""
    texts = _cut(wrap(f"{clean(said.message)} {clean(said.fix)}", columns - 2), most, columns - 2)
    return [((f"{said.mark} " if n == 0 else "  ", said.style), (text, said.style)) for n, text in enumerate(texts)]


def _flat(text: str) -> str:
    return clean(" ".join(beginning(text).split()))


def _cut(lines: list[str], most: int, columns: int) -> list[str]:
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], clip(lines[most - 1] + " " + lines[most], columns)]


def _clipped(lines: list[Line], columns: int, rows: int, indent: str = " ") -> list[Line]:
    """At most `rows` lines; the last says where the rest is."""
    shown = [((indent, ""), *line) if indent else line for line in lines[:rows]]
    if len(lines) > rows and shown:
        tail = "… y shows all"
        kept: list[Span] = []
        room = columns - width(tail) - 1
        for text, style in shown[-1]:
            part = clip(text, room, ellipsis="")
            kept.append((part, style))
            room -= width(part)
        shown[-1] = (*kept, (f" {tail}", "dim"))
    return shown


def _width(line: Line) -> int:
    return sum(width(text) for text, _ in line)
