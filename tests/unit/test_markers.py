"""Files full of conflict markers are taken apart, whoever wrote the markers."""

from __future__ import annotations

import pytest

from canvas_tui.storage.merge.markers import NotTwoSides, Versions, has_markers, take_apart

BASE, OURS, THEIRS = 'a = 1\nb = "x"\nc = 3\n', 'a = 1\nb = "y"\nc = 3\n', 'a = 1\nb = "z"\nc = 3\n'
MERGE = 'a = 1\n<<<<<<< HEAD\nb = "y"\n=======\nb = "z"\n>>>>>>> topic\nc = 3\n'
DIFF3 = 'a = 1\n<<<<<<< HEAD\nb = "y"\n||||||| 1234567\nb = "x"\n=======\nb = "z"\n>>>>>>> topic\nc = 3\n'
JJ_DIFF = """\
a = 1
<<<<<<< Conflict 1 of 1
%%%%%%% Changes from base to side #1
-b = "x"
+b = "y"
+++++++ Contents of side #2
b = "z"
>>>>>>> Conflict 1 of 1 ends
c = 3
"""
JJ_NEW = """\
a = 1
<<<<<<< conflict 1 of 1
%%%%%%% diff from: abcdefgh "base"
\\\\\\\\\\\\\\        to: ijklmnop "one"
-b = "x"
+b = "y"
+++++++ qrstuvwx "other"
b = "z"
>>>>>>> conflict 1 of 1 ends
c = 3
"""
JJ_SNAPSHOT = """\
a = 1
<<<<<<< Conflict 1 of 1
+++++++ Contents of side #1
b = "y"
------- Contents of base
b = "x"
+++++++ Contents of side #2
b = "z"
>>>>>>> Conflict 1 of 1 ends
c = 3
"""


@pytest.mark.parametrize("text", [DIFF3, JJ_DIFF, JJ_NEW, JJ_SNAPSHOT], ids=["diff3", "jj", "newer jj", "snapshots"])
def test_markers_that_tell_the_base_give_all_three_versions(text: str) -> None:
    assert has_markers(text)
    assert take_apart(text) == Versions(BASE, OURS, THEIRS, True)


def test_without_a_base_what_both_have_is_all_that_is_known_of_it() -> None:
    assert take_apart(MERGE) == Versions("a = 1\nc = 3\n", OURS, THEIRS, False)


def test_markers_may_be_longer_and_lines_may_end_in_crlf() -> None:
    longer = MERGE.replace("<<<<<<<", "<" * 12).replace("=======", "=" * 12).replace(">>>>>>>", ">" * 12)
    assert take_apart(longer.replace("\n", "\r\n")).ours == OURS.replace("\n", "\r\n")
    rule = "# ------- \n# =======\n"
    assert take_apart(rule + MERGE).theirs == rule + THEIRS
    assert not has_markers(rule + BASE)


@pytest.mark.parametrize(
    "text",
    [
        "<<<<<<< a\nb\n",
        "<<<<<<< a\nb\n>>>>>>> c\n",
        "<<<<<<< a\nb\n=======\nc\n=======\nd\n>>>>>>> e\n",
        JJ_SNAPSHOT.replace("c = 3", "").replace(">>>>>>> C", "+++++++ Contents of side #3\nb = 1\n>>>>>>> C"),
    ],
)
def test_what_has_no_two_sides_is_told(text: str) -> None:
    with pytest.raises(NotTwoSides, match=r"line 1|line 2"):
        take_apart(text)
