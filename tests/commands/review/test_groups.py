"""Groups: the same texts give the same groups, copies stand together, and they spare decisions."""

import tomllib

import pytest

pytest.importorskip("sklearn")

from autograder.checks.rubrics import read_rubric
from autograder.commands.review.bearing import Bearing, split
from autograder.commands.review.groups import grouped
from tests.conftest import REPOSITORY

WRITTEN = tomllib.loads((REPOSITORY / "demo" / "written.toml").read_text(encoding="utf-8"))
ITEMS = sorted({id for answers in WRITTEN.values() for id in answers})


def rubric(item: str):
    return read_rubric(REPOSITORY / "exercises" / "generative_models" / item / "rubric.toml")


def texts(item: str) -> dict[str, str]:
    return {student: answers[item]["text"] for student, answers in WRITTEN.items() if item in answers}


def kind(student: str, item: str) -> str:
    """What a reader would say of an answer: of a copy, what they would say of its source."""
    answer = WRITTEN[student][item]
    return kind(answer["from"], item) if answer["kind"] == "copied" else answer["kind"]


@pytest.mark.parametrize("item", ITEMS)
def test_copies_that_differ_in_layout_or_a_few_words_stand_together(item):
    together = {student: group.key for group in grouped(texts(item), rubric(item)) for student in group.students}
    assert set(together) == set(texts(item))
    for student, answers in WRITTEN.items():
        if answers.get(item, {}).get("how") == "layout":
            assert together[student] == together[answers[item]["from"]]


def test_the_order_in_which_texts_come_changes_nothing():
    item = ITEMS[0]
    turned = dict(reversed(texts(item).items()))
    assert grouped(texts(item), rubric(item)) == grouped(turned, rubric(item))


def test_groups_with_exceptions_take_a_third_of_the_decisions():
    """One decision for each kind of answer in a group: all of a group, less its exceptions."""
    decisions = sum(
        len({kind(s, item) for s in g.students}) for item in ITEMS for g in grouped(texts(item), rubric(item))
    )
    assert decisions <= sum(len(texts(item)) for item in ITEMS) / 3


def test_formulas_are_one_group_only_where_they_are_the_same():
    found = grouped({"a": "x_1 = 2", "b": "x_1  =\n2", "c": "x_1 = -2"})
    assert [group.students for group in found] == [("a", "b"), ("c",)]


@pytest.mark.parametrize("strange", [{}, {"a": ""}, {"a": "", "b": "!!!"}, {str(i): "?" * i for i in range(20)}])
def test_texts_without_words_are_grouped_too(strange):
    found = grouped(strange, rubric(ITEMS[0]))
    assert sorted(student for group in found for student in group.students) == sorted(strange)


def test_sentences_give_the_text_back_and_formulas_are_not_cut():
    text = "One. Two $a. b$ three!  Four\n\n five? שלום. "
    assert "".join(split(text)) == text
    assert any("$a. b$" in piece for piece in split(text))


@pytest.mark.parametrize("text", ["\n" * 1_000_000, "$" + "a. " * 300_000, ". " * 400_000])
def test_a_text_of_a_megabyte_is_split_in_one_pass(text):
    """What grows with the square of the length would need an hour for this."""
    assert "".join(split(text)) == text


def test_a_sentence_bears_on_the_criterion_whose_words_it_has():
    guide = rubric("gan_roles")
    bearing = Bearing(guide, texts("gan_roles").values())
    for i, advice in enumerate(guide.advice):
        said = " ".join(advice.criterion.full.replace(".", ",").replace(";", ",").split())
        [sentence] = bearing.sentences(said)
        assert sentence.criterion == i
    assert bearing.sentences("Yesterday it rained.")[0].criterion is None
