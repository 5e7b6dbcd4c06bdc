"""Where in a notebook something is, in the words of a student's own check: Jupyter shows no numbers of cells that stay."""

import re
from dataclasses import replace

from autograder.model import Result, Submission
from autograder.student import spot

_SPOT = re.compile(r"\b(?P<c>[Cc])ell (?P<number>\d{1,6})\b(?:, line (?P<line>\d{1,6}))?")


def by_place(text: str, submission: Submission) -> str:
    """ "in cell 7, line 2" as "in the cell of mean_square, line 2: `return y`"; a number that no cell has stays."""
    cells = {cell.number: cell for cell in submission.cells}

    def said(found: re.Match[str]) -> str:
        cell = cells.get(int(found["number"]))
        if cell is None:
            return found[0]
        place = spot(submission, cell, int(found["line"] or 0))
        return f"{place[:1].upper()}{place[1:]}" if found["c"] == "C" else place

    return _SPOT.sub(said, text)


def in_places(result: Result, submission: Submission) -> Result:
    """A result whose messages say so."""
    return replace(result, findings=tuple(replace(f, message=by_place(f.message, submission)) for f in result.findings))
