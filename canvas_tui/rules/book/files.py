"""Rules on files that lie beside the strategy: copies of a file, and what a save left that was cut off."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_tui.core.text import clean
from canvas_tui.rules.finding import ElementAt, Severity
from canvas_tui.rules.problems import problems, told_problem
from canvas_tui.rules.rule import Asks, Found, Group, Page, Rule
from canvas_tui.rules.scene import Scene


def copied_files(scene: Scene) -> Iterator[Found]:
    """A file that a sync, a merge or a file manager left as a copy of the one beside it."""
    for copy in scene.workspace.copies:
        message = f"This file is a copy of {clean(copy.original)}, so nothing in it counts."
        fix = "Compare the two, take over what the original lacks, then delete the copy."
        places = tuple(ElementAt(file, "file", file, 0) for file in (copy.file, copy.original))
        yield Found(message, fix, places)


def half_saved(scene: Scene) -> Iterator[Found]:
    """A file of an interrupted save needs a person's decision."""
    yield from (told_problem(scene, problem) for problem in problems(scene, "half-saved"))


def foreign_leftovers(scene: Scene) -> Iterator[Found]:
    """A file that looks like a leftover of ours, but no receipt on this machine names it."""
    yield from (told_problem(scene, problem) for problem in problems(scene, "foreign-leftover"))


RULES = (
    Rule(
        name="copied-file",
        family="structure",
        group=Group.MEND,
        severity=Severity.WARNING,
        summary="A file is a copy of another one, left by a sync or a merge.",
        check=copied_files,
        asks=Asks.NOTHING,
        no_fix="two files are compared and one deleted outside of the app, which never deletes a file",
        page=Page(
            means=(
                "A program that syncs, merges or copies files left a copy beside the original, such as lean (1).toml, "
                "or lean.sync-conflict-20261120-101500.toml. Read as well, it would say everything twice: so it is "
                "left out. Where people give such names too (persona 2.toml), only a file that says mostly the same "
                "is a copy; so is one with the ids of another, by whatever is behind its name (lean-LAPTOP.toml) or "
                "in a folder such as backup."
            ),
            wrong="""
# lean (Ana's conflicted copy 2026-11-20).toml, beside lean.toml
model = "lean-canvas"

[[problem]]
text = "Clients pay on average 36 days late"     # perhaps written nowhere else
""",
            right="""
# pilot.toml, beside lean.toml
model = "lean-canvas"
id = "pilot"

[[problem]]
text = "Nobody in the pilot knows what is still to be paid"
""",
            beside="""
# lean.toml
model = "lean-canvas"

[[problem]]
text = "Clients pay on average 34 days late"
""",
            mend=(
                "Compare the two: `diff` shows what differs. Take over what the original lacks, then delete the copy. "
                "If both are meant, give the other file a name of its own, and what is in it other ids."
            ),
        ),
    ),
    Rule(
        name="half-saved",
        family="structure",
        group=Group.MEND,
        severity=Severity.ERROR,
        summary="A save was cut off, and something of it waits for a person.",
        check=half_saved,
        asks=Asks.NOTHING,
        page=Page(
            means=(
                "A save was cut off in the middle, by a kill or by a disk that failed, and what it left cannot be "
                "settled without a person: the file may be half written until its maker opens the workspace, or "
                "somebody wrote to it in the same instant and that version is kept beside it."
            ),
            wrong="""
# .goals.toml.canvas-tui-0f1e2d3c4b5a6978.rescued, beside goals.toml
[[goals]]
id = "growth"
title = "What somebody wrote while a save was cut off"
""",
            right="""
# goals.toml, and nothing beside it
[[goals]]
id = "growth"
title = "What both of them wrote"
""",
            beside="""
# goals.toml
[[goals]]
id = "growth"
title = "500 paying consultants"
""",
            mend=(
                "Do what the finding says: open the workspace once, so that the save is finished, or take over what "
                "the kept version has and delete it."
            ),
        ),
    ),
    Rule(
        name="foreign-leftover",
        family="structure",
        group=Group.MEND,
        severity=Severity.WARNING,
        summary="A file looks like a leftover of ours, and was not made on this machine.",
        check=foreign_leftovers,
        asks=Asks.NOTHING,
        no_fix="what another tool left is cleaned up in an editor, which shows what it was",
        page=Page(
            means=(
                "A file has a name such as a save gives to what it is working on, a session to its presence or a "
                "draft to its text, and nothing in your own state folder says that you made it on this machine. It "
                "may have come with the repository, to be taken for a version of yours, so it is never read and never "
                "put anywhere."
            ),
            wrong="""
# .goals.toml.canvas-tui-0f1e2d3c4b5a6978.rescued, as it came with a clone
[[goals]]
id = "growth"
title = "What the author of a branch would like to see in the file"
""",
            right="""
# goals.toml, and nothing beside it
[[goals]]
id = "growth"
title = "500 paying consultants"
""",
            beside="""
# goals.toml
[[goals]]
id = "growth"
title = "500 paying consultants"
""",
            mend=(
                "Look at it as at any foreign file. If the repository brought it, take it out there; if a colleague's "
                "save was cut off on this machine, it goes when they open the workspace; else delete it."
            ),
        ),
    ),
)
