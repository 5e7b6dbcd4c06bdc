"""The pages in a real browser: no width is too narrow, nothing is fetched, nothing of a student's making runs."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.formats import changed, file_name, html
from autograder.model import Finding, Status
from tests.formats import builders
from tests.formats.browser import CHROMIUM, Page, chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A results folder with the class page and the students' pages."""
    made = tmp_path_factory.mktemp("results")
    (made / "feedback").mkdir()
    for report in builders.classroom():
        (made / "feedback" / f"{file_name(report.student)}.html").write_bytes(html.render(report, builders.sheet()))
    (made / "index.html").write_bytes(html.render_class(builders.classroom(), builders.sheet()).data)
    return made


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as page:
        yield page


def shown(page: Page, path: Path, width: int = 1280, scheme: str = "light") -> Page:
    page.complaints.clear()
    page.requests.clear()
    page.show(path.as_uri(), width=width, scheme=scheme)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["index.html", "feedback/s006.html", "feedback/s012.html", "feedback/s013.html"])
def test_a_page_fits_its_window_and_fetches_nothing(page: Page, folder: Path, name: str, width: int, scheme: str):
    shown(page, folder / name, width, scheme)
    assert page.value("document.documentElement.scrollWidth") <= width
    assert (
        page.value("[...document.querySelectorAll('.card')].filter(card => card.scrollWidth > card.clientWidth).length")
        == 0
    )
    page.value("document.querySelectorAll('details').forEach(folded => { folded.open = true })")
    assert page.value("document.documentElement.scrollWidth") <= width
    assert page.violations() == []
    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith(("data:", folder.as_uri()))] == []


def test_on_a_narrow_page_no_exercise_is_broken_that_fits_on_a_line(page: Page, folder: Path):
    report = builders.classroom()[5]
    open_ = Finding("the text is read", Status.PENDING, 0, 2, message="A person reads this answer.")
    long = replace(report.results[-1], id="reconstruction_of_the_term", findings=(open_,))
    (folder / "feedback" / "long.html").write_bytes(html.render(replace(report, results=(long,))))
    shown(page, folder / "feedback" / "long.html", 390)
    assert page.value("document.querySelector('.exercise h2 .mono').getClientRects().length") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_frame_and_what_changed_fit_their_window(page: Page, folder: Path, width: int, scheme: str):
    reports = builders.classroom()
    before = {report.student: report for report in reports if report.student != "s004"}
    before |= {name: builders.report(name, good=name == "s006") for name in ("s005", "s006")}
    changes = changed(before, {report.student: report for report in reports})
    (folder / "changed.html").write_bytes(html.render_class(reports, builders.sheet(), changes=changes).data)
    shown(page, folder / "changed.html", width, scheme)
    assert page.value("document.querySelector('h2').textContent") == "What changed"
    page.value("document.querySelector('.changes a').click()")
    assert page.value("document.getElementById('leaf').open")
    assert page.value("document.documentElement.scrollWidth") <= width
    assert page.violations() == []
    assert page.complaints == []


def test_a_plot_is_dark_in_a_dark_page(page: Page, folder: Path):
    filters = "getComputedStyle(document.images[0]).filter"
    assert shown(page, folder / "feedback" / "s006.html").value(filters) == "none"
    assert "invert" in shown(page, folder / "feedback" / "s006.html", scheme="dark").value(filters)


def test_dark_and_light_differ(page: Page, folder: Path):
    paper = "getComputedStyle(document.body).backgroundColor"
    light = shown(page, folder / "index.html").value(paper)
    assert light != shown(page, folder / "index.html", scheme="dark").value(paper)


