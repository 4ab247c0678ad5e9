"""Rules over a workspace and its graph, and what they find. Pure: no I/O, and the day is always passed in."""

from canvas_tui.rules.check import check
from canvas_tui.rules.finding import HANGING, IN_THE_AIR, ElementAt, Finding, Report, Severity
from canvas_tui.rules.registry import RULES, UnknownRule, find_rule
from canvas_tui.rules.rule import Rule

__all__ = [
    "HANGING",
    "IN_THE_AIR",
    "RULES",
    "ElementAt",
    "Finding",
    "Report",
    "Rule",
    "Severity",
    "UnknownRule",
    "check",
    "find_rule",
]
