#!/usr/bin/env python3
"""Write a valid workspace of any size, for benchmarks and for trying things out.

The same arguments and seed give the same bytes. Never writes over a file. Needs the standard library only, and
the model templates beside it in canvas_tui/models, so that it cannot name a cell that no model has.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

MODELS = Path(__file__).resolve().parent.parent / "canvas_tui" / "models"
# how often each model turns up, out of 12
MIX = {
    "lean-canvas": 4, "swot": 3, "marketing-mix-7p": 3, "business-model-canvas": 1, "value-proposition-canvas": 1,
}  # fmt: skip
TEAMS = ("company", "product", "marketing")
PEOPLE = ("ana", "bea", "chris", "dan", "eve", "farid", "gwen", "hugo")
FIRST_DAY = date(2026, 6, 1)
WORK_STATUS = ("idea", "planned", "active", "blocked", "done", "cancelled")
STYLES = ("tables", "commented", "short", "mixed", "tight")

WHO = """consultants, studios, accountants, finance leads, new customers, office managers, freelancers, resellers, \
auditors, team leads, buyers, support agents, founders, bookkeepers, trainers, agencies""".split(", ")
THINGS = """invoices, late payments, bank feeds, reminders, time sheets, tax reports, price lists, contracts, \
exports, credit notes, forecasts, payroll runs, approvals, expense claims, receipts, budgets, discounts, \
refunds, subscriptions, welcome mails""".split(", ")
WHENS = """at the end of the month, before a launch, in the first week, when someone is ill, across two offices, \
after a price change, in the busy season, without a bookkeeper, when the bank is closed, for every client, \
on the road, in a second currency""".split(", ")
PATTERNS: dict[str, tuple[str, ...]] = {
    "problem": ("{who} lose hours on {thing} {when}", "{who} cannot see their {thing} {when}"),
    "solution": ("{thing} that look after themselves {when}", "One page with all {thing} for {who}"),
    "metric": ("Share of {who} with clean {thing} {when}", "Days that {thing} wait {when}"),
    "segment": ("{who} who handle {thing} {when}", "{who} with fewer than ten people and many {thing}"),
    "channel": ("{who} who recommend us for {thing}", "A monthly letter to {who} about {thing}"),
    "revenue": ("{n} a month from {who}, {thing} included", "{n} for every hundred {thing}, paid by {who}"),
    "cost": ("{n} a month for {thing} of {who}", "Two people who check {thing} {when}"),
    "strength": ("We settle {thing} faster than rivals {when}", "{who} trust us with their {thing}"),
    "weakness": ("Our {thing} are slow {when}", "{who} do not find our {thing}"),
    "opportunity": ("A new law asks {who} for digital {thing}", "{who} look for help with {thing} {when}"),
    "threat": ("A rival gives {thing} away to {who}", "Banks offer {thing} of their own {when}"),
    "": ("{thing} for {who} {when}", "{who} get help with {thing} {when}"),
}
PATTERNS |= {"pain": PATTERNS["problem"], "job": PATTERNS["segment"], "gain": PATTERNS["metric"]}
PATTERNS |= {"reliever": PATTERNS["solution"], "creator": PATTERNS["solution"], "advantage": PATTERNS["strength"]}
# what an entry of a role answers, within its own canvas
ANSWERS = {
    "solution": "problem", "value": "problem", "metric": "problem", "channel": "segment", "revenue": "segment",
    "reliever": "pain", "creator": "gain", "alternative": "problem",
}  # fmt: skip


@dataclass
class Entry:
    """One entry on its way into a file; `fields` in the order they are written."""

    cell: str
    role: str
    fields: dict[str, Any]


@dataclass
class Canvas:
    """One canvas file: its own keys, and its entries in the order of the cells."""

    path: str
    fields: dict[str, Any]
    entries: list[Entry]
    style: str


@dataclass
class Maker:
    """Makes elements from one source of chance, and keeps their ids unique."""

    rng: random.Random
    goals: list[dict[str, Any]] = field(default_factory=list)
    initiatives: list[dict[str, Any]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def new_id(self, text: str) -> str:
        """A short slug of `text` that no other element has."""
        words = "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()
        stem = "-".join(words[:4])
        name, number = stem, 1
        while name in self.taken:
            number += 1
            name = f"{stem}-{number}"
        self.taken.add(name)
        return name

    def text(self, role: str) -> str:
        """A sentence that fits the role of a cell."""
        rng = self.rng
        pattern = rng.choice(PATTERNS.get(role, PATTERNS[""]))
        words = pattern.format(
            who=rng.choice(WHO), thing=rng.choice(THINGS), when=rng.choice(WHENS), n=rng.randrange(5, 400)
        )
        return words[0].upper() + words[1:]

    def add_goals(self, count: int) -> None:
        """Goals on three levels: a few at the top, the others each below an earlier one."""
        rng = self.rng
        tops = max(1, min(count, round(count**0.5 / 2)))
        for index in range(count):
            target = rng.randrange(20, 100)
            title = f"{target} % of {rng.choice(WHO)} keep {rng.choice(THINGS)} current {rng.choice(WHENS)}"
            goal: dict[str, Any] = {"id": self.new_id(title), "title": title}
            goal["team"] = "company" if index < tops else rng.choice(TEAMS)
            baseline = rng.randrange(0, 15)
            current = rng.randrange(baseline, target)
            goal["metric"] = {
                "name": title.split(" ", 2)[2], "baseline": baseline, "current": current, "target": target, "unit": "%",
            }  # fmt: skip
            goal["due"] = FIRST_DAY + timedelta(days=rng.randrange(260, 900))
            goal["status"] = rng.choices(("active", "proposed", "achieved"), (16, 3, 1))[0]
            if index >= tops:
                # the second level is as long as the first is, times four; all others are below it
                level = self.goals[:tops] if index < tops * 5 else self.goals[tops : tops * 5]
                goal["parent"] = rng.choice(level)["id"]
            goal["owner"] = rng.choice(PEOPLE)
            goal["value"] = rng.randrange(10, 101)
            self.goals.append(goal)

    def add_initiatives(self, count: int) -> None:
        """Initiatives for the goals; they depend on earlier ones only, so there is never a cycle."""
        rng = self.rng
        verbs = ("Rebuild", "Open", "Simplify", "Announce", "Measure", "Automate", "Teach", "Translate")
        for _ in range(count):
            title = f"{rng.choice(verbs)} {rng.choice(THINGS)} for {rng.choice(WHO)}"
            team = rng.choice(("product", "product", "marketing"))
            kind = rng.choice(("product", "research") if team == "product" else ("campaign", "launch", "enablement"))
            start = FIRST_DAY + timedelta(days=rng.randrange(0, 400))
            item: dict[str, Any] = {"id": self.new_id(title), "title": title, "team": team, "kind": kind}
            item["status"] = rng.choices(WORK_STATUS, (2, 6, 7, 1, 3, 1))[0]
            item |= {"start": start, "end": start + timedelta(days=rng.randrange(14, 150))}
            item |= {"effort": rng.randrange(1, 20), "value": rng.randrange(10, 101), "owner": rng.choice(PEOPLE)}
            item["links"] = self.some(self.goals, 1, 2) if rng.random() < 0.95 else []
            if self.initiatives and rng.random() < 0.4:
                item["depends-on"] = self.some(self.initiatives[-20:], 1, 2)
            made = [each for each in self.initiatives[-20:] if each["kind"] == "product"]
            if made and kind in ("campaign", "launch"):
                item["promotes"] = self.some(made, 1, 1)
            self.initiatives.append(item)

    def some(self, items: Sequence[dict[str, Any]], low: int, high: int) -> list[str]:
        """The ids of `low` to `high` of the items, fewer where there are not as many."""
        count = min(len(items), self.rng.randint(low, high))
        return [item["id"] for item in self.rng.sample(items, count)]

    def canvas(self, model: dict[str, Any], path: str, size: int, style: str) -> Canvas:
        """A canvas with `size` entries, linked with each other, with goals and with initiatives."""
        rng = self.rng
        name = self.new_id(f"{model['id']} {rng.choice(WHO)}")
        fields = {
            "model": model["id"], "id": name, "title": f"{model['title']}: {rng.choice(THINGS)}",
            "team": rng.choice(TEAMS), "status": rng.choices(("active", "draft", "archived"), (8, 1, 1))[0],
            "owner": rng.choice(PEOPLE),
        }  # fmt: skip
        cells = model["cells"]
        counts = [0] * len(cells)
        for _ in range(size):
            counts[rng.randrange(len(cells))] += 1
        entries = [self.entry(cell) for cell, count in zip(cells, counts, strict=True) for _ in range(count)]
        must = {cell["id"] for cell in cells if cell.get("must-link")}
        for entry in entries:
            links = self.links_of(entry, entries, entry.cell in must)
            if links:
                entry.fields["links"] = links
        return Canvas(path, fields, entries, style)

    def entry(self, cell: dict[str, Any]) -> Entry:
        """An entry without links yet. What others answer always has an id, of the others about half."""
        rng = self.rng
        role = str(cell.get("role", ""))
        text = self.text(role)
        fields: dict[str, Any] = {}
        if role in ("problem", "segment", "pain", "gain") or rng.random() < 0.5:
            fields["id"] = self.new_id(text)
        fields["text"] = text
        if rng.random() < 0.6:
            fields["state"] = rng.choices(("fact", "assumption", "validated", "refuted"), (8, 8, 3, 1))[0]
            if fields["state"] != "assumption":
                fields["evidence"] = [f"{rng.randrange(4, 40)} interviews, {rng.choice(('May', 'June', 'July'))} 2026"]
        if rng.random() < 0.5:
            fields["importance"] = rng.randint(1, 5)
        if rng.random() < 0.05:
            fields["note"] = f"Ask {rng.choice(PEOPLE)} about it.\nThen look again {rng.choice(WHENS)}."
        return Entry(str(cell["id"]), role, fields)

    def links_of(self, entry: Entry, around: list[Entry], must_link: bool) -> list[str]:
        """Ids an entry links to: what it answers nearby, then goals and initiatives; about one in seven has none."""
        rng = self.rng
        links: list[str] = []
        if rng.random() < 0.15:
            return links
        answered = ANSWERS.get(entry.role)
        near = [each.fields for each in around if answered and each.role == answered]
        links += self.some(near, 1, 2) if near else []
        if must_link or rng.random() < 0.4:
            links += self.some(self.goals, 1, 1) if rng.random() < 0.6 else self.some(self.initiatives, 1, 2)
        return links

    def link_work_to(self, canvases: Sequence[Canvas]) -> None:
        """Link most initiatives to entries with ids as well, as people do from that side."""
        named = [entry.fields for canvas in canvases for entry in canvas.entries if "id" in entry.fields]
        for item in self.initiatives:
            item["links"] += self.some(named, 0, 4)


def as_toml(value: object) -> str:
    """A value as TOML on one line, or as a multi-line text where it has line ends."""
    if isinstance(value, str):
        if "\n" in value:
            return f'"""\n{value}"""'
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {as_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(as_toml(item) for item in value) + "]"
    return value.isoformat() if isinstance(value, date) else str(value)


def table(header: str, fields: dict[str, Any]) -> list[str]:
    """The lines of one `[[table]]`."""
    return [f"[[{header}]]", *(f"{key} = {as_toml(value)}" for key, value in fields.items())]


def inline(fields: dict[str, Any]) -> str:
    """An entry in the short form: its text alone where that is all there is."""
    return as_toml(fields["text"]) if set(fields) == {"text"} else as_toml(fields)


def canvas_lines(canvas: Canvas, rng: random.Random) -> Iterator[str]:
    """The lines of a canvas file in the habit of its style."""
    if canvas.style == "commented":
        yield f"# {canvas.fields['title']}, kept by {canvas.fields['owner']}"
    yield from (f"{key} = {as_toml(value)}" for key, value in canvas.fields.items())
    cells: dict[str, list[Entry]] = {}
    for entry in canvas.entries:
        cells.setdefault(entry.cell, []).append(entry)
    short = [
        name for name, entries in cells.items()
        if (canvas.style == "short" or (canvas.style == "mixed" and rng.random() < 0.4))
        and not any("note" in entry.fields for entry in entries)
    ]  # fmt: skip
    for name in short:
        yield ""
        yield f"{name} = ["
        yield from (f"    {inline(entry.fields)}," for entry in cells[name])
        yield "]"
    for name, entries in cells.items():
        if name in short:
            continue
        if canvas.style == "commented":
            yield ""
            yield f"# --- {name.replace('-', ' ')} ---"
        for entry in entries:
            if canvas.style != "tight":
                yield ""
            if canvas.style == "commented" and rng.random() < 0.15:
                yield f"# {rng.choice(PEOPLE)}: still true?"
            yield from table(name, entry.fields)
    if rng.random() < 0.2 and canvas.entries:
        yield ""
        yield f"[cell.{canvas.entries[0].cell}]"
        yield f'note = "Looked at on {FIRST_DAY + timedelta(days=rng.randrange(150))}"'


def work_lines(name: str, items: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The lines of the tables of goals or of initiatives, a blank line before each."""
    for item in items:
        yield ""
        yield from table(name, {key: value for key, value in item.items() if value != []})


