"""The folders in which a situation is laid out, and the front ends run there as a person would run them."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.redteam.situation import RIGHT, WRONG, Situation

BIN = Path(sys.executable).parent
COURSE = Path(__file__).parent / "course"
SECONDS = 900  # of patience with a busy machine
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "course"
import os, sys
sys.path[:] = [folder for folder in sys.path if folder and os.path.realpath(folder) != os.path.realpath(os.curdir)]
from autograder.nbgrader import configure
configure(c, course={course!r}, training=False)
"""
ASK = """
import os
from autograder.nbgrader import cell
os.chdir({folder!r})
try:
    cell.check("mean_square", "target")
except BaseException as error:
    print(error)
"""


@dataclass(frozen=True)
class Ran:
    """What a command ended with and said."""

    code: int
    said: str


class World:
    """A course, a class with two right answers and a wrong one, a place for results, and what is planted; a context manager."""

    def __enter__(self) -> "World":
        self.root = Path(tempfile.mkdtemp(prefix="ourside-"))
        self.root.chmod(0o755)
        self.course, self.handed_in, self.desk = self.root / "course", self.root / "class", self.root / "desk"
        self.out, self.marks, self.nb = self.root / "out", self.root / "marks", self.root / "nb"
        shutil.copytree(COURSE, self.course, ignore=shutil.ignore_patterns("__pycache__"))
        for name, content in (("anna.py", RIGHT), ("berta/sheet.py", RIGHT), ("wrong.py", WRONG)):
            self.write(self.handed_in / name, content)
        self.write(self.root / "earlier/anna.py", RIGHT)
        for folder in (self.desk, self.out, self.marks):
            folder.mkdir()
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.root, ignore_errors=True)

    def write(self, path: Path, content: str | bytes) -> None:
        assert not path.exists(), f"two situations lay out {path}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def expand(self, text: str, situation: Situation) -> str:
        words = {"me": situation.me, "class": self.handed_in, "course": self.course, "root": self.root, "nb": self.nb}
        for word, value in words.items():
            text = text.replace(f"{{{word}}}", str(value))
        return text

    def plant(self, found: Sequence[Situation], folder: Path) -> None:
        """Lays the situations out in ``folder``; each student hands something in."""
        for situation in found:
            for name, template in situation.files.items():
                self.write(folder / self.expand(name, situation), situation.text(template, self.marks))
            for name, source in situation.zips.items():
                self._pack(folder / self.expand(name, situation), folder / self.expand(source, situation))
            self.link(folder, situation.links, situation)
            mine = any(situation.me in name for name in (*situation.files, *situation.links)) or situation.file
            if folder == self.handed_in and not mine and situation.kind in ("hidden", "pages"):
                self.write(folder / f"{situation.me}.ipynb", json.dumps(situation.notebook()))

    def link(self, folder: Path, links: dict[str, str], situation: Situation) -> None:
        for name, target in links.items():
            path = folder / self.expand(name, situation)
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            path.unlink(missing_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(self.expand(target, situation))

    def _pack(self, archive: Path, folder: Path) -> None:
        with zipfile.ZipFile(archive, "w") as zipped:
            for path in sorted(folder.rglob("*")):
                zipped.write(path, path.relative_to(folder))

    # -------------------------------------------------------------- commands

    def run(self, folder: Path, *words: str, code: str = "") -> Ran:
        """A command in ``folder``, with the course known to the environment only if the command says so."""
        environment = {
            **os.environ,
            "XDG_STATE_HOME": str(self.root / "state"),
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "OMP_NUM_THREADS": "1",
            "COLUMNS": "200",
        }
        for name in [name for name in environment if name.startswith(("AUTOGRADER", "PYTHON", "PYTEST", "COV"))]:
            del environment[name]
        command = [*words] if not code else [str(BIN / "python"), "-P", "-c", code]
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            check=False,
            timeout=SECONDS,
            stdin=subprocess.DEVNULL,
        )
        return Ran(done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace"))

    def autograder(self, folder: Path, *words: str, course: bool = True) -> Ran:
        return self.run(folder, str(BIN / "autograder"), *words, *(("--course", str(self.course)) if course else ()))

    def grade(
        self, folder: Path, path: str, out: str, *, jobs: int = 1, course: bool = True, module: bool = False
    ) -> Ran:
        words = ["grade", "target", path, "--out", out, "--jobs", str(jobs), "--no-training"]
        if module:
            return self.run(folder, str(BIN / "python"), "-m", "autograder", *words, "--course", str(self.course))
        return self.autograder(folder, *words, course=course)

    def pytest(self, folder: Path, *paths: str) -> Ran:
        return self.run(folder, str(BIN / "pytest"), "-q", "-p", "no:cacheprovider", "--no-training", *paths)

    # -------------------------------------------------------------- nbgrader

    def release_assignment(self) -> None:
        """An nbgrader course in which the sheet is released."""
        self.nb.mkdir()
        (self.nb / "nbgrader_config.py").write_text(CONFIG.format(course=str(self.course)))
        self.autograder(self.desk, "notebook", "target", "--to", str(self.nb / "source/target/target.ipynb"))
        done = self.run(self.nb, str(BIN / "nbgrader"), "generate_assignment", "target")
        assert done.code == 0, done.said

    def hand_in_notebooks(self, found: Sequence[Situation]) -> None:
        """Each student's notebook is the released one with the student's code in it; links last."""
        released = json.loads((self.nb / "release/target/target.ipynb").read_text())
        honest = [("anna", RIGHT, None), ("wrong", WRONG, None)]
        for name, code, situation in [*honest, *((s.me, s.own_code, s) for s in found if s.kind != "shadow")]:
            notebook = json.loads(json.dumps(released))
            cell = next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution"))
            cell["source"] = code
            if situation is not None:
                cell["outputs"] = situation.outputs()
                notebook["cells"] += situation.notebook()["cells"][1:]
            folder = self.nb / "submitted" / name / "target"
            self.write(folder / "target.ipynb", json.dumps(notebook))
            (folder / "timestamp.txt").write_text("2026-01-02 00:00:00 UTC\n")
        for situation in found:
            self.link(self.nb, dict(situation.nb_links), situation)

    def nbgrader(self, *words: str) -> Ran:
        return self.run(self.nb, str(BIN / "nbgrader"), *words)

    def ask_worker(self, folder: Path) -> Ran:
        """The cell's own check, from a notebook whose folder is ``folder``."""
        return self.run(self.desk, code=ASK.format(folder=str(folder)))
