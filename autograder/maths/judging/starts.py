"""Where a derivation starts: which of its lines say what an allowed start says, with nothing worked out yet."""

from itertools import pairwise

from autograder.maths.judging.chains import Statement
from autograder.maths.judging.shapes import shape
from autograder.maths.judging.tasks import Task
from autograder.maths.reading.equations import Side
from autograder.maths.tree import (
    Derivative,
    Divergence,
    Expectation,
    Integral,
    Negative,
    Node,
    Product,
    Sum,
    rebuild,
    substitute,
    walk,
)


def starts(chains: list[Statement], task: Task) -> list[Side]:
    """The sides at which the derivation starts, in order; a name that the exercise gives to the start is none."""
    stated = _stated(chains, task)
    written = [side for statement in chains for side in statement.sides if not side.names & task.given.keys()]
    return [side for side in written if _starts(side.tree, stated, task)]


def _starts(tree: Node, stated: list[tuple[Node, Node]], task: Task) -> bool:
    """Whether a side, or a term of it, is where a derivation may start: as it stands, or by what is stated beside it."""
    forms_of_it = [tree, *(substitute(tree, old, new) for old, new in stated)]
    return any(
        _is_start(term, task)
        for form in dict.fromkeys(forms_of_it)
        for term in (form, *(form.terms if isinstance(form, Sum) else ()))
    )


def _stated(chains: list[Statement], task: Task) -> list[tuple[Node, Node]]:
    """What is said of densities beside the chain, such as p(z,x) = p(x|z) p(z), in both directions."""
    pairs = [pair for statement in chains if not statement.main for pair in pairwise(statement.sides)]
    both = [trees for left, right in pairs for trees in ((left.tree, right.tree), (right.tree, left.tree))]
    return [(old, new) for old, new in both if task.judge.loose(old) and task.judge.compare(old, new).status == "equal"]


def _is_start(tree: Node, task: Task) -> bool:
    """Whether a line is an allowed start up to other notation."""
    if any(isinstance(part, Divergence) for part in walk(tree)):
        return False
    return any(_alike(tree, start, task) or _same_derivative(tree, start, task) for start in task.starts)


def _alike(tree: Node, start: Node, task: Task) -> bool:
    """Equal by notation alone: the order of terms and factors, where a sign stands, the rules of densities."""
    if tree == start or _written(tree, task) == _written(start, task):
        return True
    return not any(isinstance(part, Divergence) for part in walk(start)) and task.same_notation(tree, start)


def _written(tree: Node, task: Task) -> object:
    return shape(_signs_out(tree), task.judge.language)


def _signs_out(tree: Node) -> Node:
    """The tree with the signs of factors, and of what stands under a sum or an expectation, in front."""
    tree = rebuild(tree, _signs_out)
    if isinstance(tree, Negative) and isinstance(tree.of, Negative):
        return tree.of.of
    if isinstance(tree, Product):
        bare = Product(tuple(factor.of if isinstance(factor, Negative) else factor for factor in tree.factors))
        odd = sum(isinstance(factor, Negative) for factor in tree.factors) % 2
        return Negative(bare) if odd else bare
    if isinstance(tree, Expectation | Integral) and isinstance(tree.body, Negative) and not _multiplies(tree):
        return Negative(
            rebuild(tree, lambda child: child.of if child is tree.body and isinstance(child, Negative) else child)
        )
    return tree


def _multiplies(tree: Node) -> bool:
    return isinstance(tree, Integral) and tree.kind == "product"


def _same_derivative(tree: Node, start: Node, task: Task) -> bool:
    """The derivative of another formula for the same: nothing is differentiated yet."""
    if not isinstance(tree, Derivative) or not isinstance(start, Derivative):
        return False
    same = (tree.wrt, tree.order) == (start.wrt, start.order)
    return same and task.judge.compare(tree.body, start.body).status == "equal"
