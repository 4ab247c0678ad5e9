"""`python -m tests.corpus`: precision and recall of every rule, and what is wrong, missed or not labelled yet."""

from __future__ import annotations

from tests.corpus import faults_without_rule, strategies, table, tallies


def main() -> None:
    print(table())
    for strategy in strategies():
        for finding in strategy.found:
            if strategy.verdicts.get((finding.rule, finding.about.id)) is False:
                print(f"wrong: {strategy.name}: {finding.rule}: {finding.about.id}: {finding.message}")
        for fault in strategy.faults:
            if fault.rule in tallies() and not strategy.is_told(fault):
                print(f"missed: {strategy.name}: {fault.rule}: {', '.join(sorted(fault.elements))}: {fault.why}")
    for name, tally in tallies().items():
        for each in tally.unlabelled:
            print(f"not labelled: {name}: {each}")
    without = faults_without_rule()
    names = ", ".join(f"{name} {count}" for name, count in without.most_common())
    print(f"{without.total()} more faults have no rule yet: {names}")


if __name__ == "__main__":
    main()
