"""What an exercise declares by a formula: functions, indexed functions and densities."""

import re
from dataclasses import replace

from autograder.maths.language import SEALED, Formula, Language
from autograder.maths.reading.reader import read
from autograder.maths.reading.tokens import Unreadable
from autograder.maths.tree import Expectation, Integral, Node, Symbol, Variance, free, rebuild, substitute

HEAD = re.compile(r"\s*([^\W\d]\w*?)\s*(?:\(([^()]*)\)|_([A-Za-z]))?\s*")


def with_functions(language: Language, functions: tuple[tuple[str, str], ...]) -> Language:
    """The language with functions in it: "s(x)" or "s" -> a formula; "s_i" -> a formula with that index.

    Raises:
        Unreadable: a head or a formula that is not in the language.
    """
    for head, text in functions:
        name, parameters, indexed = _head(head)
        inside = replace(language, variables=tuple(dict.fromkeys((*language.variables, *parameters))))
        tree = read(text, inside)
        if not parameters:
            parameters = _parameter(head, tree, language)
        formula = Formula(parameters, _sealed(tree), indexed)
        language = replace(language, formulas={**language.formulas, name: formula})
    return language


def with_densities(language: Language, densities: tuple[tuple[str, str], ...]) -> Language:
    """The language with densities of one variable in it: "r(x)" -> a formula, or N(x; mean, variance).

    Raises:
        Unreadable: a head that names no variable, or a formula that is not in the language.
    """
    for head, text in densities:
        name, parameters, _ = _head(head)
        if len(parameters) != 1:
            raise Unreadable(f'Write the variable of the density: "{name}(x)".', 0)
        variables = tuple(dict.fromkeys((*language.variables, *parameters)))
        language = replace(language, variables=variables)
        formula = Formula(parameters, _sealed(read(text, language)))
        language = replace(
            language,
            formulas={**language.formulas, name: formula},
            densities={**language.densities, name: ""},
            default=language.default or {"": name},
        )
    return language


def _head(head: str) -> tuple[str, tuple[str, ...], bool]:
    match = HEAD.fullmatch(head)
    if match is None:
        raise Unreadable(f'"{head}" is no head of a function; write s, s(x) or s_i.', 0)
    name, arguments, index = match.groups()
    if index:
        return name, (index,), True
    return name, tuple(part.strip() for part in arguments.split(",")) if arguments else (), False


def _parameter(head: str, tree: Node, language: Language) -> tuple[str, ...]:
    """The only symbol of the formula."""
    names = sorted(free(tree) - {"pi", "e"})
    if len(names) != 1:
        raise Unreadable(
            f'"{head}" has {len(names)} symbols in its formula; say which it is a function of: "{head}(x)".', 0
        )
    return (names[0],)


def _sealed(tree: Node) -> Node:
    """The formula with names for what it binds that no answer can write, so that nothing put in is caught."""
    tree = rebuild(tree, _sealed)
    if isinstance(tree, Integral | Expectation | Variance) and SEALED not in tree.var:
        name = f"{tree.var}{SEALED}"
        changed = substitute(tree, Symbol(tree.var), Symbol(name))
        assert isinstance(changed, Integral | Expectation | Variance)
        return replace(changed, var=name)
    return tree
