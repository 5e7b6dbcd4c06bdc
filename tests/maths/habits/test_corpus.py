"""The corpus of answers written blind is well formed: nothing is graded here."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

BLIND = Path(__file__).parent / "blind"
EXERCISES = ("elbo_derivation", "kl_derivation", "kl_simplified", "minimax_game")
LABELS = {"right", "wrong", "person"}


def answers(exercise: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((BLIND / f"{exercise}.toml").read_text(encoding="utf-8"))["answer"]
    return found


def every_answer() -> list[dict[str, Any]]:
    return [answer for exercise in EXERCISES for answer in answers(exercise)]


def test_there_is_one_file_for_each_exercise() -> None:
    assert {path.stem for path in BLIND.glob("*.toml")} == set(EXERCISES)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_labels_are_valid_and_only_wrong_answers_name_a_line(exercise: str) -> None:
    for position, answer in enumerate(answers(exercise)):
        assert answer["label"] in LABELS, (exercise, position)
        wanted = {"habit", "label", "text"} | ({"line", "slip"} if answer["label"] == "wrong" else set())
        assert set(answer) == wanted, (exercise, position)
        assert all(isinstance(value, str) and value.strip() for value in answer.values()), (exercise, position)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_line_of_an_error_stands_in_one_line_of_the_answer(exercise: str) -> None:
    for position, answer in enumerate(answers(exercise)):
        if answer["label"] == "wrong":
            assert "\n" not in answer["line"], (exercise, position)
            assert answer["text"].count(answer["line"]) == 1, (exercise, position, answer["line"])


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_answer_is_written_twice(exercise: str) -> None:
    texts = Counter(" ".join(answer["text"].split()) for answer in answers(exercise))
    assert [text for text, count in texts.items() if count > 1] == []


def test_there_are_enough_answers_of_every_label_and_habit() -> None:
    labels = Counter(answer["label"] for answer in every_answer())
    assert labels["right"] >= 170 and labels["wrong"] >= 80 and labels["person"] >= 10, labels
    habits = Counter(answer["habit"] for answer in every_answer())
    assert len(habits) >= 45
    assert {habit: count for habit, count in habits.items() if count < 3} == {}
