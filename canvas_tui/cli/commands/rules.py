"""`canvas-tui rules`: what `check` looks at, and all about one rule."""

from __future__ import annotations

import argparse

from canvas_tui.cli.exits import FINE, Failure
from canvas_tui.cli.output import Output, Styled
from canvas_tui.rules import RULES, Rule, UnknownRule, find_rule

DESCRIPTION = "List the rules that `check` applies, or tell all about one: what it means, two examples, and what to do."
EXAMPLES = """\
examples:
  canvas-tui rules
  canvas-tui rules orphan-entry"""


def configure(parser: argparse.ArgumentParser) -> None:
    """[NAME]."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="a rule")


def run(args: argparse.Namespace, out: Output) -> int:
    """Print them."""
    if args.name is not None:
        try:
            rule = find_rule(args.name)
        except UnknownRule as error:
            raise Failure(str(error)) from None
        if args.json:
            out.data("rules", {**_row(rule), "docs": rule.docs})
        else:
            _write_docs(rule, out)
        return FINE
    if args.json:
        out.data("rules", [_row(rule) for rule in RULES.values()])
        return FINE
    width = max(len(name) for name in RULES) + 2
    for number, family in enumerate(dict.fromkeys(rule.family for rule in RULES.values())):
        if number:
            out.line()
        out.line(Styled(family.capitalize(), "bold"))
        for rule in RULES.values():
            if rule.family == family:
                stage = ", preview" if rule.is_preview else ""
                out.paragraph(f"{rule.summary} ({rule.severity}{stage})", first=f"  {rule.name:{width}}")
    return FINE


def _write_docs(rule: Rule, out: Output) -> None:
    for line in rule.docs.rstrip().split("\n"):
        if line.startswith(" "):
            out.line(line)
        else:
            out.paragraph(line)


def _row(rule: Rule) -> dict[str, str]:
    return {
        "name": rule.name, "family": rule.family, "severity": str(rule.severity), "summary": rule.summary,
        "stage": "preview" if rule.is_preview else "stable",
    }  # fmt: skip
