"""The model and pure edits on it. Standard library only: no I/O, clock, environment or randomness."""
