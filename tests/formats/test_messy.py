"""Pages of messy classes, looked at in a browser: they fit their window, and axe-core (see browser.py) finds nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.formats import file_name, html
from tests.formats import messy
from tests.formats.browser import CHROMIUM, SIGHTS, Page, chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as page:
        yield page


def faults(page: Page, path: Path) -> list:
    """Whatever is wrong at any width and in any scheme, with everything that is folded up open."""
    found = []
    for width, scheme in SIGHTS:
        page.complaints.clear()
        page.show(path.as_uri(), width=width, scheme=scheme)
        page.value("document.querySelectorAll('details').forEach(folded => { folded.open = true })")
        found += [(width, scheme, fault) for fault in page.faults()]
    return found


@pytest.mark.parametrize("name", messy.CLASSES)
def test_the_class_page(page, tmp_path, name):
    (tmp_path / "index.html").write_bytes(html.render_class(messy.CLASSES[name], messy.sheet()).data)
    assert faults(page, tmp_path / "index.html") == []


@pytest.mark.parametrize("audience", ["student", "instructor"])
@pytest.mark.parametrize("name", [name for name, reports in messy.CLASSES.items() if reports])
def test_a_students_page(page, tmp_path, name, audience):
    report = messy.CLASSES[name][-1 if name == "all unreadable" else 0]
    (tmp_path / "page.html").write_bytes(html.render(report, messy.sheet(), audience=audience))
    assert faults(page, tmp_path / "page.html") == []


@pytest.mark.parametrize(
    "report", messy.CLASSES["wordy"] + messy.CLASSES["hostile"][-7:], ids=lambda r: file_name(r.student)[:20]
)
def test_names_and_texts_of_any_length_and_direction(page, tmp_path, report):
    (tmp_path / "page.html").write_bytes(html.render(report, messy.sheet()))
    assert faults(page, tmp_path / "page.html") == []
