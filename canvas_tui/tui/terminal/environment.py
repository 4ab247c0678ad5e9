"""The environment of a session: what is read, what is thrown away, and whether there is a terminal at all.

Owns every environment variable the screen listens to. Must be imported, and `scrub` called, before textual is: Textual
reads its own variables at import, and some of them write files or load modules. Imports nothing of Textual.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, MutableMapping
from typing import Final, Literal, NamedTuple, TextIO

ColourDepth = Literal["none", "16", "256", "truecolor"]


class Variable(NamedTuple):
    """An environment variable that we read, and what it means to us."""

    name: str
    meaning: str


VARIABLES: Final = (
    Variable("TERM", "the kind of terminal; `dumb` is refused, `...-256color` gives 256 colours, others 16"),
    Variable("COLORTERM", "`truecolor` or `24bit`: all colours"),
    Variable("NO_COLOR", "anything but empty: no colour at all; bold, dim and reverse stay"),
    Variable("TERM_PROGRAM", "Apple_Terminal is not asked what it cannot answer"),
    Variable("LC_TERMINAL", "iTerm2 reports the mouse in its own way"),
    Variable("ESCDELAY", "milliseconds until a lone Esc counts as Esc (default 100)"),
    Variable("HOME", "where state and settings live when no XDG variable says so"),
    Variable("XDG_STATE_HOME", "where drafts and crash reports are kept"),
    Variable("XDG_CONFIG_HOME", "where config.toml is read"),
    Variable("TZ", "which day it is: what is overdue, and when a waiver ends"),
    Variable("LC_ALL", "as LANG, and before the other two"),
    Variable("LC_CTYPE", "as LANG, and before it"),
    Variable(
        "LANG",
        "`C`, `POSIX` or a charset other than UTF-8 (`de_DE.ISO-8859-1`): only ASCII signs, as with `--ascii`; text of "
        "files is shown as UTF-8 in the first two, else as far as ISO-8859 or ASCII has it, with `?` for what is "
        "lacking; files are always UTF-8",
    ),
)
"""Every environment variable the program reads itself or lets Textual read."""

_PREFIXES: Final = ("TEXTUAL", "PYTHON", "GIT_", "JUPYTER_", "NETWORKX_")
_FOLDERS: Final = ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")  # count only as whole paths, as XDG has it
_NAMES: Final = frozenset(
    (
        *("BROWSER", "EDITOR", "VISUAL", "PAGER", "LESSOPEN", "LESSCLOSE"),  # would start other programs
        *("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"),  # would lie about the terminal
        *("COLUMNS", "LINES"),  # an exported size would win over the real one, and resizing would do nothing
        *("UNICODE_VERSION",),  # would paint other widths than the board measures
    )
)


def scrub(environ: MutableMapping[str, str], *, keep: Collection[str] = ()) -> list[str]:
    """Remove from `environ` what may make a library write, load or start something; the names removed, sorted.

    With a folder for drafts that is not a whole path, they would land wherever the session was started.
    """
    unsafe = {name for name in environ if name.startswith(_PREFIXES) or name in _NAMES}
    unsafe |= {name for name in _FOLDERS if not environ.get(name, "/").startswith("/")}
    removed = sorted(unsafe.difference(keep))
    for name in removed:
        del environ[name]
    return removed


def colour_depth(environ: Mapping[str, str]) -> ColourDepth:
    """How many colours the terminal of this environment shows."""
    if environ.get("NO_COLOR"):
        return "none"
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return "truecolor"
    kind = environ.get("TERM", "").strip().lower()
    if kind.endswith(("-direct", "-truecolor")) or kind in ("xterm-kitty", "xterm-ghostty", "alacritty", "foot"):
        return "truecolor"
    return "256" if "256color" in kind else "16"


def refuse_reason(stdin: TextIO | None, stdout: TextIO | None, environ: Mapping[str, str]) -> str | None:
    """Why no session can be shown here, as a sentence with what to do instead; None where one can.

    A session without a terminal would wait for keys that never come, and outlive whoever started it.
    """
    instead = "use `canvas-tui show` for plain text"
    for stream, name in ((stdin, "the input"), (stdout, "the output")):
        if not _is_terminal(stream):
            return f"{name} is not a terminal - {instead}"
    kind = environ.get("TERM", "").strip().lower()
    if not kind:
        return f"TERM is not set, so this terminal cannot be drawn on - set it, or {instead}"
    if kind in ("dumb", "unknown"):
        return f"this terminal (TERM={kind}) cannot be drawn on - {instead}"
    return None


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False
