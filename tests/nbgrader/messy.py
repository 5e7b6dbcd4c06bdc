"""Twenty-one hand-ins as they come: what each of 21 students uploads, made from the notebook that was released."""

import base64
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from tests.conftest import RIGHT

Notebook = dict[str, Any]
ESSAY = "Because the mean of the squares is the second moment, over all entries at once."
PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(40)).decode()
Files = dict[str, bytes]


def files(released: Notebook) -> dict[str, Files]:
    """Student -> path -> bytes. Who answered anything answered ``mean_square`` rightly."""

    def made(*edits: Callable[[Notebook], object]) -> bytes:
        notebook = json.loads(json.dumps(released))
        for edit in edits:
            edit(notebook)
        return json.dumps(notebook).encode()

    right = made(answer)
    return {
        "pdf only": {"Solution.pdf": b"%PDF-1.7\n..."},
        "python only": {"answers.py": f'{RIGHT}\nessay = """{ESSAY}"""\n'.encode()},
        "zip in zip": {"all.zip": zipped({"inner.zip": zipped({"ex/small.ipynb": right})})},
        "two notebooks": {"small.ipynb": made(), "small (1).ipynb": right},
        "another name": {"Übung 9 - final FINAL.ipynb": right},
        "empty file": {"small.ipynb": b""},
        "cut off": {"small.ipynb": right[: len(right) // 2]},
        "widgets": {"small.ipynb": made(answer, widgets)},
        "doubled cells": {"small.ipynb": made(answer, double)},
        "lost metadata": {"small.ipynb": made(answer, strip)},
        "windows text": {"small.ipynb": json.dumps(json.loads(made(answer, german)), ensure_ascii=False).encode("cp1252")},
        "another kernel": {"small.ipynb": made(answer, julia)},
        "a link": {"small.ipynb": b""},  # made one where it is put
        "folder within": {"Exercise 9/my work/small.ipynb": right},
        "several cells": {"small.ipynb": made(split)},
        "pictures": {"small.ipynb": made(answer, attach)},
        "long output": {"small.ipynb": made(answer, printed)},
        "deleted cells": {"small.ipynb": made(answer, delete)},
        "copied ids": {"small.ipynb": made(answer, copy_ids)},
        "format 3": {"small.ipynb": format_3(json.loads(right))},
        "nothing": {},
    }  # fmt: skip


EARNS_NOTHING = {"another kernel", "pdf only", "empty file", "cut off", "a link", "nothing"}


def zipped(members: Files) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)
    return held.getvalue()


def of(notebook: Notebook, id: str) -> Notebook:
    return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == id)


def answer(notebook: Notebook) -> None:
    of(notebook, "mean_square")["source"] = RIGHT
    of(notebook, "essay")["source"] = ESSAY


def german(notebook: Notebook) -> None:
    of(notebook, "essay")["source"] = f"Größe – über alles: {ESSAY}"


def widgets(notebook: Notebook) -> None:
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"a1": {"model_name": "HBoxModel"}}}


def double(notebook: Notebook) -> None:
    notebook["cells"] = [copy for c in notebook["cells"] for copy in (c, json.loads(json.dumps(c)))]


def strip(notebook: Notebook) -> None:
    """As a copy from one program to another leaves it."""
    for c in notebook["cells"]:
        c["metadata"] = {}
        c.pop("id", None)
    notebook["nbformat_minor"] = 0


def julia(notebook: Notebook) -> None:
    notebook["metadata"]["kernelspec"] = {"name": "julia-1.9", "display_name": "Julia 1.9", "language": "julia"}
    notebook["metadata"]["language_info"] = {"name": "julia"}


def split(notebook: Notebook) -> None:
    """The function in a cell below its own, the text carried on in another one."""
    code = {
        "cell_type": "code",
        "metadata": {},
        "source": RIGHT,
        "outputs": [],
        "execution_count": None,
        "id": "more-code",
    }
    text = {"cell_type": "markdown", "metadata": {}, "source": ESSAY, "id": "more-text"}
    at = notebook["cells"].index(of(notebook, "mean_square"))
    notebook["cells"].insert(at + 1, code)
    of(notebook, "essay")["source"] = "First of all:"
    notebook["cells"].insert(notebook["cells"].index(of(notebook, "essay")) + 1, text)


def attach(notebook: Notebook) -> None:
    of(notebook, "essay")["attachments"] = {"image.png": {"image/png": PIXEL}}
    of(notebook, "essay")["source"] = f"{ESSAY}\n\n![sketch](attachment:image.png)\n\n![gone](attachment:other.png)"


def printed(notebook: Notebook) -> None:
    text = [f"epoch {i} loss {i / 7}\n" for i in range(45_000)]
    of(notebook, "mean_square")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]


def delete(notebook: Notebook) -> None:
    """The test cell, the task and the answer's own cell are gone; the function stands alone."""
    code = {"cell_type": "code", "metadata": {}, "source": RIGHT, "outputs": [], "execution_count": None, "id": "mine"}
    kept = [c for c in notebook["cells"] if "mean_square" not in c["metadata"].get("nbgrader", {}).get("grade_id", "")]
    notebook["cells"] = [*kept, code]


def copy_ids(notebook: Notebook) -> None:
    for c in notebook["cells"]:
        c["id"] = "the-same"


def format_3(notebook: Notebook) -> bytes:
    cells = []
    for c in notebook["cells"]:
        if c["cell_type"] == "code":
            cells.append({"cell_type": "code", "language": "python", "metadata": {}, "input": c["source"], "outputs": [],
                          "collapsed": False, "prompt_number": 1})  # fmt: skip
        else:
            cells.append({"cell_type": "markdown", "metadata": {}, "source": c["source"]})
    worksheet = {"worksheets": [{"cells": cells, "metadata": {}}], "metadata": {"name": "small"}}
    return json.dumps(worksheet | {"nbformat": 3, "nbformat_minor": 0}).encode()
