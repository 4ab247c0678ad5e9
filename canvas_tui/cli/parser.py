"""Reads the arguments of a command: the options that commands share, help, and errors in our words.

A command's own module, with its arguments and its work, is imported when the command is run.
"""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Iterable
from datetime import date
from typing import NoReturn, Protocol

from canvas_tui.cli.exits import Failure
from canvas_tui.cli.output import Output
from canvas_tui.cli.tree import BY_NAME, SCREENS, closest


class Module(Protocol):
    """What every module in cli/commands/ offers."""

    DESCRIPTION: str
    EXAMPLES: str

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's own arguments."""

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Do it; the exit code. Raises Failure with a sentence."""


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Fills plain paragraphs to the width there is, and leaves what is laid out (examples) as it stands."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        is_laid_out = any(line.startswith(" ") for line in text.split("\n"))
        fill = super()._fill_text if is_laid_out else super(argparse.RawDescriptionHelpFormatter, self)._fill_text
        return fill(text, width, indent)


class Parser(argparse.ArgumentParser):
    """argparse that tells what is wrong in our words, with the closest option there is."""

    def error(self, message: str) -> NoReturn:
        """Raises Failure: one sentence, `what - what to do`."""
        raise Failure(_sentence(message, self.prog, self._option_string_actions))


def load_command(name: str) -> tuple[Module, Parser]:
    """The command's module and its parser, shared options included."""
    spec = BY_NAME[name]
    module: Module = importlib.import_module(spec.module)
    parser = Parser(
        prog=f"canvas-tui {name}", description=module.DESCRIPTION, epilog=module.EXAMPLES, add_help=False,
        allow_abbrev=False, formatter_class=Formatter,
    )  # fmt: skip
    module.configure(parser)
    if spec.on_elements:
        parser.add_argument(
            "-w", "--workspace", metavar="PATH", help="the workspace (default: the nearest at or above this folder)"
        )
    if spec.reads:
        parser.add_argument("--json", action="store_true", help="answer as JSON, for other programs")
    if spec.reads or name in SCREENS:
        parser.add_argument(
            "--color", type=_color, default="auto", metavar="WHEN",
            help="auto (default: on a terminal, unless NO_COLOR is set), always or never",
        )  # fmt: skip
        parser.add_argument("--ascii", action="store_true", help="no signs beyond ASCII")
    parser.add_argument("-h", "--help", action="help", help="show this and leave")
    return module, parser


def day_of(word: str) -> date:
    """The day that an option names."""
    from canvas_tui.core.schema import parse_date  # most commands have no such option

    try:
        return parse_date(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{word}' is no date - write it like 2027-06-30") from None


def _color(word: str) -> str:
    if word not in ("auto", "always", "never"):
        raise argparse.ArgumentTypeError(f"--color is '{word}' - use auto, always or never")
    return word


def _sentence(message: str, prog: str, options: Iterable[str]) -> str:
    help_hint = f"`{prog} --help` tells how it is used"
    if missing := re.match(r"the following arguments are required: (.*)", message):
        names = missing[1].split(", ")
        return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} missing - {help_hint}"
    if unknown := re.match(r"unrecognized arguments: (\S+)", message):
        word = unknown[1]
        near = closest(word.partition("=")[0], options) if word.startswith("-") else None
        what = "no option" if word.startswith("-") else "one argument too many"
        return f"'{word}' is {what} of `{prog}` - " + (f"did you mean {near}?" if near else help_hint)
    plain = re.sub(r"^argument [^:]+: (?=.* - )", "", message)
    return plain if " - " in plain else f"{plain} - {help_hint}"
