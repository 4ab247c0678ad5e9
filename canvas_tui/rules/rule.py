"""What a rule is: everything that is known of it in one object, declared beside the function that finds where it holds.

The registry makes the lists, tables and names of all rules from these.
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

# Names of rules that many others give way to.
BROKEN_LINK = frozenset({"dangling-link", "duplicate-id", "unknown-cell"})
CIRCLE = frozenset({"cycle"})
# The rules that tell of what leads to no goal. What hangs below an element that is told is not told again.
ORPHANS = frozenset({"orphan-entry", "initiative-without-goal"})

STRUCTURE = "structure"  # the family of rules on files: what they tell is mended, and no waiver is offered for it


class Found(NamedTuple):
    """A place where a rule holds, before the rule's name and severity are put to it."""

    message: str
    fix: str
    elements: tuple[ElementAt, ...]
    path: tuple[str, ...] = ()
    advised: tuple[Advised, ...] = ()
    has_goal: bool = False  # what it is about leads to a goal all the same


class Group(StrEnum):
    """What a person does about a finding: the headings of the findings screen."""

    MEND = "Mend what is written"
    PLAN = "Plan work for it"
    LINK = "Link it"
    DATES = "Put the dates right"
    FILL = "Fill it in"
    TEST = "Test what it rests on"


class Asks(Enum):
    """What a rule misses, and how far away from its element that may stand.

    It matters while a file cannot be read: what may stand in that file is not told as missing.
    """

    NOTHING = auto()  # it tells what stands in a file, so no other file can change that
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
    """What `canvas-tui rules NAME` says: what it means, two examples in TOML, how to mend it.

    In `wrong` the rule finds something, in `right` it does not. A test checks both. `beside` is what else the workspace
    of both has; it is not shown.
    """

    means: str
    wrong: str
    right: str
    mend: str
    beside: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A named check. `check` looks at a scene only and gives each place where the rule holds.

    `silences` and `silenced_by` say the same from two ends: which rule speaks of an element where both hold, the one
    nearer to the cause. Use the end of the rule that knows of the other.
    """

    name: str
    family: str  # a part of the rule book
    group: Group
    severity: Severity
    summary: str
    page: Page
    check: Callable[[Scene], Iterable[Found]]
    several: str = ""  # for {count} findings in one line; {of} is " of “Kite”" where all are on one canvas, else ""
    is_told_one_by_one: bool = False  # each finding is another mistake, so several are never one line
    is_preview: bool = False  # not right often enough yet: run only where it is asked for
    settings: Mapping[str, Setting] = field(default_factory=dict)
    asks: Asks = Asks.NEAR
    silenced_by: Set[str] = frozenset()
    silenced_from_above: Set[str] = frozenset()  # by a finding about an element further up the path
    silences: Set[str] = frozenset()
    silences_below: Set[str] = frozenset()
    is_about_all: bool = False  # it silences for every element of a finding, not only for the one that it is about
    accepted_with: Set[str] = frozenset()  # the rules whose waiver accepts this one's finding too
    can_be_waived: bool = True
    fixes: Callable[[Finding, Located, Workspace], Iterator[Fix]] = change_fields
    fixes_of_workspace: Callable[[Workspace], Iterator[Fix]] | None = None  # in place of those, whatever it is told of
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
