"""Differences as Markdown, for a merge request. Text from files is escaped, so that no link, image, HTML, mention or
reference comes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from canvas_tui.core.difference_groups import DifferenceGroup
from canvas_tui.core.difference_words import Sentence, SentencePart, Told
from canvas_tui.core.text import clean
from canvas_tui.core.told import told_path
from canvas_tui.rules import Finding
from canvas_tui.rules.since import Since

_SIGNIFICANT = re.compile(r"[\\`*_{}\[\]<>|~$&@#!^%](?=(\w)?)|:(?=//)|(?<=www)\.", re.IGNORECASE)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_REFERS = frozenset("@#!$~%&^:.")  # hosts make links of these: to people, issues, labels, addresses
_APART = "&#8203;"  # a space of no width: behind it the host does not see a name
_WORDS = {"+": "added", "-": "removed", "~": "changed", ">": "moved"}
_AROUND = {"name": "*", "was": "~~", "cut": "~~", "now": "**", "put": "**"}


def markdown(groups: Sequence[DifferenceGroup], news: Since, title: str) -> Iterator[str]:
    """The lines of the page. Headings are of the third level or below."""
    yield f"## {_escaped(title)}"
    if not groups:
        yield from ("", "Nothing changed.")
    for group in groups:
        place = f" ({_escaped(told_path(group.file))})" if group.file else ""
        yield from ("", f"### {_escaped(group.title)}{place}", "")
        for told in group.told:
            yield from _told(told)
    yield from ("", "### Findings", "")
    for word, findings in (("new", news.new), ("gone", news.gone)):
        yield from (_finding(word, each) for each in findings)
    yield f"- {len(news.new)} new, {len(news.gone)} gone, {len(news.still)} still there"


def _told(told: Told) -> Iterator[str]:
    head = f"- **{_WORDS[told.sign]}** {_sentence(told.subject)}"
    if len(told.sentences) == 1:
        yield f"{head}: {_sentence(told.sentences[0])}"
        return
    yield head
    yield from (f"  - {_sentence(sentence)}" for sentence in told.sentences)


def _finding(word: str, finding: Finding) -> str:
    return f"- **{word}**, {finding.severity}: {_escaped(finding.message.removesuffix('.'))} ({_escaped(finding.rule)})"


def _sentence(sentence: Sentence) -> str:
    return "".join(map(_part, sentence))


def _part(part: SentencePart) -> str:
    """A part in Markdown. Spaces at its ends go outside of the signs around it, or Markdown ignores the signs."""
    text, sign = part.text, _AROUND.get(part.kind, "")
    inner = text.strip()
    if not inner or not sign:
        return _escaped(text)
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{_escaped(lead)}{sign}{_escaped(inner)}{sign}{_escaped(trail)}"


def _escaped(text: str) -> str:
    return _SIGNIFICANT.sub(_sign, clean(text))


def _sign(match: re.Match[str]) -> str:
    sign = match[0]
    shown = _ENTITIES.get(sign) or (sign if sign in "@!%:.$^" else f"\\{sign}")
    is_before_name = match[1] is not None or sign in ":."
    return f"{shown}{_APART}" if sign in _REFERS and is_before_name else shown
