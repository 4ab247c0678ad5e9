"""Accept a finding on purpose: the reason and until when, written as a waiver into the workspace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from canvas_tui.core.schema import parse_date
from canvas_tui.core.waiving import waive
from canvas_tui.rules.finding import Finding
from canvas_tui.tui.dialogs.ask import AskScreen
from canvas_tui.tui.views.findings import waiver_question

if TYPE_CHECKING:
    from canvas_tui.tui.screens.base import CanvasScreen


def ask_waiver(screen: CanvasScreen, finding: Finding, reasons: dict[str, str]) -> None:
    """Ask why, then until when, and write it. `reasons` keeps what was typed and not written yet, by finding."""
    key = f"{finding.rule} {finding.about.id}"

    def with_reason(reason: str | None) -> None:
        if reason is not None:
            _ask_until(screen, finding, reason, lambda: reasons.pop(key, ""))

    question, hint = waiver_question(finding, screen.controller.workspace)
    screen.app.push_screen(
        AskScreen(
            question,
            reasons.get(key, ""),
            on_draft=lambda text: reasons.update({key: text}),
            placeholder="the reason, for whoever reads it next",
            enter="go on",
            hint=hint,
            check=lambda text: "" if text else "a waiver needs a reason - say why this is fine",
            marks=screen.marks,
        ),
        with_reason,
    )


def _ask_until(screen: CanvasScreen, finding: Finding, reason: str, done: Callable[[], object]) -> None:
    def with_day(text: str | None) -> None:
        if text is None:
            return
        until = parse_date(text) if text else None
        command = waive(finding.rule, finding.about.id, reason, _who(), until)
        if screen.canvas_app.edit(command, f"Waived {finding.rule}") is not None:
            done()

    screen.app.push_screen(
        AskScreen(
            "Until when? The last day it is fine; empty for always",
            placeholder="YYYY-MM-DD",
            enter="waive",
            check=lambda text: complaint_about_day(text, screen.controller.today),
            marks=screen.marks,
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


def _who() -> str:
    """The login name, for the waiver's reader; "" where the system knows none. The environment is not asked."""
    import os
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return ""
