"""A report as GitHub's Markdown: the summary that a workflow writes to ``$GITHUB_STEP_SUMMARY``.

Student content is escaped character by character; formulas stand in GitHub's own form of them, examples in fences that
they cannot close.
"""

import re
from collections.abc import Iterator, Sequence

from autograder.formats._audience import Audience, seen_by
from autograder.formats._export import Export
from autograder.formats._safe import printable
from autograder.formats._summary import told_once
from autograder.formats._token import TOKEN
from autograder.formats._words import REPORT_WORD, WORD, points, state, title
from autograder.model import Criterion, Finding, Line, Picture, Report, Result, Sheet, Status

suffix = ".md"

_MARK = {
    Status.PASSED: "✅",
    Status.FAILED: "❌",
    Status.SKIPPED: "➖",
    Status.PENDING: "🕐",
    Status.BROKEN: "⚠️",
}


def render(report: Report, sheet: Sheet | None = None, *, audience: Audience = "student") -> bytes:
    """One report: a table of the exercises, then why each point is missing."""
    return _bytes(_report(told_once(seen_by(report, audience)), sheet))


def render_class(reports: Sequence[Report], sheet: Sheet | None = None) -> Export:
    """A table of the class."""
    return Export(_bytes(_class(sorted(reports, key=lambda report: report.student), sheet)))


def _bytes(lines: Iterator[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _report(report: Report, sheet: Sheet | None) -> Iterator[str]:
    yield f"## {_inline(title(sheet, report))}: {points(report.score)} of {points(report.possible)} points"
    yield ""
    if report.status != "graded":
        yield f"**{REPORT_WORD[report.status].capitalize()}.** {_prose(report.problem)}".rstrip()
        yield ""
    for note in report.notes:
        yield f"> {_prose(note)}"
        yield ""
    if report.problem:
        return  # the same would stand below every exercise
    yield "| | Exercise | | Points |"
    yield "|:-:|:--|:--|--:|"
    for result in report.results:
        score = f"{points(result.score)} of {points(result.possible)}"
        yield f"| {_MARK[state(result)]} | {_inline(result.item)} | {_code(result.id)} | {score} |"
    for result in report.results:
        if state(result) is not Status.PASSED:
            yield from _result(result)


def _result(result: Result) -> Iterator[str]:
    yield ""
    yield f"### {_inline(result.item)} {_code(result.id)}"
    for finding in result.findings:
        yield ""
        yield f"{_MARK[finding.status]} **{_prose(finding.check)}**: {WORD[finding.status]}"
        if finding.status is not Status.PASSED:
            yield from _why(finding)


def _why(finding: Finding) -> Iterator[str]:
    if finding.message:
        yield from ("", _prose(finding.message))
    if finding.counterexample:
        yield from ("", "Smallest example:", "", *_fenced(finding.counterexample))
    listed = list(_details(finding))
    if listed:
        yield from ("", *listed)
    if finding.hint:
        yield from ("", f"> **Hint** {_prose(finding.hint)}")


def _details(finding: Finding) -> Iterator[str]:
    for detail in finding.detail:
        match detail:
            case Line(number, text, latex, verdict, message):
                shown = _math(latex) if latex else _code(text)
                yield f"- line {number}, {_inline(verdict)}: {shown}" + (f" ({_prose(message)})" if message else "")
            case Criterion(name, worth, full):
                yield f"- {_prose(name)} ({points(worth)})" + (f": {_prose(full)}" if full else "")
            case Picture(_, _, caption):
                yield f"- {_prose(caption)} (a picture; see the feedback page)"
            case str():
                yield f"- {_prose(detail)}"


def _class(reports: Sequence[Report], sheet: Sheet | None) -> Iterator[str]:
    yield f"## {_inline(title(sheet, reports[0] if reports else None))}"
    yield ""
    yield "| Student | Points | |"
    yield "|:--|--:|:--|"
    for report in reports:
        score = f"{points(report.score)} of {points(report.possible)}"
        yield f"| {_inline(report.student)} | {score} | {REPORT_WORD[report.status]} |"


# ------------------------------------------------------------------ escaping


def _inline(text: str) -> str:
    """One line in which nothing is Markdown, HTML, a formula, a mention or a link."""
    text = printable(text, newlines=False)
    text = re.sub(r"[^\w\s.,;:'()/%=?€–—…‖≤≥-]|(?<!\w)_|_(?!\w)", lambda match: f"&#{ord(match[0])};", text)
    return text.replace("://", "&#58;//").replace("www.", "www&#46;")


def _prose(text: str) -> str:
    """One line of a paragraph; its formulas and code stay, everything else is escaped."""
    text, parts, end = printable(text, newlines=False).lstrip(), [], 0
    for match in TOKEN.finditer(text):
        shown = _code(match["code"]) if match["code"] else _math(match["display"] or match["inline"])
        parts += [_inline(text[end : match.start()]), shown]
        end = match.end()
    line = "".join([*parts, _inline(text[end:])])
    return re.sub(r"^(\d*)([-=.)])", lambda match: f"{match[1]}&#{ord(match[2])};", line)  # no list, no heading


def _math(latex: str) -> str:
    """GitHub reads ``$`…`$`` as a formula in which Markdown means nothing; a backtick would end it."""
    text = printable(latex, newlines=False)
    return _code(text) if "`" in text else f"$`{text}`$"


def _code(text: str) -> str:
    plain = printable(text, newlines=False).strip()
    return f"<code>{_inline(text)}</code>" if "`" in plain or "|" in plain or not plain else f"`{plain}`"


def _fenced(text: str) -> tuple[str, ...]:
    """A code block; its fence is longer than every run of backticks in it."""
    text = printable(text)
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return (fence, *text.split("\n"), fence)
