"""One submission against a sheet -> Report; a class -> a folder of reports.

grader     all checks of a sheet on one submission
attempt    one submission's answers, asked for once
begun      not started, in progress: in a student's own check
later      in a student's own check, what counts when it is graded
spots      where in a notebook something is, in words
failures   how labelled wrong answers fail, found out once
recognise  names a mistake: an answer that fails exactly as a labelled wrong answer does
settle     what a failure costs
marks      what people say about answers, and how it lies over what was found
store      every decision of a person, on disk
marks_table  marks as a table
hosting    the host that a run needs
again      what of an earlier report still holds
turns      what is quick comes first, trainings later
job        what a run grades by
worker     one process that grades
batch      worker processes, resume, nobody is lost
engines    where a class is graded: this machine, or a cluster
results    the folder of results
index      what the class as a whole needs to know of each report
selfcheck  what the course's own labelled answers earn
files      files whole or not at all
stamp      what a report was made with

What is offered stands in ``__init__.pyi``. It is imported when it is asked for: a host starts its zygote before this process
imports torch, so that both import it at the same time.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
