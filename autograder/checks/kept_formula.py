"""What of a formula leaves the course: words, examples and the terms' values at them, never the terms.

Borders are functions of the course's own and stay behind: in a student's pack a border is described, not called by its name.
"""

from typing import Any

from torch import Tensor

from autograder.inputs import Argument, Axis, Domain, Draw, Formula, Pair, Term

Data = dict[str, Any]

_WORDS = ("slug", "symbol", "axes", "part", "unit", "tell", "credit")


def formula_data(formula: Formula | None) -> Data | None:
    """Everything of the formula but its functions."""
    if formula is None:
        return None
    return {
        "axes": {name: [a.words, a.count, list(a.sizes), a.kind] for name, a in formula.axes.items()},
        "terms": [_term_data(term) for term in formula.terms],
        "result": formula.result,
        "pairs": [[list(pair.terms), pair.slug, pair.tell, pair.credit] for pair in formula.pairs],
        "shares": dict(formula.shares),
        "points": [[list(args) for args in side] for side in formula.points],
        "values": [[list(values) for values in side] for side in formula.values],
        "sweeps": [[position, list(args)] for position, args in formula.sweeps],
    }


def formula_of(data: Data | None) -> Formula | None:
    """The formula that ``formula_data`` recorded: it knows its examples and the terms' values there."""
    if data is None:
        return None
    made = Formula(
        {name: Axis(words, count, tuple(sizes), kind) for name, (words, count, sizes, kind) in data["axes"].items()},
        (),
        tuple(map(_term, data["terms"])),
        data["result"],
        tuple(Pair(tuple(terms), *rest) for terms, *rest in data["pairs"]),
        shares=data["shares"],
    )
    made.__dict__.update(  # in place of what a formula computes when it is first asked
        points=tuple(tuple(tuple(args) for args in side) for side in data["points"]),
        values=tuple(tuple(tuple(values) for values in side) for side in data["values"]),
        sweeps=tuple((position, tuple(args)) for position, args in data["sweeps"]),
    )
    return made


def draw_data(draw: Draw | None) -> Data | None:
    """Everything of the draw but its functions."""
    if draw is None:
        return None
    return {
        "location": _term_data(draw.location),
        "spreads": [_term_data(term) for term in draw.spreads],
        "shape": list(draw.shape),
        "sweeps": [list(argument.sweep) for argument in draw.arguments],
        "numbers": draw.numbers,
        "swept": draw.swept,
        "values": [list(side) for side in draw.values],
    }


def draw_of(data: Data | None) -> Draw | None:
    """The draw that ``draw_data`` recorded."""
    if data is None:
        return None
    nowhere = Domain((), _stayed_behind)
    arguments = tuple(Argument("", nowhere, tuple(sweep)) for sweep in data["sweeps"])
    rows, columns = data["shape"]
    made = Draw(arguments, _term(data["location"]), tuple(map(_term, data["spreads"])), (rows, columns))
    values = tuple(tuple(side) for side in data["values"])
    made.__dict__.update(numbers=data["numbers"], swept=data["swept"], values=values)
    return made


def _term_data(term: Term) -> Data:
    words = {name: getattr(term, name) for name in _WORDS}
    return words | {"instead": list(term.instead), "factors": [[factor, said] for factor, said in term.factors.items()]}


def _term(data: Data) -> Term:
    words = {name: data[name] for name in _WORDS}
    return Term(
        **words, function=_stayed_behind, instead=tuple(data["instead"]), factors=dict(map(tuple, data["factors"]))
    )


def _stayed_behind(*_args: Any) -> Tensor:
    raise AssertionError("the terms of a formula are not in a student's pack")
