"""Files that a program or a person left as a copy of another file of the workspace: syncs, merges, file managers.

Knows the names that programs give. A name alone proves nothing where people give such names too (`persona 2.toml`);
then the contents have to be alike. Any name behind the original's will do where the ids in the file are the original's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

_MADE = r"\d{4}-?\d{2}-?\d{2}"  # a day
_VERSIONS = ("BACKUP", "BASE", "LOCAL", "REMOTE")  # of one file, in a merge
# What programs add to a name, and the words one of which is in it then: patterns are compiled when a name has them.
# What only a program writes. `name` is the original's, without .toml.
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
# What people write as well.
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
_MANY_IDS = 3  # so many ids in common are no slip of the pen
_MOST_FILES = 20  # an id in more files than that tells nothing of which is whose copy
_ALIKE = 0.5  # of the lines of a likely copy, so many stand in the original too
_SAID = r"[^\s#\[].*=.*\S"
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


def is_named_after(file: str, original: str) -> bool:
    """Whether a file's name may be that of a copy of another one, and not the other way round: the same with something
    behind it, in the same folder; or the same in a folder for what is put aside. Proves nothing by itself."""
    folder, _, name = file.removesuffix(".toml").rpartition("/")
    other_folder, _, other = original.removesuffix(".toml").rpartition("/")
    has_more = name.startswith(other) and name != other and not name[len(other)].isalnum()
    if folder == other_folder:
        return has_more
    aside, other_aside = (not _ASIDE.isdisjoint(each.casefold().split("/")) for each in (folder, other_folder))
    return aside and not other_aside and (name == other or has_more)


def copies_by_ids(ids: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str, bool]]:
    """Each file that has an id of another one and may by its name be a copy of that, the other, and whether most of its
    ids are there. `ids` are the ids in each file."""
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
        yield copy, original, count >= _MANY_IDS and 2 * count >= len(ids[copy])


@lru_cache(maxsize=4096)  # asked again at every look at the folder
def _step(name: str) -> tuple[str, bool] | None:
    """What a name was before a program added to it, and whether only a program does that."""
    for patterns, is_sure in ((_SURE, True), (_LIKELY, False)):
        for words, pattern in patterns:
            if any(word in name for word in words) and (match := re.fullmatch(pattern, name)):
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
        line for line in lines if re.match(_SAID, line) and line.partition("=")[0].strip() not in _OF_EVERY_FILE
    )
