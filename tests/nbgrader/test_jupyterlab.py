"""A student's pack in a real JupyterLab: the notebook opens, runs, and its cells show what is wrong."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from autograder.commands.release import release
from tests.conftest import SUM
from tests.nbgrader.chromium import CHROMIUM, Page
from tests.nbgrader.conftest import cell

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="needs chromium"),
]
TOKEN = "lab"


def test_the_released_notebook_runs_and_tells_what_is_wrong(tmp_path, course):
    pack = tmp_path / "pack"
    release("small", pack, course=course)
    notebook = json.loads((pack / "small.ipynb").read_text())
    cell(notebook, "mean_square")["source"] = SUM
    (pack / "small.ipynb").write_text(json.dumps(notebook))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--no-browser", f"--port={port}", "--ip=127.0.0.1", f"--IdentityProvider.token={TOKEN}", "--allow-root"]
    command = [sys.executable, "-m", "jupyterlab", *options, "--LabApp.expose_app_in_browser=True"]
    home = {"HOME": str(tmp_path), "JUPYTER_RUNTIME_DIR": str(tmp_path / "run")}
    with (tmp_path / "lab.log").open("w") as log:
        process = subprocess.Popen(command, cwd=pack, env=os.environ | home, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/api/status?token={TOKEN}", tmp_path / "lab.log")
            with Page(tmp_path / "profile", {"Authorization": f"token {TOKEN}"}) as page:
                shown = _run_all(page, f"http://127.0.0.1:{port}/lab/tree/small.ipynb?token={TOKEN}")
        finally:
            process.terminate()
            process.wait(30)
    assert "You return the sum of the squares; the mean is asked." in shown
    assert "mean_square(x=[0, 1])" in shown
    assert "Traceback" not in shown and "is deprecated" not in shown


def _wait(url: str, log: Path) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(url, timeout=10).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    raise AssertionError(log.read_text())


def _run_all(page: Page, url: str) -> str:
    """Opens the notebook, runs it, and returns what it shows once the check has answered."""
    page.open(url, "The title of the task", 120)
    for _ in range(60):
        if page.run("!!(window.jupyterapp && jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel)"):
            break
        time.sleep(1)
    page.run("jupyterapp.commands.execute('notebook:run-all-cells').then(() => 1)")
    for _ in range(120):
        shown = str(page.run("document.body.innerText"))
        if "to fix" in shown:
            break
        time.sleep(1)
    if folder := os.environ.get("AUTOGRADER_SCREENSHOTS"):
        page.picture(Path(folder) / "jupyterlab.png")
    return shown
