"""What only TOML 1.1 allows is told by that name, with what to write instead; other mistakes are not taken for it."""

from __future__ import annotations

import pytest

from canvas_tui.storage.read.syntax import NotToml, parse_toml


def told(text: str) -> str:
    with pytest.raises(NotToml) as raised:
        parse_toml("plan.toml", f"# a plan\n\n{text}\n".encode())
    return str(raised.value.problems[0])


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("metric = { name = 'NPS',\n target = 4 }", 3, "write it on one line"),
        ("metric = {\n name = 'NPS' }", 3, "write it on one line"),
        ("metric = { name = 'NPS', # why\n target = 4 }", 3, "write it on one line"),
        ("metric = { name = 'NPS'\n , target = 4 }", 3, "write it on one line"),
        ("metric = { name = 'NPS',\r\n target = 4 }", 3, "write it on one line"),
        ("metric = { name = 'NPS', }", 3, "take the comma out"),
        ('title = "\\e[0m"', 3, "write \\u001b instead"),
        ('title = """one\ntwo \\e"""', 4, "write \\u001b instead"),
        ('title = "caf\\xe9"', 3, "write \\u00e9 instead"),
        ("at = 07:32", 3, "write 07:32:00"),
        ("at = 2027-05-27T07:32", 3, "write 2027-05-27T07:32:00"),
        ("at = 2027-05-27 07:32Z", 3, "write 2027-05-27 07:32:00"),
        ("at = [07:32, 08:15]", 3, "write 07:32:00"),
    ],
)
def test_what_is_toml_1_1_is_called_so(text: str, line: int, hint: str) -> None:
    said = told(text)
    assert said.startswith(f"plan.toml:{line}: ")
    assert "TOML 1.1" in said
    assert f" - {hint}" in said


@pytest.mark.parametrize(
    "text",
    [
        'path = "C:\\temp\\users"',
        'path = "C:\\xampp"',
        "metric = { name = 'NPS' target = 4 }",
        "metric = { name = 'NPS'\nnext = 1",
        "[\n",
        "a.\n",
        "at = 2027-05-27 today",
        "title = one",
        "= 3",
    ],
)
def test_what_no_toml_allows_is_not_called_toml_1_1(text: str) -> None:
    assert "1.1" not in told(text)
