"""Classes as no demonstration has them: nobody handed in, one did, all is broken, names and texts of any length and direction."""

from dataclasses import replace

from autograder.model import Exercise, Finding, Report, Result, Settings, Sheet, Status
from tests.formats import builders

LONG = "Maximiliane-Friederike-Wilhelmine-von-und-zu-Hohenlohe-Langenburg-Schillingsfuerst-" * 3
RTL = "عبد الرحمن بن محمد السالم"
MEGABYTE = "wörd" * 250_000  # not one place to break a line at
UNBROKEN = "tensor([" + "0.123456789," * 400 + "])"


def sheet() -> Sheet:
    """With an exercise whose item and name are longer than any column."""
    whole = builders.sheet()
    name = "a_function_" + "whose_name_goes_on_" * 6 + "and_ends"
    long = Exercise(
        id=name, item="9-3 (a), (b) and the second half of (c), as handed out in the second week",
        points=2, kind="code", names=(name,), checks=whole.exercises[0].checks, signature=f"{name}({'argument, ' * 20})",
        task="Implement " + "$" + "+".join(f"x_{{{i}}}^2" for i in range(80)) + "$" + f" and `{name}`.",
    )  # fmt: skip
    return Sheet(
        "generative_models", "Exercise 9: " + "Generative Models and Others, " * 6, (*whole.exercises, long), Settings()
    )


def wordy(student: str) -> Report:
    """A report in which everything that a student or the program may write is far too long."""
    made = builders.report(student)
    long = sheet().exercises[-1]
    wrong = Finding(
        "agrees with " + "the_reference_" * 20, Status.FAILED, 0, 2, message="You return " + UNBROKEN, hint=UNBROKEN,
        mistake="a_mistake_" * 12, counterexample=UNBROKEN + "\n" + "x" * 4000, line=1,
    )  # fmt: skip
    code = Result(long.id, long.item, 2, (wrong,), f"def f(x): return {UNBROKEN}\n" + "y = 1  # comment\n" * 400)
    results = [
        replace(result, answer=MEGABYTE) if result.id == "reconstruction_term" else result for result in made.results
    ]
    return replace(made, results=(*results, code), notes=("Cell 3 printed " + UNBROKEN,), path=f"in/{LONG}.ipynb")


def right_to_left(student: str) -> Report:
    made = builders.report(student)
    text = "الحد الأول يقيس جودة إعادة البناء: $\\log p(x\\mid z)$ كبير عندما يكون x محتملاً. " * 12
    return replace(made, results=tuple(replace(r, answer=text) for r in made.results))


CLASSES: dict[str, list[Report]] = {
    "nobody": [],
    "one": [builders.report("s001")],
    "all broken": [builders.report(f"s{i:03}", broken=True) for i in range(5)],
    "all unreadable": [builders.unreadable(f"s{i:03}") for i in range(5)],
    "wordy": [wordy(LONG + str(i)) for i in range(2)] + [right_to_left(RTL), right_to_left(f"{RTL} \u202egnp.exe")],
    "hostile": builders.classroom(),
}
