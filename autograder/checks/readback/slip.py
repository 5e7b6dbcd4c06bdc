"""One mistake in a formula, and the small words of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from autograder.inputs import Formula, Law, Term

_SHARES = {"reduction": 0.5}


@dataclass(frozen=True)
class Slip:
    """One mistake: its slug, what it is said as (a clause), and the share of the exercise's points that is left."""

    slug: str
    said: str
    credit: float | None


@dataclass(frozen=True)
class Item:
    """A right term, or one in its place, with its coefficient as a multiple of the right one. Its own axes go by their kind."""

    term: Term
    axes: tuple[str, ...]
    right: Law
    ratio: Law


def made(formula: Formula, slug: str, kind: str, said: str, credit: float | None = None) -> Slip:
    shares: Mapping[str, float] = {**_SHARES, **formula.shares}
    return Slip(slug, said, shares.get(slug, shares.get(kind, 0.0)) if credit is None else credit)


def name_of(term: Term) -> str:
    return "the constant" if term.constant else term.symbol


def slugged(words: str) -> str:
    """The words as an identifier: "the real batch" is real_batch."""
    plain = re.sub(r"\W+", "_", words.lower(), flags=re.ASCII).strip("_")
    return plain.removeprefix("the_")


def number(value: float) -> str:
    """A number as it is written in a formula."""
    for fraction, sign in (
        (1 / 2, "½"),
        (1 / 4, "¼"),
        (3 / 4, "¾"),
        (1 / 3, "⅓"),
        (2 / 3, "⅔"),
        (1 / 8, "⅛"),
        (3 / 2, "1½"),
    ):
        if abs(value - fraction) < 1e-6:
            return sign
    short = f"{value:.4g}"
    inverse = round(1 / value) if value else 0
    return (
        f"1/{inverse}"
        if float(short) != round(value, 12) and inverse > 1 and abs(value * inverse - 1) < 1e-9
        else short
    )
