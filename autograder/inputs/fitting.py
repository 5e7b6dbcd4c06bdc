"""Whether the parts of a battery fit together, as far as it shows without asking the oracle: names, arguments, places."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from autograder.inputs.given import Inputs
from autograder.inputs.steps import Step
from autograder.model import CourseError, listed, meant


class Declared(Protocol):
    """What of a battery is looked at."""

    @property
    def function(self) -> str: ...
    @property
    def oracle(self) -> Callable[..., Any]: ...
    @property
    def terms(self) -> Any: ...
    @property
    def inputs(self) -> Inputs | None: ...
    @property
    def parameters(self) -> tuple[str, ...]: ...
    @property
    def examples(self) -> Sequence[tuple[Any, ...]]: ...
    @property
    def gradients(self) -> tuple[int, ...]: ...
    @property
    def optional(self) -> tuple[str, ...]: ...
    @property
    def steps(self) -> tuple[Step, ...]: ...


def parameters_of(oracle: Callable[..., Any], function: str) -> tuple[str, ...]:
    """The oracle's own parameters. Raises CourseError where it does not tell them."""
    try:
        return tuple(inspect.signature(oracle).parameters)
    except (TypeError, ValueError):
        raise CourseError(
            f"The oracle of {function} does not tell its parameters; say them: Battery(..., parameters=(...))."
        ) from None


def by_keyword_alone(oracle: Callable[..., Any], names: Sequence[str]) -> bool:
    """Whether the oracle takes one of these parameters by keyword alone: f(x, *, eps)."""
    try:
        taken = inspect.signature(oracle).parameters
    except (TypeError, ValueError):
        return False
    return any(taken[name].kind is inspect.Parameter.KEYWORD_ONLY for name in names if name in taken)


def fit(battery: Declared) -> None:
    """Raises CourseError, a sentence, for the first part that does not fit."""
    said = f"The battery of {battery.function}"
    names = f"{len(battery.parameters)} parameters ({', '.join(battery.parameters)})"
    if battery.inputs is None and not battery.examples:
        raise CourseError(f"{said} asks nothing: it has neither inputs=arguments(...) nor examples.")
    if battery.inputs and battery.inputs.make is None and len(battery.inputs.domains) != len(battery.parameters):
        raise CourseError(f"{said} has {len(battery.inputs.domains)} domains for {names}; one for each is expected.")
    for example in battery.examples:
        if len(example) != len(battery.parameters):
            raise CourseError(f"{said} has the example {example!r} with {len(example)} values for {names}.")
    if not battery.steps:
        _takes(battery.oracle, battery.parameters, f"the oracle of {battery.function}")
    for terms in _functions(battery.terms):
        _takes(terms, battery.parameters, f"terms of {battery.function}")
    _gradients(battery, said)
    if battery.optional and battery.parameters[-len(battery.optional) :] != battery.optional:
        near = "".join(meant(name, battery.parameters) for name in battery.optional if name not in battery.parameters)
        raise CourseError(
            f"{said} calls {listed(battery.optional)} optional, but its last parameters are "
            f"{', '.join(battery.parameters[-len(battery.optional) :])}{near}."
        )


def _functions(terms: Any) -> list[Callable[..., Any]]:
    found = list(terms.values()) if isinstance(terms, Mapping) else [terms]
    return [one for one in found if callable(one)]


def _takes(function: Callable[..., Any], parameters: Sequence[str], what: str) -> None:
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # one that is not written in Python
        return
    by_name = {name for name, one in signature.parameters.items() if one.kind is one.KEYWORD_ONLY} & set(parameters)
    try:
        signature.bind(*(name for name in parameters if name not in by_name), **dict.fromkeys(by_name))
    except TypeError:
        taken = ", ".join(map(str, signature.parameters.values()))
        code = getattr(function, "__code__", None)
        where = f" (line {code.co_firstlineno} of {code.co_filename})" if code else ""
        raise CourseError(
            f"{what[:1].upper()}{what[1:]}{where} takes ({taken}), but it is given {len(parameters)} arguments: "
            f"{', '.join(parameters)}."
        ) from None


def _gradients(battery: Declared, said: str) -> None:
    for position in battery.gradients:
        if type(position) is not int or not 0 <= position < len(battery.parameters):
            raise CourseError(
                f"{said} asks for the gradient at position {position!r}; positions are 0 to {len(battery.parameters) - 1}."
            )
        domain = battery.inputs.domains[position] if battery.inputs and not battery.inputs.make else None
        if domain and (domain.plain or domain.values or domain.sized or not domain.dtype.is_floating_point):
            raise CourseError(
                f"{said} asks for the gradient with respect to {battery.parameters[position]}, which is no array of real numbers."
            )
