"""What trainings need beside the student's pieces: digits to learn, and pictures to show.

datasets  5,000 digits that come with the package, or the full MNIST
pictures  grids, curves and scatters, the same bytes for the same numbers
"""

from autograder.training.datasets import Mnist, cache_directory, images, labels, mnist
from autograder.training.pictures import curves, grid, scatter

__all__ = ["Mnist", "cache_directory", "curves", "grid", "images", "labels", "mnist", "scatter"]
