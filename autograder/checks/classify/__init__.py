"""A classifier to train, without a driver of the exercise's own.

classifier  the checks of one exercise
task        what is asked: the class, its examples, how it is trained
driver      runs in the student's process: builds, calls, trains; it decides nothing
asks        the requests that are made of it, and what must come back
layers      whether every layer learns
values      what the outputs are, and what they depend on
learns      whether it learns, and why not
rehearsal   what of it a student's pack may hold
"""

from autograder.checks.classify.classifier import classifier
from autograder.checks.classify.rehearsal import of_record
from autograder.checks.classify.task import Examples

__all__ = ["Examples", "classifier", "of_record"]
