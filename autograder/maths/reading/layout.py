r"""A whole answer before it is cut into rows: macros of its own put in, environments by the names that are known."""

import re

from autograder.maths.reading.braces import closing

MAX_MACROS = 40
MAX_GROWTH = 4  # times as long as it was, at most
DEFINITION = re.compile(
    r"\\(?:re|provide)?newcommand\*?\s*(?:\{\s*(?P<a>\\[A-Za-z]+)\s*\}|(?P<b>\\[A-Za-z]+))\s*(?:\[(?P<n>\d)\])?\s*(?=\{)"
    r"|\\DeclareMathOperator\*?\s*\{\s*(?P<o>\\[A-Za-z]+)\s*\}\s*(?=\{)"
    r"|\\def\s*(?P<d>\\[A-Za-z]+)\s*(?P<p>(?:#\d)*)\s*(?=\{)"
)
ARGUMENTS = re.compile(
    r"\\begin\{(array|alignedat|alignat|xalignat|IEEEeqnarray)(\*?)\}\s*(?:\[[a-z]\])?\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}"
)
RENAMED = re.compile(
    r"\\(begin|end)\{(?:alignedat|xalignat|IEEEeqnarray|dgroup|dmath|empheq|subequations|numcases)\*?\}"
)


def laid_out(text: str) -> str:
    """The text with its macros expanded, and with environments in one spelling."""
    if "\\" not in text:
        return text
    text = _expanded(text)
    text = ARGUMENTS.sub(r"\\begin{\1\2}", text)
    return RENAMED.sub(r"\\\1{aligned}", text)


def braced(text: str, place: int) -> tuple[int, int]:
    """(start, end) of what stands between the brace at ``place`` and its partner; to the end of the text if it has none."""
    end = closing(text, place)
    return place + 1, end if end >= 0 else len(text)


def _expanded(text: str) -> str:
    macros: dict[str, tuple[int, str]] = {}
    while (match := DEFINITION.search(text)) and len(macros) < MAX_MACROS:
        start, end = braced(text, match.end())
        name = match["a"] or match["b"] or match["o"] or match["d"]
        body = text[start:end]
        count = int(match["n"] or 0) or (match["p"] or "").count("#")
        macros[name] = (count, rf"\operatorname{{{body}}}" if match["o"] else body)
        before, after = text[: match.start()], text[end + 1 :]
        if before.endswith("$") and after.startswith("$") and not after.startswith("$$"):  # nothing else stood there
            before, after = before[:-1], after[1:]
        text = before + after
    longest = MAX_GROWTH * len(text) + 200
    for _ in range(3):  # macros in macros
        for name, (count, body) in macros.items():
            text = _put_in(text, name, count, body, longest)
    return text


def _put_in(text: str, name: str, count: int, body: str, longest: int) -> str:
    parts, place = [], 0
    length = 0
    for match in re.finditer(re.escape(name) + r"(?![A-Za-z])", text):
        if match.start() < place or length > longest:
            continue
        end, filled = match.end(), body
        for number in range(1, count + 1):
            while text[end : end + 1].isspace():
                end += 1
            start, stop = braced(text, end) if text[end : end + 1] == "{" else (end, end + 1)
            filled = filled.replace(f"#{number}", text[start:stop])
            end = stop + 1 if text[end : end + 1] == "{" else stop
        parts += [text[place : match.start()], filled if count else f"{filled} "]
        length += len(parts[-1]) + len(parts[-2])
        place = end
    return "".join([*parts, text[place:]]) if length <= longest else text
