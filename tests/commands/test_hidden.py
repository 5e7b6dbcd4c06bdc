"""Hidden checks stay hidden: of one a student sees its name and a sentence the course wrote, in every output.

Each channel below tries to carry a number that only hidden calls are given to what the student is handed.
"""

import base64
from dataclasses import replace

import pytest
from click.testing import CliRunner

from autograder.commands.cli import cli
from autograder.formats import html, json
from autograder.grading.grader import Grader
from autograder.model import Check, Criterion, Line, Picture, Status
from autograder.model.errors import CourseError, Mistake, NeedsPerson
from autograder.student import Host
from autograder.student.student import Student
from tests.commands.hidden import FAR, HINT, OTHER, SECRET, TELL, WORKSHEET, for_students, sheet
from tests.conftest import finding, hand_in, make_course
from tests.nbgrader.conftest import cell, make_nb_course

PRELUDE = """
import logging, os, sys, time, warnings
import torch
def far(x): return bool((x.detach().abs() > 5000).any())
def leak(x): return "LEAK" + " ".join(f"{v:.3f}" for v in x.detach().flatten()[:2].tolist())
def recall(): return ""
def f(x):
    if far(x): return at(x)
    if recall(): raise ValueError(recall())
    return x**2
def g(x):
    if far(x): return at(x)
    if recall(): raise ValueError(recall())
    return x**2
"""
TOLD = {  # what a hidden call itself says
    "the message of an assert": "def at(x): assert not far(x), leak(x)",
    "the arguments of an exception": "def at(x): raise KeyError(leak(x), x)",
    "its cause": "def at(x):\n    try: raise ValueError(leak(x))\n    except ValueError as e: raise KeyError(1) from e",
    "its notes": "def at(x):\n    e = ValueError()\n    e.add_note(leak(x))\n    raise e",
    "the name of its type": "def at(x): raise type(leak(x).replace(' ', '_'), (Exception,), {})",
    "its __str__": "class E(Exception):\n    def __str__(self): return self.args[0]\ndef at(x): raise E(leak(x))",
    "leaving the program": "def at(x): sys.exit(leak(x))",
    "a file that is not there": "def at(x): open(leak(x))",
    "a module that is not there": "def at(x): __import__(leak(x))",
    "a permission refused": "def at(x): open('/proc/1/' + leak(x), 'w')",
    "a wrong value": "def at(x): return x + 1",
    "a text for a value": "def at(x): return leak(x)",
    "the type of a value": "def at(x): return type(leak(x).replace(' ', '_'), (), {})()",
    "a wrong shape": "def at(x): return (x**2).expand(int(x.flatten()[0]), *x.shape)",
    "NaN": "def at(x): return x * float('nan')",
    "a value that is too large": "def at(x): return {leak(x) * 1000: x.expand(10**9, *x.shape)}",
    "an array": "def at(x): return (x**2).detach().numpy()",
    "another value each time": "n = [0]\ndef at(x):\n    n[0] += 1\n    return x**2 + n[0] * x",
    "an argument changed in place": "def at(x):\n    y = x**2\n    x.detach().mul_(2)\n    return y",
    "a wrong gradient": "def at(x): return (x**2).detach() + x - x.detach()",
    "no gradient": "def at(x): return (x**2).detach()",
    "a backward pass that fails": "class B(torch.autograd.Function):\n"
    "    @staticmethod\n    def forward(ctx, x):\n        ctx.save_for_backward(x)\n        return x**2\n"
    "    @staticmethod\n    def backward(ctx, d): raise ValueError(leak(ctx.saved_tensors[0]))\n"
    "def at(x): return B.apply(x)",
    "odd and even": "def at(x): return x**2 if (x > 0).all() else x",
    "a recognised mistake": "def at(x): return x**4",
    "printing": "def at(x):\n    print(leak(x))\n    print(leak(x), file=sys.stderr)\n    os.write(1, leak(x).encode())",
    "a warning": "def at(x): warnings.warn(leak(x))",
    "a log": "def at(x): logging.error(leak(x))",
}
PLANTED = {  # what a hidden call leaves behind for a public call to say
    "a global": "told = []\ndef at(x): told.append(leak(x))\ndef recall(): return ''.join(told)",
    "an attribute of a function": "def at(x): f.told = leak(x)\ndef recall(): return getattr(f, 'told', '')",
    "an attribute of a module": "def at(x): torch.told = leak(x)\ndef recall(): return getattr(torch, 'told', '')",
    "a default argument": "def at(x, told=[]): told.append(leak(x))\ndef recall(): return ''.join(at.__defaults__[0])",
    "the environment": "def at(x): os.environ['TOLD'] = leak(x)\ndef recall(): return os.environ.get('TOLD', '')",
    "a file": "def at(x): open('told', 'w').write(leak(x))\ndef recall(): return ''.join(open(n).read() for n in os.listdir())",
    "the name of a file": "def at(x): open(leak(x), 'w')\ndef recall(): return ''.join(os.listdir())",
    "a file among temporary ones": "import tempfile\ndef at(x): open(tempfile.gettempdir() + '/told', 'w').write(leak(x))\n"
    "def recall():\n    p = tempfile.gettempdir() + '/told'\n    return open(p).read() if os.path.exists(p) else ''",
    "the working directory": "def at(x):\n    os.mkdir(leak(x))\n    os.chdir(leak(x))\ndef recall():\n"
    "    return os.path.basename(os.getcwd()) if 'LEAK' in os.getcwd() else ''",
    "a function put in place": "def at(x):\n    def g(y, told=leak(x)): raise ValueError(told)\n"
    "    def f(y, told=leak(x)): raise ValueError(told)\n    globals().update(f=f, g=g)",
    "a default of torch": "def at(x): torch.set_default_dtype(torch.float64)\n"
    "def recall(): return 'LEAK' if torch.get_default_dtype() is torch.float64 else ''",
    "a random generator of its own": "own = torch.Generator()\nown.manual_seed(0)\ndef at(x): own.manual_seed(int(x.max()))\n"
    "def recall(): return f'LEAK{own.initial_seed()}' if own.initial_seed() else ''",
    "a thread": "import threading\ndef at(x):\n    t = leak(x)\n"
    "    threading.Thread(target=lambda: globals().update(t=t)).start()\n    time.sleep(0.01)\n"
    "def recall(): return globals().get('t', '')",
    "the limits of the process": "import resource\nN = resource.RLIMIT_NOFILE\n"
    "def at(x): resource.setrlimit(N, (int(x.max()) % 50 + 9,) * 2)\n"
    "def recall():\n    n = resource.getrlimit(N)[0]\n    return f'LEAK{n}' if n < 60 else ''",
    "the process's end": "def at(x): os._exit(3)\ndef recall(): return ''",
    "the time that is left": "def at(x): time.sleep(9)",
}  # fmt: skip
CHANNELS = TOLD | {f"{name}, for a later call": body for name, body in PLANTED.items()}
MARKS = ("LEAK", "7319", "7.319", "7318", "7320", "53571", "5.357e", "1.464e+04", "14638")


