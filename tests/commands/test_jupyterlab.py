"""A student's pack in a real JupyterLab, in a browser: cells run, formulas are typeset, trainings show their pictures."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from autograder.commands.release import release
from tests.conftest import REPOSITORY
from tests.formats.browser import CHROMIUM, Page, chromium
from tests.sheets import bundled

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]
SHEET, TOKEN = "generative_models", "a-token"
TRAINED = ("vae_training", "gan_training")
ASKED = ("kl_derivation", *TRAINED)
PATIENCE = 180  # seconds until all cells have run on a busy machine


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A pack of three exercises, with their solutions in the notebook's answer cells."""
    course, pack = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("pack") / "pack"
    source, target = REPOSITORY / "exercises" / SHEET, course / "exercises" / SHEET
    shutil.copytree(REPOSITORY / "reference", course / "reference")
    for id in ASKED:
        shutil.copytree(source / id, target / id)
    shutil.copy(source / "terms.py", target)
    rows = "".join(f'\n[[exercise]]\nid = "{id}"\nitem = "{i}"\npoints = 4\n' for i, id in enumerate(ASKED, 1))
    (target / "sheet.toml").write_text('title = "Trainings"\n' + rows)
    release(SHEET, pack, course=course)
    path = pack / f"{SHEET}.ipynb"
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        if id := cell["metadata"].get("autograder", {}).get("exercise"):
            cell["source"] = answer(id)
    losses = {"cell_type": "code", "id": "losses", "metadata": {}, "source": answer("gan_training"), "outputs": []}
    notebook["cells"].insert(2, losses | {"execution_count": None})
    path.write_text(json.dumps(notebook))
    return pack


def answer(id: str) -> str:
    """The solution, as it stands in a cell."""
    solution = bundled(SHEET).exercise(id).solution
    text = re.search(r'"""(.*)"""', solution, re.S)
    return text[1] if id not in TRAINED and text else solution


@pytest.fixture(scope="module")
def lab(folder, tmp_path_factory) -> Iterator[str]:
    """The address of the notebook in JupyterLab."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        port = door.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("JUPYTER", "AUTOGRADER"))}
    environment |= {"HOME": str(home), "JUPYTER_CONFIG_DIR": str(home), "JUPYTER_DATA_DIR": str(home / "data")}
    options = ["--no-browser", "--allow-root", f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}"]
    command = [sys.executable, "-m", "jupyterlab", *options, "--LabApp.expose_app_in_browser=True"]
    with (home / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            until(lambda: there(f"{address}/api/status?token={TOKEN}"), lambda: (home / "log").read_text())
            yield f"{address}/lab/tree/{SHEET}.ipynb?token={TOKEN}"
        finally:
            process.terminate()
            process.wait(30)


def there(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def until(holds, said) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, said()
        time.sleep(0.3)


NOTEBOOK = "jupyterapp.shell.currentWidget"
READY = f"globalThis.jupyterapp && {NOTEBOOK}?.sessionContext?.session?.kernel?.status == 'idle'"
CHECKS = f"{NOTEBOOK}.content.widgets.filter(c => c.model.sharedModel.source.startsWith('check('))"


FORMULAS = "(node => [...node.querySelectorAll('math, mjx-container')].filter(m => m.getBoundingClientRect().width > 5).length)"


SHARP = "(node => [...node.querySelectorAll('img, svg')].filter(i => i.getBoundingClientRect().width > 50).length)"
ERRORS = "document.querySelectorAll('.jp-mod-error, mjx-merror, .MathJax_Error').length"


def outputs(page: Page) -> list[list[dict]]:
    """What the cells ``check(...)`` show, as the notebook holds it."""
    return json.loads(page.value(f"JSON.stringify({CHECKS}.map(c => c.model.outputs.toJSON()))"))


def shows(page: Page, nth: int) -> str:
    """The place where that check's findings are, in the window."""
    node = f"{CHECKS}[{nth}].outputArea.node"
    page.value(f"({CHECKS}[{nth}].node.scrollIntoView(), 0)")
    until(lambda: page.value(f"{node}.querySelector('.jp-RenderedHTML') != null"), lambda: outputs(page))
    return node


def test_the_packs_notebook_in_jupyterlab(lab, tmp_path):
    with chromium() as page:
        page.show(lab, width=1280)
        until(lambda: page.value(READY), lambda: page.value("document.body.innerText")[:2000])
        page.value("jupyterapp.commands.execute('notebook:run-all-cells').then(() => 0)", wait=True)
        until(lambda: all(outputs(page)), lambda: outputs(page))
        for nth, id in enumerate(ASKED):
            node = shows(page, nth)
            found, least = (SHARP, 3) if id in TRAINED else (FORMULAS, 8)
            until(lambda: page.value(f"{found}({node})") >= least, lambda: outputs(page)[nth])  # noqa: B023 - asked at once
            assert not page.value(f"{node}.scrollWidth > {node}.clientWidth + 1"), f"{id} is wider than its cell"
            (tmp_path / f"{id}.png").write_bytes(page.picture())
        assert {output["output_type"] for found in outputs(page) for output in found} == {"execute_result"}
        assert page.value(f"{FORMULAS}(document.querySelector('.jp-MarkdownCell:not(:first-child)'))") > 3
        assert page.value(ERRORS) == 0
