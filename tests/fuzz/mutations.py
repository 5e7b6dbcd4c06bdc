"""Ways to damage a notebook. A mutation of ``TREE`` changes the parsed notebook, one of ``BYTES`` the file's bytes."""

import json
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

ODD = (None, True, 0, -1, 1e308, 10**30, "", "x", [], {}, [[]], [None], {"a": None}, "\ud800", "\0", "𝔸" * 10)


def _nodes(tree: Any) -> list[Any]:
    """Every list and object of the tree."""
    found, waiting = [], [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict | list):
            found.append(node)
            waiting.extend(node.values() if isinstance(node, dict) else node)
    return found


def _cells(tree: Any) -> list[Any]:
    """The notebook's list of cells, in the new format or the old; empty where there is none."""
    for node in _nodes(tree):
        if isinstance(node, dict) and isinstance(node.get("cells"), list):
            return node["cells"]
    return []


def _in_a_cell(change: Callable[[dict[str, Any], Random], object]) -> Callable[[Any, Random], Any]:
    def mutate(tree: Any, random: Random) -> Any:
        cells = [cell for cell in _cells(tree) if isinstance(cell, dict)]
        if cells:
            change(random.choice(cells), random)
        return tree

    return mutate


def _replace_value(tree: Any, random: Random) -> Any:
    node = random.choice(_nodes(tree))
    if node:
        node[random.choice(list(node) if isinstance(node, dict) else range(len(node)))] = random.choice(ODD)
    return tree


def _drop_value(tree: Any, random: Random) -> Any:
    node = random.choice(_nodes(tree))
    if node:
        del node[random.choice(list(node) if isinstance(node, dict) else range(len(node)))]
    return tree


def _add_value(tree: Any, random: Random) -> Any:
    node = random.choice(_nodes(tree))
    if isinstance(node, dict):
        node[random.choice(("cells", "source", "input", "worksheets", "metadata", "outputs", "exercise"))] = (
            random.choice(ODD)
        )
    else:
        node.insert(0, random.choice(ODD))
    return tree


def _nest(tree: Any, random: Random) -> Any:
    for _ in range(random.choice((5, 90, 110, 900))):
        tree = {"metadata": tree} if random.random() < 0.5 else [tree]
    return tree


def _deep_metadata(tree: Any, random: Random) -> Any:
    deep: Any = 0
    for _ in range(random.choice((50, 150, 900))):
        deep = [deep]
    if isinstance(tree, dict):
        tree["metadata"] = {random.choice(("x", "widgets")): deep}
    return tree


def _copy_cells(tree: Any, random: Random) -> Any:
    cells = _cells(tree)
    room = 10_000_000 // len(json.dumps(cells[:20]))  # a notebook beyond the limit on a file's size shows nothing new
    cells.extend(cells[:20] * min(room, random.choice((1, 3, 50, 3000))))
    return tree


def _odd_cell(tree: Any, random: Random) -> Any:
    _cells(tree).insert(0, random.choice(ODD))
    return tree


def _shuffle_cells(tree: Any, random: Random) -> Any:
    random.shuffle(_cells(tree))
    return tree


def _metadata(cell: dict[str, Any], random: Random) -> None:
    value = random.choice((*ODD, "essay", "derivation", "distance", ["essay"], {"exercise": "essay"}))
    entries = (
        {"autograder": value},
        {"autograder": {"exercise": value}},
        {"nbgrader": {"grade_id": value, "points": 99}},
        value,
    )
    cell["metadata"] = random.choice(entries)


def _cell_type(cell: dict[str, Any], random: Random) -> None:
    cell["cell_type"] = random.choice(("code", "markdown", "raw", "heading", "html", "", None, 7, "Code"))


def _outputs(cell: dict[str, Any], random: Random) -> None:
    cell["outputs"] = random.choice((["x" * 3_000_000], [['"\\'] * 100_000], {"outputs": {"outputs": []}}, 17, "]}"))


def _source(cell: dict[str, Any], random: Random) -> None:
    cell["source"] = cell["input"] = random.choice(
        (
            "derivation = " + "(" * 100_000,
            "essay = '''" + "a\n" * 50_000,
            "derivation = [" + '"a", ' * 20_000 + "]",
            "essay = " + '"a" + ' * 20_000 + '"b"',
            "derivation =\n" * 30_000,
            "essay = f'{__import__(\"os\")}'",
            'essay = "\\theta \\xi \\N \\u"',
            "x = 1\n" * 100_000,
            "y" * 1_100_000,
            "\\" * 99_999,
            "## essay\n" + "#" * 50_000,
            ["a", 1, None],
            ["# 1 (a)\n", "Show", " it.\n", "so"],
            "😀" * 200_000,
            "\r\r\n\0\ud800\udc00\udfff",
        )
    )


