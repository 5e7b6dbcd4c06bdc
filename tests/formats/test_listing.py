"""Code beside its finding: the line that is known is marked, with its neighbours, and nothing else is."""

import re
from dataclasses import replace
from itertools import pairwise

from autograder.formats import html
from autograder.formats._listing import excerpt, listing, stands_open
from autograder.model import Finding, Result, Status
from tests.formats import builders

SOURCE = "\n".join(f"line_{i} = {i} < 1" for i in range(1, 61))


def result(*lines: int, status: Status = Status.FAILED, source: str = SOURCE) -> Result:
    findings = tuple(Finding(f"c{i}", status, 0, 1, message="It failed.", line=line) for i, line in enumerate(lines))
    return Result("kl_normal", "9-1 (a)", 2, findings, source)


def test_the_line_and_its_neighbours_are_shown_and_it_alone_is_marked():
    found = result(10, 1, 60)
    shown = [[line.number for line in excerpt(found, finding)] for finding in found.findings]
    assert shown == [[7, 8, 9, 10, 11, 12, 13], [1, 2, 3, 4], [57, 58, 59, 60]]
    assert [line.number for line in excerpt(found, found.findings[0]) if line.marked] == [10]
    assert [line.number for line in listing(found) if line.marked] == [1, 10, 60]


def test_a_line_that_is_not_known_or_not_there_shows_nothing():
    found = result(0, 61, 10_000)
    assert [excerpt(found, finding) for finding in found.findings] == [[], [], []]


def test_a_short_answer_that_failed_stands_open_where_no_line_is_known():
    short = "\n".join(SOURCE.split("\n")[:10])
    assert stands_open(result(0, source=short))
    assert not stands_open(result(3, source=short))
    assert not stands_open(result(0))
    assert not stands_open(result(0, status=Status.PASSED, source=short))


def test_the_students_page_shows_the_code_below_the_reason_with_the_line_marked():
    report = replace(builders.report(), results=(result(10),))
    page = html.render(report, builders.sheet()).decode()
    why = page[page.index("It failed.") : page.index("</ul>", page.index("It failed."))]
    [marked] = re.findall(r'<tr class="failed"><td class="at">(\d+)</td><td><pre>(.*?)</pre>', why)
    assert marked == ("10", "line_10 = 10 &lt; 1")
    assert "line_6 " not in why and "line_13 " in why
    assert "line 10 of the answer" in why


def test_a_hidden_check_shows_no_line():
    hidden = replace(result(10), findings=(replace(result(10).findings[0], visibility="hidden"),))
    page = html.render(replace(builders.report(), results=(hidden,)), builders.sheet()).decode()
    assert 'class="place"' not in page and 'class="failed"><td' not in page


def test_headings_go_down_one_level_at_a_time():
    pages = [html.render(report, builders.sheet()).decode() for report in builders.classroom()]
    pages.append(html.render_class(builders.classroom(), builders.sheet()).data.decode())
    sheet = builders.sheet()
    headed = replace(sheet.exercises[1], task="# A task\n\n## Of two parts\n\ntext")
    pages.append(html.render(builders.report(), replace(sheet, exercises=(headed, *sheet.exercises[2:]))).decode())
    assert "<h3>A task</h3>" in pages[-1]
    for page in pages:
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
