"""Every screen of the review in every state that it has fits its window, and axe-core (formats/browser.py) finds nothing."""

import re
from collections.abc import Iterator

import pytest

from autograder.grading import Results
from autograder.grading.marks import Marks
from autograder.model import Finding, Line, Report, Result, Status
from tests.commands.review import classroom
from tests.commands.review.test_in_browser import SAYS, Review, until
from tests.conftest import REPOSITORY
from tests.formats import messy
from tests.formats.browser import CHROMIUM, SIGHTS, Page, chromium
from tests.sheets import bundled

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,  # test_in_browser looks at a sample of these
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as page:
        yield page


def looked_at(page: Page, *places: str) -> list:
    found = []
    for place in places:
        for width, scheme in SIGHTS:
            page.show(place, width=width, scheme=scheme)
            page.value("document.querySelectorAll('details').forEach(folded => { folded.open = true })")
            page.complaints[:] = [said for said in page.complaints if not re.search(r"status of 40[034]", said)]
            found += [(place.partition("/e")[2], width, scheme, str(fault)[:200]) for fault in page.faults()]
            page.complaints.clear()
    return found


def click(page: Page, selector: str) -> None:
    """A press on a button, and the page that it leads to."""
    page.value("document.body.dataset.old = 1")
    page.value(f"document.querySelector({selector!r}).click()")
    until(lambda: page.value("document.readyState == 'complete' && !document.body.dataset.old"))


def test_every_screen_from_the_first_mark_to_the_last_disagreement(page, tmp_path, sheet, course):
    essays = classroom.ESSAYS | {messy.LONG: classroom.GOOD + " And more.", messy.RTL: messy.MEGABYTE, "none": ""}
    results = classroom.results(tmp_path / "out", sheet, essays)
    review = Review(results.folder, course)
    at = review.base
    assert looked_at(page, f"{at}/", f"{at}/?token=guess") == []
    page.show(review.address, width=1280)
    answers = [f"{at}/e/essay/a/{i}" for i in range(1, len(essays) + 1)] + [
        f"{at}/e/mean_square/a/{i}" for i in (1, 2, 3)
    ]
    lists = [f"{at}/", f"{at}/e/essay", f"{at}/e/essay?show=all", f"{at}/e/mean_square?show=all", f"{at}/e/mean_square"]
    assert looked_at(page, *lists, *answers, f"{at}/disagreements", f"{at}/e/essay/g/none", f"{at}/nowhere") == []
    groups = []
    for number, points in ((1, "1.5"), (2, "0.5")):
        while "/g/" in page.value(f"fetch('{at}/e/essay/next').then(r => r.url)", wait=True):
            page.show(f"{at}/e/essay/next", width=1280)
            groups.append(page.value("location.href"))
            page.value(f"document.querySelector('[name=points-0]').value = '{points}'")
            page.value(
                "document.querySelector('[name=comment-0]').value = 'Say what it follows from. ' + 'why'.repeat(90)"
            )
            click(page, "[data-key=g]")
            assert len(groups) > 3 or looked_at(page, page.value("location.href")) == []
        assert looked_at(page, groups[-1], f"{at}/", f"{at}/e/essay?done=1") == []
        page.show(f"{at}/", width=1280)
        click(page, ".decisions button")
        assert "Count again" in page.value(SAYS)
        click(page, ".decisions button")
        if number == 1:
            click(page, "[name=pass]")
    click(page, "[name=names]")
    assert "Hide names" in page.value(SAYS)
    assert looked_at(page, *lists, f"{at}/disagreements", groups[0], answers[0], answers[-1]) == []
    page.show(f"{at}/disagreements", width=1280)
    assert "Take this" in page.value(SAYS)
    review.end()


def test_formulas_beside_their_reading(page, tmp_path):
    formulas = bundled("generative_models")
    results = Results(tmp_path / "out")
    lines = (
        Line(1, "KL = E_q[log q(x) - log p(x)]", r"\mathrm{KL}=\mathbb{E}_q[\log q(x)-\log p(x)]", "follows"),
        Line(
            2,
            "= " + " + ".join(f"x_{i}^2" for i in range(90)),
            "+".join(f"x_{{{i}}}^2" for i in range(90)),
            "first error",
            "No.",
        ),
        classroom.unread(3, "hence q.e.d. " + "x" * 400),
    )
    made = []
    for id in ("kl_derivation", "kl_simplified"):
        exercise = formulas.exercise(id)
        share = exercise.points / len(exercise.checks)
        findings = tuple(Finding(check.name, Status.PENDING, 0.0, share, detail=lines) for check in exercise.checks)
        made.append(Result(id, exercise.item, exercise.points, findings, "\n".join(line.text for line in lines)))
    report = Report(formulas.id, messy.RTL, "in/a.py", "0" * 64, tuple(made), sum(result.possible for result in made))
    results.save(report, formulas, Marks())
    results.finish(formulas)
    review = Review(results.folder, REPOSITORY)
    page.show(review.address, width=1280)
    at = review.base
    assert looked_at(page, f"{at}/", *(f"{at}/e/{result.id}{end}" for result in made for end in ("", "/a/1"))) == []
    page.show(f"{at}/e/kl_simplified/a/1", width=1280)
    click(page, "[data-key=a]")
    assert "Everything is marked here." in page.value(SAYS)
    assert looked_at(page, page.value("location.href"), f"{at}/") == []
    review.end()
