"""Whose a file is in what Brightspace and Gradescope hand out."""

import pytest

from autograder.intake.platforms import download
from autograder.intake.student_file import StudentFile

TWO = """
submission_11:
  :submitters:
  - :name: Ada Lovelace
    :sid: s11
    :email: ada@uni.example
  - :email: jg@uni.example
  :history: []
submission_12:
  :submitters:
  - :name: ''
    :sid: s12
"""


def whose(metadata: str = "", **files: str):
    """Path in the archive -> who handed it in, and what was nobody's."""
    paths = [path.replace("__", "/") for path in files.values()]
    given = [StudentFile(tuple(path.split("/")), path, lambda most: metadata.encode()) for path in paths]
    found = download(given, [])
    assert found is not None
    told = {"/".join(one.file.below): [(p.name, p.user) for p in one.people] for one in found.handed_in}
    return told, ["/".join(file.parts) for file in found.others]


@pytest.mark.parametrize("folder", ["", "assignment_7_export/", "other/"])
def test_gradescopes_list_says_who_handed_in(folder):
    told, others = whose(
        TWO,
        m=f"{folder}submission_metadata.yml",
        a=f"{folder}submission_11/ex.py",
        b=f"{folder}submission_12/work/ex.py",
    )
    assert told["ex.py"] == [("Ada Lovelace", "s11"), ("jg@uni.example", "jg@uni.example")]
    assert told["work/ex.py"] == [("s12", "s12")]
    assert others == [f"{folder}submission_metadata.yml"]


def test_without_its_list_gradescopes_folders_are_known_by_where_they_lie():
    told, others = whose(
        a="assignment_7_export/submission_11/ex.py", b="submission_12/ex2.py", c="ada/submission_13/ex.py"
    )
    assert told == {"ex.py": [("submission_11", "11")], "ex2.py": [("submission_12", "12")]}
    assert others == ["ada/submission_13/ex.py"]


def test_brightspaces_folders_and_files_say_who_handed_in():
    told, others = whose(
        a="123-45 - Ada Lovelace - Jan 2, 2024 1000 AM/work/ex.py",
        b="124-45 - Jan Groß - Jan 2, 2024 1000 AM - ex2.py",
        c="index.html",
    )
    assert told["work/ex.py"] == [("Ada Lovelace", "123")] and [("Jan Groß", "124")] in told.values()
    assert others == ["index.html"]
