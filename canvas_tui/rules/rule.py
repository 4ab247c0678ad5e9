"""What a rule is: one object with everything about it, declared beside the function that looks for it.

The registry makes all lists and tables of rules from these objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import NamedTuple

from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.rules.finding import Advised, ElementAt, Finding, Severity
from canvas_tui.rules.fix import Fix
from canvas_tui.rules.offers import change_fields
from canvas_tui.rules.scene import Scene

# Rules that silence many others.
BROKEN_LINK = frozenset({"dangling-link", "duplicate-id", "unknown-cell"})
CIRCLE = frozenset({"cycle"})
# The rules about elements that lead to no goal. Elements below a reported one are not reported again.
ORPHANS = frozenset({"orphan-entry", "initiative-without-goal"})

STRUCTURE = "structure"  # the family of rules about files: their findings are to be mended, so no waiver is offered


class Found(NamedTuple):
    """A place where a rule holds. `check` adds the rule's name and severity, and makes a Finding of it."""

    message: str
    fix: str
    elements: tuple[ElementAt, ...]
    path: tuple[str, ...] = ()
    advised: tuple[Advised, ...] = ()
    has_goal: bool = False  # its element leads to a goal, in a way that does not satisfy the rule


class Group(StrEnum):
    """Groups of rules by what a person does about a finding: the headings of the findings screen."""

    MEND = "Mend what is written"
    PLAN = "Plan work for it"
    LINK = "Link it"
    DATES = "Put the dates right"
    FILL = "Fill it in"
    TEST = "Test what it rests on"


class Asks(Enum):
    """How far from its element the thing may be that a rule reports as missing.

    It matters while a file cannot be read: what may be in that file is not reported as missing.
    """

    NOTHING = auto()  # it reports what is written, which no other file can change
    NEAR = auto()  # something right beside the element
    FAR = auto()  # something any number of links away
    GOALS = auto()  # any goal at all


class Setting(NamedTuple):
    """A number that `[rules.settings]` may change: its default and the least and most it may be."""

    default: int
    low: int
    high: int
    help: str


@dataclass(frozen=True, slots=True)
class Page:
    """What `canvas-tui rules NAME` shows: what the rule means, two examples in TOML, how to mend it.

    In `wrong` the rule finds something, in `right` it does not; a test checks both. `beside` is TOML that the
    workspaces of both examples need too; it is not shown.
    """

    means: str
    wrong: str
    right: str
    mend: str
    beside: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A named check. `check` looks only at a scene, and gives each place where the rule holds.

    If two rules hold for one element, only the one nearer to the cause is reported: the other is silenced.
    `silences` and `silenced_by` declare that from either side; use the one in the rule that knows of the other.
    """

    name: str
    family: str  # a part of the rule book
    group: Group
    severity: Severity
    summary: str
    page: Page
    check: Callable[[Scene], Iterable[Found]]
    several: str = ""  # the line for {count} findings together; {of} is " of “Kite”" if all are on one canvas, else ""
    is_told_one_by_one: bool = False  # several findings are never shown as one line, because each is another mistake
    is_preview: bool = False  # not right often enough yet: run only where it is asked for
    settings: Mapping[str, Setting] = field(default_factory=dict)
    asks: Asks = Asks.NEAR
    silenced_by: Set[str] = frozenset()
    silenced_from_above: Set[str] = frozenset()  # by a finding about an element further up the path
    silences: Set[str] = frozenset()
    silences_below: Set[str] = frozenset()
    is_about_all: bool = False  # it silences for all elements of a finding, not only for the first
    accepted_with: Set[str] = frozenset()  # the rules whose waiver accepts this one's finding too
    can_be_waived: bool = True
    fixes: Callable[[Finding, Located, Workspace], Iterator[Fix]] = change_fields
    fixes_of_workspace: Callable[[Workspace], Iterator[Fix]] | None = None  # these instead, for any finding
    no_fix: str = ""  # why nothing is offered

    @property
    def docs(self) -> str:
        """The rule's page as plain text: summary, meaning, examples, what to do, how to configure it."""
        parts = [self.name, f"{self.summary} ({self.severity}, family: {self.family})", self.page.means]
        parts += [
            "It finds something here:",
            _indented(self.page.wrong),
            "It finds nothing here:",
            _indented(self.page.right),
        ]
        parts += ["What to do:", self.page.mend, "In strategy.toml:"]
        if self.is_preview:
            parts.insert(2, "Preview: run with `check --preview`, or where [rules] says preview = true.")
        lines = ["[rules]", f'off = ["{self.name}"]          # do not look for it']
        lines += ["[rules.severity]", f'{self.name} = "info"     # error, warning or info']
        if self.settings:
            lines.append("[rules.settings]")
            lines += [f"{name} = {each.default}     # {each.help}" for name, each in self.settings.items()]
        return "\n\n".join([*parts, _indented("\n".join(lines))]) + "\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.strip().splitlines())
