"""What is wrong with a course is said in a sentence that names the file."""

import shutil

import pytest

from autograder.course import load_sheet, settings
from autograder.course.choice import sheets
from autograder.model import CourseError, UsageError


@pytest.fixture
def plan(course, tmp_path):
    """sheet.toml of a copy of the small course."""
    shutil.copytree(course, tmp_path / "course")
    return tmp_path / "course" / "exercises" / "small" / "sheet.toml"


def load(plan):
    return load_sheet("small", plan.parents[2])


def test_a_course_is_what_its_folders_hold(plan):
    assert sheets(plan.parents[2]) == ["small"]
    assert [exercise.id for exercise in load(plan).exercises] == ["mean_square", "essay"]
    assert settings("small", plan.parents[2]) == load(plan).settings


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "load_seconds = 3",
            "load_minutes = 3",
            r"sheet\.toml, line 3: unknown settings: load_minutes; known are call_seconds, file_mb, formulas, load_sec",
        ),
        (
            "load_seconds = 3",
            'formulas = "everything"',
            r'sheet\.toml, line 3: The setting formulas must be "read", "steps" or "all", but it is \'everything\'',
        ),
        (
            "load_seconds = 3",
            "load_seconds = 0",
            r"sheet\.toml, line 3: The setting load_seconds must be a number above 0, but it is 0",
        ),
        (
            "load_seconds = 3",
            "memory_mb = 2048.5",
            r"The setting memory_mb must be a whole number above 0, but it is 2048\.5",
        ),
        ("load_seconds = 3", 'load_seconds = "3"', r"The setting load_seconds must be a number above 0, but it is '3'"),
        ("load_seconds = 3", "load_seconds = true", r"must be a number above 0, but it is True"),
        ("[settings]", "[settings", r"sheet\.toml is not valid TOML: "),
        (
            "[[exercise]]",
            "[[task]]",
            r"sheet\.toml, line 6: the file has the unknown key 'task'; known are title, settings, ",
        ),
        ('id = "essay"', 'id = "esay"', r"esay"),
    ],
)
def test_a_wrong_plan_is_the_instructors_fault_and_named(plan, old, new, says):
    plan.write_text(plan.read_text().replace(old, new))
    with pytest.raises(CourseError, match=says):
        load(plan)


def test_a_sheet_that_is_not_there_is_named(plan):
    with pytest.raises(UsageError, match="smal"):
        load_sheet("smal", plan.parents[2])
