"""The sheet inside nbgrader: its source notebook, its test cells, its commands, its gradebook, its plugins.

check             the test cell, ``check("mean_square")``
configure         the two lines of nbgrader_config.py: nbgrader's own commands grade with this engine
CanvasExporter    ``nbgrader export --exporter=autograder.nbgrader.CanvasExporter``: Canvas's gradebook CSV
MoodleExporter    the same for Moodle's grading worksheet
GradescopeExporter  the same for Gradescope's roster
ExerciseExporter  a CSV with one column per exercise
CanvasCollector   ``c.ZipCollectApp.collector_plugin``: who handed in what, by the names Canvas makes
MoodleCollector   the same for Moodle
SafeExtractor     ``c.ZipCollectApp.extractor_plugin``: refuses bombs and names that lead out of the archive

cell               the test cell
worker             the process beside a kernel that grades for its cells
assignment         the sheet as nbgrader's source notebook
config             nbgrader_config.py with ``configure``
engine             nbgrader's autograde and generate_feedback with this engine
saving             a report's scores and comments, in the step of nbgrader's that reads a kernel's outputs
guard              no file is read or copied through a link
places, teams      where a student's files lie, and what a group handed in for each member
harmless           what of a student's cells may reach a page
repair             what students' notebooks lost or changed is put back
findings           reports as nbgrader's comments
course_folder      nbgrader's course as its own configuration sets it up
gradebook          reports into gradebook.db
manual             manual scores and comments, both ways
collect, extract   nbgrader's plugins for what learning platforms hand out
times, earlier     when each student handed in, and what they handed in before
export             nbgrader's plugins for what learning platforms take

This module and ``cell`` import nothing but the standard library, since students' notebooks import them; the rest is imported
when it is asked for, and needs nbgrader.
"""

from importlib import import_module
from typing import Any

from autograder.nbgrader.cell import check

__all__ = [
    "CanvasCollector",
    "CanvasExporter",
    "ExerciseExporter",
    "GradescopeExporter",
    "MoodleCollector",
    "MoodleExporter",
    "SafeExtractor",
    "check",
    "configure",
]

_HOME = {
    "configure": "engine",
    "CanvasExporter": "export",
    "MoodleExporter": "export",
    "ExerciseExporter": "export",
    "GradescopeExporter": "export",
    "CanvasCollector": "collect",
    "MoodleCollector": "collect",
    "SafeExtractor": "extract",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
