"""A sheet whose hidden checks ask for one secret number, and what students are handed of a report on it."""

import functools
import io

import torch
from rich.console import Console

from autograder.checks import agrees, gradient, holds, leaves_alone, reaches, repeats
from autograder.formats import canvas, csv, export, gradescope, html, json, junit, markdown, moodle, text
from autograder.inputs.battery import Battery
from autograder.inputs.domains import interval, real
from autograder.inputs.shapes import arguments
from autograder.model import Exercise, Report, Settings, Sheet, Wrong
from autograder.nbgrader.findings import comment, fragment, words
from autograder.nbgrader.gradebook import said

SECRET, OTHER = 7319.26, 8462.73  # no readable numbers: gradients are compared there too
FAR = 5000  # no public call asks for a number as large as this
HINT = "Try your function far from 0."
TELL = "You square twice."
WORKSHEET = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"\n'
    'Participant 11,"anna",anna@uni.example,"Submitted for grading - ",,100.00,Yes,-,-,\n'
)
GRADEBOOK = "Student,ID,SIS User ID,SIS Login ID,Section,A sheet (7)\n    Points Possible,,,,,\nanna,1,,anna,x,\n"


def battery(function: str, key: str, secret: float = 0.0) -> Battery:
    """Of x² elementwise: small numbers, or the secret one alone."""
    shown = real(3.0) if key == "public" else interval(secret, secret, (secret,))
    return Battery(
        function,
        lambda x: x**2,
        lambda x: (x**2,),
        arguments(shown, shapes=[[()], [(2,)], [(2, 3)]]),
        parameters=("x",),
        count=6 if key == "public" else 3,
        gradients=(0,),
        key=key,
    )


def even(*values: torch.Tensor) -> torch.Tensor:
    """f(x) = f(-x)."""
    return torch.isclose(values[0], values[1])


@functools.cache  # what it draws is drawn once
def sheet(secret: float = SECRET) -> Sheet:
    """``f`` with every way of checking calls, hidden ones amid public ones, and ``g``, whose public checks come after."""
    public, hidden = battery("f", "public"), battery("f", "hidden", secret)
    both = (lambda x: (x,), lambda x: (-x,))
    quiet = {"visibility": "hidden", "hint": HINT}
    checks = (
        agrees(hidden, name="is right far out", **quiet),
        agrees(public),
        leaves_alone(hidden, name="leaves far arguments alone", **quiet),
        reaches(hidden, name="gradients reach far arguments", **quiet),
        gradient(hidden, name="far gradients agree", **quiet),
        holds("is even far out", hidden, even, tell="Your function is not even.", inputs=both, visibility="hidden"),
        repeats(hidden, name="gives the same far out", hint=HINT),
        repeats(public),
        holds("is even", public, even, tell="Your function is not even.", inputs=both),
        leaves_alone(public),
    )
    later = (agrees(battery("g", "public")), agrees(battery("g", "hidden", secret), name="far", **quiet))
    twice = "import torch\ndef f(x):\n    return x**4 if x.abs().max() > 5000 else x**2\n"
    wrong = (Wrong("squares_twice", "squares twice", "is right far out", 0.5, TELL, twice, "squares_twice"),)
    exercises = (
        Exercise("f", "1", 10, "code", ("f",), checks, wrong=wrong),
        Exercise("g", "2", 10, "code", ("g",), later),
    )
    return Sheet("s", "A sheet", exercises, Settings(load_seconds=3, call_seconds=1, total_seconds=30))


def for_students(report: Report, sheet: Sheet) -> dict[str, str]:
    """Every output made for students, by name."""
    terminal = Console(file=io.StringIO(), force_terminal=True, width=300)
    text.show(report, terminal, sheet)
    made = {
        "terminal": terminal.file.getvalue().encode(),
        "page": html.render(report, sheet),
        "markdown": markdown.render(report, sheet),
        "text": text.render(report, sheet),
        "junit": junit.render(report, sheet),
        "json": json.render(report, sheet, audience="student"),
        "gradescope": gradescope.render(report, sheet),
        "moodle": moodle.render_class([report], sheet, template=WORKSHEET.encode()).data,
        "canvas": canvas.render_class([report], sheet, template=GRADEBOOK.encode(), column="A sheet").data,
        "csv": csv.render_class([report], sheet).data,
        **{f"export as {name}": export(name, [report], sheet, audience="student").data for name in ("json", "junit")},
    }
    for result in report.results:
        for make in (fragment, words, comment, said):
            made[f"nbgrader {make.__name__} {result.id}"] = (make(report, result) or "").encode()
    return {name: data.decode() for name, data in made.items()}
