"""Detectors: what a situation gained, read off what a front end left behind. Each is seen to fire in ``controls``."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from tests.nbgrader.chromium import CHROMIUM
from tests.redteam.situation import Situation
from tests.redteam.world import COURSE, Ran, World

LIVE = ("script", "style", "iframe", "object", "embed", "meta", "base", "link", "form", "svg", "math", "input")
BROKEN = (
    "Traceback (most recent call last)",
    "INTERNALERROR",
    "\nMemoryError",
    "\nE   MemoryError",
    "something failed on our side",
)
STUDENTS_FORMATS = ("markdown", "gradescope", "junit")


@dataclass(frozen=True)
class Gain:
    """What one situation gained in one front end."""

    situation: str
    front: str
    what: str


def ran(world: World, found: Sequence[Situation]) -> list[tuple[str, str]]:
    """Situations whose program ran where a mark can be left, which is outside of the walls."""
    marks = {path.name: path.read_text().splitlines()[0] for path in world.marks.iterdir()}
    return [(s.name, f"its code {marks[s.me]}") for s in found if s.me in marks]


def earned(scores: dict[str, float | None], found: Sequence[Situation]) -> list[tuple[str, str]]:
    """Students who earned more than one whose answer is wrong."""
    fair = scores.get("wrong") or 0.0
    names = ("{}", "packed_{}", "test_{}", "{}_test")
    mine = {
        s.name: max((scores.get(name.format(s.me)) or 0.0 for name in names), default=0.0)
        for s in found
        if s.kind != "hidden"
    }
    return [(name, f"earned {score} instead of {fair}") for name, score in mine.items() if score > fair]


def of(name: str, situation: Situation) -> bool:
    """Whether a file is that student's."""
    return situation.me in Path(name).parts or Path(name).name.split(".")[0] == situation.me


def scores_of(out: Path) -> dict[str, float | None]:
    return {path.stem: json.loads(path.read_text())["score"] for path in (out / "reports").glob("*.json")}


def gradebook(path: Path) -> dict[str, float | None]:
    """Points in nbgrader's gradebook by student."""
    asked = (
        "select student.id, sum(coalesce(grade.manual_score, grade.auto_score, 0)) from student "
        "join submitted_assignment sa on sa.student_id = student.id "
        "join submitted_notebook sn on sn.assignment_id = sa.id join grade on grade.notebook_id = sn.id group by student.id"
    )
    with sqlite3.connect(path) as database:
        return dict(database.execute(asked).fetchall())


def shown(pages: dict[str, str], found: Sequence[Situation]) -> list[tuple[str, str]]:
    """Situations whose mark, or another student's code, is in what is made for the student."""
    gained = []
    for situation in found:
        text = "\n".join(text for name, text in pages.items() if of(name, situation))
        if situation.kind == "hidden" and situation.mark in text:
            at = text.index(situation.mark)
            gained.append((situation.name, f"is told {text[max(0, at - 60) : at + 30]!r}"))
        if situation.kind == "links" and "anna" in text and "own words" in text:
            gained.append((situation.name, "is shown another's code"))
    return gained


def live(pages: dict[str, str], found: Sequence[Situation]) -> list[tuple[str, str]]:
    """Situations of which a page holds an element that does something, or an attribute that is a script."""
    return [
        (s.name, f"a page holds {what}")
        for s in found
        for name, text in pages.items()
        if s.kind == "pages" and of(name, s) and name.endswith(".html") and (what := live_in(text, s.mark))
    ]


def live_in(page: str, mark: str) -> str:
    """The first element or attribute that is alive and holds ``mark``."""
    parser = _Live(mark)
    for comment in ("<!--->", "<!-->"):  # closed for a browser, open for this parser
        page = page.replace(comment, "")
    parser.feed(page)
    return parser.found


class _Live(HTMLParser):
    def __init__(self, mark: str) -> None:
        super().__init__(convert_charrefs=True)
        self.mark, self.found, self._inside = mark, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag if tag in ("script", "style") else ""
        for name, value in attrs:
            plain = "".join((value or "").split()).lower()
            script = plain.startswith(("javascript:", "vbscript:", "data:text/html"))
            over = name == "style" and "position:fixed" in plain
            marked = self.mark in (value or "") or (over and any(self.mark in (v or "") for _, v in attrs))
            if marked and (name.startswith("on") or script or tag in LIVE or over):
                self.found = self.found or f"<{tag} {name}={(value or '')[:40]!r}>"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self._inside and self.mark in data:
            self.found = self.found or f"<{self._inside}>{data[:40]!r}"

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


