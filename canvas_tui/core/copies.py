"""Finds files that are copies of another file of the workspace. Sync programs, merge tools and people leave them.

Programs name copies by known patterns. People use some of these names too (`persona 2.toml`); for those the contents
must be alike as well. A file that holds the ids of another needs only a name that begins like that one's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

_MADE = r"\d{4}-?\d{2}-?\d{2}"  # a day
_VERSIONS = ("BACKUP", "BASE", "LOCAL", "REMOTE")  # of one file, in a merge
# Each pattern of a copy's name, with words of which such a name has one: the pattern is compiled only for such a name.
# These names only programs give. `name` is the original's, without .toml.
_SURE = (
    (("(",), r"(?P<name>.+?) \([^()]*(?:[Cc]onflict|in Konflikt stehend|en conflit|en conflicto)[^()]*\)"),
    ((".sync-conflict-",), r"(?P<name>.+?)\.sync-conflict-\d{8}-\d{6}(?:-[A-Za-z0-9]{4,})?"),
    (("_conflict-",), rf"(?P<name>.+?)_conflict-{_MADE}-\d+"),
    (("[Conflict",), r"(?P<name>.+?) \[Conflict(?: \d+)?\]"),
    (_VERSIONS, r"(?P<name>.+?)(?:\.toml)?[._](?:BACKUP|BASE|LOCAL|REMOTE)[._]\d+"),
    ((".orig", ".rej", *_VERSIONS), r"(?P<name>.+?)(?:\.toml)?\.(?:orig|rej|BASE|LOCAL|REMOTE|BACKUP)"),
    ((".OURS", ".THEIRS", ".MINE"), r"(?P<name>.+?)\.(?:OURS|THEIRS|MINE)(?:\.r\d+)?"),
)
_COPY = (
    "(?:[Cc]opy|[Kk]opie|[Kk]opi|[Cc]opie|[Cc]opia|[Kk]opia|[Cc]ópia|[Kk]opio|[Kk]ópia|[Mm]ásolat|コピー|副本|копия)"
)
_COPY_OF = ("Copy of ", "Kopie von ", "Copie de ", "Copia de ")
# These names people give as well.
_LIKELY = (
    (("(",), r"(?P<name>.+?) ?\(\d{1,3}\)"),
    ((" ",), r"(?P<name>.+?) \d{1,2}"),
    ((" - ",), r"(?P<name>.+?) - (?:Copy|Kopie|Copie|copia|Copia|kopia|Cópia)(?: ?\(\d+\))?"),
    ((" ",), r"(?P<name>.+?) (?:copy|Kopie|copie|copia)(?: \d+)?"),
    (("(",), rf"(?P<name>.+?) ?\((?:[^()]* )?{_COPY}(?: ?\d+)?\)"),
    (("conflict", "HEAD", "ours", "theirs", "mine"), r"(?P<name>.+?)[.-](?:conflict|HEAD|ours|theirs|mine)\d*"),
    (("-DESKTOP-", "-LAPTOP-", "-WIN-", "-PC-"), r"(?P<name>.+?)-(?:DESKTOP|LAPTOP|WIN|PC)-[A-Z0-9]+(?:-\d+)?"),
    (("~",), r"(?P<name>.+?)~\d*~?"),
    (_COPY_OF, rf"(?:{'|'.join(_COPY_OF)})(?P<name>.+?)"),
    (("bak", "backup", "old", "copy"), r"(?P<name>.+?)[._-](?:bak|backup|old|copy)\d*"),
)
_ASIDE = frozenset({"backup", "backups", "bak", "old", "copy", "copies", "kopien", "archive", "archiv", "archives"})
_MANY_IDS = 3  # two files with this many ids in common do not have them by accident
_MOST_FILES = 20  # an id in more files than this does not tell which file is a copy of which
_ALIKE = 0.5  # the share of a likely copy's lines that must be in the original too
_SAID = r"[^\s#\[].*=.*\S"
_OF_EVERY_FILE = ("model", "status", "team", "format", "owner")


class CopySign(NamedTuple):
    """A sign that `file` is a copy of `original`. If it is not `is_certain`, the contents must be compared."""

    file: str
    original: str
    is_certain: bool


def originals_of(files: Iterable[str]) -> Iterator[CopySign]:
    """The files whose names are those of copies, if the original is there too. Certain if only programs name files so.

    A copy of a copy leads to the first original.
    """
    there = frozenset(files)
    for file in sorted(there):
        folder, slash, name = file.rpartition("/")
        original, is_certain = name.removesuffix(".toml"), True
        while (found := _step(original)) is not None:
            original, is_certain = found[0], is_certain and found[1]
            if (path := f"{folder}{slash}{original}.toml") in there and path != file:
                yield CopySign(file, path, is_certain)
                break


def looks_like_copy(file: str) -> bool:
    """Whether a file's name is one that copies usually have."""
    return _step(file.rpartition("/")[2].removesuffix(".toml")) is not None


def is_named_after(file: str, original: str) -> bool:
    """Whether `file` may by its name be a copy of `original` (and not the reverse): the original's name with something
    added, in the same folder, or the same name in a folder such as `backup/`. It proves nothing by itself."""
    folder, _, name = file.removesuffix(".toml").rpartition("/")
    other_folder, _, other = original.removesuffix(".toml").rpartition("/")
    has_more = name.startswith(other) and name != other and not name[len(other)].isalnum()
    if folder == other_folder:
        return has_more
    aside, other_aside = (not _ASIDE.isdisjoint(each.casefold().split("/")) for each in (folder, other_folder))
    return aside and not other_aside and (name == other or has_more)


def copies_by_ids(ids: Mapping[str, Collection[str]]) -> Iterator[CopySign]:
    """The files that share an id with another file, and may by their names be copies of it. `ids` maps a file to its
    ids. Certain if they share at least three ids, and half of the copy's."""
    holders: dict[str, list[str]] = {}
    for file, there in ids.items():
        for each in there:
            holders.setdefault(each, []).append(file)
    pairs = Counter(
        (copy, original)
        for files in holders.values()
        if 1 < len(files) <= _MOST_FILES
        for copy in files
        for original in files
        if is_named_after(copy, original)
    )
    for (copy, original), count in sorted(pairs.items(), key=lambda pair: (pair[0][0], len(pair[0][1]))):
        yield CopySign(copy, original, count >= _MANY_IDS and 2 * count >= len(ids[copy]))


@lru_cache(maxsize=4096)  # asked for the same names each time the folder is listed
def _step(name: str) -> tuple[str, bool] | None:
    """The name before a program added to it, and whether only programs do that; None if nothing was added."""
    for patterns, is_certain in ((_SURE, True), (_LIKELY, False)):
        for words, pattern in patterns:
            if any(word in name for word in words) and (match := re.fullmatch(pattern, name)):
                return match["name"], is_certain
    return None


def is_alike(copy: bytes, original: bytes) -> bool:
    """Whether most lines of `copy` that say something are in `original` too, word for word."""
    said = _said(copy)
    if not said:
        return copy.strip() == original.strip()
    there = _said(original).keys()
    return sum(line in there for line in said) >= _ALIKE * len(said)


def _said(data: bytes) -> Mapping[str, None]:
    """The lines with words in them, each once, in order. Headers, and lines that every file may have, are left out."""
    text = data.decode("utf-8", errors="replace")
    lines = (line.strip() for line in text.splitlines())
    return dict.fromkeys(
        line for line in lines if re.match(_SAID, line) and line.partition("=")[0].strip() not in _OF_EVERY_FILE
    )
