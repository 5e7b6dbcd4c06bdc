"""The small decisions of reading what was handed in: names, litter, versions, zips in zips, parts of one answer."""

import io
import zipfile

import pytest

from autograder.intake import layout, names, nested
from autograder.intake.content import refuse_foreign
from autograder.intake.handed_out import prose
from autograder.intake.litter import is_hidden, is_junk, is_never
from autograder.intake.owners import Owners
from autograder.intake.parts import joined, unlabelled
from autograder.intake.sections import Piece
from autograder.intake.student_file import StudentFile
from autograder.intake.submissions import _nothing
from autograder.intake.topics import Topics, _bag, kinds
from autograder.intake.versions import version
from autograder.model import Check, Exercise, Origin, SubmissionError

# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("name", "student", "user", "original"),
    [
        ("Ada Lovelace_17_assignsubmission_file_ex9.ipynb", "Ada Lovelace", "17", "ex9.ipynb"),
        ("Ada Lovelace_17_assignsubmission_file_", "Ada Lovelace", "17", ""),
        ("Ada Lovelace_17_assignsubmission_file", "Ada Lovelace", "17", ""),
        ("Ada_assignsubmission_onlinetext_text.html", "Ada", "", "text.html"),
        ("A_B_17_assignsubmission_file_x_1.py", "A_B", "17", "x_1.py"),
    ],
)
def test_a_moodle_name_says_who_and_what(name, student, user, original):
    found = names.moodle(name)
    assert found is not None
    assert (found.student, found.origin, found.original) == (student, Origin("moodle", user), original)
    assert names.canvas(name) is None


def test_a_canvas_name_says_who_and_what():
    sender, number = names.canvas("doejane_LATE_1234_5678_ex9-1.ipynb")
    assert (sender.student, sender.origin, sender.original, number) == (
        "doejane",
        Origin("canvas", "1234", True),
        "ex9-1.ipynb",
        5678,
    )
    sender, number = names.canvas("anon_ab12_5678_ex9.py")
    assert (sender.student, sender.origin, number) == ("anon_ab12", Origin("canvas", "anon_ab12", False), 5678)
    sender, number = names.canvas("doejane_1234_text.html")
    assert (sender.original, number) == ("text.html", 0)
    for other in ("doejane_12_34_x.py", "doejane.ipynb", "1234_text.pdf"):
        assert names.canvas(other) is None and names.moodle(other) is None


def test_a_name_is_one_printable_line():
    assert names.clean("a\tb\u202e\u200bc/d\\e") == "a bc-d-e"
    assert names.clean("x" * 100) == "x" * 100
    assert names.clean("x" * 101) == "x" * 99 + "…"
    assert [names.clean(dots) for dots in ("", ". .", "..", "\x00")] == ["unnamed"] * 4
    assert names.key("É") == names.key("e\u0301") != names.key("e")


@pytest.mark.parametrize(
    ("path", "junk"),
    [
        ("ex9.ipynb", False),
        ("a/._ex9.ipynb", True),
        ("._a/ex9.ipynb", False),  # a Mac's "._" is no folder
        ("~$ex9.ipynb", True),
        ("~$a/ex9.ipynb", True),
        ("__MACOSX/ex9.ipynb", True),
        (".ipynb_checkpoints/ex9.ipynb", True),
        ("a/.DS_Store", True),
        ("a/.hidden.ipynb", False),
    ],
)
def test_litter_is_told_by_its_name(path, junk):
    assert is_junk(path.split("/")) is junk


def test_hidden_names_and_files_of_a_course():
    assert is_hidden(".cache") and not is_hidden("cache")
    assert not is_hidden(".Ada_17_assignsubmission_file_x.py")  # a student may be called so
    assert is_never("README.md") and is_never("conftest.py") and not is_never("my_readme.md")


# ------------------------------------------------------------------ versions


def order(*files):
    return sorted(files, key=lambda name: version(StudentFile((name,), name, lambda most: b""))[1])


@pytest.mark.parametrize(
    "names_in_order",
    [
        ("ex9_old.ipynb", "ex9.ipynb", "ex9_final.ipynb"),
        ("ex9_v2.ipynb", "ex9_v10.ipynb"),
        ("ex9.ipynb", "ex9 (1).ipynb", "ex9 (2).ipynb"),
        ("ex9.ipynb", "ex9 - Copy.ipynb", "ex9 - Copy (2).ipynb"),
    ],
)
def test_of_versions_the_newer_is_larger(names_in_order):
    assert order(*reversed(names_in_order)) == list(names_in_order)
    shared = {version(StudentFile((name,), name, lambda most: b""))[0] for name in names_in_order}
    assert shared == {"/ex9.ipynb"}


def test_files_of_other_folders_are_no_versions():
    found = {
        version(StudentFile(("a", *path.split("/")), path, lambda most: b""))[0] for path in ("x/ex9.py", "y/ex9.py")
    }
    assert len(found) == 2