def fires(pages: Iterable[Path], found: Sequence[Situation]) -> list[tuple[str, str]]:
    """Situations whose script really ran in Chromium, of those pages that are named like one; nothing where there is none."""
    return [
        (situation.name, "its script ran in the browser")
        for path in (pages if CHROMIUM else ())
        for situation in found
        if of(str(path), situation) and f'data-gained="{situation.mark}"' in browsed(path)
    ]


def browsed(path: Path) -> str:
    """The page as Chromium has it after its scripts ran."""
    profile = path.parent / ".profile"
    command = [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
    command += ["--virtual-time-budget=2000", "--dump-dom", path.as_uri()]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    shutil.rmtree(profile, ignore_errors=True)
    return done.stdout.decode("utf-8", "replace")


def students_pages(world: World) -> dict[str, str]:
    """Everything that a run made for students, by a name that holds the student's."""
    from autograder.course.catalog import load_sheet
    from autograder.formats import format_module
    from autograder.formats import json as record

    pages = {str(path): path.read_text("utf-8", "replace") for path in (world.out / "feedback").glob("*.html")}
    sheet = load_sheet("target", COURSE)  # never the planted ones: this process is no front end
    for path in (world.out / "reports").glob("*.json"):
        report = record.read(path.read_bytes())
        for name in STUDENTS_FORMATS:
            made = format_module(name).render(report, sheet, audience="student")
            pages[f"{path.stem}.{name}"] = made.decode("utf-8", "replace")
    return pages


def formulas(world: World, found: Sequence[Situation]) -> list[tuple[str, str]]:
    """Situations of which a table of ours holds a cell that begins a formula, whatever the spreadsheet's delimiter is."""
    tables = [path.read_text("utf-8-sig") for path in (*world.out.glob("*.csv"), *world.root.glob("*.csv"))]
    rows = [
        row for table in tables for mark in ",;\t" for row in csv.reader(io.StringIO(table, newline=""), delimiter=mark)
    ]
    begun = [(row, cell) for row in rows for cell in row if cell.strip(' "').startswith(("=", "+", "-", "@"))]
    return [
        (s.name, f"a table holds {cell!r}")
        for s in found
        if s.kind == "tables"
        for row, cell in begun
        if any(s.me in beside for beside in row)
    ]


def stale(scores: dict[str, float | None], found: Sequence[Situation]) -> list[tuple[str, str]]:
    """Where the course has changed, what was right is right no more."""
    return [(s.name, "its grade stayed as it was") for s in found if scores.get("anna") == 1]


def harm(done: Ran, scores: dict[str, float | None], found: Sequence[Situation], front: str) -> list[tuple[str, str]]:
    """A run that ended otherwise than it should, broke inside, or cost an honest student points."""
    expected = found[0].code if len(found) == 1 else "0"
    what = ""
    broken = BROKEN[1:] if front == "nbgrader" else BROKEN  # nbgrader logs one for each submission that it leaves out
    if any(word in done.said for word in broken):
        at = min(done.said.index(word) for word in broken if word in done.said)
        what = f"broke: {done.said[at : at + 120]!r}"
    elif str(done.code) != expected and (must_end_well(front) or found[0].front):
        what = f"ended with {done.code} instead of {expected}: {done.said[-150:]!r}"
    elif expected == "2" and not done.said.startswith("autograder: "):
        what = f"says no sentence of ours: {done.said[:150]!r}"
    elif expected == "0" and front not in ("regrade", "grade bare") and scores and scores.get("anna", 1.0) != 1:
        what = f"an honest student earned {scores.get('anna')}"
    at_fault = [s.name for s in found if s.harm or len(found) == 1] or [
        f"{'/'.join(sorted({s.kind for s in found}))} together"
    ]
    return [(name, what) for name in at_fault] if what else []


def must_end_well(front: str) -> bool:
    """Front ends whose exit code says whether the class was graded."""
    return front.startswith(("grade", "over", "module")) and front != "grade bare"
