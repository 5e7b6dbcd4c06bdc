"""What the source of a code cell means: without its magics, and reduced to what is quick to run. Runs in the student's process.

Parsing a stranger's source may itself crash or hang, so it is done on the student's side of the fence.
"""

import ast
import re
from collections.abc import Iterator, Sequence

KEPT_CELL_MAGICS = {"time", "timeit", "capture", "prun"}  # their body is Python and runs as usual
KEPT_LINE_MAGICS = re.compile(r"^(\s*)%(?:time|timeit|prun)\s+(?!-)(?=\S)")  # %time loss = f() keeps loss = f()
ASSIGNED_MAGIC = re.compile(r"^(\s*[\w\s,.]+=)\s*[!%].*$")  # files = !ls
MAGIC = re.compile(r"^(\s*)(?:[%!?].*|.*\?{1,2}\s*)$")


def python(text: str) -> str | None:
    """The cell's Python with every magic neutralised and every line where it was; None if the cell is not Python at all.

    Line magics and shell lines become ``pass``; ``%%time`` and its like lose their first line; ``%%bash`` and its like are None.
    """
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].startswith("%%"):
        if (lines[first][2:].split() or [""])[0] not in KEPT_CELL_MAGICS:
            return None
        lines[first] = ""
    for _ in range(len(lines)):
        try:
            ast.parse("\n".join(lines))
        except SyntaxError as error:
            if not _neutralise(lines, (error.lineno or 0) - 1):
                break
        else:
            break
    return "\n".join(lines)


def _neutralise(lines: list[str], i: int) -> bool:
    """Replaces the magic at line ``i``, with its continuation lines; False if there is none."""
    if not 0 <= i < len(lines) or not lines[i].strip():
        return False
    line = lines[i]
    if KEPT_LINE_MAGICS.match(line):
        lines[i] = KEPT_LINE_MAGICS.sub(r"\1", line)
    elif ASSIGNED_MAGIC.match(line):
        lines[i] = ASSIGNED_MAGIC.sub(r"\1 None", line)
    elif match := MAGIC.match(line):
        lines[i] = f"{match[1]}pass"
    else:
        return False
    while line.rstrip().endswith("\\") and i + 1 < len(lines):
        i += 1
        line, lines[i] = lines[i], ""
    return True


# ------------------------------------------------------------------ the quick part of a cell


def bound_names(tree: ast.Module) -> set[str]:
    """Names that the cell's own top-level code makes (imports are not its own)."""
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    stored = (node for statement in tree.body for node in ast.walk(statement) if isinstance(node, ast.Name))
    return names | {node.id for node in stored if isinstance(node.ctx, ast.Store)}


def defined_names(statements: Sequence[ast.stmt]) -> set[str]:
    """Names that these statements make at their top level, imports too; "*" stands for what ``from x import *`` brings."""
    nodes = [node for statement in statements for node in _at_the_top(statement)]
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    defined = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    return stored | defined | {name for node in nodes for name in _imported(node)}


def imports(statements: Sequence[ast.stmt]) -> dict[str, ast.stmt]:
    """The imports among these statements, also under ``try`` and ``if``, by the name that they make."""
    nodes = [node for statement in statements for node in _at_the_top(statement)]
    return {name: node for node in nodes if isinstance(node, ast.stmt) for name in _imported(node)}


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
    return [alias.asname or alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []


def _at_the_top(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run when the module does: not what stands in functions and classes."""
    yield node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        for child in ast.iter_child_nodes(node):
            yield from _at_the_top(child)


def quick(statements: list[ast.stmt], own: set[str]) -> list[ast.stmt]:
    """The statements that define something and take no time: imports, functions, classes, torch's switches, and assignments
    that call nothing of the submission's ``own`` names (training is always a call of something of one's own)."""
    return [kept for statement in statements if (kept := _quick(statement, own)) is not None]


def _quick(statement: ast.stmt, own: set[str]) -> ast.stmt | None:
    if isinstance(statement, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return statement
    if isinstance(statement, ast.Assign | ast.AnnAssign) or _switches_torch(statement):
        return statement if _calls_nothing_of(own, statement) else None
    if isinstance(statement, ast.Try):
        statement.body = quick(statement.body, own) or [ast.Pass(lineno=statement.lineno, col_offset=0)]
        return statement
    if isinstance(statement, ast.If) and "__main__" not in ast.dump(statement.test):
        statement.body = quick(statement.body, own) or [ast.Pass(lineno=statement.lineno, col_offset=0)]
        statement.orelse = quick(statement.orelse, own)
        return statement if _calls_nothing_of(own, statement.test) else None
    return None


def _switches_torch(statement: ast.stmt) -> bool:
    """Whether it is a call such as ``torch.set_default_dtype(torch.float64)``."""
    return (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call) and _root(statement.value) == "torch"
    )


def _root(node: ast.AST) -> str:
    """The name at the left end of ``a.b[c](d).e``; "" if there is none."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _calls_nothing_of(own: set[str], node: ast.AST) -> bool:
    for call in ast.walk(node):
        if isinstance(call, ast.Await | ast.Yield | ast.YieldFrom):
            return False
        if isinstance(call, ast.Call) and _root(call) in own:
            return False
    return True
