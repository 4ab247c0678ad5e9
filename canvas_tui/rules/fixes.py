"""Lists what can be done about a finding: the fixes of its rule, and perhaps a waiver. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from canvas_tui.core.workspace import Workspace
from canvas_tui.rules.finding import Finding
from canvas_tui.rules.fix import Act, Fix
from canvas_tui.rules.offers import change_fields
from canvas_tui.rules.registry import RULES
from canvas_tui.rules.rule import STRUCTURE
from canvas_tui.rules.waivers import is_waivable

# Rules without fixes, and the reason. The advice of their findings is still shown.
WITHOUT: Mapping[str, str] = {rule.name: rule.no_fix for rule in RULES.values() if rule.no_fix}

_WAIVE = Fix(Act.WAIVE, "waive")


def fixes_of(finding: Finding, workspace: Workspace) -> tuple[Fix, ...]:
    """The fixes for a finding, the most likely first; a fix that deletes something comes after the others.

    If its element is gone, or it is about a file, the only fix is a waiver, and only if that can accept the finding.
    """
    if finding.rule in WITHOUT:
        return ()
    found = _of_its_rule(finding, workspace)
    is_structure = finding.rule in RULES and RULES[finding.rule].family == STRUCTURE
    return (*found, _WAIVE) if not is_structure and is_waivable(finding, workspace) else found


def _of_its_rule(finding: Finding, workspace: Workspace) -> tuple[Fix, ...]:
    rule = RULES.get(finding.rule)
    if rule is not None and rule.fixes_of_workspace is not None:
        return tuple(rule.fixes_of_workspace(workspace))
    item = workspace.find(finding.about.id)
    make = change_fields if rule is None else rule.fixes
    return tuple(make(finding, item, workspace)) if item is not None else ()
