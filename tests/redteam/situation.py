"""What may lie near our side, as data: a file in ``situations/<kind>/`` says what is planted and what must not come of it.

``{plant}`` in a text is a program that notes who ran it and, where it stands in for a module, hands on to the real one, so that
several can be laid out at once and each is seen. ``{me}`` is the student's name, ``{marker}`` what only this situation holds.
``front`` names a way of running that only it has; ``harm`` says that what must not come of it is a run that fails.
"""

import json
import marshal
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "situations"
RIGHT = "# these are anna's own words\ndef mean_square(x):\n    return (x**2).mean()\n"
WRONG = "def mean_square(x):\n    return (x**2).mean() * 0 - 1\n"
PLANT = """
def _plant():
    import importlib.machinery, importlib.util, os, sys
    try:
        with open({path!r}, "a") as file:
            file.write(f"{{os.getpid()}} ran as {{__name__}} of {{sys.argv[:3]}}\\n")
    except OSError:
        return
    here = os.path.dirname(os.path.abspath(__file__))
    here = os.path.dirname(here) if os.path.basename(__file__).startswith("__init__") else here
    places = [place for place in sys.path if os.path.abspath(place or os.getcwd()) != here]
    found = importlib.machinery.PathFinder.find_spec(__name__, places)
    if found and found.loader and __name__ != "__main__":
        sys.modules[__name__] = module = importlib.util.module_from_spec(found)
        found.loader.exec_module(module)
_plant()
"""
MILLION = 1_000_000


@dataclass(frozen=True)
class Situation:
    """One situation. ``files`` and ``links`` are laid out beside the submissions, ``nb_links`` in an nbgrader course; ``before``
    and ``after`` are files of the course; ``not_for`` says of a front why it cannot apply there."""

    name: str
    about: str
    module: str = ""
    place: str = ""
    file: str = ""
    sheet: str = "target"
    front: str = ""
    also: tuple[str, ...] = ()
    code: str = "0"
    harm: bool = False
    naive: str = ""
    submission: str = ""
    oracle: str = ""
    marker: str = ""
    markdown: str = ""
    output: str = ""
    attachment: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    nb_links: Mapping[str, str] = field(default_factory=dict)
    zips: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    not_for: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.name.partition("/")[0]

    @property
    def me(self) -> str:
        return self.name.replace("/", "_")

    @property
    def mark(self) -> str:
        """What must not be seen of it."""
        return self.marker or f"LEAK-{self.me}"

    def text(self, template: str, marks: Path) -> bytes:
        """A file's content."""
        plant = PLANT.format(path=str(marks / self.me))
        words: dict[str, Any] = {
            "plant": plant, "line": f"import sys; exec({plant!r}.replace('__file__', repr('/')))", "wrong": WRONG,
            "marker": self.mark, "me": self.me, "minus": "-" * MILLION, "parentheses": "(" * 100_000, "dots": ".a" * 200_000,
            "null": "\0", "notebook": json.dumps(self.notebook(json.dumps({"autograder": {"sheet": self.sheet}}))),
            "silent notebook": json.dumps(self.notebook("{}")), "deep": f'{{"cells": {"[" * 100_000}',
        }  # fmt: skip
        if template == "{compiled}":
            from importlib.util import MAGIC_NUMBER

            return MAGIC_NUMBER + bytes(12) + marshal.dumps(compile(plant, f"{self.me}.pyc", "exec"))
        for word, value in words.items():
            template = template.replace(f"{{{word}}}", value)
        return template.encode()

    def notebook(self, metadata: str = "{}") -> dict[str, Any]:
        """A notebook as the student hands it in."""
        cells = [_cell("code", self.own_code, self.outputs()), *([self._markdown()] if self.markdown else [])]
        return {"cells": cells, "metadata": json.loads(metadata), "nbformat": 4, "nbformat_minor": 4}

    @property
    def own_code(self) -> str:
        in_code = "\\x4c" + self.mark[1:] if self.kind == "hidden" else self.mark  # a page may show the code itself
        code = (self.submission or WRONG).replace("{marker}", in_code)
        return code if "mean_square(" in code else code + "\n" + WRONG

    def _markdown(self) -> dict[str, Any]:
        cell = _cell("markdown", self.markdown.replace("{marker}", self.mark))
        if self.attachment:
            script = f"document.documentElement.dataset.gained='{self.mark}'"
            cell["attachments"] = {"a.svg": {"image/svg+xml": self.attachment.replace("{js}", script)}}
        return cell

    def outputs(self) -> list[dict[str, Any]]:
        """The outputs of its code cell, as ``kind: text`` says."""
        if not self.output:
            return []
        kind, _, text = self.output.strip().replace("{marker}", self.mark).partition(": ")
        if kind == "stream":
            return [{"output_type": "stream", "name": "stdout", "text": text}]
        if kind == "error":
            text = text.replace("\\u001b", "\x1b")
            return [{"output_type": "error", "ename": text, "evalue": text, "traceback": [text]}]
        return [{"output_type": "display_data", "data": {kind: text}, "metadata": {}}]


def _cell(kind: str, source: str, outputs: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    code = {"execution_count": None, "outputs": outputs or []} if kind == "code" else {}
    return {"cell_type": kind, "source": source, "metadata": {}, **code}


def situations(wanted: str = "") -> list[Situation]:
    """All situations whose name contains ``wanted``, in order of their names."""
    found = [_read(path) for path in sorted(FOLDER.glob("*/*.toml"))]
    return [situation for situation in found if wanted in situation.name]


def _read(path: Path) -> Situation:
    said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return Situation(str(path.relative_to(FOLDER).with_suffix("")), **said)
