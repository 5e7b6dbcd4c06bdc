"""A class in numbers: scores, how often each check fails, and which mistakes are made most."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean, median

from autograder.formats._summary import pending_points
from autograder.model import Report, Result, Sheet, Status

NOTHING, UNNAMED = "nothing handed in", "a failure without a name"


@dataclass(frozen=True)
class Bin:
    """Scores from ``low`` up to and without ``high`` (the last bin holds ``high`` too)."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Rate:
    """How often each status came out of one check."""

    exercise: str
    item: str
    check: str
    hidden: bool
    counts: dict[Status, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def failed(self) -> float | None:
        """Share of those who got as far as this check and failed it, whom nobody has read yet among them; None where nothing is
        judged."""
        judged = self.counts[Status.PASSED] + self.counts[Status.FAILED]
        return self.counts[Status.FAILED] / (judged + self.counts[Status.PENDING]) if judged else None


@dataclass(frozen=True)
class Slip:
    """A recognised mistake, one message it was reported with, and who made it."""

    exercise: str
    mistake: str
    message: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class Loss:
    """Points that a class lost in one exercise, and by what: (mistake or ``NOTHING`` or ``UNNAMED``, points, students)."""

    exercise: str
    item: str
    lost: float
    possible: float
    causes: tuple[tuple[str, float, int], ...]


@dataclass(frozen=True)
class Overview:
    """The class page's numbers. Scores: of reports that have one; not of unreadable files, nor where all is open."""

    scores: tuple[float, ...]
    possible: float
    bins: tuple[Bin, ...]
    rates: tuple[Rate, ...]
    slips: tuple[Slip, ...]
    losses: tuple[Loss, ...]
    exercises: tuple[tuple[str, str], ...]  # id and item
    statuses: Counter[str]

    @property
    def hardest(self) -> tuple[Rate, ...]:
        """Up to eight checks that the largest share failed of those who got as far."""
        failed = [rate for rate in self.rates if rate.failed]
        return tuple(sorted(failed, key=lambda rate: (-(rate.failed or 0), -rate.counts[Status.FAILED]))[:8])

    @property
    def mean(self) -> float | None:
        return mean(self.scores) if self.scores else None

    @property
    def median(self) -> float | None:
        return median(self.scores) if self.scores else None


def ordered(reports: Sequence[Report]) -> list[Report]:
    """Those a person must look at first: broken, then unreadable; then by name."""
    rank = {"broken": 0, "unreadable": 1}
    return sorted(reports, key=lambda report: (rank.get(report.status, 2), report.student))


def scores_of(reports: Iterable[Report]) -> tuple[float, ...]:
    """The scores that say something of a class: not of who has none, or handed in nothing that can be read, or waits with all."""
    return tuple(r.score for r in reports if r.score is not None and _decided(r))


def overview(reports: Sequence[Report], sheet: Sheet | None) -> Overview:
    """All the numbers of a class."""
    scores = scores_of(reports)
    possible = max((report.possible for report in reports), default=0.0)
    items = {e.id: e.item for e in sheet.exercises} if sheet else {}
    items |= {result.id: result.item for report in reports for result in report.results if result.id not in items}
    return Overview(
        scores=scores,
        possible=possible,
        bins=_bins(scores, possible),
        rates=_rates(reports, list(items)),
        slips=_slips(reports),
        losses=_losses(reports, items),
        exercises=tuple(items.items()),
        statuses=Counter(report.status for report in reports),
    )


def _decided(report: Report) -> bool:
    return report.status == "graded" or (report.status == "pending" and pending_points(report) < report.possible)


def _bins(scores: Sequence[float], possible: float) -> tuple[Bin, ...]:
    """About ten bins of a round width that cover 0 to ``possible``."""
    if possible <= 0:
        return ()
    rough = possible / 10
    power = 10.0 ** math.floor(math.log10(rough))
    width = next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= rough * (1 - 1e-9))
    count = max(1, math.ceil(possible / width - 1e-9))
    found = Counter(min(max(int(score / width + 1e-9), 0), count - 1) for score in scores)
    return tuple(Bin(i * width, min((i + 1) * width, possible), found[i]) for i in range(count))


def _rates(reports: Sequence[Report], exercises: list[str]) -> tuple[Rate, ...]:
    """Checks in the sheet's order, over the files that could be read."""
    counts: dict[tuple[str, str], Counter[Status]] = defaultdict(Counter)
    about: dict[tuple[str, str], tuple[str, bool]] = {}
    for report in reports:
        for result in report.results if report.status != "unreadable" else ():
            for finding in result.findings:
                counts[result.id, finding.check][finding.status] += 1
                about[result.id, finding.check] = (result.item, finding.visibility == "hidden")
    order = {id: i for i, id in enumerate(exercises)}
    keys = sorted(counts, key=lambda key: order[key[0]])  # stable: checks stay as they came
    return tuple(
        Rate(key[0], about[key][0], key[1], about[key][1], dict.fromkeys(Status, 0) | counts[key]) for key in keys
    )


def _slips(reports: Sequence[Report]) -> tuple[Slip, ...]:
    """Recognised mistakes, the most frequent first."""
    made: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for report in sorted(reports, key=lambda report: report.student):
        for result in report.results:
            for finding in result.findings:
                if finding.mistake:
                    made[result.id, finding.mistake].setdefault(report.student, finding.message)
    slips = [Slip(id, mistake, min(by.values()), tuple(by)) for (id, mistake), by in made.items()]
    return tuple(sorted(slips, key=lambda slip: (-len(slip.students), slip.exercise, slip.mistake)))


def lost(result: Result) -> float:
    """Points that are gone: neither earned, nor open, nor kept back by a fault of ours."""
    return 0.0 if result.score is None else max(0.0, round(result.possible - result.score - pending_points(result), 6))


def signs(results: Sequence[Result]) -> str:
    """What a person may look for, a letter each: l points lost, h needs help (at least half of what is decided is lost),
    r to be read, b broken."""
    gone, waits = sum(map(lost, results)), sum(map(pending_points, results))
    decided = sum(result.possible for result in results if result.score is not None) - waits
    broken = any(result.score is None for result in results)
    found = {"l": gone > 0, "h": gone > 0 and gone >= decided / 2, "r": waits > 0, "b": broken}
    return "".join(letter for letter, holds in found.items() if holds)


def _cause(result: Result) -> str:
    named = next((finding.mistake for finding in result.findings if finding.mistake), None)
    return named or (UNNAMED if result.answer.strip() else NOTHING)


def _losses(reports: Sequence[Report], items: dict[str, str]) -> tuple[Loss, ...]:
    """Exercises in the sheet's order, over the files that could be read; the greatest cause first."""
    gone: dict[str, dict[str, list[float]]] = {id: defaultdict(list) for id in items}
    possible = dict.fromkeys(items, 0.0)
    for result in (result for report in reports if report.status != "unreadable" for result in report.results):
        possible[result.id] += result.possible
        if lost(result):
            gone[result.id][_cause(result)].append(lost(result))
    return tuple(_loss(id, item, possible[id], gone[id]) for id, item in items.items())


def _loss(id: str, item: str, possible: float, gone: dict[str, list[float]]) -> Loss:
    causes = [(cause, round(sum(points), 6), len(points)) for cause, points in gone.items()]
    causes.sort(key=lambda cause: (-cause[1], cause[0]))
    return Loss(id, item, round(sum(points for _, points, _ in causes), 6), possible, tuple(causes))
