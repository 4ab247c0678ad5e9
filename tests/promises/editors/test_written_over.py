"""An edit that another program wrote over is told by name and brought back on one key; `u` does not say nonsense."""

from __future__ import annotations

import pytest

from tests.promises.editors.written_over import EDITS, PROGRAMS, Program, run, run_on_purpose


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("program", PROGRAMS)
def test_an_edit_written_over_is_told_and_brought_back(program: Program, edit: str) -> None:
    outcome = run(program, edit)
    assert outcome.wrong == []
    assert (outcome.lost, outcome.told, outcome.back) == (1, 1, 1)


def test_control_what_somebody_took_out_who_had_read_it_is_not_told_as_written_over() -> None:
    assert not run_on_purpose()