def test_pictures_and_formulas_are_drawn(page: Page, folder: Path):
    shown(page, folder / "feedback" / "s006.html")
    assert page.value("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    assert page.value("document.images.length") == 2
    assert page.value("document.querySelector('mfrac').getBoundingClientRect().height") > 20


@pytest.mark.parametrize("name", builders.HOSTILE)
def test_the_link_to_a_hostile_students_page_opens_it_and_nothing_runs(page: Page, folder: Path, name: str):
    shown(page, folder / "index.html")
    student = html.printable(builders.HOSTILE[name])
    links = page.value("[...document.querySelectorAll('.students .who a')].map(link => [link.textContent, link.href])")
    [target] = [href for shown_name, href in links if shown_name == student]
    page.show(target, width=1280)
    assert page.value("document.querySelector('h1').textContent") == student
    assert page.complaints == []


def test_a_press_on_a_columns_head_sorts_the_students(page: Page, folder: Path):
    shown(page, folder / "index.html")
    scores = "[...document.querySelectorAll('.students tbody tr')]"
    scores += ".map(row => +row.cells[1].dataset.value).filter(score => score >= 0)"
    press = "document.querySelectorAll('.students th button')[1].click()"
    before = page.value(scores)
    page.value(press)
    assert page.value(scores) == sorted(before) != before
    page.value(press)
    assert page.value(scores) == sorted(before, reverse=True)
    assert page.value("document.querySelectorAll('.students th')[1].getAttribute('aria-sort')") == "descending"
    page.value("document.querySelectorAll('.students th button')[0].click()")
    names = page.value("[...document.querySelectorAll('.students .who a')].map(link => link.textContent)")
    assert names.index("s004") < names.index("s010") < names.index("s013")


NAMES = "[...document.querySelectorAll('.students tbody tr:not([hidden]) .who a')].map(link => link.textContent)"


def set_(page: Page, field: str, value: str) -> None:
    page.value(f"{field}.value = '{value}'; {field}.dispatchEvent(new Event('input'))")


def test_search_and_filters_show_the_students_that_fit(page: Page, folder: Path):
    shown(page, folder / "index.html")
    set_(page, "document.getElementById('search')", "jurgen")
    assert page.value(NAMES) == ["J\u00fcrgen Gro\u00df"]
    set_(page, "document.getElementById('search')", "")
    set_(page, "document.getElementById('kind')", "b")
    assert page.value(NAMES) == ["s012"]
    set_(page, "document.getElementById('kind')", "r")
    waiting = [report.student for report in builders.classroom() if report.status == "pending"]
    assert set(waiting) <= set(page.value(NAMES))
    set_(page, "document.getElementById('exercise')", "3")
    assert page.value(NAMES) == []
    assert page.complaints == []


def test_open_stands_apart_from_0_whichever_way_a_column_is_sorted(page: Page, folder: Path):
    shown(page, folder / "index.html")
    column = next(i for i, e in enumerate(builders.sheet().exercises) if e.id == "reconstruction_term") + 3
    cells = f"[...document.querySelectorAll('.students tbody tr')].map(row => row.cells[{column}].textContent.trim())"
    for _ in range(2):
        page.value(f"document.querySelectorAll('.students th button')[{column}].click()")
        values = page.value(cells)
        first = values.index("open")
        assert first > 0
        assert not any(value.replace(".", "").isdigit() for value in values[first:])


def test_a_cell_leads_to_the_exercise_on_the_students_page(page: Page, folder: Path):
    shown(page, folder / "index.html")
    row = "[...document.querySelectorAll('.students tbody tr')].find(row => row.cells[0].textContent == 's006')"
    links = page.value(f"[...{row}.querySelectorAll('td.x a')].map(link => link.href)")
    results = next(report for report in builders.classroom() if report.student == "s006").results
    assert len(links) == len(results)
    page.show(links[1], width=1280)
    assert page.value("document.querySelector(':target h2').textContent").endswith("kl_normal")


def test_without_scripts_the_page_shows_every_student_and_what_it_folds_up(page: Page, folder: Path):
    page.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        shown(page, folder / "index.html")
        assert len(page.value(NAMES)) == len(builders.classroom())
        assert page.value("document.querySelectorAll('.find:not([hidden]), .students button').length") == 0
        assert page.value("document.querySelectorAll('.slips details a').length") > 0
    finally:
        page.ask("Emulation.setScriptExecutionDisabled", value=False)


FRAME = "document.querySelector('#leaf iframe')?.src"
WHO = "document.getElementById('leaf-who').textContent"


def test_from_a_students_page_one_goes_on_to_the_next_of_the_list_at_the_same_exercise(page: Page, folder: Path):
    shown(page, folder / "index.html")
    set_(page, "document.getElementById('search')", "s00")
    listed = page.value(NAMES)
    page.value("document.querySelectorAll('.students tbody tr')[1].cells[4].querySelector('a').click()")
    assert page.value(FRAME) == (folder / "feedback" / f"{listed[1]}.html").as_uri() + "#x-2"
    assert page.value(WHO) == listed[1]
    for key, there in (("n", 2), ("ArrowRight", 3), ("p", 2), ("p", 1), ("p", 0), ("p", 0)):
        page.value(
            f"document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true}}))"
        )
        assert page.value(WHO) == listed[there]
        assert page.value("document.getElementById('leaf-alone').href").endswith(f"{listed[there]}.html#x-2")
    page.value("document.getElementById('leaf-close').click()")
    assert page.value("document.getElementById('leaf').open") is False
    assert page.complaints == []


def test_the_students_who_made_a_mistake_are_leafed_through_among_themselves(page: Page, folder: Path):
    shown(page, folder / "index.html")
    page.ask("Runtime.evaluate", expression="new Promise(done => {const one = document.querySelector('.slips details');"
             "one.addEventListener('toggle', done); one.open = true})", awaitPromise=True)  # fmt: skip
    [*names] = page.value("[...document.querySelectorAll('.slips details[open] a')].map(link => link.textContent)")
    assert names == list(html.overview(builders.classroom(), builders.sheet()).slips[0].students)
    page.value("document.querySelectorAll('.slips details[open] a')[0].click()")
    page.value("document.getElementById('leaf-next').click()")
    assert page.value(WHO) == names[1]
    assert page.value("document.getElementById('leaf-where').textContent") == f"2 of {len(names)}"


def test_the_frame_shows_the_students_page_and_each_that_follows(page: Page, folder: Path):
    shown(page, folder / "index.html")
    page.value("document.querySelector('.students .who a').click()")
    page.value("document.getElementById('leaf-next').click()")
    second = (folder / "feedback" / f"{file_name(page.value(WHO))}.html").as_uri()
    for _ in range(100):
        targets = page.ask("Target.getTargets")["targetInfos"]
        if framed := [target["url"] for target in targets if target["url"] == second]:
            break
        page.ask("Runtime.evaluate", expression="new Promise(done => setTimeout(done, 50))", awaitPromise=True)
    assert framed
    assert page.complaints == []
