"""Differences as text: groups with their sentences, single words marked, then what became of the findings."""

from __future__ import annotations

from collections.abc import Sequence

from canvas_tui.cli.findings import write_findings, write_gone
from canvas_tui.cli.output import Output, Part, Style, Styled
from canvas_tui.core.difference_groups import DifferenceGroup
from canvas_tui.core.difference_words import Sentence, Sign, Told, marks_of
from canvas_tui.core.difference_words import SentencePart as Said
from canvas_tui.core.told import told_path
from canvas_tui.rules.since import Since

_STYLES: dict[Sign, Style] = {"+": "good", "-": "error", "~": "warning", ">": "accent"}
_OF_PARTS: dict[str, Style] = {"name": "bold", "was": "error", "cut": "error", "now": "good", "put": "good"}
_WORDS: dict[str, str] = {"+": "added", "-": "removed", "~": "changed", ">": "moved"}


def write_groups(groups: Sequence[DifferenceGroup], out: Output) -> None:
    """Print every group under its heading, one line for each sentence."""
    for group in groups:
        out.line(*_heading(group))
        for told in group.told:
            _write(told, out)
        out.line()


def write_stat(groups: Sequence[DifferenceGroup], out: Output) -> None:
    """Print only how many differences each group has."""
    for group in groups:
        out.line(*_heading(group), f": {counts_text(group)}")


def write_news(found: Since, since_what: str, out: Output, *, with_words: bool) -> None:
    """Print how many findings are new, gone and as before; `with_words` also prints those that are new or gone."""
    if with_words:
        write_findings(found.new, out)
        write_gone(found.gone, f"Findings that are gone since {since_what}", out)
    counts = [f"{len(found.new)} new", f"{len(found.gone)} gone", f"{len(found.still)} still there"]
    out.line(Styled(f"Findings: {', '.join(counts)}", "bold"))


def counts_text(group: DifferenceGroup) -> str:
    """The number of differences by kind: "2 added, 1 changed"."""
    counts = group.counts
    return ", ".join(f"{counts[sign]} {word}" for sign, word in _WORDS.items() if counts[sign])


def _heading(group: DifferenceGroup) -> list[Part]:
    place: list[Part] = [Styled(f" ({told_path(group.file)})", "dim")] if group.file else []
    return [Styled(group.title, "bold"), *place]


def _write(told: Told, out: Output) -> None:
    """One sentence stands behind its subject; several below it."""
    head: list[Part] = ["  ", Styled(told.sign, _STYLES[told.sign]), " ", *_parts(told.subject)]
    if len(told.sentences) == 1:
        out.line(*head, ": ", *_parts(told.sentences[0]))
        return
    out.line(*head)
    for sentence in told.sentences:
        out.line("      ", *_parts(sentence))


def _parts(sentence: Sentence) -> list[Part]:
    return [_part(part) for part in sentence]


def _part(part: Said) -> Part:
    before, after = marks_of(part)
    text = f"{before}{part.text}{after}"
    return Styled(text, _OF_PARTS[part.kind]) if part.kind in _OF_PARTS else text
