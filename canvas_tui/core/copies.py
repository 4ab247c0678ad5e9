"""Files that a program left beside a file of the workspace as a copy of it: syncs, merges, file managers.

Knows the names such programs give. A name alone proves nothing where people give such names too (`persona 2.toml`);
then the contents have to be alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

_MADE = r"\d{4}-?\d{2}-?\d{2}"  # a day
# What only a program writes. `name` is the original's, without .toml.
_SURE = tuple(
    re.compile(rf"(?P<name>.+?){rest}")
    for rest in (
        r" \([^()]*(?:[Cc]onflict|in Konflikt stehend|en conflit|en conflicto)[^()]*\)",
        r"\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?",
        rf"_conflict-{_MADE}-\d+",
        r" \[Conflict(?: \d+)?\]",
        r"(?:\.toml)?[._](?:BACKUP|BASE|LOCAL|REMOTE)[._]\d+",
        r"(?:\.toml)?\.(?:orig|rej|BASE|LOCAL|REMOTE|BACKUP)",
        r"\.(?:OURS|THEIRS|MINE)(?:\.r\d+)?",
    )
)
# What people write as well.
_LIKELY = tuple(
    re.compile(each)
    for each in (
        r"(?P<name>.+?) ?\(\d{1,3}\)",
        r"(?P<name>.+?) \d{1,2}",
        r"(?P<name>.+?) - (?:Copy|Kopie|Copie|copia|Copia|kopia|Cópia)(?: ?\(\d+\))?",
        r"(?P<name>.+?) (?:copy|Kopie|copie|copia)(?: \d+)?",
        r"(?:Copy of|Kopie von|Copie de|Copia de) (?P<name>.+?)",
        r"(?P<name>.+?)[._-](?:bak|backup|old|copy)\d*",
    )
)
_ALIKE = 0.5  # of the lines of a likely copy, so many stand in the original too
_SAID = re.compile(r"[^\s#\[].*=.*\S")
_OF_EVERY_FILE = ("model", "status", "team", "format", "owner")


def originals_of(files: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
    """Each file whose name is that of a copy, the original that stands beside it, and whether the name alone proves it.

    Copies of copies lead to the first original.
    """
    there = frozenset(files)
    for file in sorted(there):
        folder, slash, name = file.rpartition("/")
        original, is_sure = name.removesuffix(".toml"), True
        while (found := _step(original)) is not None:
            original, is_sure = found[0], is_sure and found[1]
            if (path := f"{folder}{slash}{original}.toml") in there and path != file:
                yield file, path, is_sure
                break


def looks_like_copy(file: str) -> bool:
    """Whether a file has a name that only copies have, or that they mostly have."""
    return _step(file.rpartition("/")[2].removesuffix(".toml")) is not None


@lru_cache(maxsize=4096)  # asked again at every look at the folder
def _step(name: str) -> tuple[str, bool] | None:
    """What a name was before a program added to it, and whether only a program does that."""
    for patterns, is_sure in ((_SURE, True), (_LIKELY, False)):
        for pattern in patterns:
            if match := pattern.fullmatch(name):
                return match["name"], is_sure
    return None


def is_alike(copy: bytes, original: bytes) -> bool:
    """Whether most of what a file says stands in the other one too, word for word."""
    said = _said(copy)
    if not said:
        return copy.strip() == original.strip()
    there = _said(original).keys()
    return sum(line in there for line in said) >= _ALIKE * len(said)


def _said(data: bytes) -> Mapping[str, None]:
    """The lines with words in them, each once; what every file says, and headers, left out."""
    text = data.decode("utf-8", errors="replace")
    lines = (line.strip() for line in text.splitlines())
    return dict.fromkeys(
        line for line in lines if _SAID.match(line) and line.partition("=")[0].strip() not in _OF_EVERY_FILE
    )