def _language(tree: Any, random: Random) -> Any:
    if isinstance(tree, dict):
        name = random.choice(("R", "julia", "python", " ", 7, None, "\u202e\0"))
        tree["metadata"] = random.choice(
            ({"language_info": {"name": name}}, {"kernelspec": {"language": name}}, {"kernelspec": 1})
        )
    return tree


def _old_format(tree: Any, random: Random) -> Any:
    if isinstance(tree, dict):
        tree["worksheets"] = [{"cells": tree.pop("cells", random.choice(ODD))}, random.choice(ODD)]
        tree["nbformat"] = random.choice((*ODD, 1, 2, 3, 4, 5))
    return tree


TREE: dict[str, Callable[[Any, Random], Any]] = {
    "replace a value": _replace_value,
    "drop a value": _drop_value,
    "add a value": _add_value,
    "nest the notebook": _nest,
    "deep metadata": _deep_metadata,
    "copy cells": _copy_cells,
    "odd cell": _odd_cell,
    "shuffle cells": _shuffle_cells,
    "metadata of a cell": _in_a_cell(_metadata),
    "type of a cell": _in_a_cell(_cell_type),
    "outputs of a cell": _in_a_cell(_outputs),
    "source of a cell": _in_a_cell(_source),
    "language": _language,
    "old format": _old_format,
}


# ------------------------------------------------------------------ bytes


def _place(data: bytes, random: Random) -> int:
    return random.randrange(len(data) + 1)


def _insert(data: bytes, new: bytes, random: Random) -> bytes:
    at = _place(data, random)
    return data[:at] + new + data[at:]


def _flip(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 3, 30))):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(data: bytes, random: Random) -> bytes:
    start, end = sorted((_place(data, random), _place(data, random)))
    return data[:start] + data[end:]


def _duplicate_key(data: bytes, random: Random) -> bytes:
    return data.replace(
        b"{", random.choice((b'{"cells": 1, ', b'{"source": ["x"], ', b'{"cells": [], "cells": null, ')), 1
    )


def _number(data: bytes, random: Random) -> bytes:
    number = random.choice((b"NaN", b"-Infinity", b"1" * 5000, b"1e999", b"-", b"0x10", b"1" * 200_000))
    return data.replace(random.choice((b"4", b"null", b"[]", b'""')), number, random.choice((1, 10)))


def _encode(data: bytes, random: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    encoding = random.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "cp500", "utf-7"))
    return text.encode(encoding, "replace")


def _foreign(data: bytes, random: Random) -> bytes:
    starts = (
        b"PK\x03\x04",
        b"%PDF-1.7",
        b"<!DOCTYPE html><html>",
        b"version https://git-lfs.github.com/spec/v1\n",
        b"\x1f\x8b",
    )
    return random.choice(starts) + data


def _conflict(data: bytes, random: Random) -> bytes:
    return _insert(data, b"\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> other\n", random)


BYTES: dict[str, Callable[[bytes, Random], bytes]] = {
    "flip bytes": _flip,
    "cut a piece": _cut,
    "break off": lambda data, random: data[: _place(data, random)],
    "insert noise": lambda data, random: _insert(data, random.randbytes(random.choice((1, 20, 5000))), random),
    "insert NUL": lambda data, random: _insert(data, b"\0", random),
    "insert brackets": lambda data, random: _insert(
        data, random.choice((b"[", b"{", b'{"a":', b"]")) * 100_000, random
    ),
    "insert quotes": lambda data, random: _insert(data, random.choice((b'"', b'\\"', b"\\", b"\\u")) * 100_001, random),
    "insert surrogate": lambda data, random: _insert(
        data, random.choice((b"\\ud800", b"\xed\xa0\x80", b"\\udfff")), random
    ),
    "insert white space": lambda data, random: _insert(data, random.choice((b" ", b"\r", b"\t\n")) * 1_500_000, random),
    "duplicate key": _duplicate_key,
    "odd number": _number,
    "other encoding": _encode,
    "foreign start": _foreign,
    "merge conflict": _conflict,
    "CRLF": lambda data, random: data.replace(b"\n", b"\r\n"),
    "twice": lambda data, random: data + data,
    "compressed": lambda data, random: zlib.compress(data),
    "in a list": lambda data, random: b"[" + data + b"]",
}

KINDS = (*TREE, *BYTES)


def mutant(seed: bytes, kinds: list[str], random: Random) -> bytes:
    """``seed`` after the mutations ``kinds``; those of the tree only where it is still JSON."""
    for kind in kinds:
        if kind in BYTES:
            seed = BYTES[kind](seed, random)
            continue
        try:
            tree = json.loads(seed)
        except (ValueError, RecursionError):
            continue
        try:
            seed = json.dumps(TREE[kind](tree, random), ensure_ascii=random.random() < 0.5).encode(
                "utf-8", "surrogatepass"
            )
        except RecursionError:
            continue
    return seed
