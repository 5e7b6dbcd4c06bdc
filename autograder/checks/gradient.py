"""Gradients: they reach every argument, and they are the oracle's."""

from dataclasses import replace
from typing import Any

from torch import Tensor

from autograder.checks.kept import recorded
from autograder.checks.replay import Replay, alive, describe, replay, show_pair
from autograder.inputs import Battery, Expected, judge, judge_gradient, same_value, shown
from autograder.model import Answer, Call, Check, CourseError, Mistake, Visibility


def reaches(
    battery: Battery,
    *,
    points: float = 0.25,
    name: str = "gradients reach every argument",
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "Compute with torch functions from the arguments to the result: no .item(), .detach(), .data or numpy.",
) -> Check:
    """Each argument gets a gradient wherever the oracle's is not zero. Half of the points are left otherwise
    (``gradient_cut`` when none arrives, ``gradient_missing`` when only some do)."""

    def run(answer: Answer) -> None:
        seen = _alive(battery, answer)
        missing = [p for p in range(len(battery.gradients)) if _missing(seen, p)]
        if not missing:
            return
        names = [battery.parameters[battery.gradients[p]] for p in missing]
        idle = [] if len(missing) == len(battery.gradients) else _idle(battery, answer, seen, missing)
        if idle:
            raise Mistake(
                f"{battery.function} does not depend on {' and '.join(idle)}: the same values come back whatever it is."
            )
        if len(missing) == len(battery.gradients):
            reason = next((o.gradient_fault for o in seen.outcomes if o.gradient_fault), "")
            raise Mistake(
                f"No gradient flows through {battery.function}: "
                + (reason or "the result is cut off from its arguments."),
                name="gradient_cut",
                credit=0.5,
            )
        raise Mistake(
            f"No gradient of {battery.function} reaches {' and '.join(names)}, though the result depends on it.",
            name="gradient_missing",
            credit=0.5,
        )

    record = recorded("reaches", battery, points=points, name=name, needs=needs, hint=hint)
    return Check(name, points, run, visibility, needs, hint, record, asks=lambda: (battery.calls,))


def gradient(
    battery: Battery,
    *,
    points: float = 1,
    name: str = "gradients agree with the reference",
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "",
) -> Check:
    """The gradient with respect to each argument equals the oracle's on every example of the battery, wherever the argument
    is generic: isolated points, at which a formula may have a kink, decide nothing. Where it does not, though every value is
    right, half of the points are left (``wrong_gradient``)."""

    def run(answer: Answer) -> None:
        seen = _alive(battery, answer)
        if seen.together and seen.together.gradients_right(seen.outcomes):
            return
        for i, (outcome, expected) in enumerate(zip(seen.outcomes, seen.expected, strict=True)):
            if outcome.fault or outcome.gradient_fault:
                said = outcome.fault.message if outcome.fault else outcome.gradient_fault
                raise Mistake(f"The gradient of {battery.function} cannot be computed: {said}")
            for p, found in enumerate(outcome.gradients):
                at = seen.calls[i].args[battery.gradients[p]]
                verdict = judge_gradient(found, expected, p, at)
                if verdict != "equal":
                    parameter = battery.parameters[battery.gradients[p]]
                    a, b = show_pair(found, expected.gradients[p])
                    right = _right(seen)  # then a part of it is cut off or bent on its way back
                    raise Mistake(
                        f"The gradient of {battery.function} with respect to {parameter} is {a}; {b} is expected.",
                        name="wrong_gradient" if right else "",
                        credit=0.5 if right else None,
                        counterexample=describe(seen.calls[i], battery.parameters),
                    )

    record = recorded("gradient", battery, points=points, name=name, needs=needs, hint=hint)
    return Check(name, points, run, visibility, needs, hint, record, asks=lambda: (battery.calls,))


def _idle(battery: Battery, answer: Answer, seen: Replay, missing: list[int]) -> list[str]:
    """Those arguments without a gradient on which the value does not depend: moved by a little, they leave it as it is."""
    at = [i for i, outcome in enumerate(seen.outcomes) if not outcome.fault][-3:]
    calls = [_moved(seen.calls[i], battery.gradients[p]) for p in missing for i in at]
    outcomes = iter(map(battery.looked_at, answer.calls(calls)))
    found = []
    for p in missing:
        same = [_same(next(outcomes).value, seen.outcomes[i].value, seen.expected[i]) for i in at]
        found += [battery.parameters[battery.gradients[p]]] if all(same) else []
    return found


def _same(a: Any, b: Any, expected: Expected) -> bool:
    """Whether both are the same numbers; what cannot be read as numbers says nothing."""
    found = shown(a, expected)
    return isinstance(found, Tensor) and same_value(found, shown(b, expected))


def _moved(call: Call, position: int) -> Call:
    """The call with one argument a little smaller in size, which no domain forbids."""
    arg = call.args[position]
    other = arg * (1 - 2**-5)
    return replace(call, args=(*call.args[:position], other, *call.args[position + 1 :]), gradients=())


def _right(seen: Replay) -> bool:
    pairs = zip(seen.outcomes, seen.expected, strict=True)
    return seen.is_right or all(o.fault is None and judge(o.value, e) == "equal" for o, e in pairs)


def _has_gradients(battery: Battery) -> None:
    """Raises CourseError where the oracle's answer has no gradient that could be compared."""
    if not battery.gradients:
        raise CourseError(f"The battery of {battery.function} has no gradients; say which: gradients=(0,).")
    if not battery.expected[0].gradients:
        raise CourseError(
            f"The oracle of {battery.function} returns no one tensor whose gradient could be compared; say of which entry, such "
            'as battery["loss"].'
        )


def _alive(battery: Battery, answer: Answer) -> Replay:
    _has_gradients(battery)
    seen = replay(battery, answer)
    alive(battery, seen)
    pairs = [(o, e) for o, e in zip(seen.outcomes, seen.expected, strict=True) if not o.fault]
    if all(judge(o.value, e) in ("nan", "infinite") for o, e in pairs):
        raise Mistake(f"{battery.function} is NaN or infinite on every example: no gradient comes of that.")
    return seen


def _missing(seen: Replay, p: int) -> bool:
    """Whether requested argument p got no gradient on any example, though the oracle's is not zero on some."""
    pairs = [(o, e) for o, e in zip(seen.outcomes, seen.expected, strict=True) if not o.fault]
    wanted = [(o.gradients[p] if o.gradients else None, e) for o, e in pairs if e.gradients[p].any()]
    return bool(wanted) and all(judge_gradient(found, e, p) == "missing" for found, e in wanted)
