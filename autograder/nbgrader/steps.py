"""Steps before a student's notebook is graded: its cells put back, and nothing left that a page would run."""

from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearOutput, NbGraderPreprocessor

from autograder.nbgrader.guard import pictures
from autograder.nbgrader.harmless import disarm
from autograder.nbgrader.places import below
from autograder.nbgrader.repair import known_cells, repair


def coursedir_of(component: Any) -> Any:
    """nbgrader's course folder, from any of the steps that a converter made."""
    while not hasattr(component, "coursedir"):
        component = component.parent
    return component.coursedir


def submitted_by(component: Any, about: dict[str, str]) -> tuple[Path, tuple[str, ...]]:
    """The folder that a student handed in, in two parts."""
    coursedir = coursedir_of(component)
    return below(coursedir, coursedir.format_path(coursedir.submitted_directory, about["student"], about["assignment"]))


def known_to(about: dict[str, str]) -> dict[str, Any]:
    """The cells of the notebook that is worked on."""
    with Gradebook(about["db_url"]) as gradebook:
        return known_cells(gradebook.find_notebook(about["notebook"], about["assignment"]))


class Repair(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader ships no types
    """Every cell of the assignment is there once, as it was handed out."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        for note in repair(nb, known_to(resources["nbgrader"])):
            self.log.warning("Student %s: %s.", resources["nbgrader"]["student"], note)
        return nb, resources


class Disarm(ClearOutput):  # type: ignore[misc]  # nbgrader ships no types
    """Of the student's cells and outputs, words and pictures stay: nothing will be executed that could make them again."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        about = resources["nbgrader"]
        disarm(nb, known_to(about), pictures(*submitted_by(self, about)))
        return nb, resources
