"""A second opinion on scalar formulas: sympy, in a process that can be killed.

prover     asks the process
certifier  the process
"""

from autograder.maths.certifying.prover import certify, certify_trees

__all__ = ["certify", "certify_trees"]
