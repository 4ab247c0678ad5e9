"""The lines of a file's elements and fields, from the block scan.

Lines of whole tables come for free; lines of array items and single fields are looked for when somebody asks.
"""

from __future__ import annotations

from canvas_tui.storage.read.blocks import Scan
from canvas_tui.storage.read.values import Statement, array_at, pairs_at, statements


class Places:
    """Where things stand in one text."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._arrays: dict[str, list[int]] = {}  # name -> indexes of its [[name]] headers
        for index, head in enumerate(scan.heads):
            if head.is_array and len(head.path) == 1:
                self._arrays.setdefault(head.path[0], []).append(index)
        self._root: dict[str, Statement] | None = None

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
        for item in array_at(text, statement.value_start).items:
            line += text.count("\n", counted, item.start)
            counted = item.start
            lines.append(line)
        return lines

    def line_of_key(self, key: str, below: str | None = None) -> int:
        """The line of a top-level key or table, or of a key below it; 1 where it cannot be found."""
        path = (key,) if below is None else (key, below)
        for head in self._scan.heads:
            if head.path[: len(path)] == path:
                return head.line
        for index, head in enumerate(self._scan.heads):
            if below is not None and head.path == (key,):
                for each in self._body(index):
                    if each.key[0] == below:
                        return self._scan.line_at(each.key_start)
        statement = self._root_statements().get(key)
        if statement is None:
            return 1
        for each in statements(self._scan.text, 0, self._scan.root_end) if below is not None else ():
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
        for head in self._scan.heads[at + 1 :]:
            if head.path == (key,):
                break
            if head.path[:2] == (key, field):
                return head.line
        return self._scan.heads[at].line

    def _line_in_item(self, key: str, index: int, field: str) -> int:
        text, statement = self._scan.text, self._root_statements().get(key)
        if statement is None:
            return 1
        item = array_at(text, statement.value_start).items[index]
        if text[item.start] == "{":
            for each in pairs_at(text, item.start)[0]:
                if each.key[0] == field:
                    return self._scan.line_at(each.key_start)
        return self._scan.line_at(item.start)

    def _field_below(self, path: tuple[str, str], field: str) -> int:
        for index, head in enumerate(self._scan.heads):
            if head.path == path:
                for each in self._body(index):
                    if each.key[0] == field:
                        return self._scan.line_at(each.key_start)
        return 0

    def _body(self, index: int) -> list[Statement]:
        return statements(self._scan.text, self._scan.heads[index].end, self._scan.end_of(index))

    def _root_statements(self) -> dict[str, Statement]:
        if self._root is None:
            self._root = {}
            for each in statements(self._scan.text, 0, self._scan.root_end):
                self._root.setdefault(each.key[0], each)
        return self._root
