"""JUnit XML."""

import dataclasses
import xml.etree.ElementTree as ET

import pytest

from autograder.formats import junit
from tests.formats import builders


def suites(data: bytes) -> ET.Element:
    return ET.fromstring(data)


def test_counts_fit_the_cases():
    root = suites(junit.render(builders.report(broken=True), builders.sheet()))
    cases = root.findall("testsuite/testcase")
    assert int(root.get("tests")) == len(cases) == 14
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(root.get(key)) == len(root.findall(f"testsuite/testcase/{tag}")) > 0


def test_a_failed_check_says_why_and_our_fault_is_an_error():
    root = suites(junit.render(builders.report(broken=True)))
    failure = root.find(".//testcase[@classname='generative_models.kl_normal']/failure")
    assert failure.get("message") == "You return KL(p‖q): the two distributions are swapped."
    assert failure.get("type") == "kl_the_wrong_way_round"
    assert "you return: 0.8069" in failure.text
    assert root.find(".//error").get("message").startswith("Something failed on our side")


@pytest.mark.parametrize("name", builders.HOSTILE)
def test_what_xml_cannot_hold_is_shown_otherwise(name: str):
    root = suites(junit.render(builders.hostile(name)))
    assert root.find("testsuite") is not None


def test_a_class_stands_in_one_file_by_student():
    root = suites(junit.render_class([builders.report("b"), builders.report("a")]).data)
    names = [suite.get("name") for suite in root]
    assert names[0] == "a: 9-1 (a) kl_derivation"
    assert names == sorted(names, key=lambda name: name[0])
    assert len(names) == 16


def test_a_file_without_any_result_is_one_failure():
    root = suites(junit.render(dataclasses.replace(builders.unreadable(), results=())))
    assert root.find("testsuite/testcase").get("name") == "the file can be read"
    assert root.get("failures") == "1"
