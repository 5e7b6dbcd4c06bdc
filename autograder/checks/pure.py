"""Leaves its arguments alone and gives the same answer to the same input."""

from functools import cache

from autograder.checks.kept import recorded
from autograder.checks.replay import describe, replay, sentence, show
from autograder.inputs import Battery, Sampler, possible, same_value, shown
from autograder.model import Answer, Call, Check, Mistake, Outcome, Visibility


def leaves_alone(
    asked: Battery | Sampler,
    *,
    points: float = 0.25,
    name: str = "leaves its arguments alone",
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "Methods that end in an underscore, and +=, change a tensor in place; write x = x + y instead.",
) -> Check:
    """No call changes an argument in place; three quarters of the points are left otherwise."""

    def run(answer: Answer) -> None:
        for call, outcome in _alive(asked, answer):
            if outcome.changed:
                names = " and ".join(asked.parameters[i] for i in outcome.changed)
                raise Mistake(
                    f"{asked.function} changes its argument {names} in place; the caller still needs it.",
                    name="changes_its_arguments",
                    credit=0.75,
                    counterexample=describe(call, asked.parameters),
                )

    record = recorded("leaves_alone", asked, points=points, name=name, needs=needs, hint=hint)
    return Check(name, points, run, visibility, needs, hint, record, asks=lambda: (asked.calls,))


def _alive(asked: Battery | Sampler, answer: Answer) -> list[tuple[Call, Outcome]]:
    """Every call with its outcome; a Mistake if none gave a value that could be an answer: who does nothing changes nothing."""
    if isinstance(asked, Battery):
        seen = replay(asked, answer)
        pairs = list(zip(seen.calls, seen.outcomes, strict=True))
        given = [(o.value, e) for o, e in zip(seen.outcomes, seen.expected, strict=True) if not o.fault]
        if given and not any(possible(value, e) for value, e in given):
            value = given[0][0]
            raise Mistake(
                f"{asked.function} returns {show(value)}, which can be no answer: nothing is left to be judged here."
            )
    else:
        pairs = list(zip(asked.calls, answer.calls(asked.calls), strict=True))
    if (fault := pairs[0][1].fault) and all(outcome.fault for _, outcome in pairs):
        raise Mistake(sentence(asked.function, fault))
    return pairs


def repeats(
    battery: Battery,
    *,
    points: float = 0.25,
    name: str = "gives the same answer to the same input",
    visibility: Visibility = "hidden",
    needs: tuple[str, ...] = (),
    hint: str = "The result may depend on the arguments alone, not on what was called before.",
) -> Check:
    """All examples asked again, and the first ones once more after all the others, in reverse order, give the same values."""

    @cache
    def again() -> tuple[Call, ...]:
        return (*battery.calls, *reversed(battery.calls[:4]))

    def run(answer: Answer) -> None:
        _alive(battery, answer)
        expected = dict(zip(map(id, battery.calls), battery.expected, strict=True))
        first = dict(zip(map(id, battery.calls), map(battery.looked_at, answer.calls(battery.calls)), strict=True))
        for call, outcome in zip(again(), map(battery.looked_at, answer.calls(again())), strict=True):
            a, b, e = first[id(call)], outcome, expected[id(call)]
            if a.fault is None and b.fault is None and not same_value(shown(a.value, e), shown(b.value, e)):
                raise Mistake(
                    f"{battery.function} answers the same input with {show(a.value)} at first and {show(b.value)} later.",
                    counterexample=describe(call, battery.parameters),
                )

    record = recorded("repeats", battery, points=points, name=name, needs=needs, hint=hint)
    return Check(name, points, run, visibility, needs, hint, record, asks=lambda: (battery.calls, again()))
