"""An answer as somebody hands it in who took it over and changed what is changed easily: names, comments, layout, order."""

import ast
import builtins
import random

NAMES = (
    "alpha",
    "batch_a",
    "tmp",
    "res",
    "value",
    "first",
    "inp",
    "out_",
    "helper",
    "q1",
    "k2",
    "thing",
    "left",
    "acc",
)


def disguised(source: str, seed: int) -> str:
    """The same program under other names of its own, its functions in another order, with other comments."""
    tree = ast.parse(source)
    draw = random.Random(seed)
    fresh = iter(draw.sample(NAMES, len(NAMES)))
    kept = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    renamed: dict[str, str] = {}
    for name in _bound(tree):
        if name not in kept and not hasattr(builtins, name) and not name.startswith("__") and name != "self":
            renamed[name] = next(fresh, f"name_{len(renamed)}")
    _Renaming(renamed).visit(tree)
    head = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    rest = [node for node in tree.body if node not in head and not _is_docstring(node)]
    functions = [node for node in rest if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    others = [node for node in rest if node not in functions]
    draw.shuffle(functions)
    pieces = [ast.unparse(node) for node in [*head, *others, *functions]]
    return "\n\n# my own solution\n".join(pieces) + "  # done\n"


def _bound(tree: ast.AST) -> list[str]:
    """Names that the answer gives: arguments, variables, its own functions."""
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            found.append(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.append(node.id)
        elif isinstance(node, ast.FunctionDef):
            found.append(node.name)
    return list(dict.fromkeys(found))


class _Renaming(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.arg = self.names.get(node.arg, node.arg)
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name = self.names.get(node.name, node.name)
        if node.body and _is_docstring(node.body[0]) and len(node.body) > 1:
            node.body = node.body[1:]
        return self.generic_visit(node)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
