"""JUnit XML: a suite per exercise, a case per check. A check that failed is a failure, one of ours an error, one that was
skipped or waits for a person is skipped. No times, so that the same reports give the same bytes."""

import io
import re
import shutil
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from autograder.formats._audience import Audience, seen_by
from autograder.formats._export import Export, by_student
from autograder.formats._once import once
from autograder.formats._plain import plain
from autograder.formats._safe import printable
from autograder.formats._words import points, title
from autograder.model import Finding, Report, Result, Sheet, Status

suffix = ".xml"
whole = True

COUNTED = ("tests", "failures", "errors", "skipped")
_COUNTED_BY = {"failures": "failure", "errors": "error", "skipped": "skipped"}
_TAG = {Status.FAILED: "failure", Status.BROKEN: "error", Status.SKIPPED: "skipped", Status.PENDING: "skipped"}

_BEGIN, _END = '<testsuite name="', '" />'  # of a suite that has no more than a name
_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold at all


def render(report: Report, sheet: Sheet | None = None, *, audience: Audience = "student") -> bytes:
    """One submission."""
    made = io.BytesIO()
    _write(made, [seen_by(report, audience)], title(sheet, report))
    return made.getvalue()


def render_class(reports: Sequence[Report], sheet: Sheet | None = None, *, audience: Audience = "instructor") -> Export:
    """A class in one file; the suites carry the students' names."""

    def write(file: BinaryIO) -> None:
        students = (seen_by(report, audience) for report in by_student(reports))
        _write(file, students, title(sheet, reports[0]))

    return Export(write)


def _write(file: BinaryIO, reports: Iterable[Report], name: str) -> None:
    """The counts of the head are known last, so the suites wait in a file of their own."""
    counts = Counter[str]()
    with tempfile.TemporaryFile() as suites:
        for suite, counted in (made for report in reports for made in _suites(report)):
            counts.update(counted)
            suites.write(f"\n {suite}".encode())
        root = ET.Element("testsuites", {"name": _text(name), **{key: str(counts[key]) for key in COUNTED}})
        some = bool(suites.tell())
        root.text = "\n" if some else None
        text = ET.tostring(root, encoding="unicode", short_empty_elements=not some)
        head, end, tail = text.partition("\n</testsuites>")
        file.write(f"<?xml version='1.0' encoding='utf-8'?>\n{head}".encode())
        suites.seek(0)
        shutil.copyfileobj(suites, file)
        file.write(f"{end}{tail}\n".encode())


def _suites(report: Report) -> Iterator[tuple[str, dict[str, int]]]:
    """Each suite as text, and what is counted of it."""
    named = ET.Element("testsuite", {"name": _text(f"{report.student}: ")})
    begins = ET.tostring(named, encoding="unicode").removesuffix(_END)
    for result in report.results:
        rest, counted = _suite(result.findings, result.possible, result.item, result.id, report.sheet)
        yield begins + rest, counted
    if report.problem and not report.results:
        yield _as_text(_unread(report), 1), {"tests": 1, "failures": 1}


@once
def _suite(
    findings: tuple[Finding, ...], possible: float, item: str, id: str, sheet: str
) -> tuple[str, dict[str, int]]:
    """A suite from where its name has said whose it is."""
    tags = [_TAG.get(finding.status, "") for finding in findings]
    counted = {"tests": len(tags), **{key: tags.count(tag) for key, tag in _COUNTED_BY.items()}}
    counts = {key: str(counted[key]) for key in COUNTED}
    suite = ET.Element("testsuite", {"name": _text(f"{item} {id}"), **counts})
    properties = ET.SubElement(suite, "properties")
    for name, value in (("points", Result("", "", possible, findings).score), ("possible", possible)):
        ET.SubElement(properties, "property", {"name": name, "value": points(value)})
    head = _as_text(suite, 1).removeprefix(_BEGIN).removesuffix("\n </testsuite>")
    cases = [f"\n  {_case(finding, f'{sheet}.{id}')}" for finding in findings]
    return f"{head}{''.join(cases)}\n </testsuite>", counted


def _as_text(element: ET.Element, level: int) -> str:
    ET.indent(element, " ", level=level)
    return ET.tostring(element, encoding="unicode")


@once
def _case(finding: Finding, classname: str) -> str:
    case = ET.Element("testcase", {"classname": _text(classname), "name": _text(finding.check)})
    if finding.status in _TAG:
        message = plain(finding.message)
        said = ET.SubElement(case, _TAG[finding.status], {"message": _text(message or finding.status.value)})
        if finding.mistake and finding.status is Status.FAILED:
            said.set("type", _text(finding.mistake))
        hint = f"Hint: {plain(finding.hint)}" if finding.hint else ""
        said.text = _text("\n".join(part for part in (message, finding.counterexample, hint) if part))
    return _as_text(case, 2)


def _unread(report: Report) -> ET.Element:
    counts = {"tests": "1", "failures": "1", "errors": "0", "skipped": "0"}
    suite = ET.Element("testsuite", {"name": _text(report.student), **counts})
    case = ET.SubElement(suite, "testcase", {"classname": _text(report.sheet), "name": "the file can be read"})
    ET.SubElement(case, "failure", {"message": _text(report.problem)})
    return suite


def _text(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", printable(text))
