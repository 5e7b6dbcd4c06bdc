"""What each reader sees of a finding, status by status."""

import pytest

from autograder.formats._audience import HIDDEN, OUR_FAULT, seen_by
from autograder.model import Criterion, Finding, Report, Result, Status

RUBRIC = (Criterion("idea", 1, "the model answer"),)


def report(status: Status, visibility: str = "public", tell: str = "") -> Report:
    finding = Finding("c", status, 0.0, 1.0, visibility, message="what happened", detail=RUBRIC, tell=tell)
    return Report("s", "anna", "a.py", "0" * 64, (Result("e", "1", 1.0, (finding,)),), 1.0, seconds={"checks": 2.0})


def seen(*about, audience: str = "student") -> Finding:
    return seen_by(report(*about), audience).results[0].findings[0]


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("visibility", ["public", "hidden"])
def test_an_instructor_sees_everything(status, visibility):
    given = report(status, visibility)
    assert seen_by(given, "instructor") is given


@pytest.mark.parametrize("status", [Status.PASSED, Status.FAILED, Status.SKIPPED])
def test_a_student_sees_a_public_finding_as_it_is(status):
    found = seen(status)
    assert found.message == "what happened"
    assert found.detail == RUBRIC


def test_of_what_waits_for_a_person_the_model_answer_is_kept_back():
    found = seen(Status.PENDING)
    assert found.message == "what happened"
    assert [(criterion.name, criterion.full) for criterion in found.detail] == [("idea", "")]


@pytest.mark.parametrize("visibility", ["public", "hidden"])
def test_a_fault_of_ours_is_one_sentence(visibility):
    found = seen(Status.BROKEN, visibility, "a sentence of the course")
    assert (found.message, found.detail) == (OUR_FAULT, ())


@pytest.mark.parametrize("status", [Status.PASSED, Status.FAILED, Status.SKIPPED, Status.PENDING])
def test_of_a_hidden_finding_its_name_and_the_courses_sentence_are_left(status):
    found = seen(status, "hidden", "a sentence of the course")
    assert (found.check, found.message, found.detail) == ("c", "a sentence of the course", ())
    assert seen(status, "hidden").message == HIDDEN.get(status, "")


def test_how_long_it_took_is_no_business_of_a_student():
    assert seen_by(report(Status.PASSED), "student").seconds == {}
