"""Speed budgets, each measured against its reference in one run: `python -m tests.bench`."""
