"""One submission against a sheet -> Report; a class -> a folder of reports.

grader     all checks of a sheet on one submission
attempt    one submission's answers, asked for once
begun      not started, in progress: in a student's own check
recognise  names a mistake: an answer that fails exactly as a labelled wrong answer does
settle     what a failure costs
marks      points a person gives
hosting    the host that a run needs
batch      worker processes, resume, nobody is lost
results    the folder of results
selfcheck  what the course's own labelled answers earn
files      files whole or not at all
stamp      what a report was made with

What is offered stands in ``__init__.pyi``. It is imported when it is asked for: a host starts its zygote before this process
imports torch, so that both import it at the same time.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
