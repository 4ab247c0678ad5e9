"""What a picker offers: every element to link with, the cells to move to, the models to start from, the actions.

Pure. Titles and places come cleaned; values are addresses (or model and action ids).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from canvas_tui.core.elements import Kind, split_link
from canvas_tui.core.likeness import most_alike
from canvas_tui.core.placeholder import is_placeholder, says_something
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.tui.dialogs.matching import Item
from canvas_tui.tui.input.actions import BY_ID, GROUPS, MOVE, Action
from canvas_tui.tui.paint.parts import KIND_WORDS, day, place_of, said, title_of
from canvas_tui.tui.paint.style import Marks

if TYPE_CHECKING:
    from canvas_tui.rules.fix import Wants

NEW_GOAL, NEW_INITIATIVE = "new goal", "new initiative"
_GROUPS = {
    Kind.VISION: "Vision",
    Kind.GOAL: "Goals",
    Kind.INITIATIVE: "Initiatives",
    Kind.ENTRY: "Entries",
    Kind.CANVAS: "Canvases",
    Kind.CELL: "Cells",
}
_ORDER = {
    kind: number for number, kind in enumerate((Kind.GOAL, Kind.INITIATIVE, Kind.ENTRY, Kind.VISION, Kind.CANVAS))
}
_OVER = frozenset({"cancelled", "dropped"})  # a link with one of these would not fix anything
CREATORS = (
    Item(NEW_GOAL, "create goal", is_creator=True),
    Item(NEW_INITIATIVE, "create initiative", is_creator=True),
)


def linked_with(workspace: Workspace, item: Located) -> list[str]:
    """The addresses an element is linked with, whichever end wrote it: its own links first."""
    found: dict[str, None] = {}
    for key in ("links", "depends-on", "promotes"):
        for link in item.element.list_field(key):
            target = workspace.find(split_link(link)[0])
            if target is not None:
                found[target.address] = None
    parent = item.element.text_field("parent")
    if item.kind in (Kind.GOAL, Kind.INITIATIVE) and (above := workspace.find(parent)) is not None:
        found[above.address] = None
    if item.kind is not Kind.VISION:
        found.update({other.address: None for other, _ in workspace.links_to(item.address)})
    found.pop(item.address, None)
    return list(found)


def link_items(workspace: Workspace, source: Located, marks: Marks) -> list[Item]:
    """Everything `source` may be linked with, what is linked already ticked and first of its group; the creators.

    No placeholders: a link with one of them says nothing yet.
    """
    linked = set(linked_with(workspace, source))
    elements = [
        item
        for item in workspace.elements()
        if item.address != source.address and item.kind is not Kind.CELL and item.kind in _ORDER
        and (item.address in linked or not is_placeholder(item.text))
    ]  # fmt: skip
    elements.sort(key=lambda item: (_ORDER[item.kind], item.address not in linked))
    return [element_item(item, workspace, marks, is_ticked=item.address in linked) for item in elements] + [*CREATORS]


def items_to_link(workspace: Workspace, source: Located, wants: Wants, marks: Marks) -> list[Item]:
    """What a finding wants `source` to be linked with, what says the like first; the creators of such elements.

    Leaves out placeholders and what is still to be decided: a link with them would not fix anything.
    """
    linked = set(linked_with(workspace, source))
    fitting = [
        item for item in workspace.elements()
        if item.address != source.address and item.address not in linked and wants.has(item, workspace)
        and says_something(item.text) and item.element.status not in _OVER
        and not (item.canvas is not None and item.canvas.is_archived)
    ]  # fmt: skip
    texts = [f"{item.text} {item.element.note}" for item in fitting]
    ranked = [fitting[place] for place in most_alike(f"{source.text} {source.element.note}", texts)]
    kinds = {NEW_GOAL: Kind.GOAL, NEW_INITIATIVE: Kind.INITIATIVE}
    creators = [creator for creator in CREATORS if kinds[creator.value] in wants.kinds]
    return [element_item(item, workspace, marks) for item in ranked] + creators


def elements_of(workspace: Workspace, addresses: Iterable[str], marks: Marks) -> list[Item]:
    """The elements at these addresses, by kind: for the pickers that follow, remove or show links."""
    found = [item for address in addresses if (item := workspace.find(address)) is not None]
    found.sort(key=lambda item: _ORDER.get(item.kind, 9))
    return [element_item(item, workspace, marks) for item in found]


def element_item(item: Located, workspace: Workspace, marks: Marks, *, is_ticked: bool = False) -> Item:
    """One element as it stands in a picker: its text, and beside it what tells it from others."""
    return Item(
        item.address,
        title_of(item, workspace),
        _GROUPS[item.kind],
        _detail(item, workspace, marks),
        said(item.address) if "/" not in item.address else "",
        is_ticked,
    )


def cell_items(workspace: Workspace, item: Located) -> list[Item]:
    """The cells an entry may move to: those of its own canvas first, its own cell ticked."""
    own = item.canvas.id if item.canvas is not None else ""
    canvases = sorted(workspace.canvases, key=lambda canvas: canvas.id != own)
    found = []
    for canvas in canvases:
        template = workspace.template(canvas)
        for cell_id in dict.fromkeys((*template.cell_ids, *canvas.cells)):
            spec = template.cell(cell_id)
            count = len(canvas.cell(cell_id).entries)
            number = template.number(cell_id)
            here = canvas.id == own and cell_id == item.cell
            found.append(
                Item(
                    f"{canvas.id}/{cell_id}",
                    said(spec.title if spec else cell_id),
                    said(canvas.title),
                    "here now" if here else f"{count}",
                    is_ticked=here,
                    mark=f"{number} " if number is not None else "· " if spec is not None else "",
                )
            )
    return found


def model_items(workspace: Workspace) -> list[Item]:
    """The models a canvas may be started from, those not used yet first."""
    used = {canvas.model for canvas in workspace.canvases}
    models = sorted(workspace.templates.values(), key=lambda each: (each.id in used, each.title))
    return [
        Item(
            each.id,
            said(each.title),
            "Used here already" if each.id in used else "Models",
            "",
            " ".join((each.id, *each.aliases)),
            hint=said(each.summary),
        )
        for each in models
    ]


def action_items(actions: Iterable[Action], shown: Callable[[str], str]) -> list[Item]:
    """The actions that do something here, for the palette: by group, each with its keys.

    One that this screen calls otherwise is also found by the name it has elsewhere, as in the README and `keys`.
    """
    order = [group for group in GROUPS if group != MOVE] + [MOVE]
    found = [
        Item(
            each.id,
            each.title,
            each.group,
            "  ".join(shown(key) for key in each.keys[:2]),
            each.help if each.title == BY_ID[each.id].title else f"{BY_ID[each.id].title}: {each.help}",
            hint=each.help,
        )
        for each in actions
        if each.id != "commands"
    ]
    return sorted(found, key=lambda item: order.index(item.group))


def _detail(item: Located, workspace: Workspace, marks: Marks) -> str:
    """What tells an element from others of the same text."""
    separator = f" {marks.separator} "
    if item.kind in (Kind.ENTRY, Kind.CELL):
        return place_of(item, workspace)
    words = [said(item.element.team)] if item.kind is not Kind.VISION and item.element.team else []
    if item.kind is Kind.GOAL and (due := item.element.date_field("due")):
        words.append(f"due {day(due)}")
    elif item.kind is Kind.INITIATIVE and item.element.status:
        words.append(said(item.element.status))
    return separator.join(words) or KIND_WORDS[item.kind]
