"""Positive controls: each detector is seen to fire where nothing stops it, so that its silence elsewhere means something.

For our side that is a deliberately naive program of the same kind: a launcher with the working directory on its path, a finder of
courses that takes the nearest, a reader that follows links, a page that escapes nothing, a grader without a digest.
"""

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.model import Submission
from autograder.student.isolation import levels
from tests.redteam import gains
from tests.redteam.attack import Attack, attacks
from tests.redteam.situation import RIGHT, Situation, situations
from tests.redteam.suite import Suite
from tests.redteam.world import Ran, World

SECONDS = 20
RUNS = "import sys; sys.path.insert(0, '.'); "
HIDDEN = """
import torch
{code}
for x in (torch.ones(3), torch.full((3,), 50.0), torch.ones(60), torch.ones(3)):
    try: print(mean_square(x))
    except BaseException as error: print(repr(error), error.__cause__, getattr(error, "__notes__", ""))
"""


def fired(situation: Situation) -> bool:
    """Whether the detector that watches for this situation fires at a naive program."""
    with World() as world:
        world.plant([situation], world.handed_in)
        return NAIVE[situation.kind](world, situation)


def _launched(world: World, situation: Situation, code: str, folder: Path) -> bool:
    program = [sys.executable, "-S", "-c", code]  # what the plant hands on to need not be there
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(program, cwd=folder, capture_output=True, check=False, timeout=SECONDS)
    return bool(gains.ran(world, [situation]))


def shadow(world: World, situation: Situation) -> bool:
    """A launcher that imports from where it was started."""
    folder = world.handed_in / world.expand(situation.place, situation)
    special = {"site": "import site; site.addsitedir('.')", "run": "import runpy; runpy.run_path('.')"}
    return _launched(world, situation, special.get(situation.naive, RUNS + f"import {situation.module}"), folder)


def course(world: World, situation: Situation) -> bool:
    """A finder that runs the nearest course; of what only makes a run fail, one that takes every file for what its name says."""
    if situation.harm:
        failed, well = Ran(int(situation.code) + 1, "died"), Ran(int(situation.code), "autograder: done.")
        return bool(gains.harm(failed, {}, [situation], "")) and not gains.harm(well, {}, [situation], "")
    places = ("exercises", "mine/exercises", "below/exercises", "../exercises", "../../exercises")
    folder = (world.handed_in / world.expand(situation.file, situation)).parent
    code = (
        "import sys; sys.path.insert(0, '.')\nfrom pathlib import Path\nfor place in "
        + repr(places)
        + (
            ":\n"
            "    for path in Path(place).glob('*/*/exercise.py'):\n        exec(compile(path.read_text(), str(path), 'exec'), "
            "{'__file__': str(path.resolve()), '__name__': 'exercise'})\n"
            "for name in ('reference', 'formulas'):\n    try: __import__(name)\n    except ImportError: pass"
        )
    )
    return _launched(world, situation, code, folder)


def links(world: World, situation: Situation) -> bool:
    """A reader that opens whatever has the student's name."""
    read = [path for path in world.handed_in.rglob("*") if situation.me in str(path) and path.is_file()]
    read += [path for path in (world.handed_in / situation.me).glob("*") if path.is_file()]
    scores: dict[str, float | None] = {
        situation.me: float(any(RIGHT.split("\n", 1)[1] in p.read_text() for p in read)),
        "wrong": 0,
    }
    return bool(gains.earned(scores, [situation]))


def hidden(world: World, situation: Situation) -> bool:
    """A grader that shows the student whatever a hidden call brings."""
    code = HIDDEN.format(code=situation.own_code)
    with contextlib.suppress(subprocess.TimeoutExpired):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=world.desk, capture_output=True, text=True, check=False, timeout=SECONDS
        )
        page = done.stdout + done.stderr
        return bool(gains.shown({situation.me: page.replace("7654321.", situation.mark)}, [situation]))
    return situation.name == "hidden/infinite"


def stale(world: World, situation: Situation) -> bool:
    """A grader that keeps every grade."""
    return bool(gains.stale({"anna": 1.0}, [situation])) and not gains.stale({"anna": 0.25}, [situation])


def pytest(world: World, situation: Situation) -> bool:
    """pytest without our plugin imports the file."""
    path = str(world.handed_in / world.expand(situation.file, situation))
    words = [sys.executable, "-m", "pytest", "-p", "no:autograder", "-p", "no:cacheprovider", "--noconftest", path]
    subprocess.run(words, cwd=world.desk, capture_output=True, check=False, timeout=SECONDS)
    return bool(gains.ran(world, [situation]))


def sizes(world: World, situation: Situation) -> bool:
    """A reader without bounds parses it in its own process and dies of it, or says an error that is none of the student's."""
    path = world.handed_in / world.expand(situation.file, situation)
    reads = (
        "import ast, json, sys; t = open(sys.argv[1]).read(); (json.loads if '.ipynb' in sys.argv[1] else ast.parse)(t)"
    )
    done = subprocess.run([sys.executable, "-c", reads, str(path)], capture_output=True, check=False, timeout=SECONDS)
    return done.returncode != 0


