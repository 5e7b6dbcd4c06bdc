r"""Sentences with formulas as plain text: ``$\mu_1^2$`` becomes μ_1^2, near enough to what a student would type."""

import re

from autograder.formats._token import TOKEN

_INNER = re.compile(r"\{([^{}]*)\}")  # an argument without further braces
_HELD = re.compile("\ue000(\\d+)\ue001")  # in place of an argument that is spelt already
_ARG = "\ue000(\\d+)\ue001"
_WRAPPED = re.compile(
    rf"\\(?:mathrm|mathbb|mathcal|mathbf|boldsymbol|operatorname|text|mathit)\*?{_ARG}|\\mathbb ?([A-Za-z])"
)
_FRACTION = re.compile(rf"\\[dt]?frac{_ARG}{_ARG}")
_SHORT_FRACTION = re.compile(r"\\[dt]?frac(\d)(\d)")
_ROOT = re.compile(rf"\\sqrt{_ARG}")
_ACCENT = re.compile(rf"\\(hat|tilde|bar)(?:{_ARG}| ?([A-Za-z]))")
_SCRIPT = re.compile(rf" *([_^]) *{_ARG}")
_DROPPED = re.compile(r"\\(?:left|right|big[lrg]?|Big[lr]?|displaystyle|limits)(?![A-Za-z])\.?|\\[,;:!]")


def plain(text: str) -> str:
    """``text`` with its formulas spelt out; code and everything else as it is."""
    return TOKEN.sub(lambda match: match[0] if match["code"] else spelt(match["display"] or match["inline"]), text)


def spelt(latex: str) -> str:
    """A formula (without dollars) as one would type it."""
    latex = _DROPPED.sub("", _SHORT_FRACTION.sub(r"\1/\2", latex)).replace("\ue000", "").replace("\ue001", "")
    latex = latex.replace(r"\{", "\ue002").replace(r"\}", "\ue003")
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(_outer(match[1], held))
        return f"\ue000{len(held) - 1}\ue001"

    before = ""
    while latex != before:  # from the inside out
        before, latex = latex, _INNER.sub(hold, latex)
    return _tidy(_freed(_outer(latex, held), held))


def _outer(latex: str, held: list[str]) -> str:
    """A piece without braces: its commands spelt, its arguments put in where a command takes them."""
    latex = _ACCENT.sub(lambda m: f"{held[int(m[2])] if m[2] else m[3]}_{m[1]}", latex)
    latex = _WRAPPED.sub(lambda m: held[int(m[1])] if m[1] else m[2], latex)
    latex = _FRACTION.sub(lambda m: f"{_grouped(held[int(m[1])])}/{_grouped(held[int(m[2])])}", latex)
    latex = _ROOT.sub(lambda m: f"sqrt({held[int(m[1])]})", latex)
    latex = _SCRIPT.sub(lambda m: m[1] + _index(held[int(m[2])]), latex)
    latex = re.sub(r" +([_^])", r"\1", latex)
    return re.sub(r"( ?)\\([A-Za-z]+|\|)( ?)", _symbol, _freed(latex, held))


def _freed(latex: str, held: list[str]) -> str:
    return _HELD.sub(lambda match: f"({held[int(match[1])]})", latex)


def _index(part: str) -> str:
    whole = re.fullmatch(r"\w+|\([^()]*\)", part)  # ^{(D)} has its brackets already
    return part if whole else f"({part})"


def _grouped(part: str) -> str:
    part = part.strip()
    alone = re.fullmatch(r"\d+(\.\d+)?|[^\W\d]+([_^]\w+)*|\w* ?\([^()]*\)", part)
    return part if alone else f"({part})"


def _symbol(match: re.Match[str]) -> str:
    """A command as a character, else its name. The space that ends a command stays where another one stands before it."""
    from latex2mathml.symbols_parser import convert_symbol  # most of what a terminal shows holds no formula

    code = convert_symbol(f"\\{match[2]}")
    if not code:
        return f" {match[2]} "
    character = chr(int(code, 16))
    return match[1] + character + (match[3] if match[1] and not character.isalnum() and character != "∫" else "")


def _tidy(text: str) -> str:
    """White space as one would type it."""
    text = text.replace("\ue002", "(").replace("\ue003", ")").replace("\\", "")
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"(?<![-+−=·<>∼]) ?([(\[]) ?|([(\[]) ", lambda m: m[1] or m[2], text)
    return re.sub(r" ([)\]_^,])", r"\1", text).strip()
