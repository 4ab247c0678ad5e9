"""The strategy tree: vision, goals and initiatives, what is below what, and what hangs in the air."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from canvas_tui.core.elements import VISION, Kind
from canvas_tui.core.workspace import Located, Workspace
from canvas_tui.graph import StrategyGraph
from canvas_tui.rules.finding import Finding
from canvas_tui.tui.aside import GoOn
from canvas_tui.tui.flows.finding_actions import Fixing, findings_by_element
from canvas_tui.tui.input.deeds import Deed
from canvas_tui.tui.paint.parts import quoted, said, spread
from canvas_tui.tui.paint.rows import LazyLines
from canvas_tui.tui.paint.signs import findings_count
from canvas_tui.tui.paint.style import Line
from canvas_tui.tui.screens.listing import Listing, ListingScreen
from canvas_tui.tui.shell import Shell
from canvas_tui.tui.strategy.nodes import FILTERS, TreeNode, TreeRow, above, fitting, rows_of, tree_of
from canvas_tui.tui.strategy.view import detail_lines, is_heading, tree_line
from canvas_tui.tui.worked_out import Recipe

_FILTER_WORDS = {"all": "", "orphans": "only what hangs in the air", "findings": "only what has findings"}


class TreeScreen(ListingScreen[TreeRow]):
    """Goals and initiatives as a tree; left and right fold and unfold."""

    screen_name: ClassVar[str] = "tree"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        fixing, doubt = Fixing(shell, lambda: self._findings.get(self.selected or "", ())), self.elements.doubt
        own = {
            "cursor-left": Deed(self._fold),
            "cursor-right": Deed(self._unfold),
            "filter": Deed(self._filter_next),
            "back": Deed(self._back, can=self._can_back),
            "edit": Deed(self.elements.edit_details, can=lambda: self.selected is not None, refused=doubt),
            "add": Deed(self._add),
        }
        self.offer(own, fixing.deeds)
        self.filter = FILTERS[0]
        self._folded: set[str] = set()
        self._opened: set[str] = set()  # where the tree would be cut
        self._tree: tuple[object, object, Sequence[TreeNode]] = (None, None, ())  # of a workspace and a graph

    @property
    def _findings(self) -> Mapping[str, tuple[Finding, ...]]:
        return findings_by_element(self.session)

    def header(self, columns: int) -> Line:
        """The line on top: the name of the workspace, and the filter or a count."""
        words = _FILTER_WORDS[self.filter]
        left: Line = ((f" {said(self.session.workspace.name)}", "bar"), ("  goals and initiatives", "dim"))
        right: Line = ((f"{words} ", "draft"),) if words else self._count()
        return spread(left, right, columns)

    def _count(self) -> Line:
        return findings_count(self.session.known_report, self.session.workspace, self.marks)

    def recipe(self, columns: int) -> Recipe[Listing[TreeRow]]:
        """How to make the rows for `columns`; a waiting line while the graph is not known."""
        workspace, graph, report = (
            self.session.workspace,
            self.shell.graph(),
            self.session.known_report,
        )
        if graph is None:
            return self.not_yet()
        shown, folded, opened = self.filter, frozenset(self._folded), frozenset(self._opened)
        findings, today, marks = self._findings, self.session.today, self.marks

        def make(go_on: GoOn) -> Listing[TreeRow]:
            fits = fitting(shown, workspace, findings)
            go_on()
            nodes = self._tree_nodes(workspace, graph)
            go_on()
            rows = rows_of(nodes, folded, fits, opened)
            go_on()
            if not rows:
                return Listing.of([_nothing(workspace, is_filtered=fits is not None)], [None])
            lines = LazyLines(len(rows), lambda at: tree_line(rows[at], columns, graph, findings, today, marks))
            return Listing.of(lines, [None if is_heading(row) else row.node.address for row in rows], rows)

        return Recipe((workspace, graph, report), (columns, shown, folded, opened), workspace.size, make)

    def _tree_nodes(self, workspace: Workspace, graph: StrategyGraph) -> Sequence[TreeNode]:
        """The tree, kept while it is folded and filtered. Called from any thread: it is put there as a whole."""
        of_workspace, of_graph, nodes = self._tree
        if of_workspace is not workspace or of_graph is not graph:
            nodes = tree_of(workspace, graph)
            self._tree = workspace, graph, nodes
        return nodes

    def detail_height(self, rows: int) -> int:
        """How many lines tell of the row under the cursor, out of `rows` on the screen."""
        return max(5, min(7, rows * 2 // 7))

    def detail(self, columns: int, rows: int) -> list[Line]:
        """What is told of the row under the cursor."""
        workspace, today = self.session.workspace, self.session.today
        return detail_lines(self._row, columns, rows, workspace, self._findings, today, self.marks)

    @property
    def _row(self) -> TreeRow | None:
        rows = self.listing.rows
        return rows[self.list.cursor] if self.list.cursor < len(rows) else None

    def put_cursor(self, address: str) -> bool:
        """Put the cursor on this element. A filter or fold that hides it is taken away.

        False where the tree does not have it.
        """
        if super().put_cursor(address):
            return True
        self.filter = FILTERS[0]
        self._folded.clear()
        self._opened |= above(self._tree[-1], address)
        return super().put_cursor(address)

    # folding

    def _fold(self) -> None:
        """Fold; what is folded or has nothing below gives the cursor to what is above it."""
        row = self._row
        if row is None:
            return
        if row.node.below and not row.is_folded and row.node.address not in self._folded:
            (self._opened.discard if row.is_cut else self._folded.add)(row.node.address)
            self.remake()
            return
        at = self.list.cursor
        while at > 0 and self.listing.rows[at].depth >= row.depth:
            at -= 1
        self.list.go(at)
        self.repaint()

    def _unfold(self) -> None:
        """Unfold; what is unfolded gives the cursor to the first below it."""
        row = self._row
        if row is None:
            return
        if row.is_folded:
            self._folded.discard(row.node.address)
            self._opened.add(row.node.address)
            self.remake()
        elif row.node.below:
            self.list.move(1)
            self.repaint()

    def _filter_next(self) -> None:
        self.filter = FILTERS[(FILTERS.index(self.filter) + 1) % len(FILTERS)]
        self.remake()

    def _can_back(self) -> bool:
        return self.filter != FILTERS[0] or self.shell.deeds["back"].can()

    def _back(self) -> None:
        """Esc takes the filter off first."""
        if self.filter == FILTERS[0]:
            self.shell.deeds["back"].do()
        else:
            self.filter = FILTERS[0]
            self.remake()

    # edits

    def _add(self) -> None:
        """A goal or an initiative below the one under the cursor: asked where both could be."""
        from canvas_tui.tui.dialogs.choice import ChoiceScreen, Option
        from canvas_tui.tui.dialogs.element_form import new_element

        item = self.selected_item
        places = _places_for_new(item)
        if len(places) == 1:
            new_element(self.shell, *places[0])
            return
        options = [Option(key, words, str(number)) for number, (key, words) in enumerate(_words_for(item, places))]

        def chosen(value: str | None) -> None:
            if value is not None:
                new_element(self.shell, *places[int(value)])

        screen = ChoiceScreen("Add", "What is the new one?", options, is_list=True)
        self.shell.ask(screen, chosen)


def _nothing(workspace: Workspace, *, is_filtered: bool) -> Line:
    words = "No goals or initiatives yet. a writes the first goal."
    if workspace.unread:
        words = "No goals or initiatives that can be read."
    if is_filtered:
        words = "Nothing fits this filter. & shows all."
    return ((f"  {words}", "prompt"),)


def _places_for_new(item: Located | None) -> list[tuple[Kind, dict[str, Any]]]:
    """What may be added where the cursor is: kind, and the fields that put it there."""
    if item is None:
        return [(Kind.GOAL, {}), (Kind.INITIATIVE, {})]
    if item.kind is Kind.VISION:
        return [(Kind.GOAL, {})]
    if item.kind is Kind.GOAL:
        return [(Kind.INITIATIVE, {"links": [item.address]}), (Kind.GOAL, {"parent": item.address})]
    return [(Kind.INITIATIVE, {"parent": item.address}), (Kind.INITIATIVE, _same_links(item)), (Kind.GOAL, {})]


def _same_links(item: Located) -> dict[str, Any]:
    links = list(item.element.links)
    return {"links": links} if links else {}


def _words_for(item: Located | None, places: list[tuple[Kind, dict[str, Any]]]) -> list[tuple[str, str]]:
    name = quoted(item.text, 30) if item is not None and item.address != VISION else ""
    if item is not None and item.kind is Kind.INITIATIVE:
        return [("p", f"a part of {name}"), ("i", "an initiative beside it"), ("g", "a goal")]
    if item is not None and item.kind is Kind.GOAL:
        return [("i", f"an initiative for {name}"), ("g", "a goal below it")]
    return [("g", "a goal"), ("i", "an initiative")][: len(places)]
