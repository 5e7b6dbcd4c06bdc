r"""Sentences with formulas as plain text: ``$\mu_1^2$`` becomes μ_1^2, near enough to what a student would type."""

import re

from latex2mathml.symbols_parser import convert_symbol

from autograder.formats._prose import TOKEN

_WRAPPED = re.compile(r"\\(?:mathrm|mathbb|mathcal|mathbf|boldsymbol|operatorname|text|mathit)\*?\{([^{}]*)\}")
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_SHORT_FRACTION = re.compile(r"\\[dt]?frac(\d)(\d)")
_ROOT = re.compile(r"\\sqrt\{([^{}]*)\}")
_ACCENT = re.compile(r"\\(hat|tilde|bar)\{([^{}]*)\}|\\(hat|tilde|bar) ?([A-Za-z])")
_DROPPED = re.compile(r"\\(?:left|right|big[lrg]?|Big[lr]?|displaystyle|limits)(?![A-Za-z])\.?|\\[,;:!]")


def plain(text: str) -> str:
    """``text`` with its formulas spelt out; code and everything else as it is."""
    return TOKEN.sub(lambda match: match[0] if match["code"] else _spelt(match["display"] or match["inline"]), text)


def _spelt(latex: str) -> str:
    latex, before = _SHORT_FRACTION.sub(r"\1/\2", _DROPPED.sub("", latex)), ""
    while latex != before:  # from the inside out
        before = latex
        latex = _ACCENT.sub(lambda match: f"{match[2] or match[4]}_{match[1] or match[3]}", latex)
        latex = _WRAPPED.sub(r"\1", latex)
        latex = _FRACTION.sub(lambda match: f"{_grouped(match[1])}/{_grouped(match[2])}", latex)
        latex = _ROOT.sub(r"sqrt(\1)", latex)
        latex = re.sub(r"([_^])\{(\w+)\}", r"\1\2", latex)
    latex = re.sub(r"\{\(([^{}()]*)\)\}", r"(\1)", latex)  # ^{(D)} has its brackets already
    latex = latex.replace("{", "(").replace("}", ")")
    latex = re.sub(r"\\([A-Za-z]+|\|) ?", lambda match: _symbol(match[1]), latex)
    latex = re.sub(r" +([_^])|\\(?=[()])", r"\1", latex)
    return re.sub(r" *([\s(\[]) *", r"\1", latex).strip()


def _grouped(part: str) -> str:
    return part if re.fullmatch(r"\d+|\\?[A-Za-z]+([_^]\w+)*", part) else f"({part})"


def _symbol(command: str) -> str:
    code = convert_symbol(f"\\{command}")
    return chr(int(code, 16)) if code else f" {command} "
