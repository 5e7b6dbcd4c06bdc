"""nbgrader's own commands with this engine: ``nbgrader autograde`` and Formgrader's button grade through isolated processes.

Two lines in nbgrader_config.py do it:

    from autograder.nbgrader import configure
    configure(c, course="/where/the/course/is")  # the folder with exercises/; by default nbgrader's own course folder

No kernel is started: a process of ours grades the file as it was handed in (``worker``), the notebook keeps what is harmless of
the student's own cells and outputs, its test cells get our findings, and scores and comments go to the gradebook. A notebook that
holds none of our exercises goes nbgrader's usual way. Nothing is read or copied through a link (``guard``).
"""

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
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
)
from traitlets import Bool, Unicode
from traitlets.config import Config

from autograder.course import fingerprint
from autograder.formats import json as report_json
from autograder.model import CourseError, InternalError, Report, UsageError, listed
from autograder.nbgrader.assignment import exercise_of
from autograder.nbgrader.cell import worker_for
from autograder.nbgrader.config import find_tools
from autograder.nbgrader.course_folder import how_far
from autograder.nbgrader.guard import FeedbackExporter, PlainCopies, install, pictures, renamed, stamp, stand_ins
from autograder.nbgrader.harmless import disarm, tame
from autograder.nbgrader.places import below, place
from autograder.nbgrader.repair import known_cells, read_any, repair, show
from autograder.nbgrader.saving import KEY, SaveGrades

_LIMITS = {"timeout": 1800, "startup_timeout": 300}
"""Of nbgrader's kernel, in seconds a cell: its own 30 and 60 are too short for the first import of torch on a busy machine."""


def configure(
    c: Config,
    *,
    course: str = "",
    training: bool = True,
    device: str = "auto",
    mnist: str = "",
    trust: bool = False,
    groups: str = "",
) -> None:
    """Makes ``nbgrader autograde`` and Formgrader grade with this engine.

    Args:
        c: the configuration object of nbgrader_config.py.
        course: folder with ``exercises/``; by default what AUTOGRADER_COURSE or your settings file names, or
            nbgrader's course folder itself.
        training, device, mnist: as the options of ``autograder grade``.
        trust: grade even where nothing keeps submissions from reading this account's files (``--i-trust-these-students``).
        groups: a list of groups, as the option of ``autograder grade``; by its path in nbgrader's course folder.
    """
    c.Autograde.exporter_class = AnyNotebookExporter
    c.Autograde.sanitize_preprocessors = [
        Repair, Disarm, DeduplicateIds, OverwriteKernelspec, OverwriteCells, CheckCellMetadata,
    ]  # fmt: skip
    c.Autograde.autograde_preprocessors = [Grade, LimitOutput, SaveGrades, AssignLatePenalties, CheckCellMetadata]
    c.GenerateFeedback.exporter_class = FeedbackExporter
    for limit, seconds in _LIMITS.items():
        c.Execute.setdefault(limit, seconds)
    c.Grade.update(
        {"course": course, "training": training, "device": device, "mnist": mnist, "trust": trust, "groups": groups}
    )
    install()
    find_tools()


class AnyNotebookExporter(NotebookExporter):
    """Reads any file: what is no notebook becomes one that says so, and its student gets a report instead of a traceback.

    ``renamed`` says, for a notebook that nbgrader asks for, which file the student handed in for it.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.renamed: dict[str, str] = {}
        if type(self.parent) is Autograde:
            self.parent.__class__ = _Autograde

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[NotebookNode, dict[str, Any]]:
        resources = ResourcesDict() if resources is None else resources
        resources["metadata"] = {"name": Path(filename).stem, "path": str(Path(filename).parent)}
        folder, parts = below(_coursedir(self), Path(filename).parent)
        found = read_any(folder, (*parts, Path(self.renamed.get(filename, filename)).name))
        return self.from_notebook_node(found, resources=resources, **options)


class _Autograde(Autograde, PlainCopies):  # type: ignore[misc]  # nbgrader ships no types
    """nbgrader's own, minding links; of our assignments nothing but notebooks goes to ``autograded/``."""

    notebooks: list[str]

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        source = self.coursedir.format_path(self.coursedir.source_directory, ".", assignment_id)
        known = renamed(self.notebooks, {path.name for path in Path(source).glob("*.ipynb")}) | stand_ins(
            self.notebooks
        )
        self.exporter.renamed |= known
        self.notebooks = sorted({*self.notebooks, *known} - set(known.values()))
        super().init_assignment(assignment_id, student_id)

    def copies(self, assignment_id: str) -> bool:
        """Formgrader would serve a page that lies beside a notebook as its own; the grading reads the notebook alone."""
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            notebooks = gradebook.find_assignment(assignment_id).notebooks
            known = {id: cell for notebook in notebooks for id, cell in known_cells(notebook).items()}
        return not Grade(parent=self).sheet_of(known)[1]


