"""Text that people wrote, made safe to show and to name things by.

`clean` makes text safe for the screen, `unsafe_characters` lists what the rule `unsafe-text` reports, `clean_input` is
for typed and pasted text, and `slug` makes ids. Measuring and wrapping are in `cells`, and can be imported from here
too. Knows nothing of terminals, files or markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from canvas_tui.core.cell_table import EMOJI_BASES
from canvas_tui.core.cells import clip, clusters, takes_none, width, wrap

__all__ = [
    "ID_LENGTH",
    "clean",
    "clean_input",
    "clip",
    "drop_unsafe",
    "is_unsafe",
    "is_valid_id",
    "slug",
    "unsafe_characters",
    "width",
    "wrap",
]

ID_LENGTH = 40

# Characters that a terminal obeys, that reorder a line, or that cannot be seen.
# Some of it is needed (joiners in emoji and Indic text): `_belongs` decides those where they stand.
_HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SUSPECT_LINE = re.compile(f"[{_HIDDEN}\t\n]")
_SUSPECT = f"[{_HIDDEN}]"  # for texts of several lines; compiled on first use, `re` keeps it
_JOINERS = "\u200c\u200d"
_NEEDED = frozenset(  # by the characters beside them: `_belongs` decides
    _JOINERS + "\u180b\u180c\u180d\u180f" + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)

# One sign may carry any number of marks, or of pictures joined to it, and still take one or two cells. Unicode's own
# limit (stream-safe text) is 30 marks; no script and no emoji needs more.
SIGN_LENGTH = 32
_MAYBE_LONG_SIGN = re.compile(f"[^\x00-\u02ff]{{{SIGN_LENGTH}}}")

# Patterns that few texts ever need are compiled when one does; `re` keeps them.
# Scripts whose letters change with ZWJ and ZWNJ: Arabic to Sinhala, Tibetan, Myanmar, Khmer, Mongolian, the Indic
# scripts of the higher planes.
_JOINING = (
    "[\u0620-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1bff\ua800-\ua9ff\uaa00-\uabff"
    "\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00010a5f\U00011000-\U00011fff]"
)
_MONGOLIAN = "[\u1820-\u18aa]"
_IDEOGRAPH = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"

# A paste from another terminal brings its colours along: whole sequences go, their text stays.
_SEQUENCE = (
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f])[^\x1b\x07\x9c\n]*(?:\x1b\\\\|\x07|\x9c)"
)
_LINE_END = "\r\n?|[\x0b\x0c\x85\u2028\u2029]"
_SPACES = re.compile("[ \t]*[\r\n\x0b\x0c\x85\u2028\u2029]+[ \t]*|\t")


def clean(text: str, *, multiline: bool = False) -> str:
    """The text made safe to show: nothing in it moves the cursor, reverses a line, or is hidden.

    C0 controls and DEL become their pictures (`␛`), C1 controls their number (`<9B>`), and other characters that cannot
    be seen their name (`<U+202E>`). Newline and tab stay if `multiline`; else they become a sign and a space. Of the
    marks on one letter the first 31 stay, and the rest is counted. Cleaning twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = _without_suspects(text, multiline)
    return _thinned(shown) if _may_have_long_sign(shown) else shown


def _without_suspects(text: str, multiline: bool) -> str:
    suspect = re.compile(_SUSPECT) if multiline else _SUSPECT_LINE
    return suspect.sub(_shown, text) if suspect.search(text) else text


def _may_have_long_sign(text: str) -> bool:
    """A quick test. A sign of more than SIGN_LENGTH characters has marks, or a joiner as every second character."""
    return _MAYBE_LONG_SIGN.search(text) is not None and takes_none(text) >= SIGN_LENGTH // 2


def _thinned(text: str, *, is_counted: bool = True) -> str:
    """The text with no sign of more than SIGN_LENGTH characters. With `is_counted` it says how many were taken out."""
    parts: list[str] = []
    for sign, _ in clusters(text):
        kept = sign if len(sign) <= SIGN_LENGTH else sign[:SIGN_LENGTH].rstrip(_JOINERS)
        parts.append(kept)
        if is_counted and len(kept) < len(sign):
            parts.append(f"<{len(sign) - len(kept):,} more marks>")
    return "".join(parts)


def clean_input(text: str, *, multiline: bool = False) -> str:
    """Text that a person typed, pasted or imported, made safe to store.

    Escape sequences go (a paste from a terminal brings its colours), every kind of line end becomes a newline, or a
    space in a field of one line, and what is left that cannot be seen is made visible as by `clean`.
    """
    if not (re.compile(_SUSPECT) if multiline else _SUSPECT_LINE).search(text):
        return clean(text, multiline=multiline)
    words = re.sub(_SEQUENCE, "", text)
    words = re.sub(_LINE_END, "\n", words) if multiline else _SPACES.sub(" ", words).strip(" ")
    return clean(words, multiline=multiline)


def drop_unsafe(text: str) -> str:
    """One line without the characters that `clean` would replace; it takes exactly the cells that `text` took.

    For text that is laid out already: a replacement of another width would push its neighbours away.
    """
    if clean(text) == text:
        return text
    cells = width(text)
    kept = text
    while (fewer := _SUSPECT_LINE.sub(_dropped, kept)) != kept:  # a joiner may have leant on what went
        kept = fewer
    kept = clip(_thinned(kept, is_counted=False), cells, ellipsis="")
    return kept + " " * (cells - width(kept))


