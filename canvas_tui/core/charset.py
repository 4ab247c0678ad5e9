"""Which characters a terminal shows, by the locale of its environment, and how text is put into bytes for it.

Owns the order of LC_ALL, LC_CTYPE and LANG, which is that of POSIX. Files are none of its business: they are UTF-8.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from canvas_tui.core.cells import width

UTF_8, ASCII = "utf-8", "ascii"
_LACKING = "canvas-tui-lacking"  # what becomes of a character that a charset lacks
_ISO_8859 = r"iso[-_]?8859[-_]?(\d{1,2})"


def charset_of(environ: Mapping[str, str]) -> str:
    """The charset that the locale names: "utf-8", "iso8859-N", "ascii" (C or POSIX), "other", or "" for none.

    One without a charset in its name (`de_DE`) may have any: only the system it runs on can tell.
    """
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    if locale in ("C", "POSIX"):
        return ASCII
    name, _, variant = locale.partition("@")
    name = name.rpartition(".")[2] if "." in name else "iso8859-15" if variant == "euro" else ""
    return _known(name) if name or locale.lower() not in ("utf-8", "utf8") else UTF_8


def has_only_ascii_signs(environ: Mapping[str, str], encoding: str | None) -> bool:
    """Whether signs beyond ASCII may be missing: by the locale, or by what Python writes to the stream in."""
    return _known(encoding or "") != UTF_8 or charset_of(environ) not in (UTF_8, "")


def encoding_for(environ: Mapping[str, str], encoding: str | None = None) -> str:
    """The encoding of what is written to a terminal: "utf-8", "iso8859-N", or "ascii" where it is another one.

    Where the locale is C or POSIX it is UTF-8 all the same: that says what signs are wanted, of a terminal nothing.
    """
    found = charset_of(environ)
    if found == ASCII:
        return UTF_8
    if not found:
        written = _known(encoding or "")
        return written if written.startswith("iso") else UTF_8
    return ASCII if found == "other" else found


def encoded(text: str, encoding: str) -> bytes:
    """The text in one of those encodings; a `?` for each cell of what it lacks."""
    return text.encode(encoding, _LACKING)


def _known(charset: str) -> str:
    name = "iso8859-1" if charset.lower() in ("latin-1", "latin1") else charset.lower()
    if name.replace("-", "").replace("_", "") == "utf8":
        return UTF_8
    if (match := re.fullmatch(_ISO_8859, name)) is not None:
        try:
            return codecs.lookup(f"iso8859-{int(match[1])}").name
        except LookupError:
            return "other"
    return "other" if name else ""


def _lacking(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "?" * width(error.object[error.start : error.end]), error.end


codecs.register_error(_LACKING, _lacking)


class Typed:
    """What arrives from a terminal as text: UTF-8, and what is not, by the charset of the terminal.

    A terminal that sends UTF-8 in spite of its locale is understood so; nothing it sends is an error.
    """

    def __init__(self, encoding: str) -> None:
        self._is_utf_8 = encoding == UTF_8
        otherwise = "replace" if self._is_utf_8 else f"canvas-tui-{encoding}"
        if not self._is_utf_8:
            codecs.register_error(otherwise, lambda error: _decoded(error, encoding))
        self._decoder = codecs.getincrementaldecoder(UTF_8)(otherwise)

    def text(self, data: bytes) -> str:
        """The characters that are complete; the beginning of one waits for its rest."""
        return self._decoder.decode(data)

    def rest(self) -> str:
        """After a while without input: in another charset than UTF-8 what waits is a whole character already."""
        return "" if self._is_utf_8 else self._decoder.decode(b"", True)


def _decoded(error: UnicodeError, encoding: str) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode(encoding, "replace"), error.end
