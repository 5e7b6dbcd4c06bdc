"""The review with 600 answers to each written exercise: how long grouping takes, and how long a page.

Answers are the bundled class's, each with its words shuffled a little, so that there are 600 different ones.
"""

import random
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.course import load_sheet
from autograder.grading import Results, Store
from autograder.grading.marks import Marks
from autograder.model import Finding, Report, Result, Sheet, Status

COURSE = Path(__file__).parents[1]
ANSWERS, PAGES = 600, 5


def measure() -> Iterator[tuple[str, float, str]]:
    """(what, value, unit)."""
    from autograder.commands.review.groups import grouped

    sheet = load_sheet("generative_models", COURSE)
    written = [exercise for exercise in sheet.exercises if exercise.rubric]
    texts = {exercise.id: _texts(exercise.id) for exercise in written}
    start = time.process_time()
    groups = grouped(texts[written[0].id], written[0].guide)
    yield f"{ANSWERS} answers grouped ({len(groups)} groups)", time.process_time() - start, "s"
    with tempfile.TemporaryDirectory() as folder:
        yield from _pages(Results(Path(folder)), sheet, texts)


def _texts(id: str) -> dict[str, str]:
    answers = tomllib.loads((COURSE / "demo" / "written.toml").read_text(encoding="utf-8")).values()
    known, draw = [entry[id]["text"] for entry in answers if id in entry], random.Random(0)
    return {f"s{i:03}": _varied(known[i % len(known)], draw) for i in range(ANSWERS)}


def _varied(text: str, draw: random.Random) -> str:
    words = text.split()
    for _ in range(len(words) // 6):
        i, j = draw.randrange(len(words)), draw.randrange(len(words))
        words[i], words[j] = words[j], words[i]
    return " ".join(words)


def _pages(results: Results, sheet: Sheet, texts: dict[str, dict[str, str]]) -> Iterator[tuple[str, float, str]]:
    for i in range(ANSWERS):
        student = f"s{i:03}"
        made = tuple(_result(sheet, id, texts[id][student]) for id in texts)
        results.save(Report(sheet.id, student, "f", "0" * 64, made, 8.0), sheet, Marks())
    with Store(results.marks) as store:
        client, desk = _client(results, sheet, store)
        exercise = sheet.exercise(next(iter(texts)))
        key = desk.groups(exercise)[0].key
        for path in ("/", f"/e/{exercise.id}", f"/e/{exercise.id}/g/{key}", f"/e/{exercise.id}/a/7"):
            yield f"page {path.replace(key, 'GROUP')}", max(_seconds(client, path) for _ in range(PAGES)), "s"


def _client(results: Results, sheet: Sheet, store: Store) -> tuple[Any, Any]:
    from starlette.testclient import TestClient

    from autograder.commands.review.application import Application
    from autograder.commands.review.desk import Desk

    desk = Desk(results, sheet, store, "me")
    return TestClient(Application(desk, list, str).app()), desk


def _result(sheet: Sheet, id: str, text: str) -> Result:
    exercise = sheet.exercise(id)
    waiting = Finding(exercise.checks[0].name, Status.PENDING, 0.0, exercise.points, detail=exercise.rubric)
    return Result(id, exercise.item, exercise.points, (waiting,), text)


def _seconds(client: Any, path: str) -> float:
    """Of the processor, so that other work on the machine does not count."""
    start = time.process_time()
    assert client.get(path).status_code == 200
    return time.process_time() - start


def main() -> None:
    for what, value, unit in measure():
        print(f"{what:<50} {value:8.3f} {unit}")


if __name__ == "__main__":
    main()
