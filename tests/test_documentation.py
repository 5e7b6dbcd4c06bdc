"""The documentation does what it shows: each page's code runs, its commands are there, and it is built whole."""

import re
import shlex
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

import autograder.checks
from autograder.checks import Battery, Sampler
from autograder.commands.cli import cli
from autograder.model import Check
from tests.commands.test_cli import run
from tests.conftest import REPOSITORY
from tests.formats.browser import CHROMIUM, chromium

DOCS = REPOSITORY / "docs"
PAGES = {str(path.relative_to(DOCS)): path.read_text(encoding="utf-8") for path in sorted(DOCS.rglob("*.md"))}
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)


def blocks(page: str, language: str) -> list[str]:
    return [text for found, text in BLOCK.findall(PAGES[page]) if found == language]


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")])
def test_the_code_of_a_page_runs_and_its_oracles_answer(page, tmp_path):
    names = {name: getattr(autograder.checks, name) for name in autograder.checks.__all__}
    names |= {"__file__": str(tmp_path / "exercise.py"), "torch": __import__("torch")}
    if "c" in re.findall(r"configure\((\w)", PAGES[page]):  # nbgrader_config.py
        names["c"] = pytest.importorskip("traitlets.config").Config()
    for text in blocks(page, "toml"):
        if "[[criterion]]" in text:
            (tmp_path / "rubric.toml").write_text(text)
    for text in blocks(page, "python"):
        if "STATE =" in text:
            (tmp_path / "driver.py").write_text(text)
        exec(compile(text, page, "exec"), names)
        for value in list(names.values()):
            assert not isinstance(value, Battery) or value.expected
            assert not isinstance(value, Sampler) or value.calls
        assert all(isinstance(check, Check) for check in names.get("checks", ()))


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "toml")])
def test_tables_can_be_read(page):
    for text in blocks(page, "toml"):
        assert tomllib.loads(text)


def commands(page: str) -> list[list[str]]:
    lines = [line for text in blocks(page, "") + blocks(page, "sh") for line in text.splitlines()]
    found = [shlex.split(line, comments=True) for line in lines if line.startswith("autograder ")]
    return [words[1:] for words in found]


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)])
def test_commands_are_those_that_there_are(page):
    for words in commands(page):
        command: click.Command = cli
        while isinstance(command, click.Group):
            assert words[0] in command.commands, words
            command, words = command.commands[words[0]], words[1:]
        command.make_context(
            "autograder", list(words), resilient_parsing=True
        )  # raises for an option that there is not


@pytest.mark.slow
def test_a_course_of_ones_own_begins_as_the_page_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in commands("how-to/course.md"):
        code, said = run(*words)
        assert code == 0, said
    assert (tmp_path / ".preview" / "week_3.html").is_file()


NAMED = re.compile(r'\bname="([a-z]+_[a-z_]+)"')


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "autograder" / "checks").glob("*.py")), ids=lambda path: path.stem
)
def test_each_mistake_that_a_check_names_by_itself_is_in_the_table(path):
    given = set(NAMED.findall(path.read_text(encoding="utf-8")))
    table = [line for line in PAGES["how-to/mistakes.md"].splitlines() if line.startswith("| ")]
    assert given <= set(re.findall(r"`([a-z_]+)`", "\n".join(table)))


# ------------------------------------------------------------------ pictures

PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
TEXTS = {"README.md": (REPOSITORY / "README.md").read_text(encoding="utf-8")} | {
    f"docs/{p}": t for p, t in PAGES.items()
}
SHOWN = [(page, words, path) for page, text in TEXTS.items() for words, path in PICTURE.findall(text)]


@pytest.mark.parametrize(("page", "words", "path"), SHOWN)
def test_each_picture_is_there_small_and_said_in_words(page, words, path):
    picture = (REPOSITORY / page).parent / path
    assert picture.read_bytes().startswith({".png": b"\x89PNG", ".svg": b"<?xml"}[picture.suffix])
    assert picture.stat().st_size <= 200_000
    assert len(words.split()) >= 3


def test_each_picture_is_shown_somewhere():
    shown = {((REPOSITORY / page).parent / path).resolve() for page, _, path in SHOWN}
    assert {*DOCS.rglob("*.png"), *DOCS.rglob("*.svg")} - {*DOCS.rglob("_build/**/*")} == shown


# ------------------------------------------------------------------ the site


def test_every_page_is_listed():
    listed = re.findall(r"^[\w/-]+$", PAGES["index.md"], re.M)
    assert {page.removesuffix(".md") for page in PAGES} - {"index"} == set(listed)


needs_sphinx = pytest.mark.skipif(find_spec("furo") is None, reason="needs the extra docs")


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    to = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", str(DOCS), str(to)],
        capture_output=True, text=True, check=False, cwd=REPOSITORY,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    return to


@needs_sphinx
@pytest.mark.slow
def test_the_reference_holds_all_that_an_exercise_imports(site):
    page = (site / "reference.html").read_text()
    needless = {"KINDS", "RUBRIC", "asked_of", "later", "read_rubric", "replayed"}  # the engine's own
    shown = {"Criterion", "Detail", "Mistake", "Picture", "close", "curves", "grid", "images", "labels", "scatter"}
    missing = {name for name in autograder.checks.__all__ if f'id="autograder.checks.{name}"' not in page}
    assert missing <= needless | shown


@needs_sphinx
@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
@pytest.mark.parametrize("width", [1280, 390])
def test_the_site_is_read_offline_and_fits_its_window(site, width):
    with chromium() as page:
        for path in sorted(site.rglob("*.html")):
            for scheme in ("light", "dark"):
                page.show(path.as_uri(), width=width, scheme=scheme)
                assert page.faults() == [], (path.name, scheme)
        assert not [url for url in page.requests if not url.startswith(("file:", "data:"))]
