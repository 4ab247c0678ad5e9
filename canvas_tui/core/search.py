"""Finding elements by what they say: every word anywhere for the search screen, letters in order for pickers."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from canvas_tui.core.elements import Entry, Kind
from canvas_tui.core.workspace import Document, Located, Workspace


@dataclass(frozen=True, slots=True)
class Hit:
    """An element found. `field` is where the words stand; a higher score is a better match."""

    item: Located
    field: str
    text: str
    score: int


def fold(text: str) -> str:
    """Text for comparing: no case, no accents."""
    if text.isascii():
        return text.lower()
    # marks go before they are sorted, too: normalize takes minutes for a letter that carries thousands of them
    letters = text.casefold().translate(_WITHOUT_ACCENTS)
    return unicodedata.normalize("NFKD", letters).translate(_WITHOUT_ACCENTS)


class _WithoutAccents(dict[int, int | None]):
    """A table for str.translate that takes accents away. Each character is looked up once."""

    def __missing__(self, code: int) -> int | None:
        return self.setdefault(code, None if unicodedata.combining(chr(code)) else code)


_WITHOUT_ACCENTS = _WithoutAccents()


def search(workspace: Workspace, query: str) -> list[Hit]:
    """Every element with all words of the query in one of its texts, its id or its owner; best first."""
    return Searcher().search(workspace, query)


class _Folded(NamedTuple):
    """A text as it is compared, with a space before it; `weight` and `field` as a Hit has them."""

    folded: str
    weight: int
    field: str
    text: str


_Searched = tuple[Located, list[_Folded]]
_STRIDE = 256  # elements between two calls of `go_on`


class _Looked(NamedTuple):
    """What a search leaves for the next one: the folded texts, its query, and the elements that it found."""

    workspace: Workspace
    folded: dict[int, tuple[Document, list[_Searched]]]
    query: str
    found: list[_Searched]


class Searcher:
    """Searches one workspace again and again, while words are typed and files change.

    Two things make that fast: the folded texts of a document are kept until it changes, and a longer query looks only
    at what the shorter one found. Several threads may search at once, because what is kept is replaced as a whole.
    """

    def __init__(self) -> None:
        self._last: _Looked | None = None

    def search(self, workspace: Workspace, query: str, go_on: Callable[[], None] = lambda: None) -> list[Hit]:
        """As the function `search`. `go_on` is called every few hundred elements; it may raise to end the search."""
        query = fold(query)
        words = query.split()
        if not words:
            return []
        last = self._last
        if last is None or last.workspace is not workspace:
            last = self._read(workspace, last.folded if last is not None else {}, go_on)
        elif not query.startswith(last.query):
            last = _Looked(workspace, last.folded, "", _everything(last.folded))
        hits, found = [], []
        for number, element in enumerate(last.found):
            if not number % _STRIDE:
                go_on()
            if (hit := _best_hit(*element, words)) is not None:
                hits.append(hit)
                found.append(element)
        self._last = _Looked(workspace, last.folded, query, found)
        return sorted(hits, key=lambda hit: -hit.score)

    def _read(
        self, workspace: Workspace, before: dict[int, tuple[Document, list[_Searched]]], go_on: Callable[[], None]
    ) -> _Looked:
        folded: dict[int, tuple[Document, list[_Searched]]] = {}
        for document in workspace.documents:
            if (known := before.get(id(document))) is None:
                texts = []
                for number, item in enumerate(document.elements()):
                    if not number % _STRIDE:
                        go_on()
                    texts.append(_texts_of(item))
                known = document, texts
            folded[id(document)] = known
        self._last = _Looked(workspace, folded, "", _everything(folded))  # kept even if this search is given up
        return self._last


def _everything(folded: dict[int, tuple[Document, list[_Searched]]]) -> list[_Searched]:
    return [each for _, listed in folded.values() for each in listed]


def _texts_of(item: Located) -> _Searched:
    return item, [_Folded(f" {fold(text)}", weight, field, text) for weight, field, text in _texts(item)]


def _best_hit(item: Located, texts: list[_Folded], words: list[str]) -> Hit | None:
    best: Hit | None = None
    for folded, weight, field, text in texts:
        for word in words:
            if word not in folded:
                break
        else:
            score = weight + sum(2 for word in words if f" {word}" in folded)
            if best is None or score > best.score:
                best = Hit(item, field, text, score)
    return best


def _texts(item: Located) -> Iterator[tuple[int, str, str]]:
    if item.kind is not Kind.CELL:
        yield 10, "text", item.text
        yield 6, "id", item.address
    fields = item.element.fields
    for weight, field in ((4, "note"), (3, "owner"), (3, "team"), (2, "state"), (2, "status")):
        value = fields.get(field)
        if isinstance(value, str):
            yield weight, field, value
    if isinstance(item.element, Entry):
        for text in item.element.evidence:
            yield 3, "evidence", text


def fuzzy_score(query: str, text: str) -> int | None:
    """How well the letters of the query stand, in order, in the text; None where they do not.

    Runs of letters, and letters that begin a word, count more; a shorter text wins a tie.
    """
    wanted = fold(query).replace(" ", "")
    folded = fold(text)
    if not wanted:
        return 0
    whole = folded.find(fold(query).strip())
    if whole >= 0:
        starts_word = whole == 0 or not folded[whole - 1].isalnum()
        return 1000 + (200 if starts_word else 0) - min(len(folded), 150)
    score, position, run = 0, 0, 0
    for letter in wanted:
        found = folded.find(letter, position)
        if found < 0:
            return None
        run = run + 1 if found == position and position else 1
        score += 2 * run + (6 if found == 0 or not folded[found - 1].isalnum() else 0)
        position = found + 1
    return score - min(len(folded), 150) // 10


def rank(query: str, items: Iterable[Located]) -> list[Located]:
    """The elements whose text or id fits the query, best first; all of them, as they come, for an empty query."""
    if not query.strip():
        return list(items)
    scored = []
    for item in items:
        scores = [score for text in (item.text, item.address) if (score := fuzzy_score(query, text)) is not None]
        if scores:
            scored.append((max(scores), item))
    return [item for _, item in sorted(scored, key=lambda pair: -pair[0])]
