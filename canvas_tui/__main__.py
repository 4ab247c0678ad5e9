"""Where a run begins: `python -m canvas_tui` and the `canvas-tui` script.

Owns nothing but the way to the command line. `--version` is answered here, before anything is imported: it is asked by
scripts, and must cost no more than Python itself.
"""

import sys

from canvas_tui import __version__


def main(arguments: list[str] | None = None) -> int:
    """Run one command line (without the program's name) and return its exit code (design.md 7)."""
    given = sys.argv[1:] if arguments is None else arguments
    if given in (["--version"], ["-V"]):
        sys.stdout.write(f"canvas-tui {__version__}\n")
        return 0
    try:
        from canvas_tui.cli.run import run

        return run(given)
    except KeyboardInterrupt:  # while importing, or while ending
        return 130


if __name__ == "__main__":
    sys.exit(main())
