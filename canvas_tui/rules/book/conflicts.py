"""The rule on versions that lost a conflict and are kept until somebody chooses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from canvas_tui.core.elements import VISION, Fields, Kind
from canvas_tui.core.schema import field_spec
from canvas_tui.core.text import clean, clip
from canvas_tui.core.toml_words import as_read
from canvas_tui.core.versions import ENTRY, Version, kept_key, versions_of
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.rules.finding import ElementAt, Finding, Severity
from canvas_tui.rules.fix import Act, Fix
from canvas_tui.rules.rule import Asks, Found, Group, Page, Rule
from canvas_tui.rules.scene import Scene, at, quoted

_NAME = 20  # terminal cells of a person's name

_OWN_WORDS = ("text", "title", "vision")  # what an element is quoted by


def conflicts_open(scene: Scene) -> Iterator[Found]:
    """Two people changed the same field, and the version that lost is still kept."""
    for node in scene.graph.in_order:
        if kept_key(node.kind) in node.element.fields:
            yield from _told(node.kind, node.element.fields, at(node), quoted(node))
    for document in scene.workspace.documents:
        header = document.header
        if header is not None and not scene.workspace.vision:  # a vision that somebody emptied is in no graph
            place = ElementAt(VISION, str(Kind.VISION), document.path, header.line or 1)
            yield from _told(Kind.VISION, header.fields, place, "The vision")
        place = ElementAt(document.path, "file", document.path, 1)
        for name, fields in _tables_beside(document.extra):
            yield from _told(Kind.ENTRY, fields, place, name)


def _tables_beside(extra: Fields) -> Iterator[tuple[str, Fields]]:
    """The tables of a file that no element is made of, by name: a merge keeps what lost in them too."""
    yield "A part of the file", extra
    for key, value in extra.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Mapping):
                yield f"A table of {clip(clean(key), _NAME)}", each


def _told(kind: Kind, fields: Fields, place: ElementAt, what: str) -> Iterator[Found]:
    for version in versions_of(kind, fields):
        fix = f"Choose which one stays, or take '{kept_key(kind)}' out in {clean(place.file)}."
        yield Found(_sentence(kind, what, version), fix, (place,))


def _sentence(kind: Kind, what: str, version: Version) -> str:
    name = clip(clean(version.who.strip()), _NAME)
    if version.field == ENTRY:
        of = f" of {name}" if name else ""
        return f"{what} was written at the same time as {_shown(version)}{of}, and both stand."
    whose = f"{name}'s" if name else "the other"
    kept = f"{whose} version is kept: {_shown(version)}" if _says(version) else f"{whose} version leaves it empty"
    had = "was" if version.field in _OWN_WORDS else f"had its {_label(kind, version.field)}"
    return f"{what} {had} changed by two people at the same time; {kept}."


def _label(kind: Kind, name: str) -> str:
    spec = field_spec(kind, name)
    return spec.label.lower() if spec is not None else clip(clean(name), _NAME)


def _says(version: Version) -> bool:
    return bool(as_read(version.other).strip())


def _shown(version: Version) -> str:
    return quoted(as_read(version.other))


def _versions_fixes(finding: Finding, item: Located, workspace: Workspace) -> Iterator[Fix]:
    yield Fix(Act.SETTLE, "choose what stays", item.address)


RULES = (
    Rule(
        name="conflict-open",
        family="structure",
        group=Group.MEND,
        severity=Severity.ERROR,
        summary="Two people changed the same thing, and nobody has settled it yet.",
        is_told_one_by_one=True,
        check=conflicts_open,
        asks=Asks.NOTHING,
        can_be_waived=False,
        fixes=_versions_fixes,
        page=Page(
            means=(
                "Two people changed the same field at the same time. One of the two versions stands in it; the other "
                "is kept beside it under the key conflict (of the vision vision-conflict, of a canvas "
                'canvas-conflict), so that nothing is lost, and whoever wrote it sees that. With the field "entry" '
                "both stand as entries."
            ),
            wrong="""
[[problem]]
id = "late-payment"
text = "Clients pay 34 days late"
conflict = [{ field = "text", other = "Clients pay 36 days late", who = "bea" }]
""",
            right="""
[[problem]]
id = "late-payment"
text = "Clients pay 36 days late"
""",
            mend=(
                "Choose which of the two stays: in the app, c on the element asks. By hand, write the text as it is "
                "meant to be, and take the key out; `canvas-tui set ELEMENT conflict=` takes it out too."
            ),
        ),
    ),
)
