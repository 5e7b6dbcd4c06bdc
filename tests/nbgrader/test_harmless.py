"""No cell of a student's acts on a page that nbgrader makes of it, in a real browser; an ordinary one is left as it is."""

import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from tests.conftest import SUM
from tests.formats.browser import CHROMIUM, Left, Page, chromium
from tests.nbgrader import vectors
from tests.nbgrader.conftest import NbCourse, cell, make_nb_course

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, at import
browser = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")

ORDINARY = {
    "words": "Since it **is** so, *always*; see `x<y` & [the book](https://example.org/a?b=1), <https://example.org>.",
    "formulas": "$\\frac{a}{b} < c$ and\n\n$$\n\\begin{aligned} a &= b \\\\ c &< d \\end{aligned}\n$$\n\n"
    "\\begin{equation} x \\end{equation}",
    "lists": "- a\n- b\n  1. c\n  2. d\n\n3. e\n4. f\n\n- [x] done",
    "table": "| a | b |\n|:-:|--:|\n| 1 | 2 |",
    "code": "```python\ndef f(a):\n    return 'b'\n```\n\n```unknown\nx\n```\n\n    indented",
    "quote": '> he said\n> "so" — it\'s α &amp; β',
    "empty": "",
    "stub": "YOUR ANSWER HERE",
}


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_answer_is_left_as_it_was_written(name):
    from autograder.nbgrader.harmless import harmless

    assert harmless(ORDINARY[name]) == ORDINARY[name]


def test_headings_and_harmless_html_look_the_same_and_have_no_id():
    from autograder.nbgrader.harmless import harmless

    shown = rendered(harmless("# mean_square\n\nwith <b>bold</b>, $a_1$ and `c`"))
    assert "<h1>mean_square</h1>" in shown and "<b>bold</b>" in shown and "$a_1$" in shown and "<code>c</code>" in shown
    assert "left out" not in shown


def test_a_cell_of_which_something_was_left_out_says_so():
    from autograder.nbgrader.harmless import harmless

    assert "was left out" in rendered(harmless("a <script>1</script> b"))


@pytest.mark.parametrize("command", ["def", "href", "require", "unicode", "mmlToken", "cssId", "renewcommand"])
def test_a_formula_that_does_more_than_say_something_is_not_typeset(command):
    from autograder.nbgrader.harmless import harmless

    assert 'class="tex2jax_ignore' in harmless(f"$\\{command}{{x}}{{y}}$")


def test_a_formula_that_draws_elsewhere_stays_within_its_cell():
    from autograder.nbgrader.harmless import harmless

    made = harmless("$\\rlap{\\Rule{99em}{99em}{0em}}$")
    assert "contain:paint" in made and "tex2jax_ignore" not in made


def test_what_was_made_harmless_is_harmless_and_stays_the_same():
    from autograder.nbgrader.harmless import harmless

    for source in vectors.MARKDOWN.values():
        once = harmless(source, vectors.ATTACHMENTS)
        assert "\n" not in once or once == source
        if once != source:  # nothing that Markdown, nbconvert or MathJax would make something else of
            page = BeautifulSoup(rendered(once), "html.parser")
            assert (
                once == page.div.decode().strip()
                or page.div.get_text() == BeautifulSoup(once, "html.parser").get_text()
            )
            assert not page.find_all(id=True) and not page.find_all(
                re.compile("script|style|svg|form|iframe|input|meta")
            )


def test_a_picture_beside_the_notebook_is_put_into_the_cell():
    from autograder.nbgrader.harmless import harmless

    png = b"\x89PNG\r\n\x1a\nrest"
    there = {"a b.png": png, "page.html": b"<script>"}
    assert 'src="data:image/png;base64,' in harmless("![x](a%20b.png)", {}, there.get)
    assert "data:" not in harmless("![x](page.html)", {}, there.get)


def rendered(source: str) -> str:
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    page = MarkdownWithMath(renderer=IPythonRenderer(escape=False)).render(source)
    return str(BeautifulSoup(page, "html.parser"))  # as nbconvert's exporter does with the whole page


# ------------------------------------------------------------------ in a browser


@pytest.fixture(scope="module")
def nb(tmp_path_factory: pytest.TempPathFactory, course: Path) -> NbCourse:
    """Two students with the same answers; one has every vector beside them, and a page and a picture that act."""
    made = make_nb_course(tmp_path_factory.mktemp("harmless") / "nb", "small", course)

    def answers(notebook):
        cell(notebook, "mean_square")["source"] = SUM
        cell(notebook, "essay")["source"] = "Since it is so."

    def all_vectors(notebook):
        answers(notebook)
        vectors.fill(notebook)

    made.hand_in("plain", answers)
    hostile = made.hand_in("hostile", all_vectors)
    for name in ("evil.html", "evil.svg"):
        hostile.with_name(name).write_text(
            f"<svg xmlns='http://www.w3.org/2000/svg'><script>{vectors.js('helper')}</script></svg>"
        )
    before = {path: path.read_bytes() for path in hostile.parent.iterdir()}
    code, log = made.run("autograde", "small")
    assert code == 0, log
    assert {path: path.read_bytes() for path in hostile.parent.iterdir()} == before
    code, log = made.run("generate_feedback", "small")
    assert code == 0, log
    return made


