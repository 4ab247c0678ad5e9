"""The tree of commands: names, groups and one-line summaries, the top-level help, and the options commands share.

Light on purpose: a command's own module, with its arguments and its work, is imported when the command is run.
"""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn, Protocol

from canvas_tui.cli.exits import Failure
from canvas_tui.cli.output import Output


@dataclass(frozen=True, slots=True)
class Spec:
    """A command as the help lists it. `reads`: it answers with data, so it takes --json, --color and --ascii."""

    name: str
    usage: str
    group: str
    summary: str
    reads: bool = False
    on_elements: bool = False  # takes -w/--workspace

    @property
    def module(self) -> str:
        """Where the command lives."""
        return f"canvas_tui.cli.commands.{self.name}"


WORKSPACES, ELEMENTS, LISTS = "On a workspace", "On its elements", "Lists"

COMMANDS: tuple[Spec, ...] = (
    Spec("open", "[open] [PATH]", WORKSPACES, "edit it on the screen (the default)"),
    Spec("view", "view [PATH]", WORKSPACES, "look at it on the screen, read-only"),
    Spec("new", "new PATH", WORKSPACES, "start one from a template"),
    Spec("check", "check [PATH]", WORKSPACES, "tell gaps, orphans and mistakes", reads=True),
    Spec("show", "show [ELEMENT]", ELEMENTS, "the whole strategy, or one element, as text", True, True),
    Spec("why", "why ELEMENT", ELEMENTS, "what it is for: the chains up to the vision", True, True),
    Spec("how", "how ELEMENT", ELEMENTS, "what answers it: the tree down to the work", True, True),
    Spec("add", "add CELL TEXT", ELEMENTS, "write an entry, or a new goal or initiative", False, True),
    Spec("set", "set ELEMENT FIELD=VALUE...", ELEMENTS, "change fields of an element", False, True),
    Spec("link", "link FROM TO", ELEMENTS, "link two elements", False, True),
    Spec("unlink", "unlink FROM TO", ELEMENTS, "take the link between two elements out", False, True),
    Spec("move", "move ELEMENT CELL", ELEMENTS, "put an entry into another cell or place", False, True),
    Spec("rm", "rm ELEMENT", ELEMENTS, "take an element out, and the links to it", False, True),
    Spec("models", "models", LISTS, "the kinds of canvas", reads=True),
    Spec("rules", "rules [NAME]", LISTS, "what `check` looks at; NAME tells all about one", reads=True),
    Spec("keys", "keys", LISTS, "the keys of the screen", reads=True),
)
BY_NAME = {spec.name: spec for spec in COMMANDS}

_HEAD = "canvas-tui: strategy as text. Canvases, goals and initiatives in TOML,\nedited and checked in a terminal."
_FOOT = """\
PATH is a folder with strategy.toml, a folder inside one, or a single TOML file;
by default the nearest at or above the current folder. ELEMENT is an id,
`vision`, a cell `canvas/cell`, or an entry `canvas/cell/3`.
`canvas-tui COMMAND --help` tells all about a command.

Exit codes: 0 fine, 1 findings, 2 bad arguments or input that cannot be read,
3 a conflict or a place that may not be written, 4 a mistake in canvas-tui
itself, 128+n ended by signal n."""


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
    if spec.reads or name in ("open", "view"):
        parser.add_argument(
            "--color", type=_color, default="auto", metavar="WHEN",
            help="auto (default: on a terminal, unless NO_COLOR is set), always or never",
        )  # fmt: skip
        parser.add_argument("--ascii", action="store_true", help="no signs beyond ASCII")
    parser.add_argument("-h", "--help", action="help", help="show this and leave")
    return module, parser


def overview() -> str:
    """The help of the program as a whole."""
    lines = [_HEAD, ""]
    width = max(len(spec.usage) for spec in COMMANDS) + 2
    for group in (WORKSPACES, ELEMENTS, LISTS):
        lines.append(f"{group}:")
        lines += [f"  {spec.usage:{width}}{spec.summary}" for spec in COMMANDS if spec.group == group]
        lines.append("")
    lines += [f"  {'--version':{width}}the version", f"  {'-h, --help':{width}}this help", "", _FOOT]
    return "\n".join(lines)


def closest(word: str, words: Iterable[str]) -> str | None:
    """The word most like this one, or None."""
    import difflib

    return next(iter(difflib.get_close_matches(word.lower(), list(words), 1, 0.6)), None)


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
