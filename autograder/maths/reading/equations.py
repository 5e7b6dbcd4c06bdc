"""Rows to equations: sides between equals signs, names that the student introduces, and what is unreadable."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from autograder.maths.language import Language
from autograder.maths.reading.declarations import Declared, declaration, drawn, in_place, substitutes
from autograder.maths.reading.introduced import introduced, starts
from autograder.maths.reading.meanings import optimised, resolve
from autograder.maths.reading.reader import read_side, tokenise
from autograder.maths.reading.rows import Row
from autograder.maths.reading.tokens import Line, Unreadable
from autograder.maths.tree import Density, Node, Optimum, Symbol, free, symbols

COMPARED = ("<", ">", "≤", "≥", "≠")
Relation = Literal["=", "<", ">", "≤", "≥", "≠"]


@dataclass(frozen=True)
class Side:
    """One side of an equation. ``label``: it is only a name (L, KL) put in front of what follows; ``names``: those in it that
    were written out."""

    row: int
    tree: Node
    label: bool = False
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Equation:
    """Sides that are claimed to be equal. ``begins``: with an equals sign; ``continues``: it does, or it is a lone
    expression; ``defines``: says what a name is. ``relation``: how its first side stands to ``left``, the side before it, or to
    the row above; ``casual``: it stands in a sentence, on this ``line`` and in this part of it."""

    sides: tuple[Side, ...]
    continues: bool = False
    begins: bool = False
    defines: bool = False
    relation: Relation = "="
    left: Side | None = None
    casual: bool = False
    line: int = 0
    clause: int = 0

    @property
    def lone(self) -> bool:
        """A formula of which nothing is said."""
        return len(self.sides) == 1 and not self.begins and self.relation == "="


@dataclass(frozen=True)
class Script:
    """Everything that was read of an answer.

    Attributes:
        equations: in order, with defined names replaced by what they stand for.
        echoes: row -> the equations on it as they were read, names and all.
        faults: row -> why it is not in the language.
        remarks: rows in a sentence that could not be read, and why.
        declared: what is said of random variables.
    """

    equations: tuple[Equation, ...]
    echoes: Mapping[int, tuple[Equation, ...]]
    faults: Mapping[int, Unreadable]
    remarks: Mapping[int, Unreadable] = field(default_factory=dict)
    declared: tuple[Declared, ...] = ()
    language: Language = field(default_factory=Language)


def script(rows: list[Row], language: Language, given: Mapping[str, Node]) -> Script:
    """Reads all rows. ``given``: names that the exercise itself defines, and what they stand for."""
    language = language.with_labels(frozenset(given) | introduced(rows, language))
    declared = _declared(rows, language)
    language = replace(language, drawn=drawn(declared, language))
    echoes: dict[int, tuple[Equation, ...]] = {}
    faults: dict[int, Unreadable] = {}
    remarks: dict[int, Unreadable] = {}
    for row in rows:
        if row.remark:
            continue
        try:
            if not tokenise(row.text, language).tokens and row.text.strip():  # nothing but words
                remarks[row.number] = Unreadable("There is nothing but words here.", 0)
                continue
            echoes[row.number] = tuple(equations(row, language))
        except Unreadable as reason:
            (remarks if row.casual else faults)[row.number] = reason
    definitions, kept = _definitions(list(echoes.values()), given)
    moved = {one.variable: one.tree for one in declared if one.tree is not None and substitutes(one, language)}
    resolved: list[Equation] = []
    for equation in kept:
        try:
            resolved.append(_resolved(equation, definitions, moved, language))
        except Unreadable as reason:
            faults[equation.sides[0].row] = reason
    return Script(tuple(resolved), echoes, faults, remarks, tuple(declared), language)


def _resolved(
    equation: Equation, definitions: Mapping[str, Node], moved: Mapping[str, Node], language: Language
) -> Equation:
    """The equation with names written out and, where x and what it was replaced by both stand free in it, x replaced."""
    sides = tuple(_meaning(side, definitions) for side in equation.sides)
    left = None if equation.left is None else _meaning(equation.left, definitions)
    standing = [free(side.tree) for side in sides]
    gone = {
        name: tree
        for name, tree in moved.items()
        if any(name in names for names in standing)
        and any(free(tree) & set(language.variables) & names for names in standing)
    }
    if gone:
        sides = tuple(replace(side, tree=in_place(side.tree, gone)) for side in sides)
    return replace(equation, sides=sides, left=left)


def equations(row: Row, language: Language) -> list[Equation]:
    """The equations of one row; several where a comma, a semicolon, an arrow or an inequality stands between them.

    Raises:
        Unreadable: with the position in the row's text.
    """
    tokens = tokenise(row.text, language)
    found: list[Equation] = []
    relation: Relation = "="
    while tokens.peek().kind != "end":
        if tokens.accept("note"):
            found += reason(tokens, language, row.number)
            continue
        if tokens.accept(",", ";", ":"):
            continue
        if tokens.at(*COMPARED):
            relation = cast(Relation, tokens.next().value)
            if tokens.peek().kind == "end":
                raise tokens.refuse(f'something after "{relation}"')
        elif declaration(tokens, language, row.number):
            continue
        equation = _equation(tokens, language, row.number)
        if relation != "=":
            left = found[-1].sides[-1] if found else None
            equation = replace(equation, relation=relation, left=left, continues=False)
        found.append(equation)
        relation = "="
        if tokens.peek().kind != "end" and not tokens.at(",", ";", ":", "note", *COMPARED):
            raise tokens.refuse('"=", + - * / or the end of the line')
    if not found and not tokens.tokens:
        raise Unreadable("There is nothing to read in this line.", 0, "an expression")
    return [replace(equation, casual=row.casual, line=row.line, clause=row.clause) for equation in found]


def _declared(rows: list[Row], language: Language) -> list[Declared]:
    found = [declaration(tokens, language, row.number) for row, tokens in starts(rows, language)]
    return [one for one in found if one is not None]


def reason(tokens: Line, language: Language, row: int) -> list[Equation]:
    """The equations in a reason beside a row; what of it cannot be read is a remark."""
    found: list[Equation] = []
    while tokens.peek().kind != "end" and not tokens.at("note"):
        if tokens.accept(",", ";", ":"):
            continue
        start = tokens.place
        try:
            equation = None if declaration(tokens, language, row) else _equation(tokens, language, row)
        except Unreadable:
            equation, tokens.place = None, max(tokens.place, start + 1)
        if (
            equation is not None
            and len(equation.sides) > 1
            and (tokens.at(",", ";", ":", "note") or tokens.peek().kind == "end")
        ):
            found.append(replace(equation, continues=False, begins=False))
        while tokens.peek().kind != "end" and not tokens.at("note", ",", ";"):
            tokens.next()
    return found


def _skip_tuple(tokens: Line) -> None:
    """(G^*, D^*) = ...: several names for what follows."""
    if not tokens.at("("):
        return
    start = tokens.place
    while not tokens.at(")") and (tokens.at("(", ",", "^", "*", "_", "{", "}") or tokens.peek().kind == "name"):
        tokens.next()
    inside = [token.value for token in tokens.tokens[start : tokens.place]]
    if "," not in inside or not tokens.accept(")") or not tokens.accept("="):
        tokens.place = start


def _equation(tokens: Line, language: Language, row: int) -> Equation:
    begins = tokens.accept("=")
    sides: list[Side] = []
    _skip_tuple(tokens)
    while tokens.peek().kind != "end" and not tokens.at(",", ";", ":", "note"):
        tree = read_side(tokens, language)
        sides.append(Side(row, tree, isinstance(tree, Symbol) and tree.name in language.labels))
        if not tokens.accept("=") and not (isinstance(tree, Density) and tokens.accept("~")):
            break
    if not sides:
        raise tokens.refuse("something after the equals sign")
    return Equation(tuple(sides), begins or (len(sides) == 1 and not sides[0].label), begins)


def _definitions(
    echoes: list[tuple[Equation, ...]], given: Mapping[str, Node]
) -> tuple[dict[str, Node], list[Equation]]:
    """What the names stand for, and the equations without the names that they introduce."""
    definitions = dict(given)
    kept: list[Equation] = []
    waiting = ""  # a name whose equals sign stands on the next row
    for equation in (equation for row in echoes for equation in row):
        sides = equation.sides
        named = bool(sides) and sides[0].label and isinstance(sides[0].tree, Symbol) and sides[0].tree.name not in given
        first = sides[0].tree if sides else None
        if waiting and equation.continues and first is not None:
            definitions.setdefault(waiting, first)
        waiting = ""
        if sides and sides[0].label and isinstance(first, Symbol) and first.name not in definitions:
            if len(sides) == 1:
                waiting = first.name
            else:
                definitions[first.name] = sides[1].tree
            sides = sides[1:]
        elif (
            len(sides) > 1
            and first is not None
            and (goal := optimised(first)) is not None
            and goal.name not in definitions
        ):
            # "min_G max_D V(D, G) = ..." says what V is, or repeats the problem with V written out
            if isinstance(sides[1].tree, Optimum):
                sides = sides[1:]
            else:
                definitions[goal.name] = sides[1].tree
                sides = sides[:1]
        if sides:
            kept.append(replace(equation, sides=sides, defines=named))
    return definitions, kept


def _meaning(side: Side, definitions: Mapping[str, Node]) -> Side:
    names = frozenset(symbols(side.tree) & definitions.keys())
    return replace(side, tree=resolve(side.tree, definitions), names=names)
