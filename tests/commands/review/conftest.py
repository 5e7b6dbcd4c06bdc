"""A browser that has opened the address, without one."""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.grading import Results, Store
from autograder.model import Sheet
from tests.commands.review import classroom

pytest.importorskip("starlette")
pytest.importorskip("sklearn")

BASE = "http://127.0.0.1:8931"


class Browser:
    """One window: follows links and forms by what stands on the page."""

    def __init__(self, results: Results, sheet: Sheet) -> None:
        with warnings.catch_warnings():  # it wants httpx2, which few have yet
            warnings.simplefilter("ignore")
            from starlette.testclient import TestClient

        from autograder.commands.review.application import Application
        from autograder.commands.review.command import publish
        from autograder.commands.review.desk import Desk
        from autograder.commands.review.guard import Guard

        self.store = Store(results.marks)
        self.desk = Desk(results, sheet, self.store, "me")
        application = Application(self.desk, lambda: publish(sheet, results, self.store), lambda: self.guard.address())
        self.guard = Guard(application.app(), 8931)
        self.client = TestClient(self.guard, base_url=BASE)

    def opened(self) -> "Browser":
        self.get(self.guard.address().removeprefix(BASE))
        return self

    def get(self, path: str, **options):
        return self.client.get(path, **options)

    def post(self, path: str, origin: str = BASE, **form):
        return self.client.post(path, data=form, headers={"origin": origin})

    def group(self, holds: str) -> str:
        """The address of the essay group with a text that contains ``holds``."""
        groups = self.desk.groups(self.desk.sheet.exercise("essay"))
        found = next(group for group in groups if any(holds in member.text for member in group.members))
        return f"/e/essay/g/{found.key}"

    def form(self, path: str) -> dict[str, list[str]]:
        """The ticked answers and the hidden fields of a marking page."""
        text = self.get(path).text
        ticked = re.findall(r'name="to" value="(\w+)" checked', text)
        return {"to": ticked, "seen": re.findall(r'name="seen" value="(\d+)"', text)[:1]}

    def number(self, student: str) -> int:
        return self.desk.numbers[student]


@pytest.fixture
def folder(tmp_path: Path, sheet: Sheet) -> Results:
    return classroom.results(tmp_path / "out", sheet)


@pytest.fixture
def browser(folder: Results, sheet: Sheet) -> Iterator[Browser]:
    made = Browser(folder, sheet).opened()
    yield made
    made.client.close()
    made.store.__exit__()
