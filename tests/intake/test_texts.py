"""Whose a text is: the sheet's words are nobody's answer, parts are joined, versions give way, doubts stay open."""

import pytest

from autograder.intake import AnswerCell, Texts, find_texts
from autograder.intake.parts import joined
from autograder.model import Check, Criterion, Exercise

CHECK = Check("is there", 1, lambda answer: None)
CRITERION = (Criterion("idea", 1, "says it"),)
TASK = "## The bound\n\nShow that\n\n$$|a + b| \\le |a| + |b|$$\n\nholds for all real numbers, one step per line."
EXERCISES = (
    Exercise("bound", "1 (a)", 1, "text", (), (CHECK,), task=TASK),
    Exercise("distance", "1 (a)", 1, "code", ("distance",), (CHECK,), task="Write `distance(a, b)` for two numbers."),
    Exercise(
        "metric",
        "1 (b)",
        1,
        "text",
        (),
        (CHECK,),
        task="Explain in words what a metric measures and why.",
        rubric=CRITERION,
    ),
    Exercise(
        "norm",
        "1 (b)",
        1,
        "text",
        (),
        (CHECK,),
        task="Explain in words how a norm makes lengths of vectors.",
        rubric=CRITERION,
    ),
)


def found(*cells: tuple[str, str] | str) -> Texts:
    """Texts of cells: Markdown, or (exercise id, Markdown), or ("code", source)."""
    made = []
    for number, cell in enumerate(cells, start=1):
        exercise, source = cell if isinstance(cell, tuple) else ("", cell)
        made.append(AnswerCell("code" if exercise == "code" else "text", source, number, exercise.replace("code", "")))
    return find_texts(made, EXERCISES)


@pytest.mark.parametrize(
    "cell",
    [
        TASK,
        "\n".join("> " + line for line in TASK.split("\n")),
        TASK.replace("all real", "all\nreal"),
        TASK.split("\n\n", 1)[1],
        EXERCISES[1].task,
        EXERCISES[3].task,
    ],
)
@pytest.mark.parametrize("where", ["bound", "metric"])
def test_no_task_is_an_answer_whatever_its_cell_says(cell: str, where: str) -> None:
    assert found((where, cell)).answers == {}
    assert found(TASK, cell).answers == {}


def test_a_formula_of_the_task_may_begin_the_answer() -> None:
    answer = "$$|a + b| \\le |a| + |b|$$\n= x + y"
    assert found(("bound", f"{TASK}\n\n{answer}")).answers == {"bound": answer}
    assert found(("bound", answer)).answers == {"bound": answer}


def test_a_text_in_the_cell_of_anothers_task_belongs_to_that_task() -> None:
    assert found(EXERCISES[2].task + "\n\nIt measures how far things are.").answers == {
        "metric": "It measures how far things are."
    }


def test_under_a_shared_heading_content_tells() -> None:
    answers = found(
        "# 1 (b)", "A norm makes lengths of vectors.", "A metric measures how far points are, and why."
    ).answers
    assert answers == {
        "norm": "A norm makes lengths of vectors.",
        "metric": "A metric measures how far points are, and why.",
    }


def test_what_stays_open_is_for_a_person() -> None:
    text = "Let me explain in words."
    open_ = found("# 1 (b)", text)
    assert open_.answers == {"metric": text, "norm": text}
    assert open_.doubts["metric"] == (
        "Nothing says whether the text that begins with `Let me explain in words.` "
        "answers this exercise or norm; a person will read it."
    )


def test_a_code_cell_between_two_halves_does_not_part_them() -> None:
    halves = ("bound", "x = y + 1"), ("code", "print(3)"), "= z + 2"
    assert found(*halves).answers == {"bound": "x = y + 1\n= z + 2"}
    assert found(halves[0], "So far the first half of what I wanted to say here.").answers == {"bound": "x = y + 1"}


def test_a_string_that_is_added_to() -> None:
    cells = ("code", 'bound = """x = y"""'), ("code", 'bound += """\n= z"""'), ("code", 'bound = bound + "\\n= 3"')
    assert found(*cells).answers["bound"].split() == ["x", "=", "y", "=", "z", "=", "3"]


@pytest.mark.parametrize(
    ("pieces", "answer"),
    [
        (["f(x) = a", "= b", "= c"], "f(x) = a\n= b\n= c"),
        (["f(x) = a\n= b", "f(x) = a + 1\n= b + 1"], "f(x) = a + 1\n= b + 1"),
        (["f(x) = a\n= b\n= c", "= b\n= c"], "f(x) = a\n= b\n= c"),
        (["f(x) = a\n= b", "**Correction:**\n\n= other"], "= other"),
        (["f(x) = a\n= b", "where b = 2\n= c"], "f(x) = a\n= b\nwhere b = 2\n= c"),
        (["= a\n= b", "= a\n= c"], "= a\n= c"),
        (["a + b", "a - b"], "a - b"),
    ],
)
def test_parts_are_joined_and_versions_give_way(pieces: list[str], answer: str) -> None:
    assert joined(pieces, written=False)[0] == answer


def test_parts_of_prose_are_joined_and_its_versions_give_way() -> None:
    old = "The generator takes noise and makes pictures from it."
    new = "The generator takes random noise and makes pictures from it."
    assert joined([old, "The discriminator looks whether they are real."], written=True)[0].count("\n\n") == 1
    assert joined([old, new], written=True) == (new, 2)


@pytest.mark.parametrize(
    "cell",
    ["# Norms and metrics\n\nanna", "# Metrics and norms of vectors", "Anna Berg\n\nmetric, norm", "## Metric\n"],
)
def test_a_title_and_a_name_are_no_answer(cell: str) -> None:
    texts = found(cell, ("code", "def distance(a, b): return abs(a - b)"))
    assert (texts.answers, texts.doubts) == ({}, {})
