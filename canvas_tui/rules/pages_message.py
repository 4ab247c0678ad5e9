"""What `canvas-tui rules NAME` says of the rules on messages: what each means, an example, how to mend it."""

from __future__ import annotations

from canvas_tui.rules.rule import Page

PAGES = {
    "contradiction": Page(
        "Entries that give the value of the same thing (`subject`) give it differently (`value`). Customers will hear "
        "both. Written differently is not different: 19,99 € and EUR 19.99 agree, and so do 240 EUR and 240 EUR a "
        "month. Archived canvases, drafts and what is not true yet are passed over.",
        """
[[price]]
text = "119 in the shop"
subject = "price.two"
value = "119 EUR"

[[promotion]]
text = "Poster: yours for 129"
subject = "price.two"
value = "129 EUR"              # which of the two is it?
""",
        "Settle which value is right and write it in every place. Where both are, they are two subjects: price.shop "
        "and price.online.",
    ),
    "promise-without-product": Page(
        "A message is linked with product work, and a launch or campaign tells it before any of that work is ready; or "
        "all of that work is cancelled. A campaign tells what it is linked with, and the messages on the work that it "
        "promotes. What is sold a year ahead is sold so on purpose.",
        """
[[messages]]
text = "On PC and Switch from day one"
links = ["switch-port"]        # ends on 12 November; the launch that promotes it is in October
""",
        "Leave it out until it is true, say what is true by then, or have the work ready sooner.",
    ),
    "message-unanchored": Page(
        "A message is linked with no value, capability, proof, strength or solution, nor with a message that is, and "
        "its canvas has no proof of its own: nobody can tell what makes it true. Where no message is linked with "
        "anything of the kind, that is told once, and where nothing is positioned it is not asked.",
        """
[[messages]]
text = "The AI co-pilot for revenue"
links = ["head-of-data"]       # for whom; but what backs it?
""",
        "Link it to what it tells of. If the product has nothing of the kind, say something else.",
    ),
}
