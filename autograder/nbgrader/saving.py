"""Scores and comments of a report into the gradebook, in the step where nbgrader reads a kernel's outputs."""

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import SaveAutoGrades

from autograder.model import Report
from autograder.nbgrader.assignment import exercise_of
from autograder.nbgrader.gradebook import decided, said

KEY = "autograder"  # where the report is in the resources that nbconvert hands from step to step


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
