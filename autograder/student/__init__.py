"""The other side of the fence: student code runs in processes of its own that know nothing of tests, oracles and grades."""

from autograder.student.host import Host
from autograder.student.isolation.levels import LEVELS

__all__ = ["LEVELS", "Host"]
