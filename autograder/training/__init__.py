"""What trainings need beside the student's pieces: digits to learn, and pictures to show.

datasets  5,000 digits that come with the package, or the full MNIST
ready     data sets that a course may name
kept      a course's own data, as students' code may read them
pictures  grids, curves and scatters, the same bytes for the same numbers

What is offered stands in ``__init__.pyi``. It is imported when it is asked for: pictures need torch, a folder of digits does not.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
