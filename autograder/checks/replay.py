"""What several checks share: a battery's outcomes for one answer, and the words for a difference."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
from torch import Tensor

from autograder.inputs import Absent, Battery, Evidence, Expected, Form, Together, script
from autograder.model import Answer, Call, Fault, Mistake, Opaque, Outcome

T = TypeVar("T")


@dataclass(frozen=True)
class Replay:
    """Calls, outcomes and what the oracle says, in the battery's order; ``notes`` on forms that the answer needs. Where it
    needed none, ``together`` judges all outcomes at once."""

    calls: tuple[Call, ...]
    outcomes: tuple[Outcome, ...]
    expected: tuple[Expected, ...]
    notes: tuple[str, ...] = ()
    together: Together | None = None

    @cached_property
    def is_right(self) -> bool:
        """Whether every value equals the oracle's and is a tensor. False where that is to be judged one by one."""
        return self.together is not None and self.together.values_right(self.outcomes)

    @property
    def dead(self) -> Fault | None:
        """The first fault, when every call failed."""
        faults = [outcome.fault for outcome in self.outcomes]
        return faults[0] if all(faults) else None


def replay(battery: Battery, answer: Answer) -> Replay:
    """The answer's outcomes on the battery. Where a call raises an exception, other forms of the input are tried."""
    calls, outcomes, expected, notes = battery.calls, _asked(battery, answer, battery.calls), battery.expected, []
    together: Together | None = battery.together
    for form in battery.forms if any(map(_refused, outcomes)) else ():
        again, better = _retry(battery, answer, outcomes, form)
        if better:
            calls, outcomes = _swap(calls, form.calls, better), _swap(outcomes, again, better)
            expected, together = _swap(expected, form.expected, better), None
            notes.append(form.note)
    return Replay(calls, outcomes, expected, tuple(dict.fromkeys(note for note in notes if note)), together)


def alive(battery: Battery, seen: Replay, evidence: Evidence | None = None) -> None:
    """Nothing, if some call gave a value; otherwise a Mistake: every call failed, with this evidence, or nothing ever came back
    where something is asked."""
    if seen.dead:
        raise Mistake(sentence(battery.function, seen.dead), evidence=evidence)
    if empty := nothing(battery, seen):
        raise empty


def nothing(battery: Battery, seen: Replay) -> Mistake | None:
    """The mistake, where None comes back whenever something is asked."""
    pairs = zip(seen.outcomes, seen.expected, strict=True)
    if battery.returned and all(o.fault is None and o.value is None and e.meant is not None for o, e in pairs):
        text = f"{battery.subject} None: its last line needs a `return`, with the result behind it."
        return Mistake(text, name="returns_nothing", credit=0.0, otherwise=text)
    return None


def outcomes_of(
    battery: Battery, answer: Answer, calls: tuple[Call, ...], forms: Callable[[], Sequence[Form]]
) -> tuple[Outcome, ...]:
    """The answer's outcomes on calls of a law; where one raises an exception, in another form."""
    outcomes = _asked(battery, answer, calls)
    for form in forms() if any(map(_refused, outcomes)) else ():
        again, better = _retry(battery, answer, outcomes, form)
        outcomes = _swap(outcomes, again, better)
    return outcomes


def _asked(battery: Battery, answer: Answer, calls: tuple[Call, ...]) -> tuple[Outcome, ...]:
    """Outcomes of the part that the battery looks at."""
    return tuple(map(battery.looked_at, answer.calls(calls)))


def _retry(
    battery: Battery, answer: Answer, outcomes: Sequence[Outcome], form: Form
) -> tuple[Sequence[Outcome], list[int]]:
    """The form's outcomes, and where they help."""
    refused = [i for i, outcome in enumerate(outcomes) if _refused(outcome)]
    if not refused:
        return outcomes, []
    again = list(_asked(battery, answer, form.calls))
    better = [i for i in refused if again[i].fault is None]
    for i in better:
        again[i] = _without_gradient(again[i], outcomes[i], form.calls[i])
    return again, better


def _without_gradient(outcome: Outcome, before: Outcome, call: Call) -> Outcome:
    """An outcome that came only when no gradient was asked for says why it has none."""
    if call.gradients or before.fault is None or outcome.gradient_fault:
        return outcome
    return replace(outcome, gradient_fault=f"where one is asked for, {before.fault.message}")


def _refused(outcome: Outcome) -> bool:
    return outcome.fault is not None and outcome.fault.kind == "exception"


def _swap(old: Sequence[T], new: Sequence[T], at: list[int]) -> tuple[T, ...]:
    return tuple(new[i] if i in at else old[i] for i in range(len(old)))


def describe(call: Call, parameters: Sequence[str]) -> str:
    """The call as a student would type it: mean_square(x=[0, 1])."""
    if call.steps:
        return "\n".join(script(call.steps, call.function, [_code(arg) for arg in call.args]))
    names = [*parameters, *("" for _ in range(len(call.args) - len(parameters)))][: len(call.args)]
    names[len(names) - len(call.keywords) :] = call.keywords
    inside = ", ".join(
        f"{name}={_code(arg)}" if name else _code(arg) for name, arg in zip(names, call.args, strict=True)
    )
    return f"{call.function}({inside})"


def _code(arg: object) -> str:
    """An argument as it can be pasted: a tensor of three axes or more in full, since its first elements do not tell its shape."""
    if isinstance(arg, Tensor) and arg.dim() > 2 and arg.numel() <= 48:
        return f"torch.tensor({_nested(arg.tolist())})"
    return show(arg)


def _nested(value: object) -> str:
    return f"[{', '.join(map(_nested, value))}]" if isinstance(value, list) else show(value)


def show(value: object, digits: int = 4) -> str:
    """A value in at most ``digits`` significant digits; a long tensor by its shape and first elements."""
    if isinstance(value, np.ndarray):
        return f"array {show(value.tolist(), digits)}"
    if isinstance(value, Tensor):
        if value.numel() > 12:
            first = ", ".join(show(float(x), digits) for x in value.flatten()[:3])
            return f"tensor of shape {tuple(value.shape)} starting {first}"
        return show(value.tolist(), digits)
    if isinstance(value, Absent):
        return show(value.whole, digits)
    if isinstance(value, np.generic):
        return show(value.item(), digits)
    if isinstance(value, Opaque):
        return f"an object of type {value.type}"
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return f"{value:.{digits}g}" if value else "0"  # -0 is 0
    if isinstance(value, list | tuple):
        inside = ", ".join(show(x, digits) for x in value[:12])
        return f"[{inside}{', …' if len(value) > 12 else ''}]"
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else value[:57] + "...")
    if isinstance(value, dict):
        inside = ", ".join(f"{key!r}: {show(entry, digits)}" for key, entry in list(value.items())[:8])
        return f"{{{inside}{', …' if len(value) > 8 else ''}}}"
    return f"a value of type {type(value).__name__}"


def show_pair(found: object, expected: object) -> tuple[str, str]:
    """Both values with as many digits as it takes to tell them apart (four at least)."""
    for digits in (4, 6, 9, 12, 17):
        pair = show(found, digits), show(expected, digits)
        if pair[0] != pair[1]:
            break
    return pair


def sentence(function: str, fault: Fault) -> str:
    """The fault of a call as a sentence about the function."""
    where = "" if fault.line is None else f" (line {fault.line}" + (f" of cell {fault.cell})" if fault.cell else ")")
    return fault.message if function in fault.message else f"{function}: {fault.message}{where}"
