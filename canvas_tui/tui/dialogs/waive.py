"""Accept a finding on purpose: the reason and until when, written as a waiver into the workspace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from canvas_tui.core.commands import Batch
from canvas_tui.core.schema import parse_date
from canvas_tui.core.waiving import waive
from canvas_tui.rules.finding import Finding
from canvas_tui.tui.account import account_name
from canvas_tui.tui.dialogs.ask import AskScreen
from canvas_tui.tui.findings.view import waiver_question

if TYPE_CHECKING:
    from canvas_tui.tui.shell import Shell


def ask_waiver(shell: Shell, findings: Sequence[Finding]) -> None:
    """Ask why, then until when, and write it: of findings of one rule, one reason for all, in one step."""
    reasons = shell.typed
    key = f"{findings[0].rule} {' '.join(finding.about.id for finding in findings)}"

    def with_reason(reason: str | None) -> None:
        if reason is not None:
            _ask_until(shell, findings, reason, lambda: reasons.pop(key, ""))

    question, hint = waiver_question(findings, shell.session.workspace)
    shell.ask(
        AskScreen(
            question,
            reasons.get(key, ""),
            on_draft=lambda text: reasons.update({key: text}),
            placeholder="the reason, for whoever reads it next",
            enter="go on",
            hint=hint,
            check=lambda text: "" if text else "a waiver needs a reason - say why this is fine",
        ),
        with_reason,
    )


def _ask_until(shell: Shell, findings: Sequence[Finding], reason: str, done: Callable[[], object]) -> None:
    def with_day(text: str | None) -> None:
        if text is None:
            return
        until = parse_date(text) if text else None
        rule, elements = findings[0].rule, dict.fromkeys(finding.about.id for finding in findings)
        waivers = tuple(waive(rule, element, reason, account_name(), until) for element in elements)
        command = waivers[0] if len(waivers) == 1 else Batch(waivers)
        times = f" {len(waivers)} times" if len(waivers) > 1 else ""
        if shell.edit(command, f"Waived {rule}{times}") is not None:
            done()

    shell.ask(
        AskScreen(
            "Until when? The last day it is fine; empty for always",
            placeholder="YYYY-MM-DD",
            enter="waive",
            check=lambda text: complaint_about_day(text, shell.session.today),
        ),
        with_day,
    )


def complaint_about_day(text: str, today: date) -> str:
    """What is wrong with a waiver's last day as typed, or ""."""
    if not text:
        return ""
    try:
        until = parse_date(text)
    except ValueError:
        return f"'{text}' is no date - write it like 2027-06-30"
    return "that day is past - a waiver holds until a day to come" if until < today else ""
