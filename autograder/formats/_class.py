"""A class in numbers: scores, how often each check fails, and which mistakes are made most."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

from autograder.model import Report, Sheet, Status


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
        """Share of those who got as far as this check and failed it; None where nobody did."""
        judged = self.counts[Status.PASSED] + self.counts[Status.FAILED]
        return self.counts[Status.FAILED] / judged if judged else None


@dataclass(frozen=True)
class Slip:
    """A recognised mistake, one message it was reported with, and who made it."""

    exercise: str
    mistake: str
    message: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """The class page's numbers. Scores are of the reports that have one; unreadable files are not among them."""

    scores: tuple[float, ...]
    possible: float
    bins: tuple[Bin, ...]
    rates: tuple[Rate, ...]
    slips: tuple[Slip, ...]
    exercises: tuple[tuple[str, str], ...]  # id and item
    statuses: Counter[str]

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


def overview(reports: Sequence[Report], sheet: Sheet | None) -> Overview:
    """All the numbers of a class."""
    scores = tuple(r.score for r in reports if r.score is not None and r.status in ("graded", "pending"))
    possible = max((report.possible for report in reports), default=0.0)
    items = {e.id: e.item for e in sheet.exercises} if sheet else {}
    items |= {result.id: result.item for report in reports for result in report.results if result.id not in items}
    return Overview(
        scores=scores,
        possible=possible,
        bins=_bins(scores, possible),
        rates=_rates(reports, list(items)),
        slips=_slips(reports),
        exercises=tuple(items.items()),
        statuses=Counter(report.status for report in reports),
    )


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