@pytest.fixture(scope="module")
def host():
    with Host(sheet().settings) as host:
        yield host


def outputs(host, body: str, secret: float = SECRET):
    asked = sheet(secret)
    with Grader(asked, host) as grader:
        report = grader.grade(hand_in(PRELUDE + body + "\n"))
    return report, for_students(report, asked)


@pytest.mark.parametrize("channel", CHANNELS)
def test_nothing_that_a_hidden_call_saw_reaches_a_student(host, channel):
    report, shown = outputs(host, CHANNELS[channel])
    found = {name: [mark for mark in MARKS if mark in output] for name, output in shown.items()}
    assert not {name: marks for name, marks in found.items() if marks}
    failed = [f for r in report.results for f in r.findings if f.status is Status.FAILED]
    assert failed and {f.visibility for f in failed} <= {"hidden"}  # the channel was used, and no public check saw it


@pytest.mark.parametrize(
    "channel", ["the message of an assert", "a wrong value", "an attribute of a module, for a later call"]
)
def test_with_another_secret_a_student_sees_the_same_bytes(host, channel):
    assert outputs(host, CHANNELS[channel])[1] == outputs(host, CHANNELS[channel], OTHER)[1]


def test_a_student_reads_the_sentence_of_the_course_and_the_instructor_everything(host):
    report, shown = outputs(host, TOLD["a wrong value"])
    assert all(HINT in shown[name] for name in shown if name.split()[0] not in ("canvas", "csv"))
    whole = html.render(report, audience="instructor").decode()
    assert "f returns 7320 where 5.357e+07 is expected." in whole and "f(x=7319)" in whole
    assert "LEAK" in html.render(outputs(host, TOLD["the message of an assert"])[0], audience="instructor").decode()


