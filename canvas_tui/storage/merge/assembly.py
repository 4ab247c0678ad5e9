"""The text of a merge, put together from the stretches of ours: what stays as it was is not touched.

Nothing is decided here but where things stand: an element that is new stands behind the one before it there, a table
behind what stands before it there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import replace

from canvas_tui.core.ordering import merge_order, moved_keys
from canvas_tui.storage.merge.decisions import Decided
from canvas_tui.storage.merge.members import in_form_of
from canvas_tui.storage.merge.pairing import members
from canvas_tui.storage.merge.segments import merge_lines, merge_segments, missing_comments, with_comments
from canvas_tui.storage.merge.sheet import Member, Sheet, Stretch
from canvas_tui.storage.merge.slots import NEW, Anchors, Slot, place
from canvas_tui.storage.read.blocks import scan
from canvas_tui.storage.read.values import array_at, comments_in, statements
from canvas_tui.storage.write import arrays
from canvas_tui.storage.write.values import format_key, style_of

_MANY = 300_000  # steps in an array of so many items together take seconds: then it is written anew


class Assembly:
    """Three sheets and what was decided, on the way to one text."""

    def __init__(self, base: Sheet, ours: Sheet, theirs: Sheet, decided: Decided) -> None:
        self._base, self._ours, self._theirs = base, ours, theirs
        self._decided = decided
        self._stays = dict(decided.stays)
        numbers: list[dict[int, int]] = [{}, {}, {}]
        for number, triple in enumerate(decided.triples):
            for side, index in enumerate(triple):
                if index is not None:
                    numbers[side][index] = number
        self._number = {
            id(member): numbers[side][index]
            for side, sheet in enumerate((base, ours, theirs))
            for index, member in enumerate(members(sheet))
        }
        self.orders = self._orders()
        self._blank = "\n" * _usual_gap(ours)

    def _orders(self) -> dict[str, list[int]]:
        """The elements of every list of the result, by number, in order."""
        wanted: dict[str, list[int]] = {}
        for number, member in self._stays.items():
            wanted.setdefault(member.list, []).append(number)
        found = {}
        for name in dict.fromkeys((*self._ours.lists, *self._theirs.lists)):
            base, ours, theirs = (self._numbers(sheet, name) for sheet in (self._base, self._ours, self._theirs))
            if name in wanted:
                found[name] = merge_order(base, ours, theirs, wanted[name])
        return found

    def _numbers(self, sheet: Sheet, name: str) -> list[int]:
        return [self._number[id(member)] for member in sheet.lists.get(name, ())]

    def text(self, *, is_plain: bool = False) -> str:
        """The result. With `is_plain` root and tables are ours as they are: fields of theirs are not put in."""
        self._settle_forms()
        root = self._root(is_plain=is_plain)
        slots = self._slots(is_plain=is_plain)
        anchors = self._anchors()
        for name, order in self.orders.items():
            if self._form(name) == "block":
                place(slots, [(number, self._stays[number].block) for number in order], anchors)
        tail = merge_lines(self._base.tail, self._ours.tail, self._theirs.tail)
        return self._joined(root, slots, tail)

    # forms

    def _form(self, name: str) -> str:
        """How a list is written: as ours has it, else as theirs."""
        for sheet in (self._ours, self._theirs):
            if name in sheet.lists and (sheet.lists[name] or sheet is self._theirs):
                return sheet.lists[name][0].form if sheet.lists[name] else "item"
            if name in sheet.lists and _has_array(sheet, name):
                return "item"
        return "block"

    def _settle_forms(self) -> None:
        for name, order in self.orders.items():
            form = self._form(name)
            for number in order:
                member = self._stays[number]
                if member.form != form:
                    like = Member(name, {}, item=arrays.Piece('""') if form == "item" else None)
                    self._stays[number] = in_form_of(member, like)

    # the root

    def _root(self, *, is_plain: bool) -> str:
        base, ours, theirs = (sheet.stretches[0].text for sheet in (self._base, self._ours, self._theirs))
        if is_plain:
            base = theirs = ours
        settled = self._settled_lists()
        text = ours if ours == base == theirs else merge_segments(base, ours, theirs, settled)
        for name, order in self.orders.items():
            if self._form(name) == "item":
                text = self._with_array(text, name, order)
        for name in self._ours.lists:
            if name not in self.orders and _array_at(text, name) >= 0:
                text = self._with_array(text, name, [])
        return self._with_comments_of_arrays(text)

    def _with_comments_of_arrays(self, text: str) -> str:
        """Comments in an array that are no item's own stand above it where its lines are those of the other side."""
        base, ours, theirs = (_array_lines(sheet) for sheet in (self._base, self._ours, self._theirs))
        for each in reversed(statements(text, 0, scan(text).root_end)):
            name = each.key[0]
            if name in ours and name in theirs and ours[name] != theirs[name]:
                lines = text[each.start : each.end]
                lost = missing_comments(base.get(name, ""), ours[name], theirs[name], lines + ours[name])
                text = text[: each.start] + with_comments(lines, lost) + text[each.end :]
        return text

    def _settled_lists(self) -> dict[str, str | None]:
        """What becomes of each list's own line in the root: ours, or theirs where only they have one."""
        found: dict[str, str | None] = {}
        mine, yours = (_array_lines(sheet) for sheet in (self._ours, self._theirs))
        for name in {**mine, **yours}:
            if name in self.orders:
                found[name] = (mine.get(name) or yours.get(name)) if self._form(name) == "item" else None
            else:
                found[name] = mine.get(name) if name in yours else None
        return found

    def _with_array(self, text: str, name: str, order: list[int]) -> str:
        start = _array_at(text, name)
        if start < 0:
            line = f"{format_key(name)} = []\n"
            start = len(text) + line.index("[") + (0 if text.endswith("\n") or not text else 1)
            text = f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{line}"
            there = None  # a new array has nothing in it yet
        else:
            there = self._ours.lists.get(name) if _has_array(self._ours, name) else self._theirs.lists.get(name)
        have = [self._number[id(member)] for member in there or ()]
        pieces = dict(zip(have, arrays.pieces(text, start), strict=False))
        style = style_of(text, text[start:])
        kept, there_now = set(order), set(have)
        stays = [number for number in have if number in kept]
        others = sum(not self._has_only_its_value_changed(number, pieces) for number in stays)
        steps = len(moved_keys(stays, order)) + len(kept ^ there_now) + others
        if steps * max(len(order), len(have)) > _MANY:
            items = [piece for number in order if (piece := self._stays[number].item) is not None]
            return arrays.written_anew(text, start, items, style)
        for index in range(len(have) - 1, -1, -1):
            if have[index] not in kept:
                text, _ = arrays.take(text, start, index)
                del have[index]
        text = self._with_values(text, start, have, pieces)
        for index, number in enumerate(order):
            piece = self._stays[number].item
            assert piece is not None
            if index < len(have) and have[index] == number and pieces.get(number) == piece:
                continue
            if number in have:
                at = have.index(number)
                text, _ = arrays.take(text, start, at)
                del have[at]
            text = arrays.insert(text, start, index, piece, style)
            have.insert(index, number)
        return text

    def _with_values(self, text: str, start: int, have: list[int], pieces: dict[int, arrays.Piece]) -> str:
        """The array with the values of those items written anew whose value is all that changed; all in one pass."""
        found = array_at(text, start).items
        for item, number in zip(reversed(found), reversed(have), strict=True):
            piece, before = self._stays[number].item, pieces[number]
            if piece is not None and piece != before and self._has_only_its_value_changed(number, pieces):
                text = text[: item.start] + piece.value + text[item.end :]
                pieces[number] = piece
        return text

    def _has_only_its_value_changed(self, number: int, pieces: dict[int, arrays.Piece]) -> bool:
        piece = self._stays[number].item
        return piece is not None and piece == replace(pieces[number], value=piece.value)

    # the stretches

    def _slots(self, *, is_plain: bool) -> list[Slot]:
        """The stretches of ours as they are in the result, and the tables that only theirs has."""
        base, theirs = self._by_key(self._base), self._by_key(self._theirs)
        slots: list[Slot] = []
        there: set[Hashable] = set()
        carried = blank = ""  # what a stretch that goes leaves to the next one
        for key, each in self._by_key(self._ours).items():
            there.add(key)
            one, other = base.get(key), theirs.get(key)
            gap = merge_lines(one.gap, each.gap, other.gap) if one and other else each.gap
            text = self._kept_text(key, each, one, other, is_plain=is_plain)
            if text is None:
                carried += _loose(each.gap, one.gap if one else "")
                blank = max(blank, "" if each.gap.strip() else each.gap, key=len)
                continue
            wide = blank if blank.count("\n") > gap.count("\n") and not gap.strip() else gap
            slots.append(Slot(key, carried + wide, text))
            carried = blank = ""
        if not is_plain:
            self._add_tables(slots, base, theirs, there)
        if carried:
            slots.append(Slot(None, carried, ""))
        return slots

    def _kept_text(
        self, key: Hashable, ours: Stretch, base: Stretch | None, theirs: Stretch | None, *, is_plain: bool
    ) -> str | None:
        """What becomes of a stretch of ours; None where it goes. Elements are put in place afterwards."""
        if ours.member is not None:
            assert isinstance(key, int)
            stays = self._stays.get(key)
            return stays.block if stays is not None and stays.list == ours.member.list and stays.block else None
        if is_plain or (base is None and theirs is None):
            return ours.text
        if theirs is None:
            assert base is not None
            return None if base.text == ours.text else ours.text
        return merge_segments(base.text if base else "", ours.text, theirs.text)

    def _add_tables(
        self, slots: list[Slot], base: dict[Hashable, Stretch], theirs: dict[Hashable, Stretch], there: set[Hashable]
    ) -> None:
        before: Hashable = None
        for key, each in theirs.items():
            was = base.get(key)
            if key not in there and each.member is None and (was is None or was.text != each.text):
                where = next((index + 1 for index, slot in enumerate(slots) if slot.key == before), len(slots))
                slots.insert(where if before is not None else 0, Slot(key, each.gap, each.text))
            before = key

    def _by_key(self, sheet: Sheet) -> dict[Hashable, Stretch]:
        """The stretches below the root: elements by their number, tables by their path."""
        found: dict[Hashable, Stretch] = {}
        seen: Counter[Hashable] = Counter()
        for each in sheet.stretches[1:]:
            if each.member is not None:
                found[self._number[id(each.member)]] = each
            else:
                seen[each.path] += 1
                found[(each.path, seen[each.path])] = each
        return found

    def _anchors(self) -> Anchors:
        """For every stretch of theirs: what stands above it, the nearest first, and its gap."""
        found: Anchors = {}
        above: list[Hashable] = []
        for key, each in self._by_key(self._theirs).items():
            found[key] = (above[:-50:-1], each.gap)
            above.append(key)
        return found

    def _joined(self, root: str, slots: Iterable[Slot], tail: str) -> str:
        parts = [root]
        last = root
        for slot in slots:
            if last and not last.endswith("\n"):
                parts.append("\n")
            gap = self._blank if slot.gap == NEW else slot.gap
            if not last.strip() and not gap.strip():
                gap = ""
            parts += (gap, slot.text)
            last = slot.text or gap or last
        text = "".join(parts)
        if not text.endswith("\n") and tail and text:
            text += "\n"
        text += tail
        ends_open = bool(self._ours.text) and not self._ours.text.endswith("\n")
        return text.removesuffix("\n") if ends_open else text


def _usual_gap(sheet: Sheet) -> int:
    """How many blank lines stand between two stretches, most of the time."""
    counted = Counter(each.gap.count("\n") for each in sheet.stretches[1:] if not each.gap.strip())
    return counted.most_common(1)[0][0] if counted else 1


def _loose(gap: str, before: str) -> str:
    """The loose comments above something that goes, where ours has some that the base had not."""
    return gap if set(comments_in(gap)) - set(comments_in(before)) else ""


def _array_at(text: str, name: str) -> int:
    """Where the array of a list begins in the root; -1 where there is none."""
    where = statements(text, 0, scan(text).root_end)
    return next((each.value_start for each in where if each.key == (name,) and text[each.value_start] == "["), -1)


def _has_array(sheet: Sheet, name: str) -> bool:
    return name in _array_lines(sheet)


def _array_lines(sheet: Sheet) -> dict[str, str]:
    """The lists that are written as arrays of the root, each with its lines and what stands above them."""
    text = sheet.stretches[0].text
    found, at = {}, 0
    for each in statements(text, 0, len(text)):
        if len(each.key) == 1 and each.key[0] in sheet.lists and text[each.value_start] == "[":
            found[each.key[0]] = text[at : each.end]
        at = each.end
    return found
