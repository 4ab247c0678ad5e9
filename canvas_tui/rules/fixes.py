"""What can be done about a finding, rule by rule: write what is missing, link, make the work, set a status, waive.

Owns which fixes a rule has, and why a rule has none. Pure: a fix says what would be done to which element; asking for
words and carrying it out is the screen's. What a rule that is not
here tells of is edited, or waived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from canvas_tui.core.elements import VISION, Kind, split_link
from canvas_tui.core.placeholder import says_something
from canvas_tui.core.text import clean
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.rules.finding import Finding
from canvas_tui.rules.fix import Act, Fix, Wants
from canvas_tui.rules.names import STRUCTURE
from canvas_tui.rules.waivers import is_waivable

_A_GOAL, _WORK = Wants((Kind.GOAL,)), Wants((Kind.INITIATIVE,))
_ANY = Wants((Kind.GOAL, Kind.INITIATIVE, Kind.ENTRY))
_OPTIONS = ("tows-so", "tows-st", "tows-wo", "tows-wt")
_SIDES = {
    "tows-so": ("strength", "opportunity"),
    "tows-st": ("strength", "threat"),
    "tows-wo": ("weakness", "opportunity"),
    "tows-wt": ("weakness", "threat"),
}
_WAIVE = Fix(Act.WAIVE, "waive")


def fixes_of(finding: Finding, workspace: Workspace) -> tuple[Fix, ...]:
    """What can be done about a finding, the most likely first; nothing that would destroy comes before what would not.

    A finding whose element is gone since, and one about a file, has none but to be waived where that is of use.
    """
    if finding.rule in WITHOUT:
        return ()
    item = workspace.find(finding.about.id)
    make = _FIXES.get(finding.rule, _fields)
    found = tuple(make(finding, item, workspace)) if item is not None else ()
    if finding.rule == "no-goals" and item is None:
        found = tuple(_first_goal(finding, None, workspace))
    return (*found, _WAIVE) if finding.rule not in STRUCTURE and is_waivable(finding, workspace) else found


def _first_goal(finding: Finding, item: Located | None, workspace: Workspace) -> Iterator[Fix]:
    """A goal that waits to be written is filled in, with its number and date; else one is made."""
    begun = next((goal.id for goal in workspace.goals if not says_something(goal.title)), None)
    if begun is not None:
        yield _fill("write the first goal", begun, "title")
        return
    yield Fix(Act.MAKE, "write the first goal", wants=_A_GOAL, is_linked=False)


def _work_adrift(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield from _goal_for(finding, item)
    yield Fix(Act.MAKE, "make a goal", item.address, _A_GOAL)
    yield Fix(Act.STATUS, "set it to idea", item.address, value="idea")
    yield Fix(Act.STATUS, "cancel it", item.address, value="cancelled")


def _goal_idle(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.LINK, "link an initiative", item.address, _WORK)
    yield Fix(Act.MAKE, "make an initiative", item.address, _WORK)
    yield Fix(Act.STATUS, "set it to proposed", item.address, value="proposed")
    yield Fix(Act.STATUS, "set it to dropped", item.address, value="dropped")


def _goal_detached(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield _fill("name its parent", item.address, "parent")
    yield Fix(Act.CLEAR, "take its parent out", item.address, value="parent")


def _goal_unmeasured(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    fields = [each.field for each in finding.advised] or ["metric.target", "due"]
    parts = dict.fromkeys("a date" if field == "due" else "a number" for field in fields)
    yield _fill(f"give it {' and '.join(parts)}", item.address, fields[0])
    yield Fix(Act.STATUS, "set it to proposed", item.address, value="proposed")


def _entry_adrift(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if len(finding.elements) > 1:  # somebody works on it: that work needs the goal
        work = finding.elements[1].id
        yield Fix(Act.LINK, "link its work to a goal", work, _A_GOAL)
        yield Fix(Act.MAKE, "make a goal for its work", work, _A_GOAL)
        yield from _goal_for(finding, item)
    else:
        yield from _goal_for(finding, item)
        yield Fix(Act.LINK, "link an initiative", item.address, _WORK)
        yield Fix(Act.MAKE, "make a goal", item.address, _A_GOAL)  # new work would lead to none either
    yield _for_later(item)


def _goal_for(finding: Finding, item: Located) -> Iterator[Fix]:
    """A goal for the element, or for what it is there for, where its way up ends without one."""
    top = finding.path[-1] if len(finding.path) > 1 else item.address
    if top != item.address:
        yield Fix(Act.LINK, "link what it is for", top, _A_GOAL)
    yield Fix(Act.LINK, "link a goal", item.address, _A_GOAL)


def _for_later(item: Located) -> Fix:
    return Fix(Act.STATUS, "for later", item.address, value="future")


def _cell_empty(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.WRITE, "write the first entry", item.address, value=item.address, is_linked=False)
    yield Fix(Act.NOTE, "say why", item.address)


def _problem(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.LINK, "link its answer", item.address, Wants((Kind.INITIATIVE,), ("solution",)))
    yield from _written(item, workspace, solution="a solution")
    yield Fix(Act.MAKE, "make an initiative", item.address, _WORK)
    yield _for_later(item)


def _solution(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.LINK, "link its problem", item.address, Wants(roles=("problem",)))
    yield from _written(item, workspace, problem="the problem")
    yield _for_later(item)


def _fit(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    role, word = ("reliever", "a reliever") if _role(item, workspace) == "pain" else ("creator", "a creator")
    yield Fix(Act.LINK, f"link {word}", item.address, Wants(roles=(role,)))
    yield from _written(item, workspace, **{role: word})
    yield _for_later(item)


def _segment(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    linked = {_role(other, workspace) for other in _linked(item, workspace)}
    missing = [role for role in ("channel", "revenue") if role not in linked]
    words = " or ".join({"channel": "a channel", "revenue": "revenue"}[role] for role in missing)
    yield Fix(Act.LINK, f"link {words}", item.address, Wants(roles=tuple(missing)))
    named = {"channel": "a channel", "revenue": "a revenue stream"}
    yield from _written(item, workspace, **{role: named[role] for role in missing})
    yield _for_later(item)


def _factor(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    """A threat, a weakness, an opportunity."""
    yield Fix(Act.LINK, "link the work on it", item.address, Wants((Kind.INITIATIVE,), _OPTIONS))
    yield Fix(Act.MAKE, "make an initiative", item.address, _WORK)
    yield _for_later(item)


def _option(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    cited = {_role(other, workspace) for other in _linked(item, workspace)}
    missing = [side for side in _SIDES.get(_role(item, workspace), ()) if side not in cited]
    for side in missing:
        yield Fix(Act.LINK, f"link the {side}", item.address, Wants(roles=(side,)))
    yield _for_later(item)


def _metric(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.LINK, "link its goal", item.address, _A_GOAL)
    yield Fix(Act.MAKE, "make a goal", item.address, _A_GOAL)
    yield _for_later(item)


def _late(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    ends = ("achieved", "missed") if item.kind is Kind.GOAL else ("done", "cancelled")
    for status in ends:
        yield Fix(Act.STATUS, f"set it to {status}", item.address, value=status)
    for field in (each.field for each in finding.advised):  # none where a key result is late: no form shows those
        yield _fill("give it a later date", item.address, field)


def _clash(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    """The dates of either end of the way."""
    if item.kind is Kind.GOAL:
        yield _fill("give it a later date", item.address, "due", finding)
    else:
        yield _fill("start it later", item.address, "start", finding)
    yield _fill("end what it needs sooner", finding.path[-1], "end", finding)


def _promise(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    """What is promised, or the work that makes it true; other work where that is cancelled."""
    yield Fix(Act.TEXT, "say what is true by then" if finding.advised else "write it anew", item.address)
    if finding.advised:
        yield _fill("end its work sooner", finding.path[-1], "end", finding)
    else:
        yield Fix(Act.LINK, "link the work on it", item.address, _WORK)
    if item.kind is Kind.ENTRY:
        yield _for_later(item)


def _dated(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if finding.path:
        field = next((each.field for each in finding.advised), "end")
        yield _fill(f"write its {field}", item.address, field)


def _owned(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if item.kind is not Kind.VISION:
        yield _fill("write its owner", item.address, "owner")


def _unanchored(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if item.kind is Kind.ENTRY:
        yield Fix(Act.LINK, "link what it tells of", item.address, Wants(roles=("value", "positioning", "proof")))
        yield _for_later(item)


def _doubtful(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.NOTE, "say why", item.address)
    yield _for_later(item)


def _unused(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.LINK, "link an initiative", item.address, _WORK)
    yield Fix(Act.MAKE, "make an initiative", item.address, _WORK)
    yield _for_later(item)


def _either(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    """Either of the two that do not agree."""
    other = workspace.find(finding.elements[1].id)
    for words, each in (("change this one", item), ("change the other", other)):
        if each is not None:
            yield _fill(words, each.address, "value" if "value" in each.element.fields else "text")


def _unbacked(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if item.kind is Kind.ENTRY:
        yield _fill("write its evidence", item.address, "evidence")
        yield Fix(Act.CLEAR, "take its state out", item.address, value="state")


def _untested(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.LINK, "link the research on it", item.address, _WORK)
    yield _fill("write its evidence", item.address, "evidence")


def _refuted(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    user = workspace.find(finding.path[-1])
    is_work = user is not None and user.kind is Kind.INITIATIVE
    yield _fill("change what rests on it", finding.path[-1], "status" if is_work else "text")
    yield _fill("change its state", item.address, "state")


def _old(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if item.kind is Kind.ENTRY:
        yield _fill("change its state", item.address, "state")


def _canvas_twice(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.STATUS, "archive it", item.address, value="archived")
    yield _fill("name it apart", item.address, "title")


def _undecided(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if item.kind is Kind.ENTRY:
        yield Fix(Act.TEXT, "write what it is", item.address)
        yield _for_later(item)
    else:
        yield _fill("write what it is", item.address, _field_meant(finding))


def _dangling(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    """The link that names nothing: written anew, or taken out where no file is unread that may have its other end."""
    loose = [
        (key, link)
        for key in ("links", "parent", "depends-on", "promotes")
        for link in _written_under(item, key)
        if workspace.find(split_link(link)[0]) is None and f"'{clean(split_link(link)[0])}'" in finding.message
    ]
    if len(loose) != 1 or not finding.path:  # told of many at once: what they led to went
        return
    key, link = loose[0]
    if len(finding.elements) > 1 and workspace.uses_of(finding.elements[1].id) < 2:
        meant = finding.elements[1].id
        yield Fix(Act.RELINK, f"link {meant}", item.address, value=link, key=key, wants_id=meant)
    else:
        wants = {"parent": Wants((item.kind,)), "links": Wants((Kind.GOAL, Kind.INITIATIVE, Kind.ENTRY))}.get(
            key, _WORK
        )
        yield Fix(Act.LINK, "link what is meant", item.address, wants, value=link, key=key)
    if all(document.is_readable for document in workspace.documents):
        yield Fix(Act.UNLINK, "take the link out", item.address, value=link, key=key)


def _written_under(item: Located, key: str) -> Sequence[str]:
    if key == "parent":
        parent = item.element.text_field("parent") if item.kind in (Kind.GOAL, Kind.INITIATIVE) else ""
        return (parent,) if parent and parent != VISION else ()
    return item.element.list_field(key)


def _fields(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if item.kind is not Kind.VISION and item.kind is not Kind.CELL:
        yield _fill("change its fields", item.address, _field_meant(finding))


def _in_circle(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    is_parent = item.kind is Kind.GOAL or not item.element.list_field("depends-on")
    words, field = ("change its parent", "parent") if is_parent else ("change what it needs", "depends-on")
    if item.kind in (Kind.GOAL, Kind.INITIATIVE):
        yield _fill(words, item.address, field)


def _words(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    if item.kind is Kind.ENTRY:
        yield Fix(Act.TEXT, "write it anew", item.address)
    yield from _fields(finding, item, workspace)


def _two_versions(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.SETTLE, "choose what stays", item.address)


def _written(item: Located, workspace: Workspace, **wanted: str) -> Iterator[Fix]:
    """Entries to write in the cells of the same canvas that have these roles: role -> what it is called."""
    if item.canvas is None:
        return
    for role, word in wanted.items():
        cell = next((spec.id for spec in workspace.template(item.canvas).cells if spec.role == role), None)
        if cell is not None:
            yield Fix(Act.WRITE, f"write {word}", item.address, value=f"{item.canvas.id}/{cell}")


def _fill(words: str, address: str, field: str, finding: Finding | None = None) -> Fix:
    """The form of an element on one of its fields, filled in with the day that the finding advises for it, if any."""
    advised = finding.advised if finding is not None else ()
    day = next((each.day for each in advised if (each.element, each.field) == (address, field)), None)
    return Fix(Act.FILL, words, address, value=day.isoformat() if day is not None else "", key=field)


def _field_meant(finding: Finding) -> str:
    return next((each.field for each in finding.advised), "")


def _role(item: Located, workspace: Workspace) -> str:
    spec = workspace.cell_spec(item.canvas, item.cell) if item.canvas is not None and item.cell is not None else None
    return (spec.role or "") if spec is not None and item.kind is Kind.ENTRY else ""


def _linked(item: Located, workspace: Workspace) -> Iterator[Located]:
    for link in item.element.links:
        if (other := workspace.find(split_link(link)[0])) is not None:
            yield other
    yield from (other for other, _ in workspace.links_to(item.address))


_Make = Callable[[Finding, Located, Workspace], Iterator[Fix]]
_FIXES: Mapping[str, _Make] = {
    "dangling-link": _dangling, "cycle": _in_circle, "invalid-value": _fields, "unsafe-text": _words,
    "conflict-open": _two_versions, "no-goals": _first_goal, "initiative-without-goal": _work_adrift,
    "goal-without-initiative": _goal_idle, "goal-detached": _goal_detached, "goal-unmeasured": _goal_unmeasured,
    "orphan-entry": _entry_adrift, "empty-cell": _cell_empty, "problem-unsolved": _problem,
    "solution-unmotivated": _solution, "fit-gap": _fit, "segment-unreachable": _segment,
    "threat-unanswered": _factor, "opportunity-idle": _factor, "tows-half": _option, "metric-orphan": _metric,
    "launch-before-ready": _clash, "goal-before-work": _clash, "contradiction": _either,
    "undated-dependency": _dated, "work-before-ready": _clash, "ownerless": _owned,
    "promise-without-product": _promise, "message-unanchored": _unanchored, "advantage-doubtful": _doubtful,
    "advantage-unfunded": _unused,
    "overdue": _late, "undecided": _undecided, "fact-unbacked": _unbacked, "risky-untested": _untested,
    "refuted-in-use": _refuted, "evidence-old": _old,
    "doubled-canvas": _canvas_twice,
}  # fmt: skip

# Rules whose findings nothing is offered for, and why. Their advice is shown all the same.
WITHOUT: Mapping[str, str] = {
    "duplicate-id": "which of the two is renamed, and which links mean it, only who wrote them can tell",
    "unknown-cell": "its entries stand at the foot of the board, and are moved from there one by one",
    "waiver-expired": "waivers are written by hand: whether the reason still holds is a person's judgement",
    "waiver-unmatched": "waivers are written by hand: what was meant only who wrote it can tell",
    "copied-file": "two files are compared and one deleted outside of the app, which never deletes a file",
    "test-without-criterion": "experiments are written by hand: the criterion goes into the experiment's own table",
    "foreign-leftover": "what another tool left is cleaned up in an editor, which shows what it was",
}
