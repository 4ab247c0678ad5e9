"""Finds the lines of a file's elements and fields, from the block scan.

The scan knows the lines of whole tables; those of array items and single fields are searched for when asked for.
"""

from __future__ import annotations

from canvas_tui.storage.read.blocks import Scan
from canvas_tui.storage.read.values import Item, Statement, array_at, pairs_at, statements


class Places:
    """The lines of the elements and fields of one text, from 1."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._arrays: dict[str, list[int]] = {}  # name -> indexes of its [[name]] headers
        for index, head in enumerate(scan.heads):
            if head.is_array and len(head.path) == 1:
                self._arrays.setdefault(head.path[0], []).append(index)
        self._root: dict[str, Statement] | None = None
        self._items: dict[str, tuple[Item, ...]] = {}
        self._bodies: dict[int, list[Statement]] = {}  # by the index of the header; -1 is the root
        self._by_path: dict[tuple[str, ...], list[int]] | None = None

    def lines_of_items(self, key: str) -> list[int]:
        """The line of every item of a top-level list, in order."""
        heads = self._scan.heads
        if key in self._arrays:
            return [heads[index].line for index in self._arrays[key]]
        statement = self._root_statements().get(key)
        text = self._scan.text
        if statement is None or text[statement.value_start] != "[":
            return []
        lines: list[int] = []
        counted, line = statement.value_start, self._scan.line_at(statement.value_start)
        for item in self._items_of(key, statement):
            line += text.count("\n", counted, item.start)
            counted = item.start
            lines.append(line)
        return lines

    def line_of_key(self, key: str, below: str | None = None) -> int:
        """The line of a top-level key or table, or of a key below it; 1 if it is not found."""
        path = (key,) if below is None else (key, below)
        for index in self._heads_at(path):
            return self._scan.heads[index].line
        for index in self._heads_at((key,)) if below is not None else ():
            if self._scan.heads[index].path == (key,):
                for each in self._body(index):
                    if each.key[0] == below:
                        return self._scan.line_at(each.key_start)
        statement = self._root_statements().get(key)
        if statement is None:
            return 1
        for each in self._body(-1) if below is not None else ():
            if each.key[:2] == path:
                statement = each
        return self._scan.line_at(statement.key_start)

    def line_of_field(self, key: str, index: int | str, field: str) -> int:
        """The line of a field: of the root (key ""), of `[cell.<index>]`, or of an item of a top-level list."""
        if key == "":
            return self.line_of_key(field)
        if isinstance(index, str):
            return self._field_below((key, index), field) or self.line_of_key(key, index)
        if key not in self._arrays:
            return self._line_in_item(key, index, field)
        at = self._arrays[key][index]
        for each in self._body(at):
            if each.key[0] == field:
                return self._scan.line_at(each.key_start)
        for number in range(at + 1, len(self._scan.heads)):
            head = self._scan.heads[number]
            if head.path == (key,):
                break
            if head.path[:2] == (key, field):
                return head.line
        return self._scan.heads[at].line

    def _line_in_item(self, key: str, index: int, field: str) -> int:
        text, statement = self._scan.text, self._root_statements().get(key)
        if statement is None:
            return 1
        item = self._items_of(key, statement)[index]
        if text[item.start] == "{":
            for each in pairs_at(text, item.start)[0]:
                if each.key[0] == field:
                    return self._scan.line_at(each.key_start)
        return self._scan.line_at(item.start)

    def _field_below(self, path: tuple[str, str], field: str) -> int:
        for index in self._heads_at(path):
            if self._scan.heads[index].path == path:
                for each in self._body(index):
                    if each.key[0] == field:
                        return self._scan.line_at(each.key_start)
        return 0

    def _heads_at(self, path: tuple[str, ...]) -> list[int]:
        """The indexes of the headers that begin with a path of one or two parts, in order."""
        if self._by_path is None:
            found: dict[tuple[str, ...], list[int]] = {}
            self._by_path = found
            for index, (whole, *_) in enumerate(self._scan.heads):
                found.setdefault(whole[:1], []).append(index)
                if len(whole) > 1:
                    found.setdefault(whole[:2], []).append(index)
        return self._by_path.get(path, [])

    def _items_of(self, key: str, statement: Statement) -> tuple[Item, ...]:
        if key not in self._items:
            self._items[key] = array_at(self._scan.text, statement.value_start).items
        return self._items[key]

    def _body(self, index: int) -> list[Statement]:
        if index not in self._bodies:
            start, end = (
                (0, self._scan.root_end) if index < 0 else (self._scan.heads[index].end, self._scan.end_of(index))
            )
            self._bodies[index] = statements(self._scan.text, start, end)
        return self._bodies[index]

    def _root_statements(self) -> dict[str, Statement]:
        if self._root is None:
            self._root = {}
            for each in self._body(-1):
                self._root.setdefault(each.key[0], each)
        return self._root
