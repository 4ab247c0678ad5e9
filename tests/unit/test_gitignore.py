"""What a .gitignore means is what git says it means."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from canvas_tui.storage.read.gitignore import Patterns

LINES = r"""*.toml !lean.toml build/ /build a/** **/b a/**/b foo* *a*b [ab]c [!a]c [^a]c \#x \!x doc/*.toml /doc/* **
    **/ a/ * !a/ ? x?y [a-c]* []a]c [z-a] a**b a/b !a/b [ x[ foo/**/bar/ **/foo/** \* [\]] [a-] #c ! / // !! a[!]]b [[]x
    ***""".split()
LINES += ["x\\ ", "a b ", " lead", "\\", "a\\"]
NAMES = "a b c ac bc lean.toml x.toml build foo foobar doc #x !x x xay ]c [ x[ * ] axb bar a]b acb [x -".split()
NAMES += ["x ", "a b", " lead"]


def ignored(patterns: Patterns, path: str, *, is_folder: bool) -> bool:
    parts = path.split("/")
    found = False
    for length in range(1, len(parts) + 1):
        verdict = patterns.verdict(parts[:length], is_folder=is_folder or length < len(parts))
        if verdict is True:
            return True
        found = False if verdict is None else verdict
    return found


@pytest.mark.skipif(shutil.which("git") is None, reason="git is what it is compared with")
@pytest.mark.parametrize("seed", range(6))
def test_the_same_names_are_ignored_as_by_git(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    paths: dict[str, bool] = {}
    for _ in range(60):
        parts = rng.choices(NAMES, k=rng.randint(1, 3))
        for length in range(1, len(parts) + 1):
            at, is_last = tmp_path.joinpath(*parts[:length]), length == len(parts)
            if not at.exists():
                if is_last and rng.random() < 0.6:
                    at.write_text("")
                else:
                    at.mkdir()
            elif at.is_file():
                break
    for at in tmp_path.rglob("*"):
        if ".git" not in at.relative_to(tmp_path).parts:
            paths[str(at.relative_to(tmp_path))] = at.is_dir()
    command = ["git", "-C", str(tmp_path), "check-ignore", "--no-index", "-z", "--stdin"]
    for _ in range(25):
        lines = rng.sample(LINES, rng.randint(1, 4))
        (tmp_path / ".gitignore").write_text("\n".join(lines) + "\n")
        ran = subprocess.run(command, input="\0".join(paths).encode(), capture_output=True, check=False)
        by_git = set(ran.stdout.decode().split("\0")) - {""}
        patterns = Patterns(lines)
        ours = {path for path, is_folder in paths.items() if ignored(patterns, path, is_folder=is_folder)}
        assert ours == by_git, lines


def test_lines_made_to_go_on_for_ever_are_matched_at_once() -> None:
    patterns = Patterns(["*a" * 200 + "b", "**/a" * 120 + "/b", "[" * 400, "!" + "?*" * 200])
    path = ["a" * 255] * 12
    assert patterns.verdict(path, is_folder=False) is False  # the last line; it takes ?*?*... and ends


def test_too_long_a_line_is_passed_over() -> None:
    assert not Patterns(["a" * 501, "# only a comment", "", "   "])
