"""What a derivation is judged against: where it may start, its target, its waypoints, the form of its end."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from autograder.maths.judging import forms, slips
from autograder.maths.judging.equality import Judge
from autograder.maths.judging.own_slips import OwnSlip, with_slips
from autograder.maths.judging.shown import Shown, showing
from autograder.maths.judging.verdicts import judge_for
from autograder.maths.language import Domains
from autograder.maths.reading.meanings import given_names
from autograder.maths.reading.reader import read
from autograder.maths.reading.tokens import Unreadable
from autograder.maths.tree import Node
from autograder.maths.worlds import scalars
from autograder.maths.worlds.formal import worlds as formal_worlds
from autograder.maths.worlds.world import World
from autograder.model import CourseError

Shows = (
    str | Shown | Callable[[Node], bool] | None
)  # what a waypoint of the exercise's own shows; None: a known waypoint


@dataclass(frozen=True)
class Task:
    """What a derivation is judged against; read once."""

    judge: Judge
    starts: tuple[Node, ...]
    target: Node
    given: Mapping[str, Node]
    waypoints: Mapping[str, forms.Waypoint]
    form: str | None
    pattern: Node | None
    formal: tuple[World, ...]

    def same_notation(self, left: Node, right: Node) -> bool:
        """Whether two trees are equal by the rules of logarithms and linearity alone: even for unrelated densities."""
        if left == right:
            return True
        values = [
            (self.judge.fresh(world, left, frozenset()), self.judge.fresh(world, right, frozenset()))
            for world in self.formal
        ]
        return bool(values) and all(_same(mine, theirs) for mine, theirs in values)


def _same(left: object, right: object) -> bool:
    return not isinstance(left, Exception) and not isinstance(right, Exception) and scalars.differ(left, right) is False


def task(
    *,
    start: str | Sequence[str],
    target: str,
    domains: Domains,
    world: str | None = None,
    waypoints: Iterable[str] | Mapping[str, Shows] = (),
    form: str | None = None,
    names: Mapping[str, str] | None = None,
    functions: Mapping[str, str] | None = None,
    densities: Mapping[str, str] | None = None,
    expected: Mapping[str, OwnSlip] | None = None,
    seed: int = 0,
) -> Task:
    """Reads what a derivation is judged against. Arguments as in ``judge_derivation``; ``expected``: slips of the exercise's own.

    Raises:
        CourseError: a text of the exercise is not in the language, a waypoint does not exist, or a slip is not whole.
    """
    judge = judge_for(world, domains, seed, functions=functions, densities=densities)
    try:
        judge = with_slips(judge, expected or {}, slips.NAMES)
        tests = {name: _waypoint(name, shows, judge) for name, shows in _shown(waypoints).items()}
        given = given_names(names or {}, judge.language)
        starts = tuple(read(text, judge.language) for text in ([start] if isinstance(start, str) else start))
        pattern = None if form in (None, "closed") else read(str(form), judge.language)
        goal = read(target, judge.language)
    except Unreadable as reason:
        raise CourseError(f"A formula of the exercise cannot be read: {reason}") from reason
    return Task(
        judge,
        starts,
        goal,
        given,
        tests,
        form,
        pattern,
        tuple(formal_worlds(judge.language)),
    )


def _shown(waypoints: Iterable[str] | Mapping[str, Shows]) -> Mapping[str, Shows]:
    return waypoints if isinstance(waypoints, Mapping) else dict.fromkeys(waypoints)


def _waypoint(name: str, shows: Shows, judge: Judge) -> forms.Waypoint:
    if isinstance(shows, str):
        shows = Shown((shows,))
    if isinstance(shows, Shown):
        return showing(shows, judge.language)
    if shows is not None:
        return lambda tree, others, end: shows(tree)
    if name not in forms.WAYPOINTS:
        known = ", ".join(forms.WAYPOINTS)
        raise CourseError(f"There is no waypoint {name!r}; there are {known}, and those that say what they show.")
    return forms.WAYPOINTS[name]
