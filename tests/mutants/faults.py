"""The faults that a line of code may have: each is a piece of the source and what stands there instead."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.USub: ast.UAdd,
}  # fmt: skip
OTHER_WAY: dict[type[ast.stmt], ast.stmt] = {ast.Continue: ast.Break(), ast.Break: ast.Continue()}
LOST = (ast.Expr, ast.AugAssign, ast.Raise, ast.Delete)


@dataclass(frozen=True)
class Fault:
    """``after`` in place of the bytes ``start:end`` of a file; ``line`` and that of its statement count from one."""

    line: int
    statement: int
    start: int
    end: int
    what: str
    after: str

    def into(self, source: bytes) -> bytes:
        return source[: self.start] + self.after.encode() + source[self.end :]


def faults(source: bytes) -> list[Fault]:
    """All faults of a module, in order of place; annotations, docstrings and what only type checkers read have none."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    tree = ast.parse(source)
    begins = {below: node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt) for below in ast.walk(node)}
    for node, what, after in _changes(tree):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        if what == "decorator lost":
            start -= 1  # the sign before it
        found.append(Fault(node.lineno, begins[node], start, end, what, after))
    return sorted(set(found), key=lambda fault: (fault.start, fault.end, fault.what, fault.after))


def _changes(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str, str]]:
    """What is replaced, why, and by which text, for a node and all below it."""
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return
    yield from _of(node)
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _changes(child)


def _of(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str, str]]:
    if isinstance(node, ast.Compare | ast.BinOp | ast.BoolOp | ast.UnaryOp):
        yield from _operators(node)
    elif isinstance(node, ast.Constant) and not isinstance(node.value, str | bytes | None | type(...)):
        other = (not node.value) if isinstance(node.value, bool) else node.value + 1
        yield node, "another constant", repr(other)
    elif isinstance(node, ast.Call):
        for at, keyword in enumerate(node.keywords):
            if keyword.arg:
                fewer = copy.copy(node)
                fewer.keywords = node.keywords[:at] + node.keywords[at + 1 :]
                yield node, f"keyword {keyword.arg} lost", ast.unparse(fewer)
    elif isinstance(node, ast.IfExp):
        yield node, "the other way round", ast.unparse(ast.IfExp(node.test, node.orelse, node.body))
    elif isinstance(node, ast.If | ast.While):
        yield node.test, "condition turned", f"not ({ast.unparse(node.test)})"
    elif isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield test, "filter lost", "True"
    elif isinstance(node, ast.FunctionDef | ast.ClassDef):
        for decorator in node.decorator_list:
            yield decorator, "decorator lost", ""
    elif type(node) in OTHER_WAY:
        yield node, "other way out of the loop", ast.unparse(OTHER_WAY[type(node)])  # type: ignore[misc]
    elif isinstance(node, LOST) and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        yield node, "statement lost", "pass"


def _operators(node: ast.Compare | ast.BinOp | ast.BoolOp | ast.UnaryOp) -> Iterator[tuple[ast.expr, str, str]]:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, "not lost", f"({ast.unparse(node.operand)})"
        return
    operators = node.ops if isinstance(node, ast.Compare) else [node.op]
    for at, operator in enumerate(operators):
        if type(operator) not in SWAPPED:
            continue
        other, new = copy.copy(node), SWAPPED[type(operator)]()
        if isinstance(other, ast.Compare):
            other.ops = [*operators[:at], new, *operators[at + 1 :]]  # type: ignore[list-item]
        else:
            other.op = new  # type: ignore[assignment]
        yield node, f"{type(operator).__name__} is {type(new).__name__}", f"({ast.unparse(other)})"
    if isinstance(node, ast.BoolOp):
        for at in range(len(node.values)):
            kept = node.values[:at] + node.values[at + 1 :]
            left = kept[0] if len(kept) == 1 else ast.BoolOp(node.op, kept)
            yield node, "operand lost", f"({ast.unparse(left)})"
