"""JSON with an indent of one space: the bytes of ``json.dumps(tree, ensure_ascii=False, indent=1, allow_nan=False)``, which
with an indent is no longer written in C, so that large classes wait for it."""

import json
from json.encoder import encode_basestring as quoted  # in C where there is one
from typing import Any

_plain = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class Ready(str):
    """A part that is written already, for the depth at which it stands."""

    __slots__ = ()


def indented(tree: Any, depth: int = 0) -> str:
    """Texts, numbers, None, lists and dicts whose keys are texts. Raises ValueError for what is no number of JSON."""
    kind = type(tree)
    if kind is str:
        text: str = quoted(tree)
        return text
    if kind is Ready:
        return str(tree)
    if kind is int:
        return repr(tree)
    if (kind is dict or kind is list) and tree:
        inner, outer = "\n" + " " * (depth + 1), "\n" + " " * depth
        if kind is list:
            return f"[{','.join([inner + indented(value, depth + 1) for value in tree])}{outer}]"
        entries = [f"{inner}{quoted(key)}: {indented(value, depth + 1)}" for key, value in tree.items()]
        return f"{{{','.join(entries)}{outer}}}"
    return "null" if tree is None else _plain(tree)
