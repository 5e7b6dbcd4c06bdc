"""Where a derivation may start: at what the exercise names, in another notation, or by what is said beside the chain."""

from itertools import pairwise

from autograder.maths.judging.chains import Statement
from autograder.maths.judging.tasks import Task
from autograder.maths.tree import Divergence, Node, Sum, substitute, walk


def starts(tree: Node, known: list[tuple[Node, Node]], task: Task) -> bool:
    """Whether a side, or a term of it, is where a derivation may start: as it stands, or by what is stated beside it."""
    forms_of_it = [tree, *(substitute(tree, old, new) for old, new in known)]
    return any(
        _is_start(term, task)
        for form in dict.fromkeys(forms_of_it)
        for term in (form, *(form.terms if isinstance(form, Sum) else ()))
    )


def stated(chains: list[Statement], task: Task) -> list[tuple[Node, Node]]:
    """What is said of densities beside the chain, such as p(z,x) = p(x|z) p(z), in both directions."""
    pairs = [pair for statement in chains if not statement.main for pair in pairwise(statement.sides)]
    both = [trees for left, right in pairs for trees in ((left.tree, right.tree), (right.tree, left.tree))]
    return [(old, new) for old, new in both if task.judge.loose(old) and task.judge.compare(old, new).status == "equal"]


def _is_start(tree: Node, task: Task) -> bool:
    """Whether a line is an allowed start up to other notation."""
    if any(isinstance(part, Divergence) for part in walk(tree)):
        return False
    for start in task.starts:
        if tree == start or (
            not any(isinstance(part, Divergence) for part in walk(start)) and task.same_notation(tree, start)
        ):
            return True
    return False
