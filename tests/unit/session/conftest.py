"""A plan on disk for every test that asks for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.refusing_disk import Disk
from tests.unit.session.plan import Begin, session_in, write_plan


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_plan(tmp_path)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


@pytest.fixture
def begin(root: Path, tmp_path: Path) -> Begin:
    """Begins one session after the other in the same plan, with the same journal."""
    return lambda: session_in(root, tmp_path / "state")
