"""The plain host: the same verdicts as behind walls, from an ordinary child process."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.formats import json as report_json
from autograder.grading import Grader, labelled
from autograder.student import Host, PlainHost, Student
from autograder.student.faults import clean
from autograder.student.loopback import Door, call
from autograder.training import mnist
from tests import warm
from tests.conftest import REPOSITORY
from tests.sheets import NAMES, bundled
from tests.student import helpers as h

SHEETS = {name: bundled(name) for name in NAMES}


def _cases() -> Iterator[object]:
    """Every labelled answer: the first solution and one wrong answer at once, the rest among the slow tests."""
    seen: set[str] = set()
    for name, sheet in SHEETS.items():
        for exercise in sheet.exercises:
            answers = {"solution": exercise.solution, "starter": exercise.starter, **exercise.right}
            answers |= {f"wrong/{wrong.slug}": wrong.source for wrong in exercise.wrong}
            for label, source in answers.items():
                kind = f"{exercise.kind} {label.partition('/')[0]}"
                marks = [pytest.mark.slow] if kind in seen or not sheet.exercises.index(exercise) < 3 else []
                seen.add(kind)
                yield pytest.param(name, exercise.id, label, source, id=f"{exercise.id}/{label}", marks=marks)


@pytest.fixture(scope="module")
def graders() -> Iterator[list[dict[str, Grader]]]:
    """Walled, and plain."""
    settings, root = next(iter(SHEETS.values())).settings, mnist().root
    walled = Host(settings, secret=(REPOSITORY,), readable=[root], data={"mnist": root})
    plain = PlainHost(settings, data={"mnist": root}, ahead=True)
    with walled, plain:
        made = [{name: Grader(sheet, host) for name, sheet in SHEETS.items()} for host in (walled, plain)]
        yield made
        for grader in [grader for by_sheet in made for grader in by_sheet.values()]:
            grader.__exit__(None, None, None)


@pytest.mark.parametrize(("sheet", "exercise", "label", "source"), list(_cases()))
def test_a_labelled_answer_has_the_same_report(graders, sheet, exercise, label, source):
    submission = labelled(source, label, SHEETS[sheet].exercise(exercise))
    reports = [
        replace(by_sheet[sheet].grade(submission, [exercise]), isolation="", seconds={}, hurried=False)
        for by_sheet in graders
    ]
    walled, plain = (report_json.render(report, SHEETS[sheet], audience="instructor").decode() for report in reports)
    assert plain == walled


@pytest.fixture(scope="module")
def host() -> Iterator[PlainHost]:
    with PlainHost(h.SETTINGS, ahead=True) as host:
        yield host


@pytest.mark.parametrize(
    ("source", "kind", "words"),
    [
        ("def f():\n    while True: pass", "timeout", "not done after"),
        ("import os\ndef f(): os._exit(3)", "exit", "ended itself"),
        ("import os\ndef f(): os.abort()", "crash", "abort"),
        ("import os\ndef f():\n    os.closerange(3, 99)\n    return 1", "protocol", "disturbed"),
        ("def f(): return open('there.txt')", "exception", "FileNotFoundError"),
    ],
)
def test_what_ends_a_call_is_said_as_behind_walls(host, source, kind, words):
    fault = h.call(host, source).fault
    assert fault is not None
    assert fault.kind == kind
    assert words in fault.message
    assert "autograder-" not in fault.message


FINDS = """
import gc, os, sys, tempfile, threading
def f():
    here = os.getcwd(), [os.path.basename(tempfile.gettempdir())[:5], threading.active_count(), os.getpid() == os.getsid(0)]
    own = sorted(key for key, value in os.environ.items() if value == here[0])
    return [sorted(sys.modules), sys.path, sys.argv, sorted(os.environ), own, here[1], [*sys.flags], gc.isenabled(), os.umask(0)]
"""


def test_a_process_of_these_tests_is_as_one_that_is_started_for_itself(host):
    """Most are forked from one that has imported torch (``tests/warm.py``)."""
    forked = h.call(host, FINDS).value
    warm.put(False)
    with PlainHost(h.SETTINGS) as cold:
        fresh = h.call(cold, FINDS).value
        assert (
            h.call(cold, "import os\ndef f(): os._exit(3)").fault
            == h.call(host, "import os\ndef f(): os._exit(3)").fault
        )
    assert forked == fresh


def test_what_counts_is_the_processors_time_as_behind_walls(host):
    """A right answer that imports torch's optimisers takes long on a busy machine: that is nobody's endless loop."""
    with Student(host, h.submission("import time\ndef f(): time.sleep(0.6)")) as student:
        h.outcomes(student, h.Call("f", ()))
        assert student.for_("f").spent < 0.5


def test_what_is_printed_is_kept_and_bounded(host):
    with Student(host, h.submission("print('a line')\nprint('é' * (1 << 16))\ndef f(): return 1")) as student:
        assert h.outcomes(student, h.Call("f", ()))[0].value == 1
        assert student.printed.startswith("a line\n")
        assert "more bytes were printed" in student.printed


def test_the_next_process_has_nothing_of_the_last(host):
    assert h.call(host, "import torch\ntorch.mine = 1\ndef f(): return torch.mine").value == 1
    assert h.call(host, "import torch\ndef f(): return hasattr(torch, 'mine')").value is False


def test_a_stranger_at_the_door_is_sent_away():
    door = Door()
    stranger = call(door.told["port"], "0" * 32, "requests")
    ours = [call(**door.told, role=role) for role in ("life", "requests")]
    requests, life = door.open(10, lambda: True)
    ours[1].sendall(b"x")
    assert requests.recv(1) == b"x"
    assert stranger.recv(1) == b""
    with pytest.raises(ConnectionError):
        socket.create_connection(("127.0.0.1", door.told["port"]), timeout=1)
    for sock in (stranger, *ours, requests, life):
        sock.close()


def test_a_child_ends_with_who_started_it(tmp_path):
    script = """
import os
from autograder.student import PlainHost, Student
from tests.student import helpers as h
host = PlainHost(h.SETTINGS)
source = f"import os, time\\nopen({str(os.environ['NOTE'])!r}, 'w').write(str(os.getpid()))\\ndef f(): time.sleep(600)"
with Student(host, h.submission(source)) as student:
    student.missing(["f"])
    os._exit(9)
"""
    note = tmp_path / "pid"
    environment = {**os.environ, "NOTE": str(note), "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", script], env=environment, cwd=REPOSITORY, check=False)
    pid = int(note.read_text())
    for _ in range(200):
        if not Path(f"/proc/{pid}").exists():
            break
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()


def test_folders_of_any_system_are_left_out_of_what_is_said():
    for folder in (
        r"C:\\Users\\Anna B\\Temp\\autograder-12-abcdefgh\\work-12345678\\",
        "/tmp/autograder-7-abcdefgh/work-12345678/",
    ):
        assert clean(f"No such file or directory: '{folder}x.csv'") == "No such file or directory: 'x.csv'"
