"""Reads model templates from the package's `models/` folder and from that of a workspace.

A built-in template is parsed when it is first asked for: opening one canvas costs one template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from canvas_tui.core.copies import originals_of
from canvas_tui.core.template import Template, TemplateError, template_from
from canvas_tui.core.workspace import Copy, Problem
from canvas_tui.storage.read.safe_open import FileProblem
from canvas_tui.storage.read.syntax import NotToml, Parsed, parse_toml

MODELS_FOLDER = "models"
_BUILTIN = Path(__file__).parents[2] / MODELS_FOLDER
_ID = r"""(?m)^id\s*=\s*["']([^"'\n]*)["']"""  # compiled when asked for; `re` keeps them
_ALIASES = r"(?m)^aliases\s*=\s*\[([^\]]*)\]"


class BuiltinTemplates(Mapping[str, Template]):
    """The package's templates by id. An alias finds its template too, but is not listed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ids = tuple(sorted(path.stem for path in folder.glob("*.toml")))
        self._known = frozenset(self._ids)
        self._loaded: dict[str, Template] = {}
        self._aliases: dict[str, str] | None = None

    def __getitem__(self, name: str) -> Template:
        if name not in self._loaded:
            if name in self._known:
                parsed = parse_toml(name, (self._folder / f"{name}.toml").read_bytes())
                self._loaded[name] = template_from(parsed.data)
            else:
                self._loaded[name] = self[self._alias_of(name)]
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, name: object) -> bool:
        return name in self._known or (isinstance(name, str) and name in self._all_aliases())

    def _alias_of(self, name: str) -> str:
        return self._all_aliases()[name]

    def _all_aliases(self) -> dict[str, str]:
        """Alias -> id, found in the files' texts without parsing them."""
        if self._aliases is None:
            self._aliases = {}
            for identity in self._ids:
                data = (self._folder / f"{identity}.toml").read_bytes()
                for match in re.finditer(_ALIASES, data.decode("utf-8")) if b"aliases" in data else ():
                    for alias in re.findall(r"[\"']([^\"']+)[\"']", match[1]):
                        self._aliases.setdefault(alias, identity)
        return self._aliases


class OwnTemplates(Mapping[str, Template]):
    """A workspace's own templates and the built-in ones; an own one replaces a built-in one of the same name."""

    def __init__(
        self, own: Mapping[str, Template], builtin: Mapping[str, Template], broken: frozenset[str] = frozenset()
    ) -> None:
        self._own, self.broken = dict(own), broken
        self._aliases = {alias: each for each in own.values() for alias in each.aliases}
        self._builtin = builtin

    def __getitem__(self, name: str) -> Template:
        found = self._own.get(name) or self._aliases.get(name)
        return found if found is not None else self._builtin[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        yield from (name for name in self._builtin if name not in self._own)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        return name in self._own or name in self._aliases or name in self._builtin


def is_broken(templates: Mapping[str, Template], name: str) -> bool:
    """Whether a model of this name may be in a file that cannot be used. Then that file is reported, not the name."""
    return isinstance(templates, OwnTemplates) and name in templates.broken


@cache
def builtin_templates() -> Mapping[str, Template]:
    """The models of the package, by id and by alias."""
    return BuiltinTemplates(_BUILTIN)


def read_own_templates(
    names: list[str], read: Callable[[str], bytes]
) -> tuple[Mapping[str, Template], tuple[Problem, ...], tuple[Copy, ...]]:
    """The templates in the workspace's `models/` folder, the problems in them, and which of the files are copies.

    `names` are the files in that folder. `read` gives the bytes of a file by its path in the workspace, or raises
    FileProblem.
    """
    own: dict[str, Template] = {}
    from_file: dict[str, str] = {}
    problems: list[Problem] = []
    texts = dict(_read_texts(names, read, problems))
    copies = tuple(_copies(names, texts))
    for name in names:
        path = f"{MODELS_FOLDER}/{name}"
        if path not in texts or any(copy.file == path for copy in copies):
            continue
        try:
            parsed = parse_toml(path, texts[path])
        except NotToml as problem:
            problems += problem.problems
            continue
        try:
            template = template_from(parsed.data)
        except TemplateError as error:
            problems += _located(path, parsed, str(error))
        except (TypeError, ValueError, AttributeError):
            problems.append(Problem(path, 1, "a value has the wrong type", "compare it with a built-in model"))
        else:
            other = from_file.setdefault(template.id, path)
            if other == path:
                own[template.id] = template
            else:
                what = f"the model '{template.id}' is in {other} already, so this one is not used"
                problems.append(Problem(path, 1, what, "give it another id"))
    broken = frozenset(problem.file for problem in problems)
    names_of_broken = frozenset(name.removesuffix(".toml") for name in names if f"{MODELS_FOLDER}/{name}" in broken)
    is_own = own or broken
    templates = OwnTemplates(own, builtin_templates(), names_of_broken) if is_own else builtin_templates()
    return templates, tuple(problems), copies


def _read_texts(names: list[str], read: Callable[[str], bytes], problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        path = f"{MODELS_FOLDER}/{name}"
        try:
            yield path, read(path)
        except FileProblem as problem:
            problems.append(Problem(path, 0, problem.message, problem.hint))


def _copies(names: list[str], texts: Mapping[str, bytes]) -> Iterator[Copy]:
    """The copies among the models. A name that people give too makes a copy only if the id is the original's."""
    for copy, original, is_certain in originals_of(f"{MODELS_FOLDER}/{name}" for name in names):
        if is_certain or (copy in texts and original in texts and _id_in(texts[copy]) == _id_in(texts[original])):
            yield Copy(copy, original)


def _id_in(text: bytes) -> str:
    """The id in a template's text, found without parsing it, because a copy may be invalid."""
    found = re.search(_ID, text.decode("utf-8", errors="replace"))
    return found[1] if found else ""


def _located(path: str, parsed: Parsed, said: str) -> Iterator[Problem]:
    """The problems of a template, each at the cell it names first."""
    cells = parsed.data.get("cells")
    ids = [cell.get("id") if isinstance(cell, dict) else None for cell in cells] if isinstance(cells, list) else []
    heads = [head for head in parsed.scan.heads if head.is_array and head.path == ("cells",)]
    for line in said.split("\n"):
        what, _, hint = line.partition(" - ")
        named = re.search(r"cells? '([^']*)'|cell (\d+)", what)
        index = -1
        if named:
            index = int(named[2]) - 1 if named[2] else (ids.index(named[1]) if named[1] in ids else -1)
        at = heads[index].line if 0 <= index < len(heads) else 1
        yield Problem(path, at, what, hint)
