"""nbgrader's own commands with this engine: ``nbgrader autograde`` and Formgrader's button grade through isolated processes.

Two lines in nbgrader_config.py do it:

    from autograder.nbgrader import configure
    configure(c, course="/where/the/course/is")  # the folder with exercises/; by default nbgrader's own course folder

No kernel is started: a process of ours grades the file as it was handed in (``worker``), the notebook keeps the student's own
outputs, its test cells get our findings, and scores and comments go to the gradebook. A notebook that holds none of our
exercises goes nbgrader's usual way.
"""

import shutil
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    Execute,
    LimitOutput,
    NbGraderPreprocessor,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from traitlets import Bool, Unicode
from traitlets.config import Config

from autograder.course import fingerprint
from autograder.formats import json as report_json
from autograder.model import CourseError, InternalError, Report, UsageError
from autograder.nbgrader.assignment import exercise_of
from autograder.nbgrader.cell import Worker
from autograder.nbgrader.gradebook import decided, said
from autograder.nbgrader.repair import known_cells, read_any, repair, show, tame

KEY = "autograder"  # where the report is in the resources that nbconvert hands from step to step


def configure(
    c: Config, *, course: str = "", training: bool = True, device: str = "auto", mnist: str = "", trust: bool = False
) -> None:
    """Makes ``nbgrader autograde`` and Formgrader grade with this engine.

    Args:
        c: the configuration object of nbgrader_config.py.
        course: folder with ``exercises/``; by default what AUTOGRADER_COURSE or your settings file names, or
            nbgrader's course folder itself.
        training, device, mnist: as the options of ``autograder grade``.
        trust: grade even where nothing keeps submissions from reading this account's files (``--i-trust-these-students``).
    """
    c.Autograde.exporter_class = AnyNotebookExporter
    c.Autograde.sanitize_preprocessors = [
        Repair, ClearOthers, DeduplicateIds, OverwriteKernelspec, OverwriteCells, CheckCellMetadata,
    ]  # fmt: skip
    c.Autograde.autograde_preprocessors = [Grade, LimitOutput, SaveGrades, AssignLatePenalties, CheckCellMetadata]
    c.Autograde.pre_convert_hook = take_renamed
    c.Grade.update({"course": course, "training": training, "device": device, "mnist": mnist, "trust": trust})


class AnyNotebookExporter(NotebookExporter):
    """Reads any file: what is no notebook becomes one that says so, and its student gets a report instead of a traceback."""

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[NotebookNode, dict[str, Any]]:
        resources = ResourcesDict() if resources is None else resources
        resources["metadata"] = {"name": Path(filename).stem, "path": str(Path(filename).parent)}
        return self.from_notebook_node(read_any(Path(filename)), resources=resources, **options)


