"""`canvas-tui models`: the kinds of canvas there are, the workspace's own among them."""

from __future__ import annotations

import argparse

from canvas_tui.cli.exits import FINE, Failure
from canvas_tui.cli.output import Output, Styled
from canvas_tui.core.template import Template

DESCRIPTION = "List the kinds of canvas: the built-in ones, and those in the workspace's folder models/."
EXAMPLES = 'A canvas names its model in its file: model = "lean-canvas".'


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own but where to look."""
    parser.add_argument(
        "-w", "--workspace", metavar="PATH", help="the workspace (default: the nearest at or above this folder, if any)"
    )


def run(args: argparse.Namespace, out: Output) -> int:
    """Print every model; an alias is a row of its own in JSON, and told with its model in text."""
    templates = _templates(args.workspace)
    if args.json:
        rows = [
            {"id": name, "title": template.title, "cells": list(template.cell_ids)}
            for template in templates
            for name in (template.id, *template.aliases)
        ]
        out.data("models", sorted(rows, key=lambda row: str(row["id"])))
        return FINE
    for template in templates:
        also = f"  (also {', '.join(template.aliases)})" if template.aliases else ""
        out.line(Styled(template.id, "bold"), f"  {template.title}{also}")
        out.paragraph(", ".join(template.cell_ids), first="    ", style="dim")
    return FINE


def _templates(path: str | None) -> list[Template]:
    """Every model once, by id; an alias names the same template and is not told twice."""
    from canvas_tui.cli.loading import load
    from canvas_tui.storage.read.templates import builtin_templates

    try:
        known = load(path).workspace.templates
    except Failure:
        if path is not None:
            raise
        known = builtin_templates()
    once = {template.id: template for template in known.values()}
    return [once[name] for name in sorted(once)]
