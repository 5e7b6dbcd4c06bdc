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
    Answered,
    Asked,
    Examined,
    Judge,
    LineVerdict,
    OwnSlip,
    Scale,
    Shown,
    Shows,
    Verdict,
    answered,
    bare,
    echo,
    examine,
    forms,
    games,
    judge,
    judge_derivation,
    judge_for,
    problem,
    slips,
    task,
    unaided,
    verdict_on,
    with_slips,
)
from autograder.maths.language import Domains
from autograder.maths.reading import Equation, Row, Script, Side, Unreadable, given_names, read, rows, script
from autograder.maths.tree import Divergence, Node, Product, number
from autograder.maths.worlds import Undecidable

__all__ = [
    "Answered",
    "Asked",
    "Divergence",
    "Domains",
    "Equation",
    "Examined",
    "Judge",
    "LineVerdict",
    "Node",
    "OwnSlip",
    "Product",
    "Row",
    "Scale",
    "Script",
    "Shown",
    "Shows",
    "Side",
    "Undecidable",
    "Unreadable",
    "Verdict",
    "answered",
    "bare",
    "certify",
    "certify_trees",
    "echo",
    "examine",
    "forms",
    "games",
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
    "with_slips",
]