# ------------------------------------------------------------------ parts


@pytest.mark.parametrize(
    ("pieces", "written", "answer", "versions"),
    [
        (["a = b", "= c"], False, "a = b\n= c", 1),
        (["a = b\n= c", "a = b\n= d"], False, "a = b\n= d", 2),  # the first line is the same
        (["x\na = b\nc = d\ne", "y\na = b\nc = d"], False, "y\na = b\nc = d", 2),  # half of the lines are
        (["x\na = b\nq", "y\na = b\nr"], False, "x\na = b\nq\ny\na = b\nr", 1),  # one in three is not
        (["f(x) = a\n= b", "f(x) = c\n= d"], False, "f(x) = c\n= d", 2),  # the same left side
        (["f(x) = a\n= b", "g = c\n= d"], False, "f(x) = a\n= b\ng = c\n= d", 1),
        (["a\nb", "c\nd = e"], False, "a\nb\nc\nd = e", 1),  # one side alone has a left side
        (["a", "b"], False, "b", 2),
        (["a = b", "a = b"], False, "a = b", 1),
        (["a = b\nc", "c"], False, "a = b\nc", 1),
        (["", "a = b"], False, "a = b", 1),
        (["One thing here.", "Quite another follows."], True, "One thing here.\n\nQuite another follows.", 1),
        (["So it is", "So it is as it is"], True, "So it is as it is", 1),  # no word long enough to be compared
        (["Answer:\none thing here", "Correction\nelse entirely said"], True, "else entirely said", 2),
        (
            ["A metric measures distance well.", "A metric measures distance badly."],
            True,
            "A metric measures distance badly.",
            2,
        ),
    ],
)
def test_several_texts_make_one_answer(pieces, written, answer, versions):
    assert joined(pieces, written=written) == (answer, versions)


def test_a_label_is_no_part_of_an_answer():
    assert unlabelled("Answer:\nx = 1") == ("x = 1", False)
    assert unlabelled("**Corrected**\n# Solution\nx = 1") == ("x = 1", True)
    assert unlabelled("The answer is 1") == ("The answer is 1", False)


# ------------------------------------------------------------------ zips in zips


def packed(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return data.getvalue()


def inside(files, junk=lambda parts: parts[-1].startswith("._")):
    given = [StudentFile(tuple(name.split("/")), name, lambda most, data=data: data) for name, data in files.items()]
    found, notes = nested.unpacked(given, max_bytes=1 << 20, is_junk=junk)
    return ["/".join(file.parts) for file in found], notes


def test_zips_are_opened_where_they_lie():
    found, notes = inside(
        {"ex.zip": packed(**{"a.py": b"", "._a.py": b"", "b.zip": packed(**{"c.py": b""})}), "d.py": b""}
    )
    assert (found, notes) == (["a.py", "c.py", "d.py"], [])


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"f__ex.ipynb": b"", "f__a.py": b""}, ["ex.ipynb", "a.py"]),  # a folder that was zipped as a whole
        ({"f__ex.py": b"", "f__a.py": b""}, ["f/ex.py", "f/a.py"]),  # no notebook in it
        ({"f__g__ex.ipynb": b"", "f__a.py": b""}, ["f/g/ex.ipynb", "f/a.py"]),  # not directly in it
        ({"f__ex.ipynb": b"", "g__a.py": b""}, ["f/ex.ipynb", "g/a.py"]),
        ({"f__ex.ipynb": b"", "a.py": b""}, ["f/ex.ipynb", "a.py"]),
    ],
)
def test_a_zipped_folder_with_the_notebook_in_it_is_no_folder(files, found):
    assert inside({"z.zip": packed(**files)})[0] == sorted(found)


def test_what_cannot_be_unpacked_is_said_and_stays():
    found, notes = inside({"ex.zip": b"no zip", "a.py": b""})
    assert found == ["ex.zip", "a.py"] and len(notes) == 1 and notes[0].startswith("ex.zip: ")
    assert len(inside({f"{i}.zip": b"no zip" for i in range(12)})[1]) == 10


def test_zips_are_opened_to_a_depth_and_a_number_of_files(monkeypatch):
    deep = packed(**{"a.py": b""})
    for _ in range(nested.MAX_DEPTH):
        deep = packed(**{"in.zip": deep})
    found, notes = inside({"ex.zip": deep})
    assert found == ["in.zip"] and "more than 4 zips inside one another" in notes[0]
    monkeypatch.setattr(nested, "MAX_FILES", 2)
    found, notes = inside({"ex.zip": packed(**{"a.py": b"", "b.py": b"", "c.py": b""})})
    assert found == ["a.py", "b.py"] and "more than 2 files" in notes[0]
    assert inside({"ex.zip": packed(**{"a.py": b"", "b.py": b""})}) == (["a.py", "b.py"], [])


