"""The reader half of storage: files to a workspace. Standard library only; a read-only process imports no more."""

from canvas_tui.storage.read.document import parse_document
from canvas_tui.storage.read.folder import ReadError
from canvas_tui.storage.read.templates import builtin_templates
from canvas_tui.storage.read.workspace import Loaded, find_root, read_workspace, refresh

__all__ = ["Loaded", "ReadError", "builtin_templates", "find_root", "parse_document", "read_workspace", "refresh"]
