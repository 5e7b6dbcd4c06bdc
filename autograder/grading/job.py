"""What a run grades by: plain data, so that a fresh process can start from it, and what its reports depend on."""

from dataclasses import dataclass, field
from pathlib import Path

from autograder.grading.marks import Marks
from autograder.grading.stamp import versions
from autograder.model import Options, Sheet, Submission


@dataclass(frozen=True)
class Job:
    """What every worker needs to know; plain data, so that a fresh process can start from it."""

    course: Path
    sheet: str
    marks: Marks = field(default_factory=Marks)
    options: Options = field(default_factory=Options)
    secret: tuple[Path, ...] = ()
    require: str | None = None
    trust: bool = False
    engine: str = "local"
    several: bool = False  # whether several workers grade at once: they would wait for one GPU longer than they compute

    def stamp(self, sheet: Sheet, submission: Submission) -> dict[str, str]:
        """What a report depends on besides the submission's bytes; a report with another stamp is graded anew."""
        read = self.marks.stamp(submission.student)
        return {
            **made_with(sheet),
            "options": str(self.options),
            **({"read": read} if read else {}),
        }


def made_with(sheet: Sheet) -> dict[str, str]:
    """What all reports on a sheet depend on, wherever they are made."""
    return {**sheet.packages, **versions(), "sheet": sheet.sha256[:16]}
