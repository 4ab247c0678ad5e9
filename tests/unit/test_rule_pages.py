"""The examples on the pages of rules are true: in one the rule finds something, in the other it does not."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from canvas_tui.__main__ import main
from canvas_tui.rules import RULES
from tests.unit.left_saves import left_rescued, planted
from tests.unit.strategy_factory import TODAY, VISION_TEXT, templates

_NAMED = re.compile(r"\s*# ([^,\n]+\.(?:toml|rescued))(?:,.*)?\n")  # a text that says which file it is
_BLOCK = re.compile(r"(?m)^(?=\[)")
_MODELS = (
    "lean-canvas",
    "swot",
    "go-to-market",
    "marketing-mix-4p",
    "value-proposition-canvas",
    "positioning",
    "persona",
)


@pytest.mark.parametrize("rule", RULES)
def test_the_wrong_example_is_found_and_the_right_one_is_not(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    page = RULES[rule].page
    for name, example in (("wrong", page.wrong), ("right", page.right)):
        write(tmp_path / name, page.beside, example, is_ours=rule == "half-saved")
        main(["check", str(tmp_path / name), "--select", rule, "--today", str(TODAY), "--json"])
        told = [(each["rule"], each["message"]) for each in json.loads(capsys.readouterr().out)["data"]["findings"]]
        assert {each for each, _ in told} == ({rule} if name == "wrong" else set()), (name, told)


@pytest.mark.parametrize("rule", RULES)
def test_an_example_is_wrong_in_nothing_else(rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever copies the right one has a file that can be read and says what it seems to say."""
    write(tmp_path / "plan", RULES[rule].page.beside, RULES[rule].page.right)
    asked = ["invalid-value", "unknown-cell", "dangling-link", "duplicate-id", "cycle"]
    code = main(["check", str(tmp_path / "plan"), "--select", ",".join(asked), "--today", str(TODAY)])
    assert code == 0, capsys.readouterr().out


def write(folder: Path, beside: str, example: str, *, is_ours: bool = False) -> None:
    """A workspace of both texts. A text that begins with keys is a file; of any other each table goes where it belongs.

    `is_ours`: a save of this account left what looks like that.
    """
    folder.mkdir()
    files = {"strategy.toml": f'format = 1\nvision = "{VISION_TEXT}"\n'}
    for text in filter(None, (beside, example)):
        if named := _NAMED.match(text):
            files[named[1]] = text
        elif not text.lstrip().startswith("["):
            files[f"file-{len(files)}.toml"] = text
        else:
            for block in _BLOCK.split(text.strip() + "\n"):
                _put(files, block)
    for name, text in files.items():
        if not name.endswith(".rescued"):
            (folder / name).write_text(text, encoding="utf-8")
    for name, text in files.items():
        if name.endswith(".rescued"):
            (left_rescued if is_ours else planted)(
                folder / "goals.toml", text.encode(), *() if is_ours else (".rescued",)
            )


def _put(files: dict[str, str], block: str) -> None:
    """A table into the file where such tables stand: the header, goals and work, or a canvas that has the cell."""
    if not block.strip():
        return
    key, value = next(iter(tomllib.loads(block).items()))
    if key == "waivers":
        name = "strategy.toml"
    elif key in ("goals", "initiatives", "experiments"):
        name = "work.toml"
    else:
        cell = next(iter(value)) if key == "cell" else key
        has_cell = [each for each in files if _has(files[each], cell)]
        model = next((each for each in _MODELS if templates()[each].cell(cell) is not None), None)
        assert has_cell or model, cell
        name = has_cell[0] if has_cell else f"{model}.toml"
        if not has_cell:
            files[name] = f'model = "{model}"\n\n'
    files[name] = files.get(name, "") + "\n" + block


def _has(text: str, cell: str) -> bool:
    model = tomllib.loads(text).get("model")
    return isinstance(model, str) and templates()[model].cell(cell) is not None