def _coursedir(component: Any) -> Any:
    """nbgrader's course folder, from any of the steps that a converter made."""
    while not hasattr(component, "coursedir"):
        component = component.parent
    return component.coursedir


def _submitted(component: Any, about: dict[str, str]) -> tuple[Path, tuple[str, ...]]:
    """The folder that a student handed in, in two parts."""
    coursedir = _coursedir(component)
    return below(coursedir, coursedir.format_path(coursedir.submitted_directory, about["student"], about["assignment"]))


def _known(about: dict[str, str]) -> dict[str, Any]:
    """The cells of the notebook that is worked on."""
    with Gradebook(about["db_url"]) as gradebook:
        return known_cells(gradebook.find_notebook(about["notebook"], about["assignment"]))


class Repair(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader ships no types
    """Every cell of the assignment is there once, as it was handed out."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        for note in repair(nb, _known(resources["nbgrader"])):
            self.log.warning("Student %s: %s.", resources["nbgrader"]["student"], note)
        return nb, resources


class Disarm(ClearOutput):  # type: ignore[misc]  # nbgrader ships no types
    """Of the student's cells and outputs, words and pictures stay: nothing will be executed that could make them again."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        about = resources["nbgrader"]
        disarm(nb, _known(about), pictures(*_submitted(self, about)))
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
    groups = Unicode("", help="A CSV of groups and members: what a group handed in counts for each of them.").tag(
        config=True
    )

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict, **options: Any
    ) -> tuple[NotebookNode, ResourcesDict]:
        known = _known(resources["nbgrader"])
        course, sheet = self.sheet_of(known)
        if not sheet:
            nb, resources = super().preprocess(nb, resources, **options)
            tame(nb.cells)
            return nb, resources
        report = self._report(course, sheet, resources)
        show(nb.cells, report, known)
        resources[KEY] = report
        self._log(report)
        return nb, resources

    def sheet_of(self, known: dict[str, Any]) -> tuple[Path, str]:
        """The course, and the sheet whose exercises the notebook's cells are; "" if they are of none."""
        from autograder.course import exercises, find_course, sheets

        try:
            root = Path(_coursedir(self).root)
            handed_in = [root / _coursedir(self).submitted_directory]
            course = find_course(Path(self.course) if self.course else None, handed_in=handed_in, here=root).path
        except UsageError as error:
            raise CourseError(f"{error} Say where it is in nbgrader_config.py: configure(c, course=...)") from None
        ids = {exercise_of(id) for id in known}
        fitting = [s for s in sheets(course) if self.sheet in ("", s) and ids & set(exercises(s, course))]
        if len(fitting) > 1:
            raise CourseError(f"The notebook's exercises are in {listed(fitting)}; set c.Grade.sheet to one of them.")
        return course, (fitting or [""])[0]

    def _report(self, course: Path, sheet: str, resources: ResourcesDict) -> Report:
        about, coursedir = resources["nbgrader"], _coursedir(self)
        own = coursedir.format_path(coursedir.submitted_directory, about["student"], about["assignment"])
        asked = str(Path(own, f"{about['notebook']}.ipynb"))
        counts, (folder, parts) = place(own), below(coursedir, own)
        team = f"Handed in by a group: it counts for {listed(counts.team)} as well."
        timestamp, trouble = stamp(folder, parts)
        request = {
            "report": True,
            "course": str(course),
            "sheet": sheet,
            "file": str(folder.joinpath(*parts, Path(self.parent.renamed.get(asked, asked)).name)),
            "depth": len(parts) + 1,
            "student": about["student"],
            "timestamp": timestamp,
            "notes": [*([team] if counts.team else []), *([trouble] if trouble else [])],
            "problem": counts.problem,
            "secret": [str(coursedir.root)],
            "trust": self.trust,
            "options": {"training": self.training, "device": self.device, "mnist": self.mnist},
        }
        written = ("submitted", "autograded", "feedback", "release", "source")
        apart = [
            Path(coursedir.root, name)
            for name in (*(getattr(coursedir, f"{s}_directory") for s in written), "gradebook.db")
        ]
        answer = worker_for(course, fingerprint(course, apart)).ask(request)
        if "error" in answer:
            raise InternalError(f"Student {about['student']}: {answer['error']}")
        return report_json.read(answer["report"].encode(), about["student"])

    def _log(self, report: Report) -> None:
        who = report.student + how_far(self.parent.parent, report.student)
        if report.status == "broken":
            self.log.error("Student %s: something failed on our side; the cells without a score need a person.", who)
        elif report.problem:
            self.log.warning("Student %s: %s", who, report.problem)
        else:
            self.log.info("Student %s: %g of %g points", who, report.score or 0, report.possible)
