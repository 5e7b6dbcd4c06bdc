"""Where in a notebook something is, in the words of a student's own check: Jupyter shows no numbers of cells that stay."""

import re
from dataclasses import replace

from autograder.model import Result, Submission
from autograder.student.faults import clean
from autograder.student.loading import place_of

_SPOT = re.compile(r"\b(?P<c>[Cc])ell (?P<number>\d{1,6})\b(?:, line (?P<line>\d{1,6}))?")


def by_place(text: str, submission: Submission) -> str:
    """ "in cell 7, line 2" as "in the cell of mean_square, line 2: `return y`"; a number that no cell has stays."""
    cells = {cell.number: cell for cell in submission.cells}

    def said(spot: re.Match[str]) -> str:
        cell = cells.get(int(spot["number"]))
        if cell is None:
            return spot[0]
        place = place_of(submission, cell)
        place = f"{place[:1].upper()}{place[1:]}" if spot["c"] == "C" else place
        lines = cell.source.split("\n")
        at = int(spot["line"] or 0)
        source = clean(lines[at - 1].strip(), 120) if 0 < at <= len(lines) else ""
        return place + (f", line {at}" if at else "") + (f": `{source}`" if source else "")

    return _SPOT.sub(said, text)


def in_places(result: Result, submission: Submission) -> Result:
    """A result whose messages say so."""
    return replace(result, findings=tuple(replace(f, message=by_place(f.message, submission)) for f in result.findings))
