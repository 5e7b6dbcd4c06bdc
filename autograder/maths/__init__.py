"""The language of mathematics: texts to trees, never executed; trees judged in worlds; derivations judged line by line.

language    what one exercise knows: its names, domains and world
tree        the tree that both spellings are read into
reading     characters -> tree
worlds      small worlds in which two trees can be compared
judging     whether two trees are equal, each line follows, and which slip explains it
certifying  sympy's proof that two scalar formulas are equal, in a process that can be killed
"""

from autograder.maths.certifying import certify, certify_trees
from autograder.maths.judging import (
    Examined,
    Judge,
    LineVerdict,
    Scale,
    Verdict,
    echo,
    examine,
    final_side,
    forms,
    judge,
    judge_derivation,
    judge_for,
    problem,
    slips,
    task,
    unaided,
    verdict_on,
)
from autograder.maths.language import Domains
from autograder.maths.reading import Row, Script, Unreadable, given_names, read, rows, script
from autograder.maths.tree import Divergence, Node, Product, number
from autograder.maths.worlds import Undecidable

__all__ = [
    "Divergence",
    "Domains",
    "Examined",
    "Judge",
    "LineVerdict",
    "Node",
    "Product",
    "Row",
    "Scale",
    "Script",
    "Undecidable",
    "Unreadable",
    "Verdict",
    "certify",
    "certify_trees",
    "echo",
    "examine",
    "final_side",
    "forms",
    "given_names",
    "judge",
    "judge_derivation",
    "judge_for",
    "number",
    "problem",
    "read",
    "rows",
    "script",
    "slips",
    "task",
    "unaided",
    "verdict_on",
]