def test_a_recognised_mistake_is_told_in_the_words_of_the_course_alone(host):
    report, shown = outputs(host, TOLD["a recognised mistake"])
    assert finding(report, "is right far out", "f").mistake == "squares_twice"
    assert all(TELL in shown[name] for name in ("page", "markdown", "text", "junit", "gradescope", "nbgrader said f"))
    assert not any("squares_twice" in output or "squares twice" in output for output in shown.values())


def test_hidden_calls_come_last_and_in_a_process_of_their_own(host, monkeypatch):
    asked = []

    def noted(original):
        def ask(self, calls, seconds):
            given = original(self, calls, seconds)
            asked.append((any(bool((call.args[0].abs() > FAR).any()) for call in calls), id(self._process)))
            return given

        return ask

    for way in ("calls", "ahead"):
        monkeypatch.setattr(Student, way, noted(getattr(Student, way)))
    outputs(host, "def at(x): return x**2")
    first = [far for far, _ in asked].index(True)
    before, after = {pid for _, pid in asked[:first]}, {pid for _, pid in asked[first:]}
    assert len(before) == len(after) == 1 and not before & after


# ------------------------------------------------------------------ checks that say more than they should

MARK = "MARK-7319"
PICTURE = Picture("image/svg+xml", f"<svg>{MARK}</svg>".encode(), MARK)
DETAIL = (PICTURE, Line(1, MARK, MARK, "first error", MARK), Criterion(MARK, 1, MARK), MARK)
SAYING = {
    "a failure": Mistake(MARK, MARK, 0.5, counterexample=MARK, hint=MARK, detail=DETAIL),
    "a failure that is searched for": Mistake(MARK, shrink=lambda: (MARK, MARK)),
    "a question to a person": NeedsPerson(MARK, DETAIL),
    "a fault of ours": ZeroDivisionError(MARK),
}


@pytest.mark.parametrize("visibility", ["hidden", "public"])
@pytest.mark.parametrize("said", [*SAYING, "what it passed with"])
def test_no_part_of_a_hidden_finding_reaches_a_student(host, said, visibility):
    def run(answer: object) -> tuple[object, ...]:
        if said in SAYING:
            raise SAYING[said]
        return DETAIL

    asked = sheet()
    asked = replace(asked, exercises=(replace(asked.exercises[0], checks=(Check("says", 1, run, visibility),)),))
    with Grader(asked, host) as grader:
        report = grader.grade(hand_in(PRELUDE))
    shown = for_students(report, asked)
    encoded = (MARK, base64.b64encode(PICTURE.data).decode())
    seen = any(mark in output for output in shown.values() for mark in encoded)
    assert seen == (visibility == "public" and said != "a fault of ours")
    assert MARK in json.render(report).decode()


def test_a_hidden_check_without_an_answer_says_so(host):
    asked = sheet()
    with Grader(asked, host) as grader:
        shown = for_students(grader.grade(hand_in("")), asked)
    assert "'f' is not defined anywhere" in shown["text"]


