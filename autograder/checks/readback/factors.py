"""Wrong factors: signs, weights, reductions; of everything, of a part, of a term."""

import math
from collections.abc import Sequence

from autograder.checks.readback.slip import Item, Slip, made, name_of, number, slugged
from autograder.inputs import Formula, Law, Term

ONE = Law(1.0)


def factors(formula: Formula, items: Sequence[Item]) -> list[Slip]:
    """The fewest factors that explain all ratios: one of everything, one of each part, one of each term."""
    candidates = [ONE, *dict.fromkeys(item.ratio for item in items)]
    parts = [[item for item in items if item.term.part == part] for part in dict.fromkeys(i.term.part for i in items)]
    plans = [(base, [_plan(part, base, candidates, len(parts) > 1) for part in parts]) for base in candidates]
    base, chosen = min(plans, key=lambda plan: _cost(plan[0]) + sum(cost for cost, _ in plan[1]))
    said = _said(formula, base, items, "everything", "")
    for part, (_, factor) in zip(parts, chosen, strict=True):
        said += _said(formula, factor, part, part[0].term.part or part[0].term.symbol, part[0].term.part)
        for item in part:
            said += _of_term(formula, item, item.ratio / base / factor)
    return said


def _plan(part: Sequence[Item], base: Law, candidates: Sequence[Law], several: bool) -> tuple[float, Law]:
    """What a part costs beside the factor of everything, and its own factor."""
    own = [ONE, *(law / base for law in candidates)] if part[0].term.part and several else [ONE]
    costs = [(_cost(f) + sum(_term_cost(item, item.ratio / base / f) for item in part), f) for f in own]
    return min(costs, key=lambda plan: plan[0])


def _cost(law: Law) -> float:
    size = abs(law.number)
    return (law.number < 0) + (abs(size - 1) > 1e-6) + bool(law.powers) * len(_reductions(law))


def _term_cost(item: Item, law: Law) -> float:
    return 1.01 * _cost(law) if not _meaning(item.term, law) else 1.01


def _meaning(term: Term, law: Law) -> str:
    known = (said for factor, said in term.factors.items() if abs(law.number - factor) <= 1e-6 * abs(factor))
    return next(known, "") if not law.powers else ""


def _reductions(law: Law) -> list[tuple[str, int]]:
    """Powers of axes; that of another axis in the place of the own one counts once."""
    ups = [a for a, p in law.powers if p == 1]
    downs = [a for a, p in law.powers if p == -1]
    return list(law.powers)[:1] if len(law.powers) == 2 and ups and downs else list(law.powers)


def _of_term(formula: Formula, item: Item, law: Law) -> list[Slip]:
    if said := _meaning(item.term, law):
        return [made(formula, f"factor_of_{item.term.slug}", "factor of a term", said)]
    return _said(formula, law, [item], name_of(item.term), item.term.slug)


def _said(formula: Formula, law: Law, items: Sequence[Item], subject: str, slug: str) -> list[Slip]:
    """The slips in a factor of everything (no slug), of a part or of a term."""
    of, tail, whole = (f"of {subject} " if slug else ""), (f"_of_{slugged(slug)}" if slug else ""), not slug
    said = []
    size = abs(law.number)
    powers = law.powers
    if law.number < 0:
        kind = "sign" if whole else "sign of a part"
        said.append(made(formula, f"sign_turned{tail}", kind, f"the sign {of}is turned round"))
    if len(powers) == 1 and powers[0][1] == 1 and size < 0.1 and abs(1 / size - round(1 / size)) < 1e-4:
        count = formula.axis(powers[0][0]).count
        text = f"{subject} is divided by {round(1 / size)}, a number written out, not by {count}"
        return [*said, made(formula, f"divided_by_a_number{tail}", "weight", text)]
    if abs(size - 1) > 1e-6:
        said.append(_weight(formula, size, items, subject, of, tail))
    return said + _reduced(formula, law, items, subject, tail, whole)


def _weight(formula: Formula, size: float, items: Sequence[Item], subject: str, of: str, tail: str) -> Slip:
    halves = all(abs(abs(item.right.number) - 0.5) < 1e-6 for item in items)
    base = next((n for n in (2, 10) if abs(size * math.log(n) - 1) < 1e-6), None)
    if base:
        return made(
            formula, f"log_base_{base}{tail}", "weight", f"the logarithm {of}is to base {base}, not the natural one"
        )
    if abs(size - 2) < 1e-6:
        said = f"the factor ½ {of}is missing" if halves else f"{subject} is doubled"
        return made(formula, f"doubled{tail}", "doubled" if not tail else "factor", said)
    if abs(size - 0.5) < 1e-6:
        return made(formula, f"halved{tail}", "factor", f"{subject} is halved once too often")
    return made(formula, f"weight{tail}", "weight", f"{subject} is multiplied by {number(size)}")


def _reduced(formula: Formula, law: Law, items: Sequence[Item], subject: str, tail: str, whole: bool) -> list[Slip]:
    ups, downs = ([a for a, p in law.powers if p * sign > 0] for sign in (1, -1))
    if len(ups) == len(downs) == 1:
        mine, other = formula.axis(ups[0]), formula.axis(downs[0])
        text = f"{subject} is divided by {other.count}, not by {mine.count}"
        return [made(formula, f"divided_by_another_size{tail}", "another size", text)]
    said = []
    for axis in (*ups, *downs):
        words, count = formula.axis(axis).words, formula.axis(axis).count
        power = law.power(axis)
        mean = items[0].right.power(axis) == -1
        over = all(axis in item.axes for item in items)
        kind = "reduction" if whole and over and (power == 1) == mean else "uneven reduction"
        constant = len(items) == 1 and items[0].term.constant and not whole
        if constant and power == -1 and not mean:
            text, slug = f"the constant is counted once, not once for each element of {words}", "constant_once"
        elif power == 1 and mean and over:
            text, slug = f"{subject} is summed over {words} where the mean is asked", f"summed_over_{slugged(words)}"
        elif power == -1 and not mean and over:
            text, slug = f"{subject} is averaged over {words} where the sum is asked", f"averaged_over_{slugged(words)}"
        elif power < 0:
            text, slug = f"{subject} is divided by {count}", f"divided_by_{slugged(words)}"
        else:
            text, slug = f"{subject} is multiplied by {count}", f"multiplied_by_{slugged(words)}"
        said.append(made(formula, slug + tail, kind, text))
    return said
