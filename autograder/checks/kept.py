"""What of a check leaves the course: calls and the oracle's answers to them as plain data, never the oracle.

``recorded`` makes the ``record`` of a check; ``checks.replayed`` makes the check again from what it gives. A law is Python of the
course's own and stays behind, and so does a training.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import torch
from torch import Tensor

from autograder.checks.kept_formula import draw_data, formula_data, formula_of
from autograder.inputs import (
    Args,
    Battery,
    Expected,
    Form,
    Formula,
    Inputs,
    Sampler,
    Step,
    in_float32,
    layout_data,
    layout_from,
)
from autograder.model import Call
from autograder.student import fold, unfold

Data = dict[str, Any]
"""Wire values: None, bool, int, float, str, tensors, lists and dicts of these."""
Part = tuple[int | str, ...]


def recorded(kind: str, asked: Battery | Sampler, **options: Any) -> Callable[[], Data]:
    """The ``record`` of a check: its kind, its options and what it asks."""

    def record() -> Data:
        data = battery_data(asked) if isinstance(asked, Battery) else sampler_data(asked)
        looked_at = {}
        if isinstance(asked, Battery) and asked.path:
            looked_at = {"part": {"path": list(asked.path), "tolerance": asked.tolerance}}
        return {"kind": kind, "asked": data, "options": options} | looked_at

    return record


# ------------------------------------------------------------------ batteries


def battery_data(battery: Battery) -> Data:
    """Calls, ladder and other forms of a battery, and the oracle's answer to each, with the gradients of the entry that is looked
    at. Made once, since several checks look at one battery."""
    whole = battery.whole or battery
    made: dict[Part, Data] = vars(whole).setdefault("_data", {})
    of = battery.path if whole.gradients else ()
    if of not in made:
        made[of] = _battery_data(whole, of)
    return made[of]


def _battery_data(battery: Battery, of: Part) -> Data:
    forms = [call for form in battery.forms for call in form.calls]
    read = [battery.plain(args) for args in battery.formula.examples] if battery.formula else []
    asked = map(_asking(battery, of), [*battery.calls, *battery.ladder, *forms])
    last = {_key(call): call for call in (*read, *asked)}  # forms of one example mostly have one answer
    answers = {key: battery.expect(call) for key, call in last.items()}
    extra: Data = {
        "arrays": battery.arrays if battery.arrays != "torch" else "",
        "returns": list(battery.returns),
        "steps": [[s.kind, s.target, s.label, list(s.args), dict(s.keywords)] for s in battery.steps],
    }
    return {name: value for name, value in extra.items() if value} | {
        "function": battery.function,
        "parameters": list(battery.parameters),
        "gradients": list(battery.gradients),
        "calls": [_call_data(call) for call in battery.calls],
        "ladder": [_call_data(call) for call in battery.ladder],
        "forms": {
            note: [[call.seed, list(form(*call.args))] for call in (*battery.calls, *battery.ladder)]
            for note, form in battery.other_forms.items()
        },
        "formula": fold(formula_data(battery.formula)) if battery.formula else None,
        "answers": [[seed, [list(s) for s in shapes], _expected_data(e)] for (seed, shapes), e in answers.items()],
    }


def _asking(battery: Battery, of: Part) -> Callable[[Call], Call]:
    """The same call asking for all gradients: an answer is judged by them even where it was asked without."""
    return lambda call: replace(call, gradients=battery.gradients, of=of)


def _key(call: Call) -> tuple[int, tuple[tuple[int, ...], ...]]:
    """An example in one of its forms: its seed is that of its numbers, and forms differ by shapes."""
    return call.seed, tuple(tuple(getattr(arg, "shape", ())) for arg in call.args)


def _call_data(call: Call) -> list[Any]:
    """Seed and arguments; where there are such, also names of those passed by keyword, and the weights of the sum."""
    more = [list(call.keywords), call.cotangent] if call.keywords or call.cotangent is not None else []
    return [call.seed, list(call.args), *more]


def _expected_data(e: Expected) -> list[Any]:
    more = [] if e.layout is None else [layout_data(e.layout), e.single]
    return [e.value, e.scale, e.slack, list(e.gradients), list(e.gradient_scales), list(e.gradient_slacks), *more]


class Recorded(Battery):
    """A battery whose oracle stayed behind: it knows the recorded examples, and nothing can be shrunk any further."""

    @classmethod
    def of(cls, data: Data) -> "Recorded":
        """The battery that ``battery_data`` recorded."""
        gradients = tuple(data["gradients"])
        forms = {note: {seed: tuple(args) for seed, args in rows} for note, rows in data["forms"].items()}
        examples = {_numbers(args): seed for name in ("calls", "ladder") for seed, args, *_ in data[name]}
        made = cls(
            data["function"],
            _stayed_behind,
            _stayed_behind,
            Inputs((), ()),
            tuple(data["parameters"]),
            gradients=gradients,
            other_forms={note: lambda *args, rows=rows: rows[examples[_numbers(args)]] for note, rows in forms.items()},
            arrays=data.get("arrays", "torch"),
            returns=tuple(data.get("returns", ())),
            steps=tuple(
                Step(kind, target, label, tuple(args), keywords)
                for kind, target, label, args, keywords in data.get("steps", ())
            ),
        )
        answers = {(seed, tuple(map(tuple, shapes))): _expected(e) for seed, shapes, e in data["answers"]}
        calls, ladder = (tuple(made._recorded(*row) for row in data[name]) for name in ("calls", "ladder"))
        if folded := data.get("formula"):
            del made.__dict__["formula"]
            made.__dict__["_folded"] = folded
        # In place of what a battery draws and computes when it is first asked.
        made.__dict__.update(
            calls=calls, ladder=ladder, drawn=tuple(call.args for call in calls), _answers=answers, _examples=examples
        )
        return made

    @cached_property
    def formula(self) -> Formula | None:
        """What the answer's formula may be made of; asked for only where an answer is wrong."""
        return formula_of(unfold(self.__dict__["_folded"]))

    def _recorded(self, seed: int, args: Sequence[Any], keywords: Sequence[str] = (), cotangent: Any = None) -> Call:
        return Call(self.function, tuple(args), self.gradients, cotangent, seed, tuple(keywords), self._bound)

    @property
    def knows_more(self) -> bool:
        return False

    def forms_of(self, calls: Sequence[Call]) -> tuple[Form, ...]:
        """Only the examples that a check asks for were recorded in other forms."""
        if all(_numbers(call.args) in self.__dict__["_examples"] for call in calls):
            return super().forms_of(calls)
        return (Form("It works in float32 only.", tuple(in_float32(call) for call in calls), self),)

    def expect(self, call: Call) -> Expected:
        """The recorded answer."""
        if self.whole:
            return self.whole.expect(call).part(self.path, self.tolerance)
        answer: Expected = self.__dict__["_answers"][_key(call)]
        return answer

    def shrink(self, fails: Callable[[Call], bool]) -> Call | None:
        """None: only an oracle can answer new inputs."""
        return None