def header_lines() -> list[str]:
    """The lines that make a file the root of a workspace."""
    return ["format = 1", 'name = "Generated"', 'vision = "Nobody does paper work after five."']


def load_models() -> dict[str, dict[str, Any]]:
    """The templates of the models in MIX, by id."""
    return {name: tomllib.loads((MODELS / f"{name}.toml").read_text("utf-8")) for name in MIX}


def spread(total: int, parts: int, rng: random.Random) -> list[int]:
    """`total` in `parts` sizes that differ by up to a third."""
    sizes = [total // parts + (index < total % parts) for index in range(parts)]
    for index in range(0, parts - 1, 2):
        moved = rng.randint(0, sizes[index + 1] // 3)
        sizes[index] += moved
        sizes[index + 1] -= moved
    return sizes


def workspace(entries: int, files: int, goals: int, initiatives: int, seed: int) -> dict[str, str]:
    """The texts of a workspace's files by path below its root: three for the header and the work, the rest canvases."""
    rng = random.Random(seed)
    maker = Maker(rng)
    maker.add_goals(goals)
    maker.add_initiatives(initiatives)
    models = load_models()
    canvases: list[Canvas] = []
    for number, size in enumerate(spread(entries, files - 3, rng), 1):
        model = models[rng.choices(list(MIX), list(MIX.values()))[0]]
        path = f"{rng.choice(TEAMS)}/{model['id']}-{number:03}.toml"
        canvases.append(maker.canvas(model, path, size, rng.choice(STYLES)))
    maker.link_work_to(canvases)
    texts = {
        "strategy.toml": header_lines(),
        "goals.toml": ["# Goals of all teams", *work_lines("goals", maker.goals)],
        "initiatives.toml": ["# What everybody works on", *work_lines("initiatives", maker.initiatives)],
    }
    texts |= {canvas.path: list(canvas_lines(canvas, rng)) for canvas in canvases}
    return {path: "\n".join(lines) + "\n" for path, lines in texts.items()}


def one_file(entries: int, goals: int, initiatives: int, seed: int) -> str:
    """A lean canvas of `entries` entries, with the goals and initiatives that it links to in the same file."""
    rng = random.Random(seed)
    maker = Maker(rng)
    maker.add_goals(goals)
    maker.add_initiatives(initiatives)
    canvas = maker.canvas(load_models()["lean-canvas"], "", entries, "commented")
    canvas.fields["status"] = "active"
    maker.link_work_to([canvas])
    lines = [*header_lines(), "", *canvas_lines(canvas, rng)]
    lines += [*work_lines("goals", maker.goals), *work_lines("initiatives", maker.initiatives)]
    return "\n".join(lines) + "\n"


def count_from(low: int) -> Any:
    """An argparse type: a whole number of at least `low`."""

    def parse(text: str) -> int:
        number = int(text)
        if number < low:
            raise argparse.ArgumentTypeError(f"{number} is too few - give {low} or more")
        return number

    parse.__name__ = "whole number"
    return parse


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(description="Write a valid workspace of any size.")
    made.add_argument("path", metavar="PATH", type=Path, help="folder to make; with --one-file, the file to make")
    made.add_argument("--entries", type=count_from(0), default=1000, help="entries in all (default: %(default)s)")
    made.add_argument("--files", type=count_from(4), default=25, help="files in all, 4 or more (default: %(default)s)")
    made.add_argument("--goals", type=count_from(1), default=12, help="default: %(default)s")
    made.add_argument("--initiatives", type=count_from(0), default=40, help="default: %(default)s")
    made.add_argument("--one-file", type=count_from(0), metavar="N", help="write one file: a canvas of N entries")
    made.add_argument("--seed", type=int, default=1, help="the same seed gives the same bytes (default: %(default)s)")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what the arguments ask for. Returns the exit code: 0 fine, 2 where something is in the way."""
    given = parser().parse_args(arguments)
    if given.one_file is not None:
        texts = {given.path: one_file(given.one_file, given.goals, given.initiatives, given.seed)}
    else:
        made = workspace(given.entries, given.files, given.goals, given.initiatives, given.seed)
        texts = {given.path / name: text for name, text in made.items()}
        if given.path.exists() and (not given.path.is_dir() or any(given.path.iterdir())):
            print(f"generate: {given.path} is there already - name a new folder or an empty one", file=sys.stderr)
            return 2
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except FileExistsError as error:
        print(f"generate: {error.filename} is there already - name another path", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"generate: cannot write {error.filename}: {error.strerror} - name another path", file=sys.stderr)
        return 2
    size = sum(len(text.encode()) for text in texts.values())
    print(f"{len(texts)} file{'s' * (len(texts) != 1)}, {size} bytes in {given.path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
