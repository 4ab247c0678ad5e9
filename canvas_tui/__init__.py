"""canvas-tui: strategy as text. Canvases, goals and initiatives in TOML, edited and checked in a terminal."""

__version__ = "0.1.0"
