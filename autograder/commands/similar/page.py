"""The page of the pairs. Everything of a student's is escaped; there is no script."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.commands.similar.handed_in import Kind
from autograder.commands.similar.pairs import Compared, Pair, Shared
from autograder.commands.similar.passages import Passage, passages
from autograder.formats import printable
from autograder.model import Sheet

SHOWN = 200  # pairs; the table has all of them
PLACES = 12  # of a pair
NAMED = 8  # students of a passage that are named
_AROUND = 240  # characters kept beside a passage where more stands between two
_LONGEST = 4000  # characters of one passage


@dataclass(frozen=True)
class Stretch:
    """A piece of a place; ``number`` is the passage's, 0 for what is in none."""

    text: str
    number: int
    common: bool


@dataclass(frozen=True)
class Beside:
    """Two places with what they share."""

    shared: Shared
    passages: Sequence[tuple[int, Passage]]
    sides: tuple[tuple[str, str, Kind, Sequence[Stretch]], ...]


def page(found: Compared, sheet: Sheet) -> bytes:
    """One file without scripts, fonts or pictures from elsewhere; the same for the same class."""
    shown = ((pair, [_beside(shared, found) for shared in pair.shared[:PLACES]]) for pair in found.pairs[:SHOWN])
    text = _ENVIRONMENT.get_template("similar.html.j2").render(
        css=Markup(_file("base.css") + _file("similar.css")),
        title=sheet.title,
        found=found,
        empty=sum(not one.places for one in found.handed),
        pairs=shown,
        left=max(0, len(found.pairs) - SHOWN),
        most=PLACES,
        named=NAMED,
    )
    return text.encode("utf-8", "replace")


def _beside(shared: Shared, found: Compared) -> Beside:
    numbered = list(enumerate(passages(shared, found), 1))
    spans = [[(*p.one, n, p.common) for n, p in numbered], [(*p.other, n, p.common) for n, p in numbered]]
    sides = tuple(
        (side.student, side.place.where, side.place.kind, list(stretches(side.place.text, marked)))
        for side, marked in zip((shared.one, shared.other), spans, strict=True)
    )
    return Beside(shared, numbered, sides)


def stretches(text: str, marked: Sequence[tuple[int, int, int, bool]]) -> Iterator[Stretch]:
    """The text in pieces: passages, and what stands between them, long pieces cut in their middle."""
    at = 0
    for start, end, number, common in sorted(marked):
        if start > at:
            yield Stretch(_cut(text[at:start], 2 * _AROUND), 0, False)
        if end > max(at, start):
            yield Stretch(_cut(text[max(at, start) : end], _LONGEST), number, common)
        at = max(at, end)
    if text[at:]:
        yield Stretch(_cut(text[at:], 2 * _AROUND), 0, False)


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return printable(text)
    left = len(text) - longest
    half = longest // 2
    return f"{printable(text[:half])} [… {left} characters …] {printable(text[-half:])}"


def heading(pair: Pair) -> str:
    return ", ".join(dict.fromkeys(shared.one.place.where for shared in pair.shared))


def _file(name: str) -> str:
    assert _ENVIRONMENT.loader is not None
    return _ENVIRONMENT.loader.get_source(_ENVIRONMENT, name)[0]


def _environment() -> Environment:
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("autograder.commands.similar"), PackageLoader("autograder.formats")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"line": lambda text: printable(text, newlines=False), "heading": heading}
    return environment


_ENVIRONMENT = _environment()
