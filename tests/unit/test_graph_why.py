"""Why is this here, and how is it carried out."""

from __future__ import annotations

import subprocess
import sys

import pytest

from canvas_tui.core.workspace import Document, Workspace
from canvas_tui.graph import StrategyGraph, goals_of, how_tree, straight_up, why_paths
from canvas_tui.graph.how import BRANCHES
from tests.unit.strategy_factory import canvas, entry, goal, work, workspace


def chain() -> Workspace:
    """easy answers late, late serves paid, paid rolls up to profitable; reminders work on late."""
    lean = canvas("lean-canvas", {"problem": [entry("late", "paid")], "solution": [entry("easy", "late")]})
    goals = [goal("profitable"), goal("paid", parent="profitable")]
    return workspace(lean, goals=goals, works=[work("reminders", "easy", "paid")])


def through(*links: str, status: str = "active") -> Workspace:
    """An entry without a goal, and an initiative that works on it and has one."""
    lean = canvas("lean-canvas", {"problem": [entry("begging", *links)]})
    return workspace(lean, goals=[goal("paid")], works=[work("test", "begging", "paid", status=status)])


def test_why_leads_step_by_step_up_to_the_vision() -> None:
    (path,) = why_paths(StrategyGraph.of(chain()), "easy")
    assert path.addresses == ("easy", "late", "paid", "profitable", "vision")
    assert path.relations == ("answers", "serves", "rolls up to", "rolls up to")
    assert path.has_goal
    assert path.through is None


def test_the_shortest_way_comes_first_and_a_limit_holds() -> None:
    graph = StrategyGraph.of(chain())
    assert [path.addresses for path in why_paths(graph, "reminders")] == [
        ("reminders", "paid", "profitable", "vision"),
        ("reminders", "easy", "late", "paid", "profitable", "vision"),
    ]
    assert [path.addresses[1] for path in why_paths(graph, "reminders", limit=1)] == ["paid"]


def test_a_way_that_reaches_a_goal_comes_before_a_shorter_one_that_does_not() -> None:
    lean = canvas("lean-canvas", {"problem": [entry("dead"), entry("late", "paid")]})
    graph = StrategyGraph.of(workspace(lean, goals=[goal("paid")], works=[work("w", "dead", "late")]))
    assert [path.addresses[1] for path in why_paths(graph, "w")] == ["late", "dead"]


def test_an_entry_without_a_goal_takes_those_of_the_initiative_that_works_on_it() -> None:
    graph = StrategyGraph.of(through())
    (path,) = why_paths(graph, "begging")
    assert path.addresses == ("begging", "test", "paid", "vision")
    assert path.relations == ("is worked on by", "serves", "rolls up to")
    assert path.through == "test"
    assert goals_of(graph, "begging") == ["paid"]
    assert graph.has_goal("begging")


def test_an_entry_with_a_goal_of_its_own_takes_none_from_initiatives() -> None:
    lean = canvas("lean-canvas", {"problem": [entry("late", "mine")]})
    goals = [goal("mine"), goal("other")]
    graph = StrategyGraph.of(workspace(lean, goals=goals, works=[work("w", "late", "other")]))
    assert goals_of(graph, "late") == ["mine"]
    assert [path.through for path in why_paths(graph, "late")] == [None]


def test_a_cancelled_initiative_gives_its_goals_to_nobody() -> None:
    graph = StrategyGraph.of(through(status="cancelled"))
    assert not graph.has_goal("begging")
    assert [path.addresses for path in why_paths(graph, "begging")] == [("begging",)]


def test_the_way_through_work_carries_on_to_what_answers_and_what_is_answered() -> None:
    """The initiative works on the problem: the solution that answers it is there for the same goal."""
    lean = canvas("lean-canvas", {"problem": [entry("p")], "solution": [entry("s", "p")]})
    graph = StrategyGraph.of(workspace(lean, goals=[goal("g")], works=[work("w", "p", "g")]))
    assert goals_of(graph, "p") == goals_of(graph, "s") == ["g"]
    path = why_paths(graph, "s", limit=1)[0]
    assert path.addresses == straight_up(graph, "s") == ("s", "p", "w", "g", "vision")
    assert path.through == "w"
    turned = StrategyGraph.of(workspace(lean, goals=[goal("g")], works=[work("w", "s", "g")]))
    assert straight_up(turned, "p") == ("p", "s", "w", "g", "vision")


def test_what_enables_work_that_has_a_goal_has_that_goal() -> None:
    works = [work("reminders", "paid", depends_on=["feed"]), work("feed"), work("campaign", promotes=["reminders"])]
    graph = StrategyGraph.of(workspace(goals=[goal("paid")], works=works))
    assert goals_of(graph, "feed") == ["paid"]
    assert not graph.has_goal("campaign")


@pytest.mark.parametrize("where", ["cell", "canvas"])
def test_a_link_of_a_cell_or_canvas_gives_what_is_in_it_no_goal(where: str) -> None:
    said = {"problem": {"links": ["paid"]}} if where == "cell" else {}
    fields = {"links": ["paid"]} if where == "canvas" else {}
    lean = canvas("lean-canvas", {"problem": [entry("alone")]}, said=said, **fields)
    graph = StrategyGraph.of(workspace(lean, goals=[goal("paid")]))
    assert not graph.has_goal("alone")
    address = "lean-canvas/problem" if where == "cell" else "lean-canvas"
    assert why_paths(graph, address)[0].addresses == (address, "paid", "vision")