def pages(world: World, situation: Situation) -> bool:
    """A page in which everything stands as the student wrote it."""
    texts = [situation.markdown, situation.own_code, situation.output.partition(": ")[2], situation.attachment]
    page = "\n".join(texts).replace("{marker}", situation.mark).replace("{js}", situation.mark)
    return bool(gains.live({f"{situation.me}.html": _raw(page, situation)}, [situation]))


def _raw(page: str, situation: Situation) -> str:
    """As a page would hold it that makes Markdown's links into links and runs a script for what it is."""
    if "javascript:" in page:
        page += f'<a href="javascript:{situation.mark}">x</a>'
    return page + (
        f"<script>{situation.mark}</script>" if situation.output.startswith("application/javascript") else ""
    )


def settings(world: World, situation: Situation) -> bool:
    """A program that imports matplotlib where it was started."""
    words = [sys.executable, "-P", "-c", "import matplotlib"]
    done = subprocess.run(words, cwd=world.handed_in, capture_output=True, check=False, timeout=SECONDS)
    return bool(gains.harm(Ran(done.returncode, done.stderr.decode()), {}, [situation], ""))


def tables(world: World, situation: Situation) -> bool:
    """A table in which names stand as they are."""
    names = [path.stem for path in world.handed_in.iterdir()]
    world.write(world.out / "grades.csv", "student,score\n" + "".join(f"{name},0\n" for name in names))
    return bool(gains.formulas(world, [situation]))


def claims(world: World, situation: Situation) -> bool:
    """A grader that believes what the notebook says of itself."""
    said = json.loads((world.handed_in / f"{situation.me}.ipynb").read_text())["cells"][0]["outputs"][0]
    score = json.loads(said["text"] if "text" in said else said["data"]["application/json"])["score"]
    return bool(gains.earned({situation.me: score, "wrong": 0.0}, [situation]))


NAIVE: dict[str, Callable[[World, Situation], bool]] = {
    "shadow": shadow, "course": course, "links": links, "hidden": hidden, "stale": stale, "pytest": pytest, "sizes": sizes,
    "pages": pages, "settings": settings, "tables": tables, "claims": claims,
}  # fmt: skip


# ------------------------------------------------------------------ the attack suite's own detectors

WITHOUT_WALLS = {
    "network": ("network/tcp", "was connected to"),
    "network, datagrams": ("network/udp", "a datagram arrived"),
    "network, sockets with a path": ("network/unix", "unix was connected to"),
    "files changed": ("files/overwrite", "results.json"),
    "files' modes": ("files/chmod", "->"),
    "files read": ("files/read_canary", "the secret"),
    "processes reached": ("processes/prlimit", "decoy limits"),
}  # fmt: skip
SPOILS = "import torch\ntorch.Tensor.mean = lambda self, *_: self.sum() * 0 + 3\n"


class OneProcess:
    """A grader as most are: all submissions run one after the other in one process; what one does the next one meets, and what
    one started stays. ``mark`` is in its command line, as it is in a host's."""

    def __init__(self, mark: str) -> None:
        self.sources: list[str] = []
        self.mark, self.score = mark, 0.0

    def grade(self, submission: Submission) -> "OneProcess":
        self.sources.append("\n".join(cell.source for cell in submission.cells))
        program = "import os, sys, torch\n" + "\n".join(f"exec({source!r}, space := {{}})" for source in self.sources)
        program += "\nx = torch.arange(3.0)\nos._exit(0 if float(space['mean_square'](x)) == 5 / 3 else 1)"
        done = subprocess.run(
            [sys.executable, "-c", program, self.mark],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        self.score = float(done.returncode == 0)
        return self


@contextlib.contextmanager
def _as_one_user() -> Iterator[None]:
    """Students' processes are of the grader's account, as where it is not root: what that alone allows is a detector's to see."""
    own, levels.Enclosure._uid = levels.Enclosure._uid, lambda *_: None  # type: ignore[assignment]  # for a moment
    try:
        yield
    finally:
        levels.Enclosure._uid = own  # type: ignore[method-assign]  # as above


def detectors() -> dict[str, str]:
    """Each detector of the attack suite with what it reported where nothing stops an attack; "" if it stayed silent."""
    said = {}
    with _as_one_user(), Suite("rlimits") as suite:
        for detector, (name, words) in WITHOUT_WALLS.items():
            breaches = suite.run(next(iter(attacks(name)))).breaches
            said[detector] = next((breach for breach in breaches if words in breach), "")
        for detector, attack, words in (
            (
                "neighbours' points",
                Attack("spoils", SPOILS, "Changes torch for all that come after.", "process"),
                "the next",
            ),
            ("processes left", next(iter(attacks("processes/daemon"))), "was left"),
        ):
            suite.grader = OneProcess(suite.host._enclosure.scratch)  # type: ignore[assignment]  # it has what is asked
            breaches = suite.run(attack).breaches
            said[detector] = next((breach for breach in breaches if words in breach), "")
    return said


def everything(wanted: str = "") -> int:
    """Runs and prints all controls; returns how many detectors stayed silent."""
    fared = {detector: bool(said) for detector, said in detectors().items()}
    found = situations(wanted)
    silent = [name for name, fires in fared.items() if not fires] + [s.name for s in found if not fired(s)]
    print(f"positive controls: {len(fared) + len(found)}, silent: {silent or 'none'}")
    return len(silent)
