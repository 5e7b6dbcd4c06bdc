r"""A student's cells made harmless for the pages that nbgrader makes of them: Formgrader, feedback, the live notebook.

nbgrader renders Markdown with the HTML, the links and the TeX that stand in it, and gives headings an id by which its own scripts
may find them in place of a score. What does nothing but say something stays as it was written. Any other cell is rendered here,
cleaned by nh3 (a sanitiser that parses as browsers do), and kept as one line of HTML in which nothing is left for Markdown to
find. What was handed in is in ``submitted/``, unchanged.
"""

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import unquote

import nbformat
import nh3
from bs4 import BeautifulSoup
from mistune.plugins import import_plugin
from mistune.util import striptags
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from pygments.token import STANDARD_TYPES

from autograder.nbgrader.repair import Known

Beside = Callable[[str], bytes | None]
"""A file's name, as a link has it -> its bytes, if it lies beside the notebook and may be read."""

_LONGEST = 20_000  # characters of a cell that are rendered; the renderer's time grows with the square of them
_MOST = 100_000  # and of all cells; what is longer is shown as it was typed
_PLAIN = frozenset({"text/plain", "text/latex", "image/png", "image/jpeg"})
"""What a student's outputs may hold. HTML, SVG and JavaScript would run in the browser of whoever grades."""
_PICTURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}  # SVG is a page of its own where it is opened alone
_DATA = tuple(f"data:{kind};base64," for kind in ("image/png", "image/jpeg", "image/gif"))
_LEFT_OUT = (
    "<p><small>Markup that could act on this page was left out here; the file as it was handed in is kept.</small></p>"
)

# Commands of MathJax that define something for the whole page, or make links, names and styles: they are not typeset.
_ACTIVE = """
    def gdef let global newcommand renewcommand newenvironment renewenvironment DeclareMathOperator Newextarrow definecolor
    require begingroup endgroup href url class style cssId data mmlToken unicode toggle mathtip texttip tooltip
"""
# Those that draw where other things stand: they are typeset within the bounds of their cell.
_MOVING = """
    rule Rule Space rlap llap clap mathrlap mathllap mathclap smash raise lower raisebox moveleft moveright vcenter
    hskip hspace kern mskip mspace mkern skew bbox enclose Huge huge genfrac above abovewithdelims
"""
_BOUNDED = frozenset({*_MOVING.split(), "[", "cr"})
_TEX = re.compile(r"\\([A-Za-z]+)|\\\\\s*(\[)")  # "\\[" asks for space after a row, also for less than none
_TAGS = """
    p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code em strong b i u s del ins sub sup br hr kbd q small mark abbr
    table caption thead tbody tfoot tr th td a img span div
"""
_HIGHLIGHT = {"div": {"highlight"}, "span": set(STANDARD_TYPES.values())}


def disarm(notebook: NotebookNode, known: Mapping[str, Known], beside: Beside = lambda name: None) -> None:
    """Leaves in a repaired notebook what can be shown: of the student's cells the words, formulas and pictures.

    Args:
        known: the assignment's cells; those that are as they were handed out are the course's and stay.
        beside: for pictures that a cell shows; they go into the cell.
    """
    notebook.metadata = _named(notebook.metadata)
    tame(notebook.cells)
    left = _MOST
    for cell in notebook.cells:
        ours = cell.metadata.get("nbgrader")
        cell.metadata = nbformat.from_dict({"nbgrader": ours} if ours else {})
        handed_out = known.get(ours.get("grade_id", "")) if ours else None
        if cell.cell_type != "code" and (handed_out is None or cell.source != handed_out.source):
            left -= len(cell.source)
            shown = cell.cell_type == "markdown" and left >= 0
            cell.source = harmless(cell.source, cell.get("attachments", {}), beside) if shown else verbatim(cell.source)
            cell.cell_type = "markdown"
            if "attachment:" not in cell.source:
                cell.pop("attachments", None)


def _named(metadata: NotebookNode) -> NotebookNode:
    """The language and the kernel: names, and nothing else."""
    kept = {
        key: {k: v for k, v in said.items() if k in ("name", "display_name", "language") and isinstance(v, str)}
        for key in ("kernelspec", "language_info")
        if isinstance(said := metadata.get(key), dict)
    }
    return nbformat.from_dict({key: said for key, said in kept.items() if "name" in said})


# ------------------------------------------------------------------ Markdown


def harmless(source: str, attachments: Mapping[str, Any] | None = None, beside: Beside = lambda name: None) -> str:
    """The Markdown as it is, where it does nothing but say something; else one line of HTML that looks the same."""
    if len(source) > _LONGEST:
        return verbatim(source)
    renderer = _Renderer(attachments or {}, beside)
    try:
        html = MarkdownWithMath(renderer=renderer, plugins=_plugins()).render(source)
    except Exception:  # the renderer fails in its own ways; the words can be shown
        return verbatim(source)
    clean = _CLEANER.clean(html)
    before, after = BeautifulSoup(html, "html.parser"), BeautifulSoup(clean, "html.parser")
    commands = _commands(after)
    if before == after and not commands and not renderer.changed:
        return source
    return _one_line((_LEFT_OUT if before != after else "") + clean, untypeset=bool(commands - _BOUNDED))