def test_nothing_but_the_notebook_goes_to_autograded_and_feedback(nb):
    for step in ("autograded", "feedback"):
        lying = {path.name for path in (nb.root / step / "hostile" / "small").iterdir()}
        assert lying <= {"small.ipynb", "small.html", "timestamp.txt"}


def test_every_cell_of_the_students_is_still_there(nb):
    text = json.dumps(nb.cells("autograded", "hostile"))
    assert all(f"after-{name}" in text for name in vectors.MARKDOWN)
    assert nb.grades("hostile") == nb.grades("plain")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as page:
        page.ask("Network.setBlockedURLs", urls=["http://*", "https://*"])  # seen all the same; MathJax is on the web
        yield page


TOUCH = """
[...document.querySelectorAll('.text_cell_render *, .output_subarea *, .input_area *')].forEach(element => {
  const away = /^(http|#)/.test(element.getAttribute('href') || '');
  for (const kind of 'mouseover pointerenter mousedown focus toggle animationstart beforetoggle error load'.split(' '))
    element.dispatchEvent(new Event(kind));
  if (!away && element.click) element.click();
})
"""
STANDS = """
[...document.querySelectorAll('h4, .panel-heading .pull-right')].map(element => {
  element.scrollIntoView({block: 'center'});
  const box = element.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return [element.innerText, Math.round(box.left), Math.round(box.width), Math.round(box.height), element.contains(top)];
})
"""

IDS = """
[...document.querySelectorAll('[id], [name]')].map(element => element.id || element.name).filter(id => !id.startsWith('cell-id'))
"""


def opened(page: Page, path: Path) -> set[str]:
    """Opens a page, touches everything a student made in it; what it asked for."""
    page.requests.clear()
    page.show(path.as_uri(), width=1280)
    with contextlib.suppress(Left):  # by what it was touched at
        page.value(TOUCH)
    page.ask("Runtime.evaluate", expression="new Promise(done => setTimeout(done, 400))", awaitPromise=True)
    return {url for url in page.requests if not url.startswith("data:")} - {path.as_uri()}


@browser
@pytest.mark.browser
def test_on_the_feedback_page_nothing_fires_and_every_score_stands_where_it_stood(nb, page):
    files = {name: nb.root / "feedback" / name / "small" / "small.html" for name in ("plain", "hostile")}
    wanted = opened(page, files["plain"])
    scores, ids = page.value(STANDS), page.value(IDS)
    assert len(scores) >= 3 and all(on_top for *_, on_top in scores)
    assert opened(page, files["hostile"]) == wanted
    assert page.value("window.fired || ''") == ""
    assert page.value("location.href") == files["hostile"].as_uri()
    assert page.value("document.title") == "small"
    assert page.value(STANDS) == scores
    text = page.value("document.body.innerText")
    assert all(f"after-{name}" in text for name in vectors.MARKDOWN)
    assert page.value(IDS) == ids


@browser
@pytest.mark.browser
def test_the_same_cells_do_fire_where_nothing_was_left_out(nb, page, tmp_path):
    """Otherwise the test above would show nothing."""
    from nbconvert.exporters import HTMLExporter

    fired, asked = set(), set()
    for name in (
        "script",
        "img_onerror",
        "a_javascript",
        "a_files_prefix",
        "svg_onload",
        "img_markdown_away",
        "meta_refresh",
        "iframe",
    ):
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(vectors.MARKDOWN[name])])
        path = tmp_path / f"{name}.html"
        path.write_text(HTMLExporter(template_name="classic").from_notebook_node(made)[0])
        asked |= {url for url in opened(page, path) if url.startswith(vectors.AWAY)}
        fired |= set(str(page.value("window.fired || ''")).strip(",").split(","))
    assert fired - {""} == {"script", "img_onerror", "a_javascript", "a_files_prefix", "svg_onload"}
    assert len(asked) >= 3


def test_a_students_id_that_is_html_is_refused_and_the_others_are_graded(tmp_path, course):
    made = make_nb_course(tmp_path / "nb", "small", course)
    made.hand_in("plain")
    made.hand_in("<img src=x onerror=fired=1>")
    code, log = made.run("autograde", "small")
    assert code == 1 and "Rename the folder" in log
    assert set(made.scores()) == {"plain"}


def test_a_comment_holds_no_link_heading_or_formula_of_the_students():
    from autograder.model import Finding, Report, Result, Status
    from autograder.nbgrader.findings import comment

    said = "no\n![b]\n\n[b]: http://canary.invalid/x.png\n# mean_square\n```mermaid\nx\n"
    said += "$\\href{javascript:1}{x}$ <img src=x onerror=1>"
    result = Result("a", "1", 1, (Finding("is right", Status.FAILED, 0, 1, "public", said),))
    shown = rendered(comment(Report("small", "x", "x.ipynb", "", (result,), 1), result))
    assert not re.search(r"<(?!/?p>|/a>|a href=\"http:)", shown) and "\\href" not in shown
