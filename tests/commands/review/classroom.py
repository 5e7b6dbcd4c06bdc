"""A folder of results as a class leaves it, made without running anything: essays that wait, code that failed, our own fault."""

from pathlib import Path

from autograder.grading import Results
from autograder.grading.marks import Marks
from autograder.model import Finding, Line, Picture, Report, Result, Sheet, Status

GOOD = "The square is convex, since its second derivative is 2. For example at -1 and 1 it is 1, and at 0 it is 0."
WEAK = "Because it just is."
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> $\\frac{1$ and $\\notacommand{x}$ \u202eevil\u202c"
RTL = "לפונקציה יש נגזרת שנייה חיובית"
ESSAYS = {
    "anna": GOOD,
    "bob": GOOD.upper() + " !",
    "carl": GOOD.replace("it is 0", "we get 0"),
    "dora": WEAK,
    "emil": WEAK,
    "fred": HOSTILE,
    "gina": RTL,
    "hugo": "It is convex. " * 72_000,  # 1 MB
}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060600000000500"
    "01a5f645400000000049454e44ae426082"
)
CHECK = "agrees with the reference"


def report(sheet: Sheet, student: str, text: str) -> Report:
    results = [_code(sheet, student), _essay(sheet, text)]
    return Report(
        sheet.id, student, f"in/{student}.py", student.encode().hex().ljust(64, "0")[:64], tuple(results), sheet.points
    )


def _code(sheet: Sheet, student: str) -> Result:
    exercise = sheet.exercise("mean_square")
    status = Status.BROKEN if student == "hugo" else Status.FAILED
    picture = Picture("image/png", PIXEL, "what was learned")
    findings = (
        Finding(CHECK, status, 0.0, 1.0, message="It is twice as large.", mistake="twice", detail=(picture,)),
        *(Finding(check.name, Status.PASSED, 0.0, 0.0) for check in exercise.checks if check.name != CHECK),
    )
    return Result(
        exercise.id, exercise.item, exercise.points, findings, "def mean_square(x):\n    return 2 * x  # <b>\n"
    )


def _essay(sheet: Sheet, text: str) -> Result:
    exercise = sheet.exercise("essay")
    waiting = Finding(
        exercise.checks[0].name,
        Status.PENDING,
        0.0,
        3.0,
        message="A person will read this answer.",
        detail=exercise.rubric,
    )
    return Result(exercise.id, exercise.item, exercise.points, (waiting,), text)


def results(folder: Path, sheet: Sheet, essays: dict[str, str] | None = None) -> Results:
    made = Results(folder)
    for student, text in (ESSAYS if essays is None else essays).items():
        made.save(report(sheet, student, text), sheet, Marks())
    made.finish(sheet)
    return made


def unread(number: int, text: str) -> Line:
    return Line(number, text, "", "unreadable", "This line cannot be read.")
