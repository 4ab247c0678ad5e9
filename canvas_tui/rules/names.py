"""Names of rules and settings, apart from the rules themselves, so that what checks the names needs no rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """A number that `[rules.settings]` may change: its default and the least and most it may be."""

    default: int
    low: int
    high: int
    help: str


STRUCTURE = """duplicate-id dangling-link cycle unknown-cell invalid-value unsafe-text conflict-open
    copied-file half-saved foreign-leftover waiver-expired waiver-unmatched""".split()
WHY = """no-goals initiative-without-goal goal-without-initiative goal-detached goal-unmeasured orphan-entry empty-cell
    undecided doubled-canvas problem-unsolved solution-unmotivated fit-gap segment-unreachable threat-unanswered
    opportunity-idle tows-half metric-orphan""".split()
CLASH = "launch-before-ready goal-before-work undated-dependency work-before-ready".split()
MESSAGE = "contradiction promise-without-product message-unanchored".split()
RESOURCES = "advantage-doubtful advantage-unfunded".split()
EVIDENCE = "fact-unbacked risky-untested refuted-in-use evidence-old test-without-criterion".split()
VISIBILITY = ["ownerless"]
HORIZON = ["overdue"]
FAMILIES: Mapping[str, Sequence[str]] = {
    "structure": STRUCTURE, "why": WHY, "clash": CLASH, "message": MESSAGE, "resources": RESOURCES, "horizon": HORIZON,
    "evidence": EVIDENCE, "visibility": VISIBILITY,
}  # fmt: skip
RULE_NAMES = tuple(name for names in FAMILIES.values() for name in names)

# Rules of the book that this version does not check. A workspace may name them already.
PLANNED = frozenset(
    """missing-dependency silent-ship one-sided-goal late-go-to-market launch-collision persona-one-sided persona-unused
    audience-mismatch persona-duplicate journey-hole message-stale category-split restated-fact off-strategy-effort
    overbooked value-effort-inversion short-termism no-long-bet stale goal-closed-without-learning""".split()
)

# Rules that are not right often enough yet on the labelled strategies: run only where they are asked for.
PREVIEW = frozenset({"message-unanchored", "advantage-doubtful"})

SETTINGS: Mapping[str, Setting] = {
    "min-impact": Setting(3, 1, 5, "threats, weaknesses and opportunities of less impact are passed over"),
    "min-importance": Setting(3, 1, 5, "problems of less importance are passed over"),
    "min-fit-importance": Setting(4, 1, 5, "pains and gains of less importance are passed over"),
    "begun-percent": Setting(34, 0, 100, "a canvas of which no more is filled is asked for nothing more"),
    "goal-horizon-days": Setting(365, 0, 36500, "a goal that is due later needs no initiative yet"),
    "risky-importance": Setting(5, 1, 5, "assumptions of less importance need no test yet"),
    "evidence-days": Setting(365, 1, 36500, "days after which evidence is old"),
    "owner-days": Setting(30, 0, 36500, "work that starts later needs no owner yet"),
    "overdue-grace-days": Setting(7, 0, 365, "days that work may be late while nothing waits for it"),
    "launch-buffer-days": Setting(7, 0, 365, "days between the end of work and the launch that needs it"),
    "sold-ahead-days": Setting(365, 0, 36500, "a campaign promotes on purpose what is ready so much later"),
}
RULE_SETTINGS: Mapping[str, tuple[str, ...]] = {
    "overdue": ("overdue-grace-days",),
    "threat-unanswered": ("min-impact",),
    "opportunity-idle": ("min-impact",),
    "problem-unsolved": ("min-importance",),
    "empty-cell": ("begun-percent",),
    "goal-without-initiative": ("goal-horizon-days",),
    "fit-gap": ("min-fit-importance",),
    "risky-untested": ("risky-importance",),
    "evidence-old": ("evidence-days",),
    "ownerless": ("owner-days",),
    "promise-without-product": ("sold-ahead-days",),
    "launch-before-ready": ("launch-buffer-days", "sold-ahead-days"),
}
