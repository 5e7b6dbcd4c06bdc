"""Notebooks of the formats before 2015, in today's form."""

from typing import Any


def cells(worksheets: list[Any]) -> list[Any]:
    """Cells of the formats before 2015, in today's form.

    nbformat can do this too; it validates all there is, warns on a stranger's file, and takes a quarter of a second to load.
    """
    sheets = [
        sheet["cells"] for sheet in worksheets if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
    ]
    return [_modern(cell) for listed in sheets for cell in listed]


def _modern(cell: Any) -> Any:
    """An old cell in today's form: code stood under "input", headings were cells of their own, HTML is Markdown now."""
    if not isinstance(cell, dict):
        return cell
    kind = cell.get("cell_type")
    if kind == "code":
        return {**cell, "source": cell.get("input")}
    if kind == "heading" and isinstance(source := joined(cell.get("source")), str):
        level = cell.get("level")
        hashes = "#" * (level if isinstance(level, int) and 1 <= level <= 6 else 1)
        return {**cell, "cell_type": "markdown", "source": f"{hashes} {' '.join(source.splitlines())}"}
    return {**cell, "cell_type": "raw" if kind == "raw" else "markdown"}


def joined(source: Any) -> Any:
    """The source of a cell, which may be a text or the list of its lines; anything else as it is."""
    lines = isinstance(source, list) and all(isinstance(line, str) for line in source)
    return "".join(source) if lines else source
