"""The rule on experiments: each says what would count as success."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.rules.finding import ElementAt, Severity
from canvas_tui.rules.rule import Found, Group, Page, Rule
from canvas_tui.rules.scene import Scene, at, quoted


def tests_without_criterion(scene: Scene) -> Iterator[Found]:
    """An experiment is planned or running, and nothing says which result would count as success."""
    for experiment in scene.experiments:
        if experiment.status == "done" or experiment.has_criterion:
            continue
        tested = experiment.tests
        about = at(tested[0]) if tested else ElementAt(experiment.file, "file", experiment.file, 1)
        of = f" of {quoted(tested[0])}" if tested else ""
        message = f"The test {quoted(experiment.title)}{of} has no criterion: any result will do."
        fix = "Write its success before it runs: the number that would convince you, and what happens below it."
        yield Found(message, fix, (about, experiment.place))


RULES = (
    Rule(
        name="test-without-criterion",
        family="evidence",
        group=Group.TEST,
        severity=Severity.WARNING,
        summary="An experiment does not say what would count as success.",
        check=tests_without_criterion,
        no_fix="experiments are written by hand: the criterion goes into the experiment's own table",
        page=Page(
            means=(
                "An experiment is planned or running and does not say which result would count as success. Afterwards "
                "every result will look like one."
            ),
            wrong="""
[[experiments]]
id = "price-test"
title = "Two prices on the page"
status = "running"             # and which result decides for which price?
""",
            right="""
[[experiments]]
id = "price-test"
title = "Two prices on the page"
status = "running"
success = "At the higher price at least 4 of 100 buy; else the lower one stays"
""",
            mend=(
                "Write `success` before it runs: the number that would convince you, and what happens if it is not "
                "reached."
            ),
        ),
    ),
)
