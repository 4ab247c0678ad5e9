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
}
