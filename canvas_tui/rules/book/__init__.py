"""The rule book: every rule, declared beside the function that finds where it holds. The registry lists the modules."""
