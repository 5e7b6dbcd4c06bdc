"""What becomes of the answers of the corpus: right ones earn everything or are held, wrong ones lose points where they err."""

import pytest

from tests.maths.habits.__main__ import verdict
from tests.maths.habits.corpus import Written, corpus, exercise, fate, on_the_line

ANSWERS = list(corpus())


def fates(label: str) -> dict[str, list[Written]]:
    """Column of the table -> the answers with this label that stand in it."""
    found: dict[str, list[Written]] = {}
    for answer in ANSWERS:
        if answer.label == label:
            found.setdefault(verdict(answer, fate(answer)), []).append(answer)
    return found


def sources(answers: list[Written]) -> list[str]:
    return [answer.source for answer in answers]


def test_a_right_answer_earns_everything_or_is_held_and_never_loses_a_point() -> None:
    found = fates("right")
    assert sources(found.get("right lost", [])) == []
    assert len(found["right full"]) >= 0.95 * sum(map(len, found.values())), sources(found["right held"])


def test_a_wrong_answer_is_never_accepted_and_errs_where_it_is_said_to() -> None:
    found = fates("wrong")
    assert sources(found.get("wrong full", [])) == []
    assert len(found["wrong on the line"]) >= 0.95 * sum(map(len, found.values())), sources(found["wrong held"])


def test_what_only_a_person_can_read_goes_to_a_person() -> None:
    assert set(fates("person")) == {"person held"}


@pytest.mark.parametrize("name", ["elbo_derivation", "kl_derivation", "kl_simplified", "minimax_game"])
def test_the_table_does_not_flatter(name: str) -> None:
    """A solution is full, an empty text loses points, and an error is found on its own line and on no other."""
    solution = exercise(name).solution.partition('r"""')[2].rpartition('"""')[0]
    assert fate(Written(name, "", "right", solution)).word == "full"
    assert fate(Written(name, "", "wrong", " ")).word == "lost"
    wrong = next(
        answer
        for answer in ANSWERS
        if answer.exercise == name and answer.label == "wrong" and "\n" in answer.text.strip()
    )
    lines = [line for line in wrong.text.split("\n") if line.strip() and wrong.line not in line]
    elsewhere = [Written(name, "", "wrong", wrong.text, line) for line in lines]
    assert not any(on_the_line(other, fate(wrong)) for other in elsewhere)
