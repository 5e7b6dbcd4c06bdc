r"""Sentences with formulas as HTML: ``$…$`` and ``$$…$$`` become MathML, `` `…` `` becomes code, all else is escaped.

A formula that cannot be typeset, or whose MathML would hold anything but mathematics, is shown as its LaTeX source.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import lru_cache

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from autograder.formats._safe import printable
from autograder.formats._token import TOKEN

_LONGEST = 4000  # characters of one formula; the converter's time grows faster than its input
_DEEPEST = 40  # nested braces; the converter recurses

_CHILDREN = {"mfrac": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "mroot": 2, "msubsup": 3, "munderover": 3}
_TAGS = {"math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msqrt", "mtable", "mtr", "mtd", "mstyle", "mpadded"}
_TAGS |= {"mphantom", "menclose", *_CHILDREN}
_ATTRIBUTES = {
    "mathvariant",
    "stretchy",
    "fence",
    "form",
    "display",
    "displaystyle",
    "width",
    "linethickness",
    "accent",
}
_ATTRIBUTES |= {"accentunder", "lspace", "rspace", "minsize", "maxsize", "scriptlevel", "movablelimits", "largeop"}
_ATTRIBUTES |= {"columnalign", "rowspacing", "columnspacing", "separator", "notation"}


def html(text: str) -> Markup:
    """A message: escaped, its formulas typeset."""
    return _replaced(text, escape)


@lru_cache(maxsize=256)  # a class reads the same tasks
def markdown(text: str, below: int = 2) -> Markup:
    """A task in Markdown, its formulas typeset; HTML in it is escaped. Its headings stand ``below`` levels lower than written,
    which is below the exercise's own on a student's page."""
    held: list[Markup] = []

    def hold(formula: Markup) -> str:
        held.append(formula)
        return f"\ue000{len(held) - 1}\ue001"

    text = text.replace("\ue000", "").replace("\ue001", "")
    rest = TOKEN.sub(lambda match: match[0] if match["code"] else hold(_token(match)), text)
    page = MarkdownIt("commonmark", {"html": False}).enable("table").render(rest)
    page = re.sub(r"<(/?)h([1-6])>", lambda tag: f"<{tag[1]}h{min(6, int(tag[2]) + below)}>", page)
    page = re.sub(r"<th(\b[^>]*)></th>", r"<td\1></td>", page)  # an empty head names nothing
    return Markup(re.sub("\ue000(\\d+)\ue001", lambda match: held[int(match[1])], page))


def _replaced(text: str, other: Callable[[str], Markup]) -> Markup:
    parts, end = [], 0
    text = printable(text)
    for match in TOKEN.finditer(text):
        parts += [other(text[end : match.start()]), _token(match)]
        end = match.end()
    return Markup("").join([*parts, other(text[end:])])


def _token(match: re.Match[str]) -> Markup:
    if match["code"]:
        return Markup("<code>{}</code>").format(match["code"])
    return math(match["display"] or match["inline"], display=bool(match["display"]))


@lru_cache(maxsize=4096)
def math(latex: str, *, display: bool = False) -> Markup:
    """``latex`` (without dollars) as MathML, or as its source where that fails."""
    latex = printable(latex, newlines=False)
    try:
        return Markup(_mathml(latex, display))
    except Exception:  # the converter raises whatever its parser trips over; the source is always readable
        return Markup('<code class="latex">{}</code>').format(latex)


def _mathml(latex: str, display: bool) -> str:
    if len(latex) > _LONGEST or _depth(latex) > _DEEPEST:
        raise ValueError("too long or too deep to typeset")
    source = latex.replace("<", r"\lt ").replace(">", r"\gt ").replace(r"\middle", "")
    tree = _cleaned(ET.fromstring(convert(source, display="block" if display else "inline")))
    tree.set("alttext", latex)
    return ET.tostring(tree, encoding="unicode")


def _depth(latex: str) -> int:
    depth = deepest = 0
    for character in re.sub(r"\\.", "", latex, flags=re.DOTALL):
        depth += (character == "{") - (character == "}")
        deepest = max(deepest, depth)
        if depth < 0:
            raise ValueError("a brace closes that was never opened")
    if depth:
        raise ValueError("a brace stays open")
    return deepest


def _cleaned(node: ET.Element) -> ET.Element:
    """A copy with known elements and attributes only.

    Raises:
        ValueError: an element that is not mathematics, of the wrong number of children, or a command left as it was.
    """
    tag = node.tag.rpartition("}")[2]
    if tag not in _TAGS or len(node) != _CHILDREN.get(tag, len(node)) or (node.text or "").startswith("\\"):
        raise ValueError(f"cannot typeset <{tag}>")
    if node.text == "~":  # the converter's \sim, which stands high and close; as an operator it is set like one
        tag, node.text = "mo", "∼"
    clean = ET.Element(tag, {key: value for key, value in node.attrib.items() if key in _ATTRIBUTES})
    clean.text = node.text if len(node) == 0 else None
    for child in map(_cleaned, node):
        if len(clean) and tag in ("math", "mrow", "mtd", "mstyle", "msqrt") and _needs_space(clean[-1], child):
            clean.append(ET.Element("mspace", {"width": "0.167em"}))
        if child.text == "\u2212" and _opens(clean):
            child.set("form", "prefix")  # a sign, set close to what follows
        clean.append(child)
    return clean


def _needs_space(left: ET.Element, right: ET.Element) -> bool:
    """Between a function's name and its argument, as in "log x"; MathML's identifiers carry no space of their own."""
    if _is_name(left):
        bracket = right.tag == "mrow" and len(right) > 0 and right[0].tag == "mo"
        return not bracket and right.tag not in ("mo", "mspace", "mtext")
    return _is_name(right) and left.tag not in ("mo", "mspace", "mtext")


def _opens(row: ET.Element) -> bool:
    """Nothing stands yet in ``row`` that a minus could subtract from."""
    return len(row) == 0 or (row[-1].tag == "mo" and row[-1].text in ("(", "[", "{", "=", ","))


def _is_name(node: ET.Element) -> bool:
    base = node[0] if node.tag in ("msub", "msup", "msubsup", "munder") and len(node) else node
    return base.tag == "mi" and len(base.text or "") > 1