def is_unsafe(text: str, *, multiline: bool = False) -> bool:
    """Whether `clean` would change the text."""
    return clean(text, multiline=multiline) != text


def unsafe_characters(text: str, *, multiline: bool = False) -> tuple[str, ...]:
    """The names (`U+001B`) of the characters `clean` would replace, each once, in the order they appear."""
    suspect = re.compile(_SUSPECT) if multiline else _SUSPECT_LINE
    found: dict[str, None] = {}
    for match in suspect.finditer(text):
        if match.group() not in found and _shown(match) != match.group():
            found[match.group()] = None
    if _may_have_long_sign(text):
        found |= {sign[SIGN_LENGTH]: None for sign, _ in clusters(text) if len(sign) > SIGN_LENGTH}
    return tuple(f"U+{ord(character):04X}" for character in found)


class _Signs(dict[str, str]):
    """Maps a suspect character to what the screen shows for it, whatever stands beside it. Computed on first use."""

    def __missing__(self, character: str) -> str:
        code = ord(character)
        picture = chr(0x2400 + code) if code < 0x20 else ""
        return self.setdefault(character, picture or (f"<{code:02X}>" if code < 0xA0 else f"<U+{code:04X}>"))


_SIGNS = _Signs({"\n": "⏎", "\t": " ", "\x7f": "␡"})


def _shown(match: re.Match[str]) -> str:
    """What the screen shows for the suspect character that was found."""
    character = match.group()
    if character in _NEEDED and _belongs(match.string, match.start()):
        return character
    return _SIGNS[character]


def _dropped(match: re.Match[str]) -> str:
    return match.group() if _shown(match) == match.group() else ""


def _belongs(text: str, at: int) -> bool:
    """Whether the invisible character at this index is one that the letters or emoji beside it need."""
    character = text[at]
    before = text[at - 1] if at else ""
    after = text[at + 1 : at + 2]
    if character in _JOINERS:
        return bool(before and re.match(_JOINING, before)) or (
            character == "\u200d" and _is_emoji(before) and _is_emoji(after) and after != "\ufe0f"
        )
    if "\ufe00" <= character <= "\ufe0f":
        emoji = character in "\ufe0e\ufe0f" and before != "\ufe0f" and _is_emoji(before)
        return emoji or before in EMOJI_BASES or bool(re.match(_IDEOGRAPH, before)) or _is_sign(before)
    if character in "\u180b\u180c\u180d\u180f":
        return bool(re.match(_MONGOLIAN, before))
    return "\U000e0100" <= character <= "\U000e01ef" and bool(re.match(_IDEOGRAPH, before))


def _is_emoji(character: str) -> bool:
    if not character:
        return False
    if character == "\ufe0f" or character in EMOJI_BASES or "\U0001f000" <= character <= "\U0001faff":
        return True  # the plane of emoji by range: the running Python may not know the newest of them
    return unicodedata.category(character) in ("So", "Sk")


def _is_sign(character: str) -> bool:
    """Mathematical signs have variants chosen by a selector."""
    return bool(character) and unicodedata.category(character) == "Sm"


_ID = re.compile(r"[^\W_]+(?:[-_.][^\W_]+)*")
_FOLDED = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "'": "", "’": ""}
)


def slug(text: str, taken: Container[str] = (), *, fallback: str = "entry") -> str:
    """A short id of the text's own words, not in `taken`: ASCII kebab-case, at most 40 characters.

    Text without a Latin letter gives `fallback`, and a bare number `fallback` and the number, because an id is never
    a number alone. A taken id gets `-2`, `-3` and so on.
    """
    folded = unicodedata.normalize("NFKD", text[:400].lower().translate(_FOLDED))
    words = re.findall("[a-z0-9]+", "".join(part for part in folded if not unicodedata.combining(part)))
    if not any(re.search("[a-z]", word) for word in words):
        words = [fallback, *words]
    base = _shortened("-".join(words), ID_LENGTH)
    name, number = base, 1
    while name in taken:
        number += 1
        tail = f"-{number}"
        name = _shortened(base, ID_LENGTH - len(tail)) + tail
    return name


def _shortened(name: str, limit: int) -> str:
    """Cut at the end of a word; inside one only where the first word alone is too long."""
    if len(name) <= limit:
        return name
    cut = name.rfind("-", 0, limit + 1)
    return name[: cut if cut > 0 else limit].strip("-")


def is_valid_id(name: str) -> bool:
    """Whether a person may use this as an id: letters and digits of any script, joined by `-`, `_` or `.`.

    `/` separates the parts of an address and `@` a pin, so neither can be in an id; a bare number would read as a
    place in a cell.
    """
    if len(name) > 100 or name.isdecimal():
        return False
    if not name.isascii():  # an accent or a vowel sign belongs to the letter before it
        name = "".join(each for each in unicodedata.normalize("NFC", name) if not _is_mark(each))
    return _ID.fullmatch(name) is not None


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc")


def counted(count: int, word: str, plural: str = "") -> str:
    """A count with its word: "1 entry", "3 entries". `plural` is for words whose plural does not just add s."""
    if count == 1:
        return f"1 {word}"
    return f"{count} {plural or (word[:-1] + 'ies' if word.endswith('y') else word + 's')}"
