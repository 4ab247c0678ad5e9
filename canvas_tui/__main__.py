"""Where a run begins: `python -m canvas_tui` and the `canvas-tui` script.

Owns nothing but the way to the command line. `--version` is answered here, before anything is imported: it is asked by
scripts, and must cost no more than Python itself.
"""

import os
import sys

from canvas_tui import __version__


def main(arguments: list[str] | None = None) -> int:
    """Run one command line (without the program's name) and return its exit code (design.md 7)."""
    if arguments is not None:
        return _run(arguments)
    code = 4
    try:
        code = _run(sys.argv[1:])
    finally:
        if sys.flags.inspect:  # PYTHONINSPECT would give whoever leaves a read-only session a Python prompt
            sys.stdout.flush()
            os._exit(code)
    return code


def _tell_version() -> int:
    try:
        sys.stdout.write(f"canvas-tui {__version__}\n")
        sys.stdout.flush()
    except (OSError, AttributeError) as error:  # a full disk, a pipe that nobody reads, or no stdout at all
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 141 if isinstance(error, BrokenPipeError) else 2 if isinstance(error, OSError) else 0
    return 0


def _run(arguments: list[str]) -> int:
    if arguments in (["--version"], ["-V"]):
        return _tell_version()
    if arguments[:1] == ["view"]:
        sys.dont_write_bytecode = True  # it writes nothing at all, not even for Python
    try:
        from canvas_tui.cli.run import run

        return run(arguments)
    except KeyboardInterrupt:  # while importing, or while ending
        return 130


if __name__ == "__main__":
    sys.exit(main())
