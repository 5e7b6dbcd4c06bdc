"""What separates the formula that was read from the right one, as the fewest slips that explain it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from autograder.checks.readback.factors import factors
from autograder.checks.readback.slip import Item, Slip, made, name_of, slugged
from autograder.inputs import Formula, Law, Reading, Term


def slips(formula: Formula, right: Reading, found: Reading) -> tuple[Slip, ...]:
    """The slips that lead from the right reading to the one found."""
    items, changed = _matched(formula, right, found)
    items, shaped = _kept_axes(formula, right, found, items)
    return (*changed, *shaped, *factors(formula, items))


# ------------------------------------------------------------------ terms in the place of others, missing, too many


def _matched(formula: Formula, right: Reading, found: Reading) -> tuple[list[Item], list[Slip]]:
    items, changed, explained = [], [], set()
    missing = [slug for slug in right.laws if slug not in found.laws]
    for slug, law in found.laws.items():
        term = formula.term(slug)
        places = [s for s in term.instead if s in right.laws]
        if slug in right.laws:
            items.append(_item(formula, term, right.laws[slug], law / right.laws[slug]))
        elif places and all(s in missing and s not in explained for s in places):
            explained |= set(places)
            first = right.laws[places[0]]
            natural = [
                (a, p)
                for a, p in first.powers
                if a in term.axes.split() or a not in formula.term(places[0]).axes.split()
            ]
            items.append(_item(formula, term, first, law / Law(first.number * term.unit, tuple(natural))))
            changed.append((slug, _substituted(formula, term, places)))
        else:
            changed.append(
                (slug, made(formula, f"{slug}_added", "extra", f"{term.symbol} has no place in it", term.credit))
            )
    lost = [slug for slug in missing if slug not in explained]
    return items, [*_paired(formula, changed), *_missing(formula, right, lost)]


def _item(formula: Formula, term: Term, right: Law, ratio: Law) -> Item:
    own = {axis: formula.kind(axis) for axis in term.axes.split()}

    def named(law: Law) -> Law:
        return Law(law.number, tuple(sorted((own.get(axis, axis), power) for axis, power in law.powers)))

    return Item(term, tuple(own.values()), named(right), named(ratio))


def _substituted(formula: Formula, term: Term, places: Sequence[str]) -> Slip:
    symbols = " and ".join(formula.term(slug).symbol for slug in places)
    belong = "belongs" if len(places) == 1 else "belong"
    said = term.tell or f"{term.symbol} stands where {symbols} {belong}"
    slug = f"{term.slug}_for_{places[0]}" if len(places) == 1 else term.slug
    return made(formula, slug, "other term", said, term.credit)


def _paired(formula: Formula, changed: Sequence[tuple[str, Slip]]) -> list[Slip]:
    """Substitutions that are one mistake together are said as one."""
    left = dict(changed)
    joint = []
    for pair in formula.pairs:
        if all(slug in left and not left[slug].slug.endswith("_added") for slug in pair.terms):
            joint.append(made(formula, pair.slug, "other term", pair.tell, pair.credit))
            left = {slug: slip for slug, slip in left.items() if slug not in pair.terms}
    return [*joint, *left.values()]


def _missing(formula: Formula, right: Reading, lost: Sequence[str]) -> Iterable[Slip]:
    for part in dict.fromkeys(formula.term(slug).part for slug in lost):
        slugs = [slug for slug in lost if formula.term(slug).part == part]
        whole = [slug for slug in right.laws if formula.term(slug).part == part]
        if part and slugs == whole:
            yield made(formula, f"{slugged(part)}_missing", "missing", f"{part} is missing")
        else:
            for slug in slugs:
                yield made(formula, f"{slug}_missing", "missing", f"{name_of(formula.term(slug))} is missing")


# ------------------------------------------------------------------ axes of the result


def _kept_axes(formula: Formula, right: Reading, found: Reading, items: list[Item]) -> tuple[list[Item], list[Slip]]:
    said = []
    for axis in [a for a in found.kept if a not in right.kept]:
        words = formula.axes[axis].words
        said.append(
            made(
                formula, f"not_reduced_over_{slugged(words)}", "reduction", f"it keeps {words}, which is to be reduced"
            )
        )
        items = [replace(i, ratio=i.ratio / Law(1.0, ((axis, -i.right.power(axis)),))) for i in items]
    for axis in [a for a in right.kept if a not in found.kept]:
        words, power = formula.axes[axis].words, _mode([i.ratio.power(axis) for i in items])
        verb = "averaged" if power == -1 else "summed"
        said.append(made(formula, f"{verb}_over_{slugged(words)}", "reduction", f"it is {verb} over {words} as well"))
        items = [replace(i, ratio=i.ratio / Law(1.0, ((axis, power),) if power else ())) for i in items]
    return items, said


def _mode(numbers: Sequence[int]) -> int:
    return max(sorted(set(numbers)), key=numbers.count, default=0)