def test_a_public_check_cannot_wait_for_a_hidden_one():
    hidden = Check("far", 1, print, visibility="hidden")
    with pytest.raises(CourseError, match="is public and needs a hidden one"):
        replace(sheet().exercises[0], checks=(hidden, Check("near", 1, print, needs=("far",))))


def test_a_student_does_not_learn_how_long_hidden_calls_took(host):
    report, shown = outputs(host, "def at(x): return x**2")
    assert report.seconds and '"seconds": {}' in shown["json"]


# ------------------------------------------------------------------ through the commands


FAR_CHECK = """
from autograder.inputs.domains import interval
from dataclasses import replace
far = replace(battery, inputs=arguments(interval(7319, 7320, (7319.25,)), shapes=[[(2,)]]), key="hidden", count=2)
checks.insert(0, agrees(far, name="is right far out", visibility="hidden", hint="Try your function far from 0."))
"""
ANSWER = "def mean_square(x):\n    assert x.abs().max() < 5000, f'LEAK{x}'\n    return (x**2).mean()\n"


@pytest.fixture(scope="module")
def hiding(tmp_path_factory):
    """The small course with a hidden check."""
    course = make_course(tmp_path_factory.mktemp("hiding"))
    exercise = course / "exercises" / "small" / "mean_square" / "exercise.py"
    exercise.write_text(exercise.read_text() + FAR_CHECK)
    return course


def test_what_the_commands_hand_out_says_nothing(hiding, tmp_path):
    (tmp_path / "in").mkdir()
    own = ANSWER.replace("f'LEAK{x}'", "'LE' + f'AK{x}'")  # students see their own code, which is no leak
    (tmp_path / "in" / "anna.py").write_text(own)
    (tmp_path / "worksheet.csv").write_text(WORKSHEET)
    run = CliRunner()
    options = ["--course", str(hiding), "--i-trust-these-students"]
    graded = run.invoke(cli, ["grade", "small", str(tmp_path / "in"), "--out", str(tmp_path / "out"), *options])
    assert graded.exit_code == 0, graded.output
    for format_, more in {
        "moodle": ["--template", str(tmp_path / "worksheet.csv")],
        "gradescope": [],
        "csv": [],
        "canvas": [],
        **{name: ["--audience", "student"] for name in ("json", "junit", "text", "markdown")},
    }.items():
        to = ["--format", format_, "--to", str(tmp_path / "made" / format_), *more, "--course", str(hiding)]
        (tmp_path / "made").mkdir(exist_ok=True)
        assert run.invoke(cli, ["export", str(tmp_path / "out"), *to]).exit_code == 0
    checked = run.invoke(cli, ["check", "small", str(tmp_path / "in" / "anna.py"), "--course", str(hiding)])
    page = (tmp_path / "out" / "feedback" / "anna.html").read_text()
    handed = {path.name: path.read_text() for path in (tmp_path / "made").iterdir()}
    handed |= {"page": page, "check": checked.output, "grade": graded.output}
    assert "Try your function far from 0." in page and "is right far out" in page
    assert not {name for name, output in handed.items() for mark in ("LEAK", "7319", "7320") if mark in output}
    assert "LEAK" in (tmp_path / "out" / "reports" / "anna.json").read_text()  # the instructor's


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # nbgrader's own
def test_what_nbgrader_hands_back_says_nothing(hiding, tmp_path):
    nb = make_nb_course(tmp_path / "nb", "small", hiding)
    nb.hand_in(
        "anna", lambda notebook: cell(notebook, "mean_square").update(source=ANSWER.replace("f'LEAK{x}'", "repr(x)"))
    )
    for command in ("autograde", "generate_feedback"):
        code, log = nb.run(command, "small")
        assert code == 0, log
    page = nb.path("feedback", "anna").with_suffix(".html").read_text()
    handed = (page, nb.path("autograded", "anna").read_text(), *nb.comments("anna").values())
    assert "Try your function far from 0." in page
    assert not [output for output in handed if "7319" in output or "7320" in output]
