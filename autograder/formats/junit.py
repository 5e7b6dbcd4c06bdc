"""JUnit XML: a suite per exercise, a case per check. A check that failed is a failure, one of ours an error, one that was
skipped or waits for a person is skipped. No times, so that the same reports give the same bytes."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from autograder.formats._audience import Audience, seen_by
from autograder.formats._export import Export, by_student
from autograder.formats._plain import plain
from autograder.formats._safe import printable
from autograder.formats._words import points, title
from autograder.model import Finding, Report, Result, Sheet, Status

suffix = ".xml"
whole = True

COUNTED = ("tests", "failures", "errors", "skipped")

_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold at all


def render(report: Report, sheet: Sheet | None = None, *, audience: Audience = "student") -> bytes:
    """One submission."""
    return _document([seen_by(report, audience)], title(sheet, report))


def render_class(reports: Sequence[Report], sheet: Sheet | None = None, *, audience: Audience = "instructor") -> Export:
    """A class in one file; the suites carry the students' names."""
    return Export(_document((seen_by(report, audience) for report in by_student(reports)), title(sheet, reports[0])))


def _document(reports: Iterable[Report], name: str) -> bytes:
    suites: list[str] = []
    counts = Counter[str]()
    for report in reports:
        for suite in _suites(report):
            counts.update({key: int(suite.get(key, "0")) for key in COUNTED})
            ET.indent(suite, " ", level=1)
            suites.append(ET.tostring(suite, encoding="unicode"))
    root = ET.Element("testsuites", {"name": _text(name), **{key: str(counts[key]) for key in COUNTED}})
    root.text = "" if suites else None
    head, end, tail = ET.tostring(root, encoding="unicode", short_empty_elements=not suites).partition("</testsuites>")
    inside = "".join(f"\n {suite}" for suite in suites) + "\n" * bool(suites)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{head}{inside}{end}{tail}\n".encode()


def _suites(report: Report) -> Iterator[ET.Element]:
    yield from (_suite(report, result) for result in report.results)
    if report.problem and not report.results:
        yield _unread(report)


def _suite(report: Report, result: Result) -> ET.Element:
    suite = ET.Element("testsuite", {"name": _text(f"{report.student}: {result.item} {result.id}")})
    cases = [_case(report, result, finding) for finding in result.findings]
    suite.set("tests", str(len(cases)))
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(key, str(sum(case.find(tag) is not None for case in cases)))
    properties = ET.SubElement(suite, "properties")
    for name, value in (("points", result.score), ("possible", result.possible)):
        ET.SubElement(properties, "property", {"name": name, "value": points(value)})
    suite.extend(cases)
    return suite


def _case(report: Report, result: Result, finding: Finding) -> ET.Element:
    classname = f"{report.sheet}.{result.id}"
    case = ET.Element("testcase", {"classname": _text(classname), "name": _text(finding.check)})
    tag = {Status.FAILED: "failure", Status.BROKEN: "error", Status.SKIPPED: "skipped", Status.PENDING: "skipped"}
    if finding.status in tag:
        message = plain(finding.message)
        said = ET.SubElement(case, tag[finding.status], {"message": _text(message or finding.status.value)})
        if finding.mistake and finding.status is Status.FAILED:
            said.set("type", _text(finding.mistake))
        hint = f"Hint: {plain(finding.hint)}" if finding.hint else ""
        said.text = _text("\n".join(part for part in (message, finding.counterexample, hint) if part))
    return case


def _unread(report: Report) -> ET.Element:
    counts = {"tests": "1", "failures": "1", "errors": "0", "skipped": "0"}
    suite = ET.Element("testsuite", {"name": _text(report.student), **counts})
    case = ET.SubElement(suite, "testcase", {"classname": _text(report.sheet), "name": "the file can be read"})
    ET.SubElement(case, "failure", {"message": _text(report.problem)})
    return suite


def _text(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", printable(text))
