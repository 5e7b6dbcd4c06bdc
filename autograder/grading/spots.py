"""Where in a notebook something is, in words: Jupyter shows no numbers of cells that stay."""

import re
from dataclasses import replace

from autograder.model import Finding, Result, Submission
from autograder.student import spot

_SPOT = re.compile(r"\b(?P<c>[Cc])ell (?P<number>\d{1,6})\b(?:, line (?P<line>\d{1,6}))?")
_SEVERAL = re.compile(r"\bcells (\d{1,6}(?:, \d{1,6}){1,5000})\b")
MOST = 5  # places that one sentence names


def by_place(text: str, submission: Submission) -> str:
    """ "in cell 7, line 2" as "in the cell of mean_square, line 2: `return y`"; a number that no cell has stays."""
    cells = {cell.number: cell for cell in submission.cells}

    def said(found: re.Match[str]) -> str:
        cell = cells.get(int(found["number"]))
        if cell is None:
            return found[0]
        place = spot(submission, cell, int(found["line"] or 0))
        return f"{place[:1].upper()}{place[1:]}" if found["c"] == "C" else place

    def listed(found: re.Match[str]) -> str:
        numbers = [int(number) for number in found[1].split(", ")]
        if not all(number in cells for number in numbers):
            return found[0]
        places = list(dict.fromkeys(spot(submission, cells[number]) for number in numbers))
        return ", ".join(places[:MOST]) + (f" and {len(places) - MOST} more" if len(places) > MOST else "")

    return _SEVERAL.sub(listed, _SPOT.sub(said, text))


def in_places(result: Result, submission: Submission) -> Result:
    """A result whose sentences say so."""
    return replace(result, findings=tuple(_in_places(finding, submission) for finding in result.findings))


def _in_places(finding: Finding, submission: Submission) -> Finding:
    shown, message = finding.counterexample, by_place(finding.message, submission)
    said = replace(
        finding,
        message=message,
        tell=message if finding.tell == finding.message else finding.tell,  # else the course's own words
        counterexample=by_place(shown, submission) if shown else shown,
        detail=tuple(by_place(part, submission) if isinstance(part, str) else part for part in finding.detail),
    )
    return finding if said == finding else said