def test_a_file_in_a_zip_is_as_old_as_the_zip():
    given = [StudentFile(("ex.zip",), "ex.zip", lambda most: packed(**{"a.py": b""}), when="2026")]
    assert [file.when for file in nested.unpacked(given, max_bytes=1 << 20, is_junk=lambda _: False)[0]] == ["2026"]


# ------------------------------------------------------------------ kinds of text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a = b + c", {"formula"}),
        ("A metric measures how far two points are apart.", {"prose"}),
        ("", {"formula"}),
        (r"\log \exp \max x", {"formula"}),
        ("thus it is x = 1 + 2 + 3", {"formula", "prose"}),
    ],
)
def test_mathematics_and_prose_are_told_apart(text, kind):
    assert kinds(text) == kind


def test_a_text_is_likest_the_exercise_that_speaks_of_the_same():
    check = Check("c", 1, lambda answer: None)
    bound, norm = (
        Exercise(id, "1", 1, "text", (), (check,), task=task)
        for id, task in (("bound", "$$a \\le b + \\gamma$$"), ("norm", "$$\\|x\\| = \\sigma$$"))
    )
    topics = Topics([bound, norm])
    assert [e.id for _, e in topics.ranked("b + γ = 2", [bound, norm])] == ["bound", "norm"]
    assert [e.id for _, e in topics.ranked("x = σ", [bound, norm])] == ["norm", "bound"]
    assert [e.id for _, e in topics.ranked("x = σ", [bound])] == ["bound"]
    values = [value for value, _ in topics.ranked("x = σ", [bound, norm])]
    assert 0 < values[0] <= 1 and values[1] == 0
    alone, none = topics.ranked("a a a a", [bound, norm]), topics.ranked("99", [bound, norm])
    assert alone[0][0] < 1 and [value for value, _ in none] == [0, 0]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("def f(x):", True),
        ("  return x", True),
        ("# Task", True),
        ("Show that this holds", True),
        ("$a$ and $b$", False),
        ("a = b", False),
        (r"\alpha \beta \gamma \delta", False),
        ("## 1", False),
    ],
)
def test_words_and_code_are_told_from_formulas(line, words):
    assert prose(line) is words


@pytest.mark.parametrize(
    ("page", "what"),
    [
        (b"<html><body class='jp-Notebook'>", "an HTML export of a notebook"),
        (b"<html><!-- nbconvert -->", "an HTML export of a notebook"),
        (b"<html><title>JupyterLab</title>", "an HTML export of a notebook"),
        (b"<html><title>Sign in</title>", "a web page"),
    ],
)
def test_a_web_page_is_called_what_it_is(page, what):
    with pytest.raises(SubmissionError, match=what):
        refuse_foreign(page)


def test_zips_within_zips_are_read_to_the_last_that_is_allowed():
    deep = packed(**{"a.py": b""})
    for _ in range(nested.MAX_DEPTH - 1):
        deep = packed(**{"in.zip": deep})
    assert inside({"ex.zip": deep}) == (["a.py"], [])


# ------------------------------------------------------------------ folders


def test_a_student_may_be_called_as_the_folder_of_all():
    files = [StudentFile(tuple(path.split("/")), path, lambda most: b"") for path in ("submitted/ex.py", "ada/ex.py")]
    told, _ignored = layout.claims(files, "submitted", "ex9")
    assert sorted(claim.student for claim in told) == ["ada", "submitted"]


# ------------------------------------------------------------------ whose a text is


def test_a_text_that_only_its_place_makes_an_answer_says_something():
    exercises = [
        Exercise(name, name, 1, "text", (), (Check("c", 1, lambda answer: None),), task="Why convex?") for name in "ab"
    ]
    title = Piece("# Sheet 9\nAda", 1, (), "place", (0, 2))
    assert Owners(exercises).settled([title], {"b"}) == ({}, {})
    assert Owners(exercises)._likely(Piece("", 1, (), "place"), exercises) is False


def test_an_ending_makes_no_other_word_and_short_words_stay_whole():
    assert len(_bag("derivative derivatives")) == 1
    assert set(_bag("metrics x")) == {"metric", "x"}


def test_the_platforms_time_orders_versions_before_all_else():
    said = StudentFile(("ex.py",), "ex.py", lambda most: b"", when="2026-01-02")
    assert version(said)[1].when == "2026-01-02"
    stamped = StudentFile(("20260102100000_ex.py",), "", lambda most: b"")
    assert version(stamped)[0] == "/ex.py" and version(stamped)[1].when == "20260102100000"


def test_who_handed_nothing_in_keeps_the_platforms_id():
    found = _nothing(layout.Claim("Ada", (), Origin("moodle", "17")), "Ada")
    assert (found.student, found.origin) == ("Ada", Origin("moodle", "17")) and "nothing was handed in" in found.problem
