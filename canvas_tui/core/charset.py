"""Which characters a terminal shows, by the locale of its environment, and how text is put into bytes for it.

LC_ALL, LC_CTYPE and LANG are asked in the order of POSIX. This is not about files, which are always UTF-8.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from canvas_tui.core.cells import width

UTF_8, ASCII = "utf-8", "ascii"
_LACKING = "canvas-tui-lacking"  # the name of our error handler for characters that a charset lacks
_ISO_8859 = r"iso[-_]?8859[-_]?(\d{1,2})"


def charset_of(environ: Mapping[str, str]) -> str:
    """The charset that the locale names: "utf-8", "iso8859-N", "ascii" (C or POSIX), "other", or "" for none.

    A locale that names no charset (`de_DE`) may have any: only the system it runs on knows.
    """
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    if locale in ("C", "POSIX"):
        return ASCII
    name, _, variant = locale.partition("@")
    name = name.rpartition(".")[2] if "." in name else "iso8859-15" if variant == "euro" else ""
    return _known(name) if name or locale.lower() not in ("utf-8", "utf8") else UTF_8


def has_only_ascii_signs(environ: Mapping[str, str], encoding: str | None) -> bool:
    """Whether the terminal may lack signs beyond ASCII, by its locale or by the `encoding` that Python writes in."""
    return _known(encoding or "") != UTF_8 or charset_of(environ) not in (UTF_8, "")


def encoding_for(environ: Mapping[str, str], encoding: str | None = None) -> str:
    """The encoding of what is written to a terminal: "utf-8", "iso8859-N", or "ascii" where it is another one.

    For the locales C and POSIX it is UTF-8 too: they say which signs are wanted, and nothing about the terminal.
    """
    found = charset_of(environ)
    if found == ASCII:
        return UTF_8
    if not found:
        written = _known(encoding or "")
        return written if written.startswith("iso") else UTF_8
    return ASCII if found == "other" else found


def encoded(text: str, encoding: str) -> bytes:
    """The text in an encoding that `encoding_for` gave. A character that it lacks becomes one `?` for each cell."""
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
    """Decodes the bytes that a terminal sends. No bytes are an error.

    Bytes that are valid UTF-8 are read as UTF-8, whatever the locale says; all others in the terminal's charset.
    """

    def __init__(self, encoding: str) -> None:
        self._is_utf_8 = encoding == UTF_8
        otherwise = "replace" if self._is_utf_8 else f"canvas-tui-{encoding}"
        if not self._is_utf_8:
            codecs.register_error(otherwise, lambda error: _decoded(error, encoding))
        self._decoder = codecs.getincrementaldecoder(UTF_8)(otherwise)

    def text(self, data: bytes) -> str:
        """The characters that are complete. The first bytes of an incomplete one are kept for the next call."""
        return self._decoder.decode(data)

    def rest(self) -> str:
        """Decode the bytes that were kept, in the terminal's charset. Call it when no input came for a while: then they
        were not the beginning of a UTF-8 character. A UTF-8 terminal gives "": its bytes go on waiting."""
        return "" if self._is_utf_8 else self._decoder.decode(b"", True)


def _decoded(error: UnicodeError, encoding: str) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode(encoding, "replace"), error.end
