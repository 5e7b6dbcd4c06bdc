"""A format is its file."""

import ast
import io
import zipfile
from pathlib import Path

import pytest

import autograder.formats as formats
from autograder.formats import export, format_module, gradescope, names
from autograder.model.errors import UsageError
from tests.formats import builders

FOLDER = Path(formats.__file__).parent


def test_the_formats_are_the_files_and_the_docstring_lists_them():
    assert set(names()) == {"canvas", "csv", "gradescope", "html", "json", "junit", "markdown", "moodle", "text"}
    listed = [line.split()[0] for line in formats.__doc__.splitlines() if line.startswith("    ") and ":" not in line]
    assert sorted(word for word in listed if word in names()) == list(names())


@pytest.mark.parametrize("name", names())
def test_each_offers_what_the_docstring_says(name: str):
    module = format_module(name)
    assert module.suffix.startswith(".")
    assert hasattr(module, "render") or hasattr(module, "render_class")
    assert module.__doc__


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_formats_know_the_model_and_the_shared_parts_and_nothing_else_of_the_engine(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograder"):
            allowed = ("autograder.model", "autograder.model.errors", "autograder.formats._", "autograder.formats")
            assert node.module.startswith(allowed)
            if node.module == "autograder.formats":
                assert all(alias.name.startswith("_") for alias in node.names)


def test_an_unknown_format_is_answered_with_those_that_exist():
    with pytest.raises(UsageError, match="There is no format 'xml'; the formats are canvas, csv, gradescope"):
        export("xml", builders.classroom())
    with pytest.raises(UsageError, match="no format '_cells'"):
        format_module("_cells")


def test_options_that_a_format_does_not_take_are_refused():
    with pytest.raises(UsageError, match="csv takes no template; leave --template out"):
        export("csv", builders.classroom(), template=b"x")
    with pytest.raises(UsageError, match="gradescope takes no column"):
        export("gradescope", builders.classroom(), column="x")
    with pytest.raises(UsageError, match="no report to export as csv"):
        export("csv", [])


@pytest.mark.parametrize("name", sorted(set(names()) - {"moodle"}))
def test_every_format_exports_a_whole_class(name: str):
    assert export(name, builders.classroom(), builders.sheet()).data
    assert export(name, builders.classroom()).data


def test_single_reports_of_a_class_come_as_an_archive_with_the_same_bytes_each_time():
    exported = export("gradescope", builders.classroom())
    assert exported.suffix == ".zip"
    with zipfile.ZipFile(io.BytesIO(exported.data)) as archive:
        assert len(archive.namelist()) == 20
        assert archive.read("s004.json") == gradescope.render(
            next(r for r in builders.classroom() if r.student == "s004")
        )
        assert not [name for name in archive.namelist() if name.startswith("/") or ".." in name.split("/")]
    assert export("gradescope", builders.classroom()[::-1]).data == exported.data
    assert export("gradescope", [builders.report()]).data == gradescope.render(builders.report())
