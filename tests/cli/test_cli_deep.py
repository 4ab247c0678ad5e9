"""What is too long to be read is cut and counted in text; whoever asks for data gets all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.promises.hostile import plans


@pytest.fixture
def chain(tmp_path: Path) -> Path:
    path = tmp_path / "chain.toml"
    path.write_text(plans.chain(4_000).text)
    return path


def test_the_outline_of_a_chain_ends_after_twelve_levels_and_counts_the_rest(run: Run, chain: Path) -> None:
    ran = run("show", "-w", str(chain))
    assert (ran.code, ran.err) == (0, "")
    words = " ".join(ran.out.split())
    assert words.endswith("└─ and 3,989 more - `canvas-tui how g11` shows them")  # the work at its end is one
    assert "Linked to no goal themselves" not in ran.out
    assert max(map(len, ran.lines)) <= 80


def test_a_circle_is_drawn_once_and_not_from_every_goal_in_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "circle.toml").write_text(plans.circle(300).text.partition("[[initiatives]]")[0])
    ran = run("show", "-w", str(tmp_path / "circle.toml"))
    assert ran.code == 0
    assert sum("Goal " in line for line in ran.lines) == 12
    assert " ".join(ran.out.split()).endswith("└─ and 288 more - `canvas-tui how g289` shows them")


def test_a_long_way_up_keeps_its_beginning_and_its_end(run: Run, chain: Path) -> None:
    ran = run("why", "work", "-w", str(chain))
    words = " ".join(ran.out.split())
    assert "why ▸ Goal 3999 ▸ Goal 3998 ▸" in words
    assert "▸ and 3,989 more ▸ the vision" in words
    (path,) = run("why", "work", "-w", str(chain), "--json").data("why")["paths"]
    assert len(path["path"]) == 4_002


def test_a_way_round_a_circle_too_long_to_search_is_told_all_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "circle.toml").write_text(plans.circle().text)
    assert "why ▸ Goal 8 ▸ Goal 9 ▸" in run("why", "g7", "-w", str(tmp_path / "circle.toml")).out


def test_a_how_tree_counts_what_it_does_not_draw(run: Run, chain: Path) -> None:
    ran = run("how", "g0", "-w", str(chain))
    assert ran.lines[-1].strip() == "└─ and 3,992 more - `canvas-tui how g8` shows them"
    below = run("how", "g0", "-w", str(chain), "--json").data("how")["below"]
    depth = 1
    while below[0]["below"]:
        assert "more" not in below[0]
        below, depth = below[0]["below"], depth + 1
    assert (depth, below[0]["more"]) == (8, 3_992)


def test_a_list_of_thousands_of_links_is_cut_in_text_and_whole_as_data(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "star.toml"
    path.write_text(plans.star(1_200).text)
    ran = run("show", "g", "-w", str(path))
    assert "and 1,100 more - --json has all of them" in ran.out
    assert len(run("show", "g", "-w", str(path), "--json").data("show")["backlinks"]) == 1_200


def test_a_circle_of_thousands_is_one_finding_that_names_its_ends(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "circle.toml"
    path.write_text(plans.circle().text)
    ran = run("check", str(path), "--ignore", "ownerless")
    assert ran.code == 1
    told = [line for line in ran.lines if ".toml:" in line]
    assert len(told) == 1
    assert "3,000 goals go round in a circle" in told[0]
    assert "→ g8 → and 2,991 more → g0" in told[0]
    (finding,) = run("check", str(path), "--ignore", "ownerless", "--json").data("check")["findings"]
    assert len(finding["elements"]) == 3_000
