"""What names stand for: those an exercise gives, and a tree with its names written out."""

from collections.abc import Mapping

from autograder.maths.language import Language
from autograder.maths.reading.reader import read
from autograder.maths.reading.tokens import Unreadable
from autograder.maths.tree import Node, Optimum, Symbol, rebuild, symbols, walk

MAX_NESTED_NAMES = 12


def resolve(tree: Node, definitions: Mapping[str, Node], depth: int = 0) -> Node:
    """The tree with every defined name replaced by what it stands for.

    Raises:
        Unreadable: a name that is defined by itself.
    """
    if depth > MAX_NESTED_NAMES:
        raise Unreadable("A name in this line is defined by itself; say what it stands for without using it.", 0)
    if not definitions or not (symbols(tree) & definitions.keys()):
        return tree

    def swap(node: Node) -> Node:
        if isinstance(node, Symbol) and node.name in definitions:
            return resolve(definitions[node.name], definitions, depth + 1)
        return rebuild(node, swap)

    resolved = swap(tree)
    if sum(1 for _ in walk(resolved)) > 4000:
        raise Unreadable("With its names written out this line is too long to check.", 0)
    return resolved


def given_names(names: Mapping[str, str], language: Language) -> dict[str, Node]:
    """The exercise's own names, read; a name may use those before it."""
    found: dict[str, Node] = {}
    for name, text in names.items():
        found[name] = resolve(read(text, language.with_labels(frozenset(found))), found)
    return found


def optimised(tree: Node) -> Symbol | None:
    """The name that is optimised, if the body of a min max is nothing but a name."""
    if not isinstance(tree, Optimum):
        return None
    while isinstance(tree, Optimum):
        tree = tree.body
    return tree if isinstance(tree, Symbol) else None
