"""A course: the folder an instructor writes, or the pack a student gets, as a Sheet.

choice   which course is used, and why
digest   the files and packages that a grade depends on
pieces   which of these files each exercise is graded with
catalog  course folder -> Sheet, with everything its folders say
plan     sheet.toml: what a sheet is made of
data     data of the course's own
folder   what the files of one exercise say
own      a sheet as a student's own check sees it
packing  Sheet -> one data file, without oracles, solutions and hidden checks
unpacking  that file -> Sheet, as much of it as is checked
parcel   a course on its way to another machine
failing  how a labelled wrong answer fails, as data
pack_file  that file, and its settings before torch is there

What is offered stands in ``__init__.pyi``. It is imported when it is asked for: a pack's checks need torch, finding a course
does not.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
