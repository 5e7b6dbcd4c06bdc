"""The other side of the fence: student code runs in processes of its own that know nothing of tests, oracles and grades."""

from autograder.student.host import Host
from autograder.student.isolation.levels import LEVELS
from autograder.student.isolation.selftest import Promise
from autograder.student.student import Student

__all__ = ["LEVELS", "Host", "Promise", "Student"]
