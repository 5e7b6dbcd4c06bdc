"""Our own pages in a browser, with an attack in every place where a student's words may come to stand."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.formats import html
from autograder.model import Finding, Line, Report, Result, Status
from tests.formats import builders
from tests.formats.browser import CHROMIUM, Page, chromium
from tests.nbgrader.vectors import MARKDOWN

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]
SOME = [source for source in MARKDOWN.values() if len(source) < 1000]
ALL = "\n".join(SOME)


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as page:
        yield page


def attacked(words: str, student: str) -> Report:
    """One exercise per place; ``words`` stand in all of them."""
    line = Line(1, words, words, "first error", words)
    finding = Finding(
        "is right", Status.FAILED, 0, 1, "public", words, hint=words, counterexample=words, detail=(words, line)
    )
    result = Result("mean_square", "1 (a)", 1, (finding,), words)
    path = f"submitted/{words.replace('/', '-')[:200]}.ipynb"
    return Report("small", student, path, "0" * 64, (result,), 1, notes=(words,), isolation="none")


def write(folder: Path, words: str, student: str) -> list[Path]:
    reports = [attacked(words, student), *builders.classroom()[:3]]
    made = {
        "student.html": html.render(reports[0]),
        "instructor.html": html.render(reports[0], audience="instructor"),
        "unreadable.html": html.render(replace(reports[0], problem=words)),
        "class.html": html.render_class(reports).data,
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in made]


TOUCH = """
for (const element of document.querySelectorAll('body *'))
  for (const kind of ['mouseover', 'focus', 'error', 'load']) element.dispatchEvent(new Event(kind));
"""
STANDS = """
[...document.querySelectorAll('h1, .score, .got, .students td, .students th')].map(element => element.innerText)
"""


@pytest.fixture(scope="module")
def harmless(page: Page, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What stands on each page where the words are no attack."""
    found = {}
    for path in write(tmp_path_factory.mktemp("plain"), "words", "Eve"):
        page.show(path.as_uri(), width=1280)
        found[path.name] = page.value(STANDS)
    return found


@pytest.mark.parametrize("words", [ALL, *SOME[::9]], ids=lambda words: str(len(words)))
def test_no_attack_fires_fetches_or_changes_another_part_of_the_page(
    page: Page, harmless: dict[str, list[str]], tmp_path: Path, words: str
):
    for path in write(tmp_path, words, "Eve"):
        page.complaints.clear()
        page.requests.clear()
        page.show(path.as_uri(), width=1280)
        page.value(TOUCH)
        assert page.value("window.fired || ''") == ""
        assert page.value("location.href") == path.as_uri()
        assert [url for url in page.requests if not url.startswith(("data:", "file:"))] == []
        assert page.value(STANDS) == harmless[path.name]
        assert (
            page.value("document.querySelectorAll('form, iframe, object, embed, img[src^=http], a[href^=http]').length")
            == 0
        )
        assert not page.complaints


@pytest.mark.parametrize(
    "names", [pytest.param(SOME[::4], id="every fourth"), pytest.param(SOME, id="all", marks=pytest.mark.slow)]
)
def test_a_name_of_attacks_is_a_name(page: Page, tmp_path: Path, names: list[str]):
    reports = [attacked("words", words) for words in names]
    (tmp_path / "class.html").write_bytes(html.render_class(reports).data)
    page.complaints.clear()
    page.show((tmp_path / "class.html").as_uri(), width=1280)
    page.value("while (!document.getElementById('more').hidden) document.getElementById('more').click()")
    assert page.value("document.querySelectorAll('.students .who a').length") == len(names)
    page.value("document.querySelectorAll('.students .who a')[0].click()")
    for _ in names:
        page.value("document.getElementById('leaf-next').click()")
    assert page.value("document.getElementById('leaf-where').textContent") == f"{len(names)} of {len(names)}"
    assert page.value("window.fired || ''") == ""
    assert not page.complaints
