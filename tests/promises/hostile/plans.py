"""Plans that are valid, within every limit, and as deep, dense or long as a file can make them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple


class Plan(NamedTuple):
    """A strategy in one file: its text, and an element in the thick of it."""

    text: str
    element: str


def circle(count: int = 3_000) -> Plan:
    """Goals that are parents of each other, all in one circle, with an initiative for each."""
    goals = (_goal(number, parent=f"g{(number + 1) % count}") for number in range(count))
    work = "".join(
        f'[[initiatives]]\nid = "i{number}"\ntitle = "Work"\nlinks = ["g{number}"]\n' for number in range(900)
    )
    return Plan("".join(goals) + work, "g7")


def chain(count: int = 4_000) -> Plan:
    """Goals, each the parent of the next, with work on the lowest."""
    goals = (_goal(number, parent=f"g{number - 1}" if number else "") for number in range(count))
    work = f'[[initiatives]]\nid = "work"\ntitle = "Work"\nlinks = ["g{count - 1}"]\n'
    return Plan('vision = "Far up"\n' + "".join(goals) + work, "work")


def dense(count: int = 3_000, each: int = 46) -> Plan:
    """Initiatives that all depend on each other, each directly on as many as a file may hold."""
    goal = '[[goals]]\nid = "g"\ntitle = "Goal"\n'
    initiatives = "".join(
        f'[[initiatives]]\nid = "i{number}"\ntitle = "Work {number}"\nlinks = ["g"]\ndepends-on = ['
        + ", ".join(f'"i{(number + step * step) % count}"' for step in range(1, each))
        + "]\n"
        for number in range(count)
    )
    return Plan(goal + initiatives, "i7")


def long_chain_of_work(count: int = 4_000) -> Plan:
    """Initiatives, each waiting for the next, the first without a goal, the last with one."""
    goal = '[[goals]]\nid = "g"\ntitle = "Goal"\n'
    work = (
        f'[[initiatives]]\nid = "i{number}"\ntitle = "Work {number}"\n'
        + (f'depends-on = ["i{number + 1}"]\n' if number + 1 < count else 'links = ["g"]\n')
        for number in range(count)
    )
    return Plan(goal + "".join(work), f"i{count // 2}")


def star(count: int = 4_900) -> Plan:
    """One goal, and everything else right below it."""
    goal = '[[goals]]\nid = "g"\ntitle = "Goal"\n'
    return Plan(goal + "".join(_goal(number, parent="g") for number in range(count)), "g")


def ladder(steps: int = 900) -> Plan:
    """Entries that answer each other in many ways: twice as many ways up with every step."""
    rungs = "".join(
        f'[[initiatives]]\nid = "{side}{number}"\ntitle = "Work"\n'
        + (f'depends-on = ["a{number + 1}", "b{number + 1}"]\n' if number + 1 < steps else "")
        + ('links = ["g"]\n' if not number else "")
        for number in range(steps)
        for side in "ab"
    )
    return Plan('[[goals]]\nid = "g"\ntitle = "Goal"\n' + rungs, f"a{steps - 1}")


def marks(size: int = 1_900_000) -> Plan:
    """One entry whose text is combining characters and nothing else."""
    return Plan(_one_text("\u0301" * (size // 2)), "deep")


def marked_letters(size: int = 1_900_000) -> Plan:
    """One entry of letters with marks, without a space."""
    return Plan(_one_text("e\u0301" * (size // 3)), "deep")


def heaped_marks(size: int = 1_700_000) -> Plan:
    """One entry whose marks are all in the wrong order, and a link that is the same: sorting them takes minutes."""
    link = "\u0301\u0316" * 40_000
    return Plan(_one_text("\u0301\u0316" * (size // 4)) + f'links = ["{link}"]\n', "deep")


def nowhere(count: int = 40_000) -> Plan:
    """One entry with links that all lead nowhere: a finding each."""
    links = ", ".join(f'"x{number}"' for number in range(count))
    return Plan(f"{_one_text('Here').replace('Next', 'Other')}links = [{links}]\n", "deep")


def joined_pictures(size: int = 1_900_000) -> Plan:
    """One entry of emoji that are all joined into one."""
    return Plan(_one_text("\U0001f469" + "\u200d\U0001f469" * (size // 7)), "deep")


def hidden(size: int = 1_900_000) -> Plan:
    """One entry of characters that turn a line round, each of which is shown by its name."""
    return Plan(_one_text("a\u202e" * (size // 4)), "deep")


def one_word(size: int = 1_900_000) -> Plan:
    """One entry that is one word."""
    return Plan(_one_text("x" * size), "deep")


def many_words(size: int = 1_900_000) -> Plan:
    """One entry of very many short words."""
    return Plan(_one_text("a " * (size // 2)), "deep")


def many_lines(size: int = 1_900_000) -> Plan:
    """One entry of very many lines."""
    return Plan(_one_text("\\n" * 70_000 + "x" * (size - 140_000)), "deep")


def _one_text(text: str) -> str:
    return (
        f'model = "lean-canvas"\nid = "lean"\n[[problem]]\nid = "deep"\ntext = "{text}"\n[[problem]]\ntext = "Next"\n'
    )


def _goal(number: int, *, parent: str) -> str:
    line = f'parent = "{parent}"\n' if parent else ""
    return f'[[goals]]\nid = "g{number}"\ntitle = "Goal {number}"\n{line}'


PLANS: Mapping[str, Callable[[], Plan]] = {
    make.__name__: make
    for make in (
        *(circle, chain, dense, long_chain_of_work, star, ladder),
        *(heaped_marks, nowhere, marks, marked_letters, joined_pictures, hidden, one_word, many_words, many_lines),
    )
}


def written(name: str, folder: Path) -> tuple[Path, str]:
    """The plan of that name as a file in the folder, and its element."""
    plan = PLANS[name]()
    path = folder / f"{name}.toml"
    path.write_text(plan.text, encoding="utf-8")
    return path, plan.element
