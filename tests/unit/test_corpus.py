"""Strategists agree with what is told, and what they would tell is told, on the labelled strategies."""

from __future__ import annotations

import pytest

from tests.corpus import Strategy, Tally, overall, strategies, table, tallies
from tests.readme import RULES_PAGE, with_part

ENOUGH = 10  # findings or faults of a rule from which on its share says something


def test_every_finding_of_the_corpus_has_a_verdict() -> None:
    assert [each for tally in tallies().values() for each in tally.unlabelled] == []


def test_strategists_agree_with_nine_of_ten_findings_and_with_most_of_each_rule() -> None:
    every = tallies()
    assert (overall(every).precision or 0) >= 0.9
    many = {name: tally for name, tally in every.items() if tally.agreed + tally.disagreed >= ENOUGH}
    assert len(many) >= 4
    assert {name: tally.precision for name, tally in many.items() if (tally.precision or 0) < 0.84} == {}


def test_most_of_what_strategists_would_tell_is_told() -> None:
    assert (overall(tallies()).recall or 0) >= 0.85


def test_the_figures_in_the_rules_page_are_fresh() -> None:
    text = RULES_PAGE.read_text()
    assert with_part(text, "corpus", table()) == text, "python -m tests.readme writes it anew"


@pytest.mark.parametrize("strategy", strategies(), ids=lambda each: each.name)
def test_a_labelled_strategy_is_whole(strategy: Strategy) -> None:
    assert strategy.faults
    assert len(strategy.verdicts) > 5
    assert all(fault.why and fault.elements for fault in strategy.faults)


def test_the_corpus_is_of_many_trades() -> None:
    assert len(strategies()) >= 12


def test_shares_are_counted_of_what_is_labelled() -> None:
    tally = Tally(agreed=3, disagreed=1, told=1, missed=0)
    assert (tally.precision, tally.recall) == (0.75, 1.0)
    assert (Tally().precision, Tally().recall) == (None, None)
