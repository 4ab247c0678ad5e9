"""What `canvas-tui rules NAME` says of the rules on effort and advantage: meaning, example, how to mend it."""

from __future__ import annotations

from canvas_tui.rules.rule import Page

PAGES = {
    "advantage-doubtful": Page(
        "An unfair advantage has no note that says why it is hard to copy, and is not marked so by `hard-to-copy`. "
        "Most advantages are none: a rival hires the same people or buys the same tool within a year.",
        """
[[unfair-advantage]]
text = "One of us was a family mediator for six years"
note = ""                      # and why can nobody hire one?
""",
        "Write the reason down as a note. If none comes to mind, the cell may stay empty: that is honest.",
    ),
    "advantage-unfunded": Page(
        "Something is said to be hard to copy (`hard-to-copy = true`, or an unfair advantage with a reason), and no "
        "work makes use of it: no initiative is linked with it, nor with what it is linked with. Cancelled work does "
        "not count.",
        """
[[strengths]]
text = "The only lab in the north where a whole wall can be taken apart"
hard-to-copy = true            # and nothing is done with it
""",
        "Link the work that uses it, or plan some. What is yours alone is worth more effort than what anybody can do.",
    ),
}
