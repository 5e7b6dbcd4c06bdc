"""Plain numbers and sequences of them: parameters with values from their domains, functions and densities that the exercise
declares, finite sums over an index, derivatives."""

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

from flint import fmpq

from autograder.maths.language import KINDS, SEALED, SPARE, Domains, Language, indices, scalars, sequences
from autograder.maths.tree import Density, Element, Kronecker, Node, Number, Symbol
from autograder.maths.worlds.family import Family, draw, in_words, parameters, simple, simple_parameters, simplex
from autograder.maths.worlds.gaussian import Value
from autograder.maths.worlds.line import RealLine
from autograder.maths.worlds.scalars import Undecidable
from autograder.maths.worlds.world import Env
from autograder.model import CourseError


class Plain(RealLine):
    """Attributes:
    values: name of a sequence -> what it holds.
    counts: letter of an index -> how many values it has.
    """

    def __init__(
        self, parameters: dict[str, fmpq], words: str, values: Mapping[str, list[fmpq]], counts: Mapping[str, int]
    ) -> None:
        super().__init__(parameters, words)
        self.values, self.counts = values, counts

    def free_points(self, variables: set[str]) -> dict[str, Any]:
        smallest = min(self.counts.values(), default=1)
        return {
            name: place % smallest if self.is_index(name) else fmpq(7 * place + 5, 11)
            for place, name in enumerate(sorted(variables))
        }

    def is_index(self, name: str) -> bool:
        letter = name.partition(SEALED)[0]
        return letter in self.counts or (bool(self.counts) and letter in SPARE)

    def variable(self, name: str, value: Any) -> Value:
        if self.is_index(name):
            raise Undecidable(f"the index {name} used as a number")
        return value

    def place(self, index: Node, env: Env) -> int:
        if isinstance(index, Number):
            return int(index.value) - 1
        if isinstance(index, Symbol) and index.name in env:
            return int(env[index.name])
        raise Undecidable("an index that has no value here")

    def element(self, tree: Element, env: Env) -> Value:
        place = self.place(tree.index, env)
        if (formula := self.formulas.get(tree.name)) is not None:
            return self.at(formula.tree, {formula.parameters[0]: place})
        if not 0 <= place < len(self.values[tree.name]):
            raise Undecidable(f"{tree.name} with an index that may be too large")
        return self.values[tree.name][place]

    def kronecker(self, tree: Kronecker, env: Env) -> Value:
        return fmpq(int(self.place(tree.left, env) == self.place(tree.right, env)))

    def density(self, tree: Density, env: Env) -> Value:
        if tree.name in self.values and len(tree.args) == 1 and not tree.given:
            return self.element(Element(tree.name, tree.args[0]), env)
        return super().density(tree, env)

    def weighed(self, weight: Node, var: str, body: Callable[[Env], Value], env: Env) -> Value:
        if var in self.counts:
            return self.integrated(var, lambda inner: self.at(weight, inner) * body(inner), env)
        return super().weighed(weight, var, body, env)

    def integrated(self, var: str, body: Callable[[Env], Value], env: Env) -> Value:
        if var not in self.counts:
            return super().integrated(var, body, env)
        return sum((body({**env, var: place}) for place in range(self.counts[var])), fmpq(0))


def language(domains: Domains) -> Language:
    letters, held = indices(domains), sequences(domains)
    if unknown := [kind for kind in scalars(domains).values() if isinstance(kind, str) and kind not in KINDS[:3]]:
        raise CourseError(
            f'There is no domain {unknown[0]!r}; there are {", ".join(KINDS)}, numbers, and "1..n" for an index.'
        )
    symbols = {**scalars(domains), **dict.fromkeys(letters.values(), "positive")}
    spare = [letter for letter in SPARE if letter not in symbols and letter not in letters] if letters else []
    distributions = {base: index for base, (index, domain) in held.items() if domain == "simplex"}
    return Language(
        symbols=symbols,
        spellings={_other_case(count): count for count in letters.values() if _other_case(count) not in symbols},
        variables=(*letters, *spare),
        sequences={base: letters[index] for base, (index, _) in held.items()},
        indices=letters,
        densities=distributions,
    )


def _other_case(name: str) -> str:
    return name.lower() if name.isupper() else name.upper()


def world(domains: Domains, random: Random, round: int, readable: bool) -> Plain:
    """World number ``round``, with numbers a student can compute with or with large ones."""
    letters = indices(domains)
    sizes = {
        count: 2 + (round + place) % (2 if readable else 3)
        for place, count in enumerate(dict.fromkeys(letters.values()))
    }
    plain = scalars(domains)
    values = simple_parameters(plain, round) if readable else parameters(plain, random, round)
    values |= {count: fmpq(size) for count, size in sizes.items()}
    held: dict[str, list[fmpq]] = {}
    for place, (base, (index, domain)) in enumerate(sorted(sequences(domains).items())):
        size = sizes[letters[index]]
        if domain == "simplex":
            held[base] = simplex(random, size, 6 if readable else 2**20)
        elif readable:
            held[base] = [simple(domain, round + 2 * place + k) for k in range(size)]
        else:
            held[base] = [draw(domain, random, round) for _ in range(size)]
    shown = [in_words(values, {**domains, **dict.fromkeys(sizes, "positive")})]
    shown += [f"{base} = ({', '.join(map(str, row))})" for base, row in held.items()]
    counts = {letter: sizes[count] for letter, count in letters.items()}
    return Plain(values, ", ".join(filter(None, shown)), held, counts)


def generic(domains: Domains, seed: int) -> Iterator[Plain]:
    random = Random(f"reals {seed}")
    for round in range(24):
        yield world(domains, random, round, False)


def readable(domains: Domains) -> Iterator[Plain]:
    random = Random("readable reals")
    for round in range(12):
        yield world(domains, random, round, True)


REALS = Family("reals", language, generic, readable, enough=6)
