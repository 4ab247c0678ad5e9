"""A plan for every test that asks for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.promises.app import copy_of_sample


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of the sample."""
    return copy_of_sample(tmp_path / "plan")
