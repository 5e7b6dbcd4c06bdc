"""Takes the pictures that README and docs show, from the demo class: ``make screenshots``.

Without an argument the class is graded first, without its trainings; ``python -m tools.screenshots demo-out`` takes results
that are there. Each picture is one window of a page as it is, in 256 colours.
"""

import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from tests.formats.browser import Page, chromium

REPOSITORY = Path(__file__).resolve().parent.parent
DOCS = REPOSITORY / "docs"
WIDTH, HEIGHT, TALL = 1280, 860, 1500
LARGEST = 200_000  # bytes of one picture
STUDENT, EXERCISE = "kim", 1  # whose page is shown, and at which exercise from 0 on
COMMAND = [sys.executable, "-m", "autograder"]


def main(results: Path) -> None:
    """Writes every picture into docs/."""
    with chromium() as page:
        for name, take in {
            "class": class_page,
            "leaf": leaf,
            "feedback": feedback,
            "similar": similar,
            "review-overview": reviewed(lambda page, at: None),
            "review": reviewed(group),
        }.items():
            take(page, results)
            written(name, page.picture())


def written(name: str, picture: bytes) -> None:
    small = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256).save(small, "PNG", optimize=True)
    made = small.getvalue()
    assert len(made) <= LARGEST, f"{name}.png has {len(made)} bytes"
    (DOCS / f"{name}.png").write_bytes(made)
    print(f"docs/{name}.png, {len(made):,} bytes")


# ------------------------------------------------------------------ what is shown


def class_page(page: Page, results: Path) -> None:
    open_(page, (results / "index.html").as_uri(), TALL)


def leaf(page: Page, results: Path) -> None:
    """A student's page in the frame above the class page."""
    open_(page, (results / "index.html").as_uri())
    page.value(f"search.value = '{STUDENT[0]}'; search.dispatchEvent(new Event('input'))")
    row = f"[...document.querySelectorAll('.students tbody tr')].find(row => row.cells[0].textContent == '{STUDENT}')"
    page.value(f"{row}.querySelectorAll('td.x a')[{EXERCISE}].click()")
    time.sleep(1)  # the frame has no event that this page may see


def feedback(page: Page, results: Path) -> None:
    open_(page, (results / "feedback" / f"{STUDENT}.html").as_uri())


def similar(page: Page, results: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "similar.html"
        subprocess.run([*COMMAND, "similar", results, "--page", to], check=True, cwd=REPOSITORY)
        open_(page, to.as_uri())


def reviewed(go: Callable[[Page, str], None]) -> Callable[[Page, Path], None]:
    """A page of a review of a copy of the results; ``go`` leads there from the first."""

    def take(page: Page, results: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            copy = shutil.copytree(results, Path(folder) / "results")
            with review(copy) as address:
                open_(page, address)
                go(page, address.partition("/?")[0])

    return take


def group(page: Page, at: str) -> None:
    """The largest group of the first written exercise, with the first criterion ticked."""
    open_(page, f"{at}/e/reconstruction_term/next")
    page.value("document.querySelector('[name=ok-0]').click()")


@contextmanager
def review(results: Path) -> Iterator[str]:
    """The address of the application on the results."""
    command = [*COMMAND, "review", str(results), "--marker", "tutor"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY, env=None)
    assert process.stdout is not None
    try:
        yield re.findall(r"http\S+", process.stdout.readline())[0]
    finally:
        process.terminate()
        process.wait()


def open_(page: Page, url: str, height: int = HEIGHT) -> None:
    page.show(url, width=WIDTH, height=height)


if __name__ == "__main__":
    if sys.argv[1:]:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            graded = Path(folder) / "results"
            options = ["--no-training", "--out", str(graded)]
            subprocess.run([*COMMAND, "grade", "generative_models", "demo/class", *options], check=True, cwd=REPOSITORY)
            main(graded)
