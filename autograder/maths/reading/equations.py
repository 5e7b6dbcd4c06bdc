"""Rows to equations: sides between equals signs, names that the student introduces, and what is unreadable."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from autograder.maths.language import Language
from autograder.maths.reading.introduced import introduced
from autograder.maths.reading.reader import read, read_side, tokenise
from autograder.maths.reading.rows import Row
from autograder.maths.reading.tokens import Line, Unreadable
from autograder.maths.tree import Node, Optimum, Symbol, rebuild, symbols, walk

MAX_NESTED_NAMES = 12


@dataclass(frozen=True)
class Side:
    """One side of an equation. ``label``: it is only a name (L, KL) put in front of what follows."""

    row: int
    tree: Node
    label: bool = False


@dataclass(frozen=True)
class Equation:
    """Sides that are claimed to be equal. ``begins``: with an equals sign; ``continues``: it does, or it is a lone
    expression; ``defines``: says what a name is."""

    sides: tuple[Side, ...]
    continues: bool = False
    begins: bool = False
    defines: bool = False


@dataclass(frozen=True)
class Script:
    """Everything that was read of an answer.

    Attributes:
        equations: in order, with defined names replaced by what they stand for.
        echoes: row -> the equations on it as they were read, names and all.
        faults: row -> why it is not in the language.
        remarks: rows that turned out to be no mathematics.
    """

    equations: tuple[Equation, ...]
    echoes: Mapping[int, tuple[Equation, ...]]
    faults: Mapping[int, Unreadable]
    remarks: frozenset[int] = frozenset()


def script(rows: list[Row], language: Language, given: Mapping[str, Node]) -> Script:
    """Reads all rows. ``given``: names that the exercise itself defines, and what they stand for."""
    language = language.with_labels(frozenset(given) | introduced(rows, language))
    echoes: dict[int, tuple[Equation, ...]] = {}
    faults: dict[int, Unreadable] = {}
    remarks: set[int] = set()
    for row in rows:
        if row.remark:
            continue
        try:
            if not tokenise(row.text, language).tokens and row.text.strip():  # nothing but words
                remarks.add(row.number)
                continue
            echoes[row.number] = tuple(equations(row, language))
        except Unreadable as reason:
            if row.casual:
                remarks.add(row.number)
            else:
                faults[row.number] = reason
    definitions, kept = _definitions(list(echoes.values()), given)
    resolved: list[Equation] = []
    for equation in kept:
        try:
            resolved.append(replace(equation, sides=tuple(_meaning(side, definitions) for side in equation.sides)))
        except Unreadable as reason:
            faults[equation.sides[0].row] = reason
    return Script(tuple(resolved), echoes, faults, frozenset(remarks))


def equations(row: Row, language: Language) -> list[Equation]:
    """The equations of one row; several where a comma, a semicolon or an arrow stands between them.

    Raises:
        Unreadable: with the position in the row's text.
    """
    tokens = tokenise(row.text, language)
    found: list[Equation] = []
    while tokens.peek().kind != "end":
        if tokens.accept("note"):
            found += reason(tokens, language, row.number)
            continue
        if tokens.accept(",", ";", ":"):
            continue
        if _declaration(tokens, language):
            continue
        found.append(_equation(tokens, language, row.number))
        if tokens.peek().kind != "end" and not tokens.at(",", ";", ":", "note"):
            raise tokens.refuse('"=", + - * / or the end of the line')
    if not found and not tokens.tokens:
        raise Unreadable("There is nothing to read in this line.", 0, "an expression")
    return found


def _declaration(tokens: Line, language: Language) -> bool:
    """Skips "x ~ N(mu, sigma^2)", "x = mu + sigma z" and "dx = sigma dz", which say what a variable is and claim nothing."""
    first = tokens.peek().value
    if first.removeprefix("d") not in language.variables or not tokens.at("~", "=", ahead=1):
        return False
    level = 0
    while tokens.peek().kind != "end" and (level or not tokens.at(",", ";")):
        token = tokens.next()
        level += (token.value in ("(", "[", "{")) - (token.value in (")", "]", "}"))
    return True


def reason(tokens: Line, language: Language, row: int) -> list[Equation]:
    """The equations in a reason beside a row; what of it cannot be read is a remark."""
    found: list[Equation] = []
    while tokens.peek().kind != "end" and not tokens.at("note"):
        if tokens.accept(",", ";", ":"):
            continue
        start = tokens.place
        try:
            equation = None if _declaration(tokens, language) else _equation(tokens, language, row)
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
        if not tokens.accept("="):
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
            len(sides) > 1 and first is not None and (goal := _goal(first)) is not None and goal.name not in definitions
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


def _goal(tree: Node) -> Symbol | None:
    """The name that is optimised, if the body of a min max is nothing but a name."""
    if not isinstance(tree, Optimum):
        return None
    while isinstance(tree, Optimum):
        tree = tree.body
    return tree if isinstance(tree, Symbol) else None


def resolve(tree: Node, definitions: Mapping[str, Node], depth: int = 0) -> Node:
    """The tree with every defined name replaced by what it stands for.

    Raises:
        Unreadable: a name that is defined by itself.
    """
    if depth > MAX_NESTED_NAMES:
        raise Unreadable("A name in this line is defined by itself; say what it stands for without using it.", 0)
    if not definitions or not (symbols(tree) & definitions.keys()):
        return tree

    def swap(node: Node) -> Node:
        if isinstance(node, Symbol) and node.name in definitions:
            return resolve(definitions[node.name], definitions, depth + 1)
        return rebuild(node, swap)

    resolved = swap(tree)
    if sum(1 for _ in walk(resolved)) > 4000:
        raise Unreadable("With its names written out this line is too long to check.", 0)
    return resolved


def given_names(names: Mapping[str, str], language: Language) -> dict[str, Node]:
    """The exercise's own names, read; a name may use those before it."""
    found: dict[str, Node] = {}
    for name, text in names.items():
        found[name] = resolve(read(text, language.with_labels(frozenset(found))), found)
    return found


def _meaning(side: Side, definitions: Mapping[str, Node]) -> Side:
    return replace(side, tree=resolve(side.tree, definitions))
