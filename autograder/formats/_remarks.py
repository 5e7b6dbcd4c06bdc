"""What an export says of students whose grade is not written, or is a 0 with a reason: of several the same in one sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.formats._safe import printable
from autograder.model import Report, listed

WHO = "{}"  # the first one in a sentence is where the names stand


@dataclass(frozen=True)
class Remark:
    """Something about a student: the sentence for one, and for several."""

    student: str
    one: str
    several: str


def sentences(remarks: Iterable[Remark]) -> list[str]:
    """Each thing once, in the order in which it first comes up."""
    students: dict[tuple[str, str], list[str]] = {}
    for remark in remarks:
        students.setdefault((remark.one, remark.several), []).append(printable(remark.student, newlines=False))
    return [
        (one if len(who) == 1 else several).replace(WHO, listed(who), 1) for (one, several), who in students.items()
    ]


def is_open(report: Report) -> bool:
    """Whether there is no grade to write yet."""
    return report.score is None or report.status == "pending"


def unscored(
    report: Report, *, one: str = "the row stays as it was", several: str = "the rows stay as they were"
) -> Remark:
    """Why a report that ``is_open`` gives no grade; ``one`` and ``several`` say what becomes of the rows."""
    if report.score is None:
        return Remark(
            report.student,
            f"{WHO} has no score, something failed on our side; {one}. Grade again.",
            f"{WHO} have no score, something failed on our side; {several}. Grade again.",
        )
    return Remark(
        report.student,
        f"{WHO} has answers that are still to be read; {one}. Give the points first, then export again.",
        f"{WHO} have answers that are still to be read; {several}. Give the points first, then export again.",
    )


def unread(report: Report) -> list[Remark]:
    """That a 0 stands for a file that could not be read, if it does."""
    if report.status != "unreadable":
        return []
    return [Remark(report.student, f"{WHO} gets 0: {report.problem}", f"{WHO} get 0: {report.problem}")]
