"""Whether two trees are equal: by their values in random worlds, with a world a student can check where they are
not."""

from dataclasses import dataclass
from typing import Any, Literal

from autograder.maths.language import Domains, Language
from autograder.maths.tree import Density, Divergence, Node, Number, Symbol, free, walk
from autograder.maths.worlds import Family, scalars
from autograder.maths.worlds.scalars import BITS, MORE_BITS, Undecidable, Undefined
from autograder.maths.worlds.world import World

Status = Literal["equal", "different", "undecided", "unreadable"]
PATIENCE = 3  # worlds that may fail to decide before a person is asked
EFFORT = 4  # searches for a slip, and comparisons by approximate values, spent on one answer
ROUNDED = 3  # digits a decimal must have to count as a rounding


@dataclass(frozen=True)
class Agreement:
    """Attributes:
    worlds: how many generic worlds the two agree in, for ``equal``.
    reason: a sentence, for the other words.
    world: a world where they differ; ``values`` are those of left and right there.
    """

    status: Status
    worlds: int = 0
    reason: str = ""
    world: str = ""
    values: tuple[str, str] | None = None
    notes: tuple[str, ...] = ()


Outcome = Any  # a Scalar, or Undefined or Undecidable with the reason why there is none


def _missing(*values: Outcome) -> bool:
    return any(isinstance(value, Undefined | Undecidable) for value in values)


