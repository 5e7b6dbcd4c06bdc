"""Gradescope's results.json."""

import json

import pytest

from autograder.formats import gradescope
from tests.formats import builders

VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}


def results(**options: object) -> dict:
    return json.loads(gradescope.render(builders.report(**options)))


def test_it_has_the_keys_and_values_that_gradescope_reads():
    found = results()
    assert set(found) == {
        "score",
        "output",
        "output_format",
        "test_output_format",
        "visibility",
        "stdout_visibility",
        "tests",
        "extra_data",
    }
    assert found["visibility"] in VISIBILITIES
    for test in found["tests"]:
        assert set(test) <= {"name", "number", "output", "visibility", "status", "score", "max_score"}
        assert test["visibility"] in VISIBILITIES
        assert test.get("status", "passed") in ("passed", "failed")


def test_scores_add_up_and_a_waiting_answer_has_none_yet():
    found = results()
    assert found["score"] == 6.6
    assert sum(test.get("score", 0) for test in found["tests"]) == pytest.approx(6.6)
    waiting = [test for test in found["tests"] if test["name"].startswith("reconstruction_term")]
    assert [set(test) & {"score", "max_score", "status"} for test in waiting] == [set()]
    assert "2 points are still to be given by a person." in found["output"]


def test_hidden_checks_wait_for_publication_and_hide_their_inputs():
    hidden = [test for test in results()["tests"] if "holds far from the usual" in test["name"]]
    assert [test["visibility"] for test in hidden] == ["after_published"]
    assert "SECRET-INPUT" not in gradescope.render(builders.report()).decode()
    assert "off by far more" in hidden[0]["output"]


def test_our_fault_gives_no_score_anywhere():
    found = results(broken=True)
    assert "score" not in found
    assert not [test for test in found["tests"] if "score" in test or "max_score" in test]
    assert "/secret/path" not in json.dumps(found)


def test_an_unreadable_file_says_why():
    found = json.loads(gradescope.render(builders.unreadable()))
    assert found["score"] == 0
    assert "found a PDF" in found["output"]
