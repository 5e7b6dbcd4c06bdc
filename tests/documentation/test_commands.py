"""Every command of README, docs and a pack's README is run from an empty folder, in the order of its page, or has its reason."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.documentation.dispositions import CODES, DEAR, NOT_RUN, SLOW, STAYS, begins
from tests.documentation.places import BEFORE, a_pack, clone, prepare, small_clone
from tests.documentation.said import PACK, Said, commands, hidden_commands, pages
from tests.documentation.walk import Walk
from tests.test_distribution import LIBRARIES, built, installed  # noqa: F401 - fixtures

PAGES = pages()
SAID = {page: commands(page, text) for page, text in PAGES.items()}
EVERY = [said for page in SAID.values() for said in page]


def run_here(said: Said) -> bool:
    return not (begins(said.text, NOT_RUN) or said.text in DEAR)


def quick(said: Said) -> bool:
    return run_here(said) and not (begins(said.text, SLOW) or begins(said.text, STAYS))


def with_some(wanted) -> list[str]:
    return [page for page in SAID if any(map(wanted, SAID[page]))]


@pytest.fixture(scope="module")
def pack(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("released")
    small_clone(folder / "course")
    a_pack(folder / "pack", folder / "course")
    return folder / "pack"


@pytest.mark.parametrize("page", with_some(quick))
@pytest.mark.filterwarnings("ignore")  # nbgrader's own
def test_the_commands_of_a_page_run_in_their_order(page, pack, tmp_path):
    prepare(page, tmp_path / "here", pack)
    walk = Walk(tmp_path / "here", before=BEFORE)
    for said in filter(quick, SAID[page]):
        walk.run(said)
        if shown := answered(page, said):
            assert shown in " ".join(walk.said[said.text].split())


def answered(page: str, said: Said) -> str:
    """What the page shows as the answer to a command, in one line; "" where it shows none."""
    return " ".join(PAGES[page].partition(f"$ {said.text}\n")[2].partition("\n```")[0].split())


def test_a_page_that_shows_an_answer_is_held_to_it():
    assert [said.text for page in SAID for said in SAID[page] if answered(page, said)] == [
        "autograder check generative_models my_sheet.py --only kl_normal"
    ]


@pytest.mark.parametrize("page", PAGES)
def test_no_command_hides_in_a_block_that_is_not_read(page):
    assert hidden_commands(PAGES[page]) == []


@pytest.mark.parametrize("start", sorted({*NOT_RUN, *DEAR, *SLOW, *STAYS, *CODES, *BEFORE}))
def test_what_is_said_of_a_command_is_said_of_one_that_there_is(start):
    assert any(begins(said.text, [start]) for said in EVERY)


def test_a_new_command_is_found_wherever_it_stands():
    page = (
        "Say `autograder frob x` or `autograder frob`.\n\n```sh\nmake \\\n  frob  # does it\n# a remark\nfrobnicate\n```\n"
        "```console\n$ pytest x.ipynb\n1 passed\n```\n| a | `TZ=UTC nbgrader frob --x` |\n\n## Next\n\n`pip install frob`\n"
    )
    found = [(said.text, said.section) for said in commands("page", page)]
    typed = ["autograder frob x", "make frob", "frobnicate", "pytest x.ipynb", "TZ=UTC nbgrader frob --x"]
    assert found == [(line, 0) for line in typed] + [("pip install frob", 1)]
    assert hidden_commands("    autograder frob\n\n```\n$ autograder frob\n```\n") == [
        "$ autograder frob",
        "autograder frob",
    ]


def test_a_command_that_fails_is_seen(tmp_path):
    (tmp_path / "here").mkdir()
    for line in ("autograder frob", "frobnicate"):
        with pytest.raises(AssertionError, match="ended with"):
            Walk(tmp_path / "here").run(Said("page", line, 0))


# ------------------------------------------------------------------ as it is typed, all of it

MODULES = (
    "pytest",
    "jupyter",
    "nbgrader",
    "alembic",
)  # programs that are not installed again, each by the name of its module


@pytest.fixture(scope="module")
def programs(tmp_path_factory) -> Path:
    """A folder with programs that run in whichever environment is active."""
    folder = tmp_path_factory.mktemp("programs")
    for name, module in {**{name: name for name in MODULES}, "jupyter-lab": "jupyterlab"}.items():
        (folder / name).write_text(f'#!/bin/sh\nexec python3 -m {module} "$@"\n')
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def libraries(tmp_path_factory) -> Path:
    """What is installed here without this package: pip takes it for installed, so that torch is not downloaded again. The files
    themselves and no symbolic links, behind which a walled process may not read."""
    folder = tmp_path_factory.mktemp("libraries")
    own = shutil.ignore_patterns("deep_autograder*", "__editable__*")
    shutil.copytree(LIBRARIES, folder, dirs_exist_ok=True, ignore=own, copy_function=linked)
    return folder


def linked(source: str, to: str) -> None:
    """A second name for a file, a copy where another file system begins."""
    try:
        os.link(source, to)
    except OSError:
        shutil.copy2(source, to)


@pytest.fixture
def newcomer(installed, programs, libraries, tmp_path):  # noqa: F811 - a fixture
    """(page) -> a walk with the programs of an environment into which the wheel was installed."""

    def walk(folder: Path) -> Walk:
        config = tmp_path / "jupyter"
        config.mkdir()
        (config / "jupyter_server_config.json").write_text('{"ServerApp": {"allow_root": true, "open_browser": false}}')
        given = {
            "PYTHONPATH": str(libraries),
            "PIP_NO_BUILD_ISOLATION": "0",  # setuptools is among the libraries
            "PIP_CONSTRAINT": "",
            "JUPYTER_CONFIG_DIR": str(config),
            "JUPYTER_PATH": str(
                Path(sys.prefix, "share", "jupyter")
            ),  # the pages' templates of what is not installed again
        }
        return Walk(folder, path=[installed, programs], environment=given, before=BEFORE)

    return walk


@pytest.mark.slow
@pytest.mark.parametrize("page", with_some(run_here))
def test_the_commands_of_a_page_run_as_they_are_typed(page, newcomer, built, pack, tmp_path):  # noqa: F811 - a fixture
    if page in ("docs/student.md", PACK):  # the pack installs the engine
        small_clone(tmp_path / "course")
        pack = tmp_path / "pack"
        a_pack(pack, tmp_path / "course", str(built[0]))
    prepare(page, tmp_path / "here", pack, whole=True)
    walk = newcomer(tmp_path / "here")
    for said in filter(run_here, SAID[page]):
        walk.run(said)


@pytest.mark.slow
@pytest.mark.parametrize("text", sorted(DEAR))
def test_what_takes_long_runs_in_a_clone(text, newcomer, tmp_path):
    (tmp_path / "here").mkdir()
    clone(tmp_path / "here")
    newcomer(tmp_path / "here").run(next(said for said in EVERY if said.text == text))
