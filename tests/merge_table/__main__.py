"""`python -m tests.merge_table`: make the table in docs/merge.md anew."""

from __future__ import annotations

from tests.merge_table import PAGE, page_with, table

if __name__ == "__main__":
    PAGE.write_text(page_with(PAGE.read_text(), table()))
