"""The routes of the application, and what is looked at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from autograder.commands.review import pages
from autograder.commands.review.actions import Deciding, exercise_of, item_of, marking, told
from autograder.commands.review.desk import Desk, next_left
from autograder.model import CourseError, InternalError, UsageError

STATIC = Path(__file__).parent / "static"


@dataclass
class Application:
    """``publish`` writes grades and feedback and returns sentences to show; ``address`` makes one for another browser."""

    desk: Desk
    publish: Callable[[], Iterable[str]]
    address: Callable[[], str]

    def app(self) -> Starlette:
        deciding = Deciding(self.desk, self.publish, self.address)
        routes = [
            Route("/", self.overview),
            Route("/undo", deciding.undo, methods=["POST"]),
            Route("/settings", deciding.settings, methods=["POST"]),
            Route("/publish", deciding.published, methods=["POST"]),
            Route("/address", deciding.another, methods=["POST"]),
            Route("/disagreements", self.disagreements),
            Route("/settle", deciding.settle, methods=["POST"]),
            Route("/e/{exercise}", self.exercise),
            Route("/e/{exercise}/next", self.next),
            Route("/e/{exercise}/g/{key}", self.group),
            Route("/e/{exercise}/a/{number:int}", self.answer),
            Route("/e/{exercise}/a/{number:int}/text", self.text),
            Route("/e/{exercise}/a/{number:int}/decide", deciding.decide, methods=["POST"]),
            Route("/e/{exercise}/a/{number:int}/read", deciding.read, methods=["POST"]),
            Route("/e/{exercise}/{kind}/{key}/give", deciding.give, methods=["POST"]),
            Route("/e/{exercise}/{kind}/{key}/draft", deciding.draft, methods=["POST"]),
            Route("/static/base.css", self.base),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]
        faults = {
            UsageError: self.refused,
            CourseError: self.refused,
            InternalError: self.refused,
            HTTPException: self.nowhere,
        }
        return Starlette(routes=routes, exception_handlers=faults)

    async def refused(self, request: Request, error: Exception) -> Response:
        return pages.page("refused.html.j2", self.desk, status=400, said=str(error))

    async def nowhere(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        said = "There is nothing at this address, or nothing that is done in this way."
        return pages.page("refused.html.j2", self.desk, status=status, said=said)

    # -------------------------------------------------------------- looking

    async def base(self, request: Request) -> Response:
        return Response(pages.base_css(), media_type="text/css")

    async def overview(self, request: Request) -> Response:
        return pages.overview(self.desk)

    async def exercise(self, request: Request) -> Response:
        everything = request.query_params.get("show") == "all"
        done = "Everything is marked here." if request.query_params.get("done") else ""
        return pages.exercise_page(self.desk, exercise_of(self.desk, request), self.desk.number, everything, done)

    async def next(self, request: Request) -> Response:
        exercise, query = exercise_of(self.desk, request), request.query_params
        group = next_left(self.desk, exercise, self.desk.number, query.get("after", ""))
        told = "&".join(f"{name}={query[name]}" for name in ("decision", "stayed") if query.get(name, "").isdecimal())
        if group is None:
            return RedirectResponse(f"/e/{exercise.id}?done=1", 303)
        if exercise.rubric:
            return RedirectResponse(f"/e/{exercise.id}/g/{group.key}?{told}", 303)
        items = [item for item in self.desk.items(exercise) if item.student in group.students and item.waits]
        return RedirectResponse(f"/e/{exercise.id}/a/{items[0].number}?{told}", 303)

    async def group(self, request: Request) -> Response:
        return marking(self.desk, request, "g", request.path_params["key"])

    async def answer(self, request: Request) -> Response:
        exercise = exercise_of(self.desk, request)
        if exercise.rubric and item_of(self.desk, request).asked:
            return marking(self.desk, request, "a", str(request.path_params["number"]))
        return pages.answer_page(self.desk, exercise, item_of(self.desk, request), told(request))

    async def text(self, request: Request) -> Response:
        """The whole answer as plain text."""
        return PlainTextResponse(item_of(self.desk, request).found.answer.encode("utf-8", "replace"))

    async def disagreements(self, request: Request) -> Response:
        numbers = self.desk.numbers
        rows = [(key, numbers.get(key[0], 0), first, second) for key, first, second in self.desk.disagreements()]
        return pages.page("disagreements.html.j2", self.desk, rows=rows)
