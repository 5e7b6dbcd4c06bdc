"""One exercise's findings where nbgrader shows them: HTML below a cell, plain text in a comment.

A student reads both, so that hidden checks keep their inputs and model answers stay with the grader.
"""

import base64
import re
from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from autograder.formats import SYMBOL, WORD, _prose, begun, of_exercise, plain, points, printable, seen_by, state, unit
from autograder.model import AGAIN, Criterion, Detail, Line, Picture, Report, Result, Status


def fragment(report: Report, result: Result) -> str:
    """The findings as HTML that stands by itself, without scripts or styles from elsewhere."""
    seen, shown = _seen(report, result)
    said = {"said": of_exercise(shown), "far": begun(shown), "symbol": SYMBOL, "word": WORD}
    return _template().render(report=seen, result=shown, state=state(shown), math=_prose.math, **said)


def words(report: Report, result: Result) -> str:
    """The findings as lines of text: what was found for each check that did not pass, or that all did."""
    seen, shown = _seen(report, result)
    if seen.problem:
        return _hung(seen.problem)
    lines = []
    if far := begun(shown):
        return _hung(next((f.message for f in shown.findings if f.message), far[1]))
    for finding in shown.findings:
        told = finding.status in (Status.PASSED, Status.SKIPPED) or finding.message.startswith(AGAIN)
        if told and not _marked(finding.detail):
            continue
        lines.append(f"{SYMBOL[finding.status]} {finding.check}: {plain(finding.message)}".rstrip(": "))
        lines += [f"    {line}" for line in (finding.counterexample or "").splitlines()]
        lines += [f"    {d.name}: up to {points(d.points)}" for d in finding.detail if isinstance(d, Criterion)]
        lines += [f"    line {d.number} ({d.verdict}): {plain(d.message)}" for d in _to_fix(finding.detail)]
        if finding.hint and finding.status is Status.FAILED:
            lines.append(f"    Hint: {plain(finding.hint)}")
    return "\n".join(map(_hung, lines)) or "All checks passed."


def _hung(text: str) -> str:
    """One entry; what it has of further lines hangs below its first."""
    first, *others = printable(text).split("\n")
    return "\n".join([first, *(f"    {line}" for line in others if line.strip())])


def comment(report: Report, result: Result) -> str:
    """The findings as a comment: nbgrader reads it as Markdown, Formgrader shows it as it is.

    Nothing in it is HTML, a link to a place that is not on show, or TeX; no line of a student's begins a block.
    """
    text = words(report, result).replace("](", "] (").replace("\\", "\\ ")
    return re.sub(r"<(?=[A-Za-z/!?])", "< ", text).replace("\n", "\n\n").replace("\n\n    ", "\n    ")


def _seen(report: Report, result: Result) -> tuple[Report, Result]:
    seen = seen_by(report, "student")
    return seen, seen.results[report.results.index(result)]


def _marked(detail: tuple[object, ...]) -> bool:
    return any(isinstance(entry, Criterion) for entry in detail)


def _to_fix(details: Sequence[Detail]) -> list[Line]:
    return [detail for detail in details if isinstance(detail, Line) and detail.message]


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("autograder", "nbgrader"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "prose": _prose.html,
        "points": points,
        "unit": unit,
        "printable": printable,
        "data_uri": _data_uri,
    }
    environment.tests |= {
        "picture": lambda detail: isinstance(detail, Picture),
        "derivation_line": lambda detail: isinstance(detail, Line),
        "criterion": lambda detail: isinstance(detail, Criterion),
    }
    return environment.get_template("findings.html.j2")


def _data_uri(picture: Picture) -> str:
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"