def _expected(e: Sequence[Any]) -> Expected:
    layout, single = (layout_from(e[6]), e[7]) if len(e) > 6 else (None, False)
    value, scale, slack, gradients, scales, slacks = e[:6]
    return Expected(value, scale, slack, tuple(gradients), tuple(scales), tuple(slacks), layout, single)


def _numbers(args: Sequence[Any]) -> bytes:
    return b"|".join(arg.double().numpy().tobytes() if isinstance(arg, Tensor) else repr(arg).encode() for arg in args)


def _stayed_behind(*_args: Any) -> Any:
    raise AssertionError("the oracle is not in a student's pack")


# ------------------------------------------------------------------ samplers


def sampler_data(sampler: Sampler) -> Data:
    """Blocks, and for each the line r = a + b z that the residual is in every element of z."""
    return {
        "function": sampler.function,
        "parameters": list(sampler.parameters),
        "draw": draw_data(sampler.draw),
        "blocks": [{"args": list(args), "residual": line(_residual(sampler, args), args)} for args in sampler.blocks],
    }


def _residual(sampler: Sampler, args: Args) -> Callable[[Tensor], Sequence[Tensor]]:
    return lambda z: (sampler.residual(z, *doubles(args)),)


def line(function: Callable[[Tensor], Sequence[Tensor]], args: Args) -> list[list[Tensor]]:
    """[a, b] for each value of ``function``, with value = a + b z in every element.

    Raises:
        ValueError: it is no such line.
    """
    zero = torch.zeros_like(args[0]).double()
    lines = [[at_0, at_1 - at_0] for at_0, at_1 in zip(function(zero), function(zero + 1), strict=True)]
    z = torch.linspace(-3, 5, zero.numel()).double().reshape(zero.shape)
    for (a, b), value in zip(lines, function(z), strict=True):
        if not torch.allclose(a + b * z, value, rtol=1e-9, atol=1e-9):
            raise ValueError("only what is linear in the draw can be recorded")
    return lines


def doubles(args: Args) -> Args:
    return tuple(arg.double() for arg in args)
