"""Code as it was handed in, line by line, with the lines marked in which something came up."""

from dataclasses import dataclass

from autograder.formats._safe import printable
from autograder.model import Finding, Result, Status

_AROUND = 3  # lines shown before and behind a marked one
_LONGEST = 40  # lines that stand open below what failed, where no line is known


@dataclass(frozen=True)
class CodeLine:
    """A line of an answer; ``number`` counts the answer's lines from 1."""

    number: int
    text: str
    marked: bool


def listing(result: Result) -> list[CodeLine]:
    """The whole answer; marked is what a finding names."""
    marked = {finding.line for finding in result.findings}
    return [CodeLine(i, text, i in marked) for i, text in enumerate(printable(result.answer).split("\n"), 1)]


def excerpt(result: Result, finding: Finding) -> list[CodeLine]:
    """The line that the finding names, and its neighbours; nothing where it names none, or one that is not there."""
    lines = [CodeLine(line.number, line.text, line.number == finding.line) for line in listing(result)]
    if not any(line.marked for line in lines):
        return []
    return lines[max(0, finding.line - _AROUND - 1) : finding.line + _AROUND]


def stands_open(result: Result) -> bool:
    """Whether the answer is shown unfolded: something failed, no finding shows where, and it is short."""
    failed = any(finding.status is Status.FAILED for finding in result.findings)
    where = any(finding.line for finding in result.findings)
    return failed and not where and result.answer.count("\n") < _LONGEST
