"""What lies on the desk: every answer of the class with what was found and decided, in groups, by exercise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256

from autograder.commands.review.bearing import Bearing
from autograder.commands.review.groups import Group, Member, grouped
from autograder.commands.review.sense import Sense, by_words
from autograder.grading import Key, Mark, Marks, Results, Store, answered
from autograder.model import Exercise, Report, Result, Sheet, Status, UsageError

WAITS = (Status.PENDING, Status.BROKEN)


@dataclass(frozen=True)
class Item:
    """One answer. ``number`` stands for the student where names are hidden; ``found`` is without marks, ``now`` with them."""

    number: int
    student: str
    found: Result
    now: Result
    given: Mapping[str, Mark]

    @property
    def waits(self) -> bool:
        return any(finding.status in WAITS for finding in self.now.findings)

    @property
    def asked(self) -> bool:
        """Whether the program leaves it to a person."""
        return any(finding.status in WAITS for finding in self.found.findings)


@dataclass
class Desk:
    """Everything that the pages show; ``decided`` after each change brings it up to date."""

    results: Results
    sheet: Sheet
    store: Store
    marker: str
    sense: Sense = by_words
    reports: dict[str, Report] = field(init=False)
    _groups: dict[str, list[Group]] = field(default_factory=dict)
    _bearing: dict[str, Bearing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reports = self.results.load()
        self.refresh()
        for exercise in self.sheet.exercises:  # now, so that the first page need not wait for it
            self.bearing(exercise)

    def refresh(self) -> None:
        self.marks: dict[int, Marks] = {number: self.store.marks(number) for number in (1, 2)}
        self._items: dict[tuple[str, int], list[Item]] = {}

    def decided(self) -> None:
        self.store.keep_setting("unpublished", "1")
        self.refresh()

    # -------------------------------------------------------------- answers

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Student -> number, in an order that says nothing of the name."""
        shuffled = sorted(self.reports, key=lambda student: sha256(student.encode("utf-8", "replace")).digest())
        return {student: number for number, student in enumerate(shuffled, 1)}

    def items(self, exercise: Exercise, number: int = 1) -> list[Item]:
        """The answers to an exercise as one pass has marked them, by number."""
        key = (exercise.id, number)
        if key not in self._items:
            made = (self._item(student, exercise, number) for student in self.numbers)
            self._items[key] = [item for item in made if item]
        return self._items[key]

    def _item(self, student: str, exercise: Exercise, number: int) -> Item | None:
        report, marks = self.reports[student], self.marks[number]
        found = next((result for result in report.results if result.id == exercise.id), None)
        if found is None:
            return None
        now = next(
            result for result in marks.over(_only(report, found), self.sheet).results if result.id == exercise.id
        )
        return Item(self.numbers[student], student, found, now, marks.given(report, found, exercise))

    def item(self, exercise: Exercise, number: int, mark_pass: int = 1) -> Item:
        """Raises UsageError."""
        for item in self.items(exercise, mark_pass):
            if item.number == number:
                return item
        raise UsageError(f"There is no answer {number} to {exercise.id}.")

    @property
    def number(self) -> int:
        """Which marker's pass is on: 1 or 2."""
        return 2 if self.store.setting("pass") == "2" else 1

    def members(self, exercise: Exercise, kind: str, key: str) -> tuple[list[tuple[Member, list[Item]]], Group | None]:
        """The answers at a place: of the group "g" called ``key``, or the one "a" with that number. Raises UsageError."""
        items = {item.student: item for item in self.items(exercise, self.number)}
        if kind == "a" and key.isdecimal():
            item = self.item(exercise, int(key), self.number)
            return [(Member(key, item.found.answer, (item.student,)), [item])], None
        group = self.group(exercise, key)
        return [(member, [items[student] for student in member.students]) for member in group.members], group

    def exercise(self, id: str) -> Exercise:
        return self.sheet.exercise(id)

    def bound(self, item: Item, exercise: Exercise) -> str:
        return answered(self.reports[item.student], item.found, exercise)

    # -------------------------------------------------------------- groups

    def groups(self, exercise: Exercise) -> list[Group]:
        """The answers that the program leaves to a person, in groups; they stay the same while the application runs."""
        if exercise.id not in self._groups:
            texts = {item.student: item.found.answer for item in self.items(exercise) if item.asked}
            self._groups[exercise.id] = grouped(texts, exercise.guide, self.sense)
        return self._groups[exercise.id]

    def group(self, exercise: Exercise, key: str) -> Group:
        """Raises UsageError."""
        for group in self.groups(exercise):
            if group.key == key:
                return group
        raise UsageError(f"There is no such group of answers to {exercise.id} any more; go back to the list.")

    def bearing(self, exercise: Exercise) -> Bearing | None:
        if exercise.guide is None:
            return None
        if exercise.id not in self._bearing:
            texts = [group.members[0].text for group in self.groups(exercise)]
            self._bearing[exercise.id] = Bearing(exercise.guide, texts)
        return self._bearing[exercise.id]

    def forget(self, exercise: Exercise) -> None:
        """An answer is read in another way now: what was found is read anew, and groups are made anew."""
        self.reports = self.results.load()
        self._groups.pop(exercise.id, None)
        self.decided()

    # -------------------------------------------------------------- second markers

    def disagreements(self) -> list[tuple[Key, Mark, Mark]]:
        """What two markers gave different points for, for the answer as it is."""
        first, second = self.marks[1].rows, self.marks[2].rows
        return sorted(
            (key, first[key], other)
            for key, other in second.items()
            if key in first and first[key].text == other.text and first[key].points != other.points
        )

    def left(self, exercise: Exercise, number: int = 1) -> int:
        return sum(self.is_left(item, exercise, number) for item in self.items(exercise, number))

    def is_left(self, item: Item, exercise: Exercise, number: int = 1) -> bool:
        """Whether it waits for this pass; the second one reads what a rubric is for."""
        return item.waits if number == 1 else bool(exercise.rubric) and item.asked and item.waits

    def give(self, given: Mapping[Key, Mark], *, said: str, seen: int, number: int = 1) -> tuple[int, int]:
        """Marks as one decision; what somebody marked since ``seen`` stays. Returns the decision and how many answers stayed."""
        newer = {key[:2] for key in self.store.since(seen, number) if key in given}
        taken = {key: mark for key, mark in given.items() if key[:2] not in newer}
        decision = self.store.decide(taken, marker=self.marker, said=said, number=number)
        self.decided()
        return decision, len(newer)


def _only(report: Report, result: Result) -> Report:
    """The report with one result: marks of the others need not be looked at."""
    return replace(report, results=(result,))


def next_left(desk: Desk, exercise: Exercise, number: int, after: str = "") -> Group | None:
    """The next group with an answer that waits, from the one called ``after`` on."""
    groups: Sequence[Group] = desk.groups(exercise)
    at = next((i for i, group in enumerate(groups) if group.key == after), -1) + 1
    left = {item.student for item in desk.items(exercise, number) if desk.is_left(item, exercise, number)}
    return next((group for group in [*groups[at:], *groups[:at]] if left.intersection(group.students)), None)