class _OfCourse(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader ships no types
    """What our steps know of the assignment they work on."""

    def known(self, resources: ResourcesDict) -> dict[str, Any]:
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            return known_cells(gradebook.find_notebook(about["notebook"], about["assignment"]))

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        raise NotImplementedError


class Repair(_OfCourse):
    """Every cell of the assignment is there once, as it was handed out."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        for note in repair(nb, self.known(resources)):
            self.log.warning("Student %s: %s.", resources["nbgrader"]["student"], note)
        return nb, resources


class ClearOthers(ClearOutput):  # type: ignore[misc]  # nbgrader ships no types
    """Of the student's outputs, text and pictures stay: nothing will be executed that could make them again."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        tame(nb.cells)
        return nb, resources


class Grade(Execute):  # type: ignore[misc]  # nbgrader ships no types
    """In place of a kernel: a process of ours grades the file that was handed in, and the test cells show its findings."""

    course = Unicode("", help="Folder with exercises/; empty: AUTOGRADER_COURSE, or the course folder itself.").tag(
        config=True
    )
    sheet = Unicode("", help="The sheet, where the course has several with the same exercises.").tag(config=True)
    training = Bool(True, help="Whether training exercises are run.").tag(config=True)
    device = Unicode("auto", help="Where to train: auto, cpu, cuda or mps.").tag(config=True)
    mnist = Unicode("", help="Folder with the full MNIST.").tag(config=True)
    trust = Bool(False, help="Grade even where submissions can read this account's files.").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict, **options: Any
    ) -> tuple[NotebookNode, ResourcesDict]:
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            known = known_cells(gradebook.find_notebook(about["notebook"], about["assignment"]))
        course, sheet = self._of(known)
        if not sheet:
            return super().preprocess(nb, resources, **options)
        report = self._report(course, sheet, resources)
        show(nb.cells, report, known)
        resources[KEY] = report
        self._log(report)
        return nb, resources

    def _of(self, known: dict[str, Any]) -> tuple[Path, str]:
        """The course, and the sheet whose exercises the notebook's cells are; "" if they are of none."""
        from autograder.course import exercises, find_course, sheets

        try:
            root = Path(self._coursedir.root)
            handed_in = [root / self._coursedir.submitted_directory]
            course = find_course(Path(self.course) if self.course else None, handed_in=handed_in, here=root).path
        except UsageError as error:
            raise CourseError(f"{error} Say where it is in nbgrader_config.py: configure(c, course=...)") from None
        ids = {exercise_of(id) for id in known}
        fitting = [s for s in sheets(course) if self.sheet in ("", s) and ids & set(exercises(s, course))]
        if len(fitting) > 1:
            raise CourseError(f"The notebook's exercises are in {fitting}; set c.Grade.sheet to one of them.")
        return course, (fitting or [""])[0]

    @property
    def _coursedir(self) -> Any:
        owner = self.parent
        while not hasattr(owner, "coursedir"):
            owner = owner.parent
        return owner.coursedir

    def _report(self, course: Path, sheet: str, resources: ResourcesDict) -> Report:
        about, coursedir = resources["nbgrader"], self._coursedir
        folder = Path(coursedir.format_path(coursedir.submitted_directory, about["student"], about["assignment"]))
        root, stamp = Path(coursedir.root), folder / "timestamp.txt"
        request = {
            "report": True,
            "course": str(course),
            "sheet": sheet,
            "file": str(folder / f"{about['notebook']}.ipynb"),
            "student": about["student"],
            "timestamp": stamp.read_text(encoding="utf-8", errors="replace").strip()[:100] if stamp.is_file() else "",
            "secret": [str(coursedir.root)],
            "trust": self.trust,
            "options": {"training": self.training, "device": self.device, "mnist": self.mnist},
        }
        written = ("submitted", "autograded", "feedback", "release", "source")
        apart = [root / getattr(coursedir, f"{step}_directory") for step in written] + [root / "gradebook.db"]
        answer = _worker_for(course, fingerprint(course, apart)).ask(request)
        if "error" in answer:
            raise InternalError(f"Student {about['student']}: {answer['error']}")
        return report_json.read(answer["report"].encode(), about["student"])

    def _log(self, report: Report) -> None:
        if report.status == "broken":
            self.log.error(
                "Student %s: something failed on our side; the cells without a score need a person.", report.student
            )
        elif report.problem:
            self.log.warning("Student %s: %s", report.student, report.problem)
        else:
            self.log.info("Student %s: %g of %g points", report.student, report.score or 0, report.possible)


class SaveGrades(SaveAutoGrades):  # type: ignore[misc]  # nbgrader ships no types
    """Scores and comments of the report to the gradebook; what a person wrote there stays. One commit a notebook."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, cell_index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        report: Report | None = resources.get(KEY)
        id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        result = next((r for r in report.results if r.id == exercise_of(id)), None) if report else None
        if report is None or result is None:
            return super().preprocess_cell(cell, resources, cell_index)
        about = (id, self.notebook_id, self.assignment_id, self.student_id)
        if cell.metadata.nbgrader.get("grade"):
            grade = self.gradebook.find_grade(*about)
            grade.auto_score, person = decided(result, float(cell.metadata.nbgrader["points"]))
            grade.needs_manual_grade = person or grade.manual_score is not None
        if cell.metadata.nbgrader.get("solution"):
            self.gradebook.find_comment(*about).auto_comment = said(report, result)
        self.gradebook.db.commit()
        return cell, resources


# ------------------------------------------------------------------ the grading process

_workers: dict[Path, tuple[str, Worker]] = {}


def _worker_for(course: Path, stamp: str) -> Worker:
    """The course's grading process; a new one after the course changed, so that Formgrader grades with what is there now."""
    if course in _workers and _workers[course][0] != stamp:
        _workers.pop(course)[1].close()
    return _workers.setdefault(course, (stamp, Worker()))[1]


# ------------------------------------------------------------------ a file under another name


def take_renamed(assignment: str, student: str, notebooks: list[str]) -> None:
    """Before nbgrader looks at a submission: the one notebook of a name it does not know is copied to the one that is missing.

    ``notebooks`` is nbgrader's own list of the files it is about to grade; what is put in here is graded.
    """
    folder = Path(notebooks[0]).parent
    expected = {path.name for path in (folder.parents[2] / "source" / assignment).glob("*.ipynb")}
    missing = expected - {Path(name).name for name in notebooks}
    strange = [Path(name) for name in notebooks if Path(name).name not in expected]
    if len(missing) == len(strange) == 1:
        target = folder / missing.pop()
        shutil.copyfile(strange[0], target)
        notebooks[notebooks.index(str(strange[0]))] = str(target)