def test_a_vision_alone_is_no_goal() -> None:
    lean = canvas("lean-canvas", {"problem": [entry("late", "vision")]})
    assert not StrategyGraph.of(workspace(lean)).has_goal("late")


def test_loops_end_and_are_told_once() -> None:
    works = [work("a", depends_on=["b"]), work("b", depends_on=["c"]), work("c", depends_on=["a"]), work("own")]
    goals = [goal("hen", parent="egg"), goal("egg", parent="hen"), goal("self", parent="self")]
    graph = StrategyGraph.of(workspace(goals=goals, works=[*works, work("selfish", depends_on=["selfish"])]))
    assert {loop.addresses for loop in graph.loops} == {("a", "b", "c"), ("egg", "hen"), ("self",), ("selfish",)}
    assert [path.addresses for path in why_paths(graph, "hen")] == [("hen", "egg")]
    assert [path.addresses for path in why_paths(graph, "self")] == [("self",)]
    assert {path.addresses for path in why_paths(graph, "a")} == {("a", "c", "b")}
    tree = how_tree(graph, "a")
    assert tree.children[0].address == "b"
    assert tree.children[0].children[0].children == ()


def test_a_shared_knot_of_loops_shows_a_shortest_one() -> None:
    works = [work("a", depends_on=["b"]), work("b", depends_on=["c", "a"]), work("c", depends_on=["a"])]
    assert [loop.addresses for loop in StrategyGraph.of(workspace(works=works)).loops] == [("a", "b")]


def dense(layers: int, width: int) -> Workspace:
    """Initiatives in layers, each depending on all of the layer above it: width ** layers ways up to the one goal."""
    works = [
        work(f"w{layer}-{each}", *(["g"] if layer == 0 else []), depends_on=_layer(layer + 1, width, layers))
        for layer in range(layers)
        for each in range(width)
    ]
    return workspace(goals=[goal("g")], works=works)


def _layer(layer: int, width: int, layers: int) -> list[str]:
    return [f"w{layer}-{each}" for each in range(width)] if layer < layers else []


def test_a_dense_graph_still_gives_a_way_to_the_vision() -> None:
    graph = StrategyGraph.of(dense(9, 8))
    paths = why_paths(graph, "w8-0")
    assert paths[0].addresses[-2:] == ("g", "vision")
    assert len(paths[0]) == 11


def test_a_chain_of_thousands_is_climbed_and_drawn_without_giving_up() -> None:
    works = [work(f"w{n}", *(["g"] if n == 0 else []), depends_on=[f"w{n + 1}"]) for n in range(3000)]
    graph = StrategyGraph.of(workspace(goals=[goal("g")], works=works))
    (path,) = why_paths(graph, "w2999")
    assert path.has_goal
    assert len(path) == 3002
    node = how_tree(graph, "vision", depth=5000)
    while node.children:
        (node,) = node.children
    assert node.more == 3002 - 51  # the rest is counted, not drawn


def test_the_straight_way_goes_by_the_nearest_goal_and_is_cut_where_it_is_long() -> None:
    graph = StrategyGraph.of(chain())
    assert straight_up(graph, "reminders") == ("reminders", "paid", "profitable", "vision")
    assert straight_up(graph, "reminders", length=2) == ("reminders", "paid")
    assert straight_up(graph, "vision") == ("vision",)
    assert straight_up(StrategyGraph.of(through()), "begging") == ("begging", "test", "paid", "vision")


def test_a_how_tree_is_bounded_and_counts_what_it_leaves_out() -> None:
    tree = how_tree(StrategyGraph.of(dense(9, 8)), "vision", depth=20)
    count, left_out, front = 0, 0, [tree]
    while front:
        node = front.pop()
        count += 1
        left_out += node.more
        front.extend(node.children)
    assert count <= BRANCHES + 1
    assert left_out > 0


def test_how_descends_from_the_vision_to_the_work_goals_first() -> None:
    graph = StrategyGraph.of(chain())
    tree = how_tree(graph, "vision")
    (profitable,) = tree.children
    (paid,) = profitable.children
    assert [child.address for child in paid.children] == ["late", "reminders"]
    assert [child.relation for child in paid.children] == ["serves", "serves"]
    (easy,) = paid.children[0].children
    assert [child.address for child in easy.children] == ["reminders"]
    shallow = how_tree(graph, "vision", depth=1)
    assert [(child.address, child.children, child.more) for child in shallow.children] == [("profitable", (), 4)]


def test_questions_about_nothing_have_no_answer() -> None:
    graph = StrategyGraph.of(Workspace((Document("empty.toml"),)))
    assert why_paths(graph, "nothing") == []
    assert goals_of(graph, "nothing") == []
    assert not graph.has_goal("nothing")
    with pytest.raises(KeyError):
        how_tree(graph, "nothing")


def test_chains_are_answered_and_circles_looked_for_without_loading_networkx() -> None:
    """`show` tells links, chains and orphans, and must start fast; only a circle is told with the help of networkx."""
    code = (
        "import sys; from tests.unit.strategy_factory import goal, work, workspace\n"
        "from canvas_tui.graph import StrategyGraph, coverage, why_paths\n"
        "graph = StrategyGraph.of(workspace(goals=[goal('a')], works=[work('b', 'a'), work('c', depends_on=['b'])]))\n"
        "why_paths(graph, 'a'); coverage(graph); assert graph.loops == []\n"
        "assert 'networkx' not in sys.modules\n"
        "graph = StrategyGraph.of(workspace(goals=[goal('a', parent='a')]))\n"
        "assert graph.loops and 'networkx' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