class Judge:
    """The worlds of one exercise, and the values that trees have in them (remembered, as lines are compared more
    than once)."""

    def __init__(self, family: Family, domains: Domains, *, language: Language | None = None, seed: int = 0) -> None:
        self.family, self.domains = family, domains
        self.language: Language = language or family.language(domains)
        scalars.precision(BITS)
        self.generic = list(family.generic(domains, seed))
        self.readable = list(family.readable(domains))
        for world in (*self.generic, *self.readable):
            world.formulas = self.language.formulas
        self.slips_left = self.rough_left = EFFORT
        self.slips: tuple[Any, ...] = ()  # of the exercise's own (own_slips.Declared)
        self.remembered: dict[tuple[int, Node, frozenset[str]], Outcome] = {}

    def start(self) -> None:
        """Called for each answer, so that what one answer costs does not depend on another."""
        self.slips_left = self.rough_left = EFFORT
        scalars.precision(BITS)

    def outcome(self, world: World, tree: Node, loose: frozenset[str] = frozenset()) -> Outcome:
        """The value of a tree, or why it has none. ``loose``: random variables that stand free and get a point."""
        key = (id(world), tree, loose)
        if key not in self.remembered:
            if len(self.remembered) > 20_000:
                self.remembered.clear()
            self.remembered[key] = self.fresh(world, tree, loose)
        return self.remembered[key]

    @staticmethod
    def fresh(world: World, tree: Node, loose: frozenset[str]) -> Outcome:
        env: dict[str, Any] = world.free_points(set(loose)) if loose else {}
        try:
            return world.value(tree, env)
        except (Undefined, Undecidable) as reason:
            return reason
        except RecursionError:
            return Undecidable("a formula that is nested too deeply")

    def loose(self, tree: Node) -> frozenset[str]:
        """Random variables that stand free in a tree (an observed one is never free)."""
        return frozenset(free(tree) & set(self.language.variables) - self.language.observed)

    def compare(self, left: Node, right: Node) -> Agreement:
        """Compares an answer (left) with what it should equal (right)."""
        scalars.precision(BITS)
        if left == right and (found := self.unnamed(left)) is None and self.loose(left) == frozenset():
            return self.same(left)
        if (found := self.unnamed(left) or self.unnamed(right)) is not None:
            return Agreement("undecided", reason=f"{found} has no meaning here yet; write a line that says what it is.")
        loose = self.loose(left)
        if loose != self.loose(right):
            return self.stands_free(left, right)
        return self.in_worlds(left, right, loose)

    def unnamed(self, tree: Node) -> str | None:
        """A symbol that nothing has given a meaning."""
        known = {*self.generic[0].parameters, *self.language.variables, "pi", "e"}
        return next((part.name for part in walk(tree) if isinstance(part, Symbol) and part.name not in known), None)

    def same(self, tree: Node) -> Agreement:
        values = [self.outcome(world, tree) for world in self.generic[: self.family.enough]]
        if any(isinstance(value, Undecidable) for value in values):
            reason = next(value for value in values if isinstance(value, Undecidable))
            return Agreement("undecided", reason=f"This line contains {reason}.")
        return Agreement("equal", worlds=len(values), notes=self.notes(tree))

    def stands_free(self, left: Node, right: Node) -> Agreement:
        extra = sorted(self.loose(left) - self.loose(right))
        if extra:
            names = " and ".join(extra)
            verb = "stands" if len(extra) == 1 else "stand"
            return Agreement(
                "different",
                reason=f"{names} {verb} free in this line: an expectation or an integral over {names} is missing.",
            )
        missing = " and ".join(sorted(self.loose(right) - self.loose(left)))
        return Agreement("different", reason=f"The other side still depends on {missing}, this line does not.")

    def in_worlds(self, left: Node, right: Node, loose: frozenset[str]) -> Agreement:
        agreed, lonely, stuck = list[World](), list[Undefined](), list[Undecidable]()
        for world in self.generic:
            values = self.outcome(world, left, loose), self.outcome(world, right, loose)
            undecidable = [value for value in values if isinstance(value, Undecidable)]
            undefined = [value for value in values if isinstance(value, Undefined)]
            if undecidable:
                stuck.append(undecidable[0])
            elif len(undefined) == 1:
                lonely.append(undefined[0])
            elif not undefined:
                apart = self.differ(world, left, right, loose, values)
                if apart:
                    return self.different(world, left, right, loose)
                (
                    stuck.append(Undecidable("values that cannot be told apart"))
                    if apart is None
                    else agreed.append(world)
                )
            if len(agreed) == self.family.enough or len(stuck) == PATIENCE:
                break
        return self.summary(left, right, loose, agreed, lonely, stuck)

    def differ(
        self, world: World, left: Node, right: Node, loose: frozenset[str], values: tuple[Outcome, Outcome]
    ) -> bool | None:
        apart = scalars.differ(*values)
        return self.differ_closely(world, left, right, loose) if apart is None else apart

    def differ_closely(self, world: World, left: Node, right: Node, loose: frozenset[str]) -> bool | None:
        """The same question at a much higher precision."""
        scalars.precision(MORE_BITS)
        try:
            closer = self.fresh(world, left, loose), self.fresh(world, right, loose)
            if _missing(*closer):
                return None
            return scalars.differ(*closer)
        finally:
            scalars.precision(BITS)

    def summary(
        self,
        left: Node,
        right: Node,
        loose: frozenset[str],
        agreed: list[World],
        lonely: list[Undefined],
        stuck: list[Undecidable],
    ) -> Agreement:
        if len(agreed) == self.family.enough:
            if self.differ_closely(agreed[0], left, right, loose):
                return self.different(agreed[0], left, right, loose)
            notes = self.notes(left)
            if lonely:
                notes = (*notes, f"Equal only where both are defined: elsewhere there is {lonely[0]}.")
            return Agreement("equal", worlds=len(agreed), notes=notes)
        if lonely and not agreed and not stuck:
            return Agreement("different", reason=f"There is {lonely[0]} in it.")
        if stuck and (apart := self.roughly_different(left, right, loose)):
            return apart
        if stuck:
            return Agreement("undecided", reason=f"This line contains {stuck[0]}; a person has to read it.")
        return Agreement(
            "undecided", reason="This line has a value in too few cases to be checked; a person has to read it."
        )

    def roughly(self, world: World, tree: Node) -> Outcome:
        """An approximate value, where the kind of world has one to offer."""
        assert self.family.rough is not None
        try:
            return self.family.rough(world, tree)
        except (Undefined, Undecidable) as reason:
            return reason

    def roughly_different(self, left: Node, right: Node, loose: frozenset[str]) -> Agreement | None:
        """A small world where approximate values are far apart; None says nothing."""
        if self.family.rough is None or loose or not self.rough_left:
            return None
        self.rough_left -= 1
        for world in self.readable[:2]:
            values = self.roughly(world, left), self.roughly(world, right)
            if not _missing(*values) and scalars.far_apart(*values):
                return Agreement(
                    "different", world=world.words, values=scalars.show_both(*values), notes=self.notes(left)
                )
        return None

    def different(self, world: World, left: Node, right: Node, loose: frozenset[str]) -> Agreement:
        if self.rounds_to(left, right, loose):
            note = "A decimal in this line is a rounding; the exact number would be better."
            return Agreement("equal", worlds=PATIENCE, notes=(*self.notes(left), note))
        for small in self.readable:
            values = self.outcome(small, left, loose), self.outcome(small, right, loose)
            if not _missing(*values) and scalars.differ(*values):
                return Agreement(
                    "different", world=small.words, values=scalars.show_both(*values), notes=self.notes(left)
                )
        values = self.outcome(world, left, loose), self.outcome(world, right, loose)
        return Agreement("different", world=world.words, values=scalars.show_both(*values), notes=self.notes(left))

    def rounds_to(self, left: Node, right: Node, loose: frozenset[str]) -> bool:
        """Whether the decimals in ``left`` are roundings of numbers that would make the two equal."""
        decimals = [part for part in walk(left) if isinstance(part, Number) and part.decimals]
        if (
            not decimals
            or min(len(str(part.value.numerator * 10**part.decimals // part.value.denominator)) for part in decimals)
            < ROUNDED
        ):
            return False
        return all(self.rounds_to_in(world, left, right, loose) for world in self.generic[:PATIENCE])

    def rounds_to_in(self, world: World, left: Node, right: Node, loose: frozenset[str]) -> bool:
        world.rounding = True
        try:
            mine = self.fresh(world, left, loose)
        finally:
            world.rounding = False
        theirs = self.outcome(world, right, loose)
        return not _missing(mine, theirs) and scalars.may_round_to(mine, theirs)

    def notes(self, tree: Node) -> tuple[str, ...]:
        """What to say about a line whatever its verdict."""
        return tuple(
            "One argument of the KL is no distribution over "
            + part.var
            + "; it is read as ∫ a log(a/b) d"
            + part.var
            + "."
            for part in walk(tree)
            if isinstance(part, Divergence)
            and not all(_distribution(side, part.var) for side in (part.left, part.right))
        )[:1]


def _distribution(tree: Node, var: str) -> bool:
    """Whether a side of a KL is written as a distribution over ``var``."""
    if isinstance(tree, Density):
        return tree.args == (Symbol(var),)
    return not isinstance(tree, Number | Symbol) and not any(isinstance(part, Density) for part in walk(tree))
