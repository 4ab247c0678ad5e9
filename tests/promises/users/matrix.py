"""The permission matrix as figures: the cases are tests, run here as they stand and counted.

Mode, owner, group, ACL, extended attributes, sticky and setgid folders, links, mounts, full disks, planted files.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests.promises.app import REPOSITORY

# What is counted together, and where its cases stand.
GROUPS = {
    "one save, files of every kind of permission": "tests/unit/test_commit_permissions.py",
    "two users and a reader in one folder": "tests/promises/users/test_shared_folder.py",
    "presence of two users": "tests/promises/together/test_users.py",
}


@dataclass
class Outcome:
    """How many cases there were; the names of those that failed, and why others could not be run here."""

    cases: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def run(tests: str) -> Outcome:
    """Run the cases of one file."""
    with tempfile.TemporaryDirectory(prefix="canvas-tui-matrix-") as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", tests]
        subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL, check=False)
        return counted(report.read_text(encoding="utf-8"))


def counted(report: str) -> Outcome:
    """What a report in JUnit's XML says."""
    outcome = Outcome()
    for case in ElementTree.fromstring(report).iter("testcase"):
        name = case.get("name", "")
        outcome.cases += 1
        if case.find("failure") is not None or case.find("error") is not None:
            outcome.failed.append(name)
        elif (skipped := case.find("skipped")) is not None:
            outcome.skipped.append(skipped.get("message", ""))
    return outcome