def verbatim(text: str) -> str:
    """Markdown that shows ``text`` letter by letter."""
    return _one_line(f"<pre>\n{escape(text)}</pre>", untypeset=True)


def _one_line(html: str, *, untypeset: bool) -> str:
    """HTML for a Markdown cell: one block to its end, drawn within its own bounds, with no mark that Markdown knows."""
    css = ' class="tex2jax_ignore mathjax_ignore"' if untypeset else ""
    return f'<div{css} style="contain:paint;overflow-x:auto">{html.translate(_ENTITIES)}</div>'


_ENTITIES = {code: f"&#{code};" for code in (*range(0x09, 0x0E), *range(0x1C, 0x20), 0x85, 0x2028, 0x2029)}
_ENTITIES |= {ord(mark): f"&#{ord(mark)};" for mark in "\\$[]`*_~"}


def _commands(html: BeautifulSoup) -> set[str]:
    """The TeX in the text that does more than set a formula; MathJax reads on across line breaks."""
    texts = (html.get_text(separator) for separator in ("", "\n"))
    return {name or mark for text in texts for name, mark in _TEX.findall(text)} & {*_ACTIVE.split(), *_BOUNDED}


def _plugins() -> list[Any]:
    """nbconvert's own but one: the boxes of a list of tasks are form fields; their marks stay as text."""
    return [import_plugin(name) for name in MarkdownWithMath.DEFAULT_PLUGINS if name != "task_lists"]


class _Renderer(IPythonRenderer):
    """nbconvert's renderer without ids and fetched pictures; ``changed``: nbconvert would have made something else."""

    def __init__(self, attachments: Mapping[str, Any], beside: Beside) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self.attached, self.beside, self.changed = attachments, beside, False

    def block_html(self, html: str) -> str:
        self.changed = True
        return super().block_html(html)

    def inline_html(self, html: str) -> str:
        self.changed = True
        return super().inline_html(html)

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        self.changed = True
        return super().heading(text, level)

    def block_mermaidjs(self, code: str) -> str:
        self.changed = True
        return f"<pre>{escape(code)}</pre>"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        if found := self._attached(url) or self._lying_beside(url):
            return f'<img src="{found}" alt="{escape(striptags(text))}">'
        self.changed = True  # fetching it would tell a stranger who reads this, and when
        return self.link(text or "picture", url)

    def _attached(self, url: str) -> str:
        name = url.removeprefix("attachment:")
        kinds = self.attached.get(name) if name != url else None
        if not isinstance(kinds, dict):
            return ""
        data = next((kinds[kind] for kind in ("image/png", "image/jpeg") if isinstance(kinds.get(kind), str)), "")
        try:
            picture = _picture(base64.b64decode(data))
        except ValueError:
            return ""
        self.changed |= len(kinds) > 1 or not picture.endswith(data)
        return picture

    def _lying_beside(self, url: str) -> str:
        picture = _picture(self.beside(unquote(url)) or b"")
        self.changed |= bool(picture)
        return picture


def _picture(data: bytes) -> str:
    """A picture as an address of its own; "" for anything else."""
    kind = next((kind for magic, kind in _PICTURES.items() if data.startswith(magic)), "")
    return f"data:{kind};base64,{base64.b64encode(data).decode()}" if kind else ""


def _attribute(tag: str, attribute: str, value: str) -> str | None:
    """What an attribute may say: links lead to the web, pictures are in the page, classes are those of highlighted code."""
    match tag, attribute:
        case "a", "href":
            return value if value.lower().startswith(("http://", "https://", "mailto:")) else None
        case "img", "src":
            return value if value.startswith(_DATA) else None
        case "code", "class":
            return value if value.startswith("language-") and not set(value) & set(" \t\n\f\r") else None
        case _, "class":
            return value if value in _HIGHLIGHT.get(tag, ()) else None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(_TAGS.split()),
    attributes={
        "a": {"href", "title"},
        "img": {"src", "alt"},
        "ol": {"start"},
        "code": {"class"},
        "div": {"class"},
        "span": {"class"},
        "th": {"style"},
        "td": {"style"},
    },
    attribute_filter=_attribute,
    filter_style_properties={"text-align"},
    url_schemes={"http", "https", "mailto", "data"},
    link_rel=None,
)

# ------------------------------------------------------------------ outputs


def tame(cells: Iterable[NotebookNode]) -> None:
    """Leaves of the outputs what is text or a picture."""
    for cell in cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in map(_tamed, cell.outputs) if output]


def _tamed(output: NotebookNode) -> NotebookNode | None:
    kind = output.output_type
    if kind == "stream":
        return nbformat.v4.new_output(kind, name=output.name, text=output.text)
    if kind == "error":
        return nbformat.v4.new_output(kind, ename=output.ename, evalue=output.evalue, traceback=output.traceback)
    data = {key: value for key, value in output.get("data", {}).items() if key in _PLAIN and isinstance(value, str)}
    latex = data.get("text/latex", "")
    if _commands(BeautifulSoup(escape(latex), "html.parser")):
        del data["text/latex"]
        data.setdefault("text/plain", latex)
    count = {"execution_count": output.get("execution_count")} if kind == "execute_result" else {}
    return nbformat.v4.new_output(kind, data=data, **count) if data else None
