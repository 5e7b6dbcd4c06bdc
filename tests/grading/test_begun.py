"""How far an answer has come, in a student's own check."""

import pytest

from autograder.grading.begun import in_progress, not_started, unstarted
from autograder.model import IN_PROGRESS, NOT_STARTED, Cell, Check, Exercise, Mistake, Status, Submission

CHECK = Check("a", 1.0, lambda answer: None)
STARTER = "def f(x):\n    raise NotImplementedError\n"


def exercise(*names, kind="code", starter=STARTER):
    return Exercise("kl", "1", 1, kind, names or ("f",), (CHECK,), starter=starter)


def handed_in(*sources, notes=(), texts=None):
    cells = tuple(Cell(source, number) for number, source in enumerate(sources, 1))
    return Submission("anna", "anna.ipynb", "0" * 64, cells, texts or {}, notes=notes)


@pytest.mark.parametrize(
    ("sources", "missing", "said"),
    [
        ((), True, "Not started: there is no f yet."),
        (("x = 1",), True, "Not started: there is no f yet."),
        (("x = 1",), False, ""),
        ((STARTER,), False, "Not started: f is still as handed out."),
        ((STARTER,), True, "Not started: f is still as handed out."),  # its cell did not run
        (("x = 1\n" + STARTER.replace("    ", "\t\t") + "\ny = 2",), False, "Not started: f is still as handed out."),
        (("def f(x): return x",), True, ""),  # there, and does not run
        (("from mine import f",), True, ""),
        (("f = lambda x: x",), True, ""),
        (("class f: pass",), True, ""),
        (("print(f(1))",), True, "Not started: there is no f yet."),
        (("def ff(x): return x",), True, "Not started: there is no f yet."),
    ],
)
def test_nothing_was_written_or_it_is_as_handed_out(sources, missing, said):
    assert not_started(exercise(), handed_in(*sources), missing=missing) == said


def test_what_was_not_read_may_hold_it():
    assert not_started(exercise(), handed_in("x = 1", notes=("A cell could not be read.",)), missing=True) == ""


def test_several_names_are_spoken_of_together():
    two = exercise("f", "g")
    assert not_started(two, handed_in(), missing=True) == "Not started: there is no f and no g yet."
    assert not_started(two, handed_in("def g(): pass"), missing=True) == ""
    assert not_started(two, handed_in(STARTER), missing=False) == "Not started: f and g are still as handed out."


def test_without_a_starter_nothing_is_as_handed_out():
    assert not_started(exercise(starter=""), handed_in("x = 1"), missing=False) == ""


@pytest.mark.parametrize(
    ("text", "started"), [("", False), ("   ", False), ("Because.", True), ("Your answer here", False)]
)
def test_a_text_is_started_when_it_says_something(text, started):
    essay = exercise("f", kind="text", starter="Your answer here")
    said = not_started(essay, handed_in(texts={"kl": text}), missing=True)
    assert said == ("" if started else "Not started: there is no answer to kl yet.")
    assert not_started(essay, handed_in(), missing=False) != ""


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (
            "f raised NotImplementedError in cell 3, line 2.",
            "In progress: f raised NotImplementedError.",
        ),
        (
            "NotImplementedError: in cell 3, line 2. Later.",
            "In progress: NotImplementedError: in cell 3, line 2. Later.",
        ),
        ("f raised ValueError in cell 3, line 2.", None),
    ],
)
def test_an_answer_that_says_itself_that_it_is_not_done(message, said):
    found = in_progress(CHECK, Mistake(message))
    if said is None:
        assert found is None
    else:
        assert (found.check, found.status, found.message, found.mistake) == (CHECK, Status.SKIPPED, said, IN_PROGRESS)


def test_the_first_check_alone_says_why():
    first, second = unstarted([CHECK, CHECK], "Not started.")
    assert (first.message, second.message) == ("Not started.", "")
    assert {(found.status, found.mistake) for found in (first, second)} == {(Status.SKIPPED, NOT_STARTED)}
