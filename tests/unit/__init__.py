"""Tests of everything below the terminal, without files where the core is enough."""
