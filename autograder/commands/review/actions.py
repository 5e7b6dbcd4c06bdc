"""What is decided: each request adds to the store before it is answered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from autograder.commands.review import forms, pages
from autograder.commands.review.desk import WAITS, Desk, Item
from autograder.commands.review.rereading import reread
from autograder.grading import Key, Mark, Reading, digest
from autograder.model import AutograderError, Exercise, UsageError

ACCEPTED = "A person has read this answer and accepts it."


def exercise_of(desk: Desk, request: Request) -> Exercise:
    return desk.exercise(request.path_params["exercise"])


def item_of(desk: Desk, request: Request) -> Item:
    return desk.item(exercise_of(desk, request), int(request.path_params["number"]))


def marking(desk: Desk, request: Request, kind: str, key: str, error: str = "") -> Response:
    """The page of a written exercise at a place."""
    exercise = exercise_of(desk, request)
    members, group = desk.members(exercise, kind, key)
    said = request.query_params.get("decision", "")
    return pages.group_page(
        desk,
        exercise,
        desk.number,
        members,
        f"{exercise.id}/{kind}/{key}",
        group,
        note=told(request),
        error=error,
        decision=int(said) if said.isdecimal() else 0,
        status=400 if error else 200,
    )


def told(request: Request) -> str:
    """What an address says of what was just done."""
    query = request.query_params
    said = "Saved." if query.get("decision", "").isdecimal() else ""
    stayed = query.get("stayed", "0")
    if stayed.isdecimal() and int(stayed):
        said += f" {stayed} answers were marked meanwhile in another window; their marks stay. Look at them below."
    return said.strip()


@dataclass
class Deciding:
    """The requests that change something; see ``Application`` for ``publish`` and ``address``."""

    desk: Desk
    publish: Callable[[], Iterable[str]]
    address: Callable[[], str]

    async def give(self, request: Request) -> Response:
        """Points by criteria to the ticked answers of a group, or to one."""
        exercise, kind, key = exercise_of(self.desk, request), request.path_params["kind"], request.path_params["key"]
        form = await forms.fields(request)
        members, _ = self.desk.members(exercise, kind, key)
        self.desk.store.keep_draft(f"{exercise.id}/{kind}/{key}/{self.desk.number}", dict(form))
        chosen = [
            item for member, items in members if member.key in form.get("to", []) or kind == "a" for item in items
        ]
        try:
            if not chosen:
                raise UsageError("No answer is ticked; tick those that these points are for.")
            said = forms.by_criteria(form, exercise.rubric)
            seen = forms.whole_number(form, "seen")
        except UsageError as error:
            return marking(self.desk, request, kind, key, str(error))
        marks: dict[Key, Mark] = {
            (item.student, exercise.id, part): Mark(value, comment, self.desk.bound(item, exercise))
            for item in chosen
            for part, (value, comment, _) in said.items()
        }
        self.desk.store.keep_comments(exercise.id, [(part, new) for part, (_, _, new) in said.items()])
        decision, stayed = self.desk.give(marks, said=exercise.id, seen=seen, number=self.desk.number)
        self.desk.store.keep_draft(f"{exercise.id}/{kind}/{key}/{self.desk.number}", {})
        left = any(
            self.desk.is_left(item, exercise, self.desk.number)
            for _, items in self.desk.members(exercise, kind, key)[0]
            for item in items
        )
        told = f"decision={decision}&stayed={stayed}"
        if left or stayed:
            return RedirectResponse(f"/e/{exercise.id}/{kind}/{key}?{told}", 303)
        after = key if kind == "g" else ""
        return RedirectResponse(f"/e/{exercise.id}/next?after={after}&{told}", 303)

    async def draft(self, request: Request) -> Response:
        """What is ticked and typed; one that was sent before its place was marked comes too late."""
        exercise, kind, key = exercise_of(self.desk, request), request.path_params["kind"], request.path_params["key"]
        form = await forms.fields(request)
        members, _ = self.desk.members(exercise, kind, key)
        here = {(item.student, exercise.id) for _, items in members for item in items}
        newer = {key[:2] for key in self.desk.store.since(forms.whole_number(form, "seen"), self.desk.number)}
        if not here & newer:
            self.desk.store.keep_draft(f"{exercise.id}/{kind}/{key}/{self.desk.number}", dict(form))
        return Response(status_code=204)

    async def decide(self, request: Request) -> Response:
        """Points for one finding, whatever was found; or the mark is taken away."""
        exercise, item, form = exercise_of(self.desk, request), item_of(self.desk, request), await forms.fields(request)
        try:
            at = forms.whole_number(form, "finding")
            if not 0 <= at < len(item.found.findings):
                raise UsageError("There is no such finding.")
            finding = item.found.findings[at]
            accept = bool(form.get("accept"))
            value = (
                finding.possible if accept else forms.points(forms.one(form, "points"), finding.possible, finding.check)
            )
            reason = forms.comment(form, "reason") or (ACCEPTED if finding.status in WAITS and accept else "")
            if not reason:
                raise UsageError("A reason is needed: the student reads it.")
            seen = forms.whole_number(form, "seen")
        except UsageError as error:
            return pages.answer_page(self.desk, exercise, item, error=str(error), status=400)
        key = (item.student, exercise.id, finding.check)
        mark = Mark(value, reason, self.desk.bound(item, exercise))
        decision, stayed = self.desk.give({key: mark}, said=f"{exercise.id}: {finding.check}", seen=seen)
        if not stayed and item.waits and not self.desk.item(exercise, item.number).waits:
            return RedirectResponse(f"/e/{exercise.id}/next?decision={decision}", 303)
        return RedirectResponse(f"/e/{exercise.id}/a/{item.number}?decision={decision}&stayed={stayed}", 303)

    async def read(self, request: Request) -> Response:
        """How a text is to be read; it is judged at once."""
        exercise, item, form = exercise_of(self.desk, request), item_of(self.desk, request), await forms.fields(request)
        if exercise.kind != "text" or exercise.rubric:
            raise UsageError("Only a text of formulas can be read in another way.")
        reading = form.get("reading", [""])[0].replace("\r\n", "\n")
        bound = digest(item.found.answer)
        id = self.desk.store.read(
            item.student, exercise.id, Reading(reading, bound), marker=self.desk.marker, said=f"{exercise.id}: reading"
        )
        reread(self.desk, exercise, item.student)
        return RedirectResponse(f"/e/{exercise.id}/a/{item.number}?decision={id}", 303)

    async def undo(self, request: Request) -> Response:
        form = await forms.fields(request)
        undone = forms.one(form, "undone") != "0"
        touched = self.desk.store.undo(forms.whole_number(form, "decision"), undone=undone)
        self.desk.decided()
        for student, id in sorted(touched):
            if (student, id) in self.desk.store.was_read and student in self.desk.reports:
                reread(self.desk, self.desk.exercise(id), student)
        return RedirectResponse(_back(form), 303)

    async def settle(self, request: Request) -> Response:
        form = await forms.fields(request)
        taken = forms.one(form, "taken")
        for key, first, second in self.desk.disagreements():
            if str(self.desk.numbers.get(key[0])) == forms.one(form, "number") and list(key[1:]) == form.get("part"):
                mark = first if taken == "1" else second
                said = f"{key[1]}: agreed on {key[2]}"
                self.desk.store.settle(key, mark, marker=self.desk.marker, said=said)
                self.desk.decided()
        return RedirectResponse("/disagreements", 303)

    # -------------------------------------------------------------- beside

    async def settings(self, request: Request) -> Response:
        form = await forms.fields(request)
        for name, values in (("names", ("shown", "hidden")), ("pass", ("1", "2"))):
            if (value := forms.one(form, name)) in values:
                self.desk.store.keep_setting(name, value)
        return RedirectResponse(_back(form), 303)

    async def published(self, request: Request) -> Response:
        try:
            notes = list(self.publish())
        except AutograderError as error:
            return pages.page("refused.html.j2", self.desk, status=400, said=str(error))
        return pages.overview(self.desk, "Grades and feedback are written. " + " ".join(notes))

    async def another(self, request: Request) -> Response:
        return pages.overview(self.desk, f"For another browser on this machine, once: {self.address()}")


def _back(form: forms.Fields) -> str:
    """The page of ours that a form was on."""
    back = forms.one(form, "back")
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
