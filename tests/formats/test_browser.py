"""The pages in a real browser: no width is too narrow, nothing is fetched, nothing of a student's making runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.formats import file_name, html
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
    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith(("data:", folder.as_uri()))] == []


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
