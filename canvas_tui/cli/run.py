"""Runs one command line and turns every way it can end into an exit code and, where needed, one sentence.

Owns the default command, and what becomes of errors nobody handled. Must not know what any command does.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from canvas_tui import __version__, crash
from canvas_tui.cli.coercion import undo_coercion
from canvas_tui.cli.exits import BY_SIGNAL, FINE, INTERNAL, USAGE, Failure
from canvas_tui.cli.output import Output, OutputLost, abandon_stdout
from canvas_tui.cli.tree import BY_NAME, SCREENS, closest, overview

_NO_ROOM = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.EAGAIN}
)
PATH_SIGNS = (os.sep, ".", "~")


def run(arguments: Sequence[str]) -> int:
    """The exit code of this command line (design.md 7). Prints; never raises."""
    crash.install(lambda: _reports_folder(arguments))
    undo_coercion(os.environ)
    out = Output(sys.stdout, sys.stderr, os.environ)
    try:
        code = _guarded(arguments, out)
        out.flush()
    except BrokenPipeError:
        abandon_stdout()
        return BY_SIGNAL + signal.SIGPIPE
    except KeyboardInterrupt:
        return BY_SIGNAL + signal.SIGINT
    except OutputLost as error:  # its disk is full, or its terminal is gone
        abandon_stdout()
        out.fail(f"the output cannot be written ({error}) - send it elsewhere")
        return USAGE
    return code


def _guarded(arguments: Sequence[str], out: Output) -> int:
    try:
        return _dispatch(arguments)
    except SystemExit as leaving:  # argparse, after --help
        return leaving.code if isinstance(leaving.code, int) else FINE
    except Failure as failure:
        out.fail(str(failure))
        return failure.code
    except (BrokenPipeError, OutputLost):
        raise
    except Exception as error:  # noqa: BLE001 - the last line: one sentence and a report instead of a traceback
        if isinstance(error, OSError) and (words := _of_the_machine(error)):
            out.fail(words)
            return USAGE
        out.complain(crash.report(error, _reports_folder(arguments)))
        return INTERNAL


def _of_the_machine(error: OSError) -> str:
    """What to say of an error that is the machine's and no mistake of ours; nothing where it may be one."""
    reason = (error.strerror or type(error).__name__).lower()
    if isinstance(error.filename, (str, bytes)):
        return f"{os.fsdecode(error.filename)} cannot be used ({reason}) - look at it and who may use it"
    if error.errno in _NO_ROOM:
        return f"this machine has no room for it ({reason}) - free some, or raise the limit"
    return ""


def _dispatch(arguments: Sequence[str]) -> int:
    name, rest = _command(arguments)
    if name == "--version":
        sys.stdout.write(f"canvas-tui {__version__}\n")
        return FINE
    if name == "--help":
        Output(sys.stdout, sys.stderr, os.environ).text(overview())
        return FINE
    if name in SCREENS and not (rest and rest[0].startswith("-")) and len(rest) < 2:
        from canvas_tui.cli.screen import open_screen

        return open_screen(rest[0] if rest else None, read_only=name == "view")
    from canvas_tui.tui.terminal.environment import scrub

    scrub(os.environ, keep=("COLUMNS",))  # argparse writes its help as wide as that
    from canvas_tui.cli.parser import load_command  # it costs what the first picture of a screen should not wait for

    module, parser = load_command(name)
    args = parser.parse_intermixed_args(rest)
    out = Output(
        sys.stdout, sys.stderr, os.environ,
        color=getattr(args, "color", "auto"), ascii_only=getattr(args, "ascii", False),
    )  # fmt: skip
    return module.run(args, out)


def _command(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The command meant and its arguments; a PATH alone means `open`. Raises Failure for neither."""
    if not arguments:
        return "open", []
    first, rest = arguments[0], list(arguments[1:])
    if first in ("-h", "--help"):
        return "--help", rest
    if first in ("-V", "--version"):
        return "--version", rest
    if first == "help":
        return (rest[0], ["--help"]) if rest and rest[0] in BY_NAME else ("--help", [])
    if first in BY_NAME:
        return first, rest
    if first.startswith("-") or os.path.lexists(first) or first.startswith(PATH_SIGNS) or os.sep in first:
        return "open", list(arguments)
    near = closest(first, BY_NAME)
    hint = f"did you mean `canvas-tui {near}`?" if near else "`canvas-tui --help` lists the commands"
    raise Failure(f"'{first}' is no command, and no folder or file here - {hint}")


def _reports_folder(arguments: Sequence[str]) -> Path | None:
    """Where reports of our own mistakes go. A read-only session leaves none: it writes nothing at all."""
    if arguments and arguments[0] == "view":
        return None
    with suppress(Exception):  # a broken installation must not hide what went wrong
        return crash.reports_folder()
    return None
