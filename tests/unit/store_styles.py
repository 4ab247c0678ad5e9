"""Workspaces as people write them by hand, in many styles, for the tests of lossless writing. Data only."""

from __future__ import annotations

STRATEGY = """\
# The header of it all.
format = 1
name = "Styles"
vision = "Every habit survives."   # said at the offsite

[rules]
off = ["ownerless"]

# why: see the minutes
[[waivers]]
rule = "orphan-entry"
element = "one"
reason = "On purpose"
"""

TABLES = """\
# A file with everything in tables.
model = "lean-canvas"
id = "lean"
title = "Tables"
links = ["profitable"]

# The problems, in order of pain.

# the first one
[[problem]]
id = "one"
text = "One [[problem]] = \\"x\\" # no comment"
state = "fact"   # we counted
links = ["profitable"]
# below the first one

[[problem]]
# inside, above the text
text = \"\"\"
Two lines, and a line that looks like a header:
[[problem]]
# and one like a comment\"\"\"
unknown-key = { a = 1, b = [1, 2.0, true] }

[[problem]]
text = 'three'

# --- market ---

[[customer-segments]]
id = "seg"
text = "Consultants"
evidence = [
    "12 interviews",   # in March
    "a survey"
]

[cell.cost-structure]
# why empty
note = "Deliberately empty"

[own-table]
kept = "byte for byte"
odd = nan
"""

SHORT = """\
model = "lean-canvas"
id = "short"

channels = ["Word of mouth", "Accountants"]
problem = [
    # the worst
    "Late payment",   # 34 days
    { id = "two", text = "Begging", links = ["profitable"] },

    # and the last
    "Owed today"
]
solution = [ "a", 'b', ]
key-metrics = []
revenue-streams = [
]
unfair-advantage = ["x",
  "y"]
tags = "kept"
"""

PACKED = """\
model="swot"
id="packed"
title="No blanks"
[[strengths]]
text="one"
state="fact"
[[strengths]]
id="s2"
text="two"
links=["profitable","auto"]
# trailing of two
[[weaknesses]]
  id     = "w1"
  text   = "indented and aligned"
  state  = "assumption"
[[threats]]
text="t"
[cell.opportunities]
note="none yet"
owner="ana"
"""

DOTTED = """\
cell.price.note = "dotted"
model = 'marketing-mix-7p'
"id" = 'mix'
cell.place.owner = 'bea'
cell.place.note = 'two of them'
product = ['quoted', 'it''s' ]

[[price]]
text = 'per month'
id = 'monthly'
links = [ 'profitable' ]

[["people"]]
text = 'ana'
"""
DOTTED = DOTTED.replace("'it''s'", '"it\'s"')

INLINE_CELL = """\
model = "swot"
id = "inline"
cell = { strengths = { note = "in braces" }, threats = {owner="x"} }
strengths = [{text="tight"}, {text="braces", id="tb"}]
"""

GOALS = """\
# Company goals.

[[goals]]
id = "profitable"
title = "Profitable by 2027"
metric = { name = "result", baseline = -21000, current = 0.5, target = 0, unit = "EUR" }
due = 2027-12-31

# the second
[[goals]]
id = "paid"
title = "Paid in time"
parent = "profitable"
team = "company"   # all of us
# below the second

[goals.metric]
# in days
name = "days"
target = 10

[[goals.results]]
title = "r1"

[[goals.results]]
title = "r2"

# --- product ---

[[goals]]
id = "dotted"
title = "Dotted metric"
metric.name = "n"
metric.target = 3
created = 2026-01-01T10:00:00Z

[[initiatives]]
id = "auto"
title = "Automatic reminders"
links = [
  "profitable",
  "paid",
]
start = 2026-09-01
odd = [inf, 0x10, 1_000]

# the metric of the last goal, far from it
[goals.metric2]
far = true
"""

INLINE_GOALS = """\
goals = [
    { id = "g1", title = "First", metric = { target = 1 } },
    { id = "g2", title = "Second" },
]
initiatives = [{ id = "i1", title = "Work", links = ["g1"], depends-on = [] }]
"""

NO_IDS = """\
[[goals]]
title = "Without an id"

[[goals]]
title = "Another"
id = "another"

[[initiatives]]
title = "Also without"
links = ["another"]
"""

ONLY_COMMENT = "# to do: write this canvas\n"

FOLDERS: dict[str, dict[str, str]] = {
    "tables": {"strategy.toml": STRATEGY, "lean-canvas.toml": TABLES, "goals.toml": GOALS},
    "short": {"strategy.toml": STRATEGY, "short.toml": SHORT, "goals.toml": GOALS},
    "packed": {"strategy.toml": STRATEGY.rstrip("\n"), "packed.toml": PACKED.rstrip("\n"), "goals.toml": GOALS},
    "dotted": {"strategy.toml": STRATEGY, "mix.toml": DOTTED, "goals.toml": INLINE_GOALS},
    "inline": {"strategy.toml": STRATEGY, "inline.toml": INLINE_CELL, "goals.toml": NO_IDS, "note.toml": ONLY_COMMENT},
    "mixed": {
        "strategy.toml": STRATEGY,
        "lean-canvas.toml": TABLES,
        "short.toml": SHORT.rstrip("\n").replace('"two"', '"zwei"'),
        "packed.toml": PACKED,
        "teams/mix.toml": DOTTED,
        "goals.toml": GOALS.rstrip("\n"),
    },
}
ONE_FILE = {
    "one.toml": 'format = 1\nvision = "All in one."\n\n' + TABLES.replace('"one"', '"eins"') + "\n" + GOALS,
}
FOLDERS["one file"] = ONE_FILE
FOLDERS["one short file"] = {"one.toml": 'name = "x"\nvision = "y"\n' + SHORT + "\n" + GOALS}


def encoded(text: str, *, is_crlf: bool, has_mark: bool) -> bytes:
    """The bytes of a file, as another kind of editor would have saved it."""
    if is_crlf:
        text = text.replace("\n", "\r\n")
    return (b"\xef\xbb\xbf" if has_mark else b"") + text.encode()
