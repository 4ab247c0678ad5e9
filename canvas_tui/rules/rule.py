"""What a rule is: a name, what it says of itself, and a function that finds where it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from canvas_tui.rules.finding import Advised, ElementAt, Severity
from canvas_tui.rules.names import PREVIEW, Setting
from canvas_tui.rules.scene import Scene


class Found(NamedTuple):
    """A place where a rule holds, before the rule's name and severity are put to it."""

    message: str
    fix: str
    elements: tuple[ElementAt, ...]
    path: tuple[str, ...] = ()
    advised: tuple[Advised, ...] = ()
    has_goal: bool = False  # what it is about leads to a goal all the same


@dataclass(frozen=True, slots=True)
class Page:
    """What `canvas-tui rules NAME` says: what it means, an example in TOML, how to mend it."""

    means: str
    example: str
    mend: str


@dataclass(frozen=True)
class Rule:
    """A named check. `check` looks at a scene only; `family` is a part of the rule book."""

    name: str
    family: str
    severity: Severity
    summary: str
    page: Page
    check: Callable[[Scene], Iterable[Found]]
    settings: Mapping[str, Setting] = field(default_factory=dict)

    @property
    def is_preview(self) -> bool:
        """Whether it is run only where it is asked for."""
        return self.name in PREVIEW

    @property
    def docs(self) -> str:
        """The rule's page as plain text: summary, meaning, example, what to do, how to configure it."""
        parts = [self.name, f"{self.summary} ({self.severity}, family: {self.family})", self.page.means]
        parts += ["For example:", _indented(self.page.example), "What to do:", self.page.mend, "In strategy.toml:"]
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
