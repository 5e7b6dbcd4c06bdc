"""Calls: values, gradients and changes come back; whatever a call does, it costs that call alone."""

import dataclasses
import os
import subprocess
import sys

import numpy as np
import pytest
import torch

from autograder.model import Call, Opaque
from autograder.student import Answer, Student
from tests.student.helpers import call, exercise, outcomes, submission

X, Y = torch.tensor([[1.0, -2.0], [3.0, 0.5]]), torch.tensor([2.0, 4.0], dtype=torch.float64)


# ------------------------------------------------------------------ values and gradients


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("None", None),
        ("True", True),
        ("3", 3),
        ("2.5", 2.5),
        ("'a\\x00b'", "a\0b"),
        ("(1, [2])", [1, [2]]),
        ("{'k': 1}", {"k": 1}),
    ],
)
def test_plain_values_come_back(host, expression, value):
    outcome = call(host, f"def f():\n    return {expression}")
    assert outcome.fault is None and outcome.value == value and type(outcome.value) is type(value)


def test_tensors_arrays_and_numpy_scalars_stay_apart(host):
    values = "torch.ones(2, dtype=torch.float16), np.ones(2), np.float32(1), torch.tensor(3)"
    source = f"import torch, numpy as np\ndef f(): return [{values}]"
    tensor, array, scalar, single = call(host, source).value
    assert tensor.dtype == torch.float16 and tensor.shape == (2,)
    assert type(array) is np.ndarray and type(scalar) is np.float32
    assert type(single) is torch.Tensor and single.shape == ()


def test_anything_else_is_opaque(host):
    assert call(host, "class Thing: pass\ndef f(): return [Thing(), lambda: 0]").value == [
        Opaque("Thing"),
        Opaque("function"),
    ]


def test_a_module_under_the_functions_name_is_called(host):
    source = "import torch\nclass Double(torch.nn.Module):\n    def forward(self, x): return 2 * x\nf = Double()"
    assert torch.equal(call(host, source, X).value, 2 * X)


def test_gradients_come_back_for_the_arguments_asked_for(host):
    outcome = call(host, "def f(x, y): return (x**2 * y).sum()", X.double(), Y, gradients=(0, 1))
    assert torch.allclose(outcome.gradients[0], 2 * X.double() * Y) and torch.allclose(
        outcome.gradients[1], (X.double() ** 2).sum(0)
    )
    assert outcome.gradient_fault == ""


def test_a_cotangent_weighs_the_entries(host):
    weights = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    assert torch.equal(
        call(host, "def f(x): return x * 5", X, gradients=(0,), cotangent=weights).gradients[0], 5 * weights
    )


def test_no_gradient_where_the_value_does_not_depend_on_the_argument(host):
    outcome = call(host, "def f(x, y): return x * 2", X, X, gradients=(0, 1))
    assert outcome.gradients[1] is None and outcome.gradients[0] is not None
    assert call(host, "def f(x): return x.detach() * 2", X, gradients=(0,)).gradients == (None,)


def test_a_value_without_gradients_says_why(host):
    assert "not a tensor" in call(host, "def f(x): return x.sum().item()", X, gradients=(0,)).gradient_fault


def test_the_first_tensor_of_a_tuple_is_differentiated(host):
    assert torch.equal(
        call(host, "def f(x): return (x * 3, x.sum())", X, gradients=(0,)).gradients[0], torch.full_like(X, 3)
    )


def test_arguments_changed_in_place_are_named_and_still_differentiated(host):
    outcome = call(host, "def f(x, y):\n    y += 1\n    return (x * y).sum()", X, X, gradients=(0, 1))
    assert outcome.changed == (1,) and outcome.fault is None and torch.equal(outcome.gradients[0], X + 1)
    assert call(host, "def f(x, y): return x + y", X, X).changed == ()
    assert call(host, "def f(x):\n    x.append(1)", [1]).changed == (0,)


def test_nan_in_an_argument_is_no_change(host):
    assert call(host, "def f(x): return 0", torch.tensor([float("nan")])).changed == ()


def test_equal_seeds_give_equal_draws_from_every_generator(host):
    source = (
        "import random, numpy as np, torch\ndef f(): return [random.random(), np.random.rand(), torch.rand(()).item()]"
    )
    with Student(host, submission(source)) as student:
        first, other, again = (
            o.value for o in outcomes(student, Call("f", (), seed=1), Call("f", (), seed=2), Call("f", (), seed=1))
        )
    assert first == again and all(a != b for a, b in zip(first, other, strict=True))
    assert call(host, source, seed=1).value == first


def test_global_switches_of_one_call_do_not_reach_the_next(host):
    source = """
import torch
def f():
    seen = [str(torch.get_default_dtype()), torch.is_grad_enabled(), str(torch.zeros(1).device)]
    torch.set_default_dtype(torch.float64); torch.set_grad_enabled(False); torch.set_default_device('meta')
    return seen
"""
    with Student(host, submission(source)) as student:
        assert [o.value for o in outcomes(student, Call("f", ()), Call("f", ()))] == [
            ["torch.float32", True, "cpu"]
        ] * 2


def test_a_default_dtype_chosen_by_a_cell_is_kept(host):
    assert (
        call(host, "import torch\ntorch.set_default_dtype(torch.float64)\ndef f(): return torch.ones(1)").value.dtype
        == torch.float64
    )


# ------------------------------------------------------------------ faults


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        ("return 1 / 0", "exception", "f raised ZeroDivisionError: division by zero in cell 1, line 3."),
        ("return f()", "exception", "calls itself without end"),
        ("open('data.csv')", "exception", "handed in with it are there"),
        ("import sys; sys.exit(0)", "exit", "f ended the program in cell 1, line 3 (SystemExit: 0)."),
        ("os._exit(0)", "exit", "The process ended itself during f."),
        ("raise KeyboardInterrupt", "exit", "KeyboardInterrupt"),
        ("raise type('Odd', (BaseException,), {})('x')", "exception", "f raised Odd: x in cell 1, line 3."),
        ("ctypes.string_at(0)", "crash", "segmentation fault"),
        ("os.abort()", "crash", "crashed during f"),
        ("return bytearray(10 << 30)", "memory", "2048 MB"),
        ("return torch.empty(1 << 33)", "memory", "2048 MB"),
        ("while True: pass", "timeout", "f was not done after 0.5 s and was stopped."),
        ("time.sleep(60)", "timeout", "f was not done after 0.5 s"),
        ("return 10 ** 10 ** 10", "timeout", "f was not done after 0.5 s"),
        ("os.close(3); time.sleep(60)", "protocol", "disturbed during f"),
        ("os.write(3, b'\\xff' * 64)", "protocol", "connection to the grader was disturbed during f"),
        ("os.dup2(1, 3)", "protocol", "disturbed during f"),
        ("return [0] * 400_000", "unserialisable", "more than 250000 entries"),
        ("return torch.zeros(1).expand(1 << 40)", "unserialisable", "bytes of numbers"),
        ("x = []; x.append(x); return x", "unserialisable", "nested"),
        ("class E(Exception):\n        def __str__(self): 1 / 0\n    raise E", "exception", "f raised E in cell 1"),
        ("raise ValueError('a\\n\\x1b[31m' + 'x' * 10**6)", "exception", "\\x1b[31m"),
        ("raise ValueError(hex(id(f)))", "exception", "ValueError: 0x…"),
    ],
)
def test_a_call_that_fails_gets_words_and_the_next_calls_go_on(host, body, kind, words):
    source = f"import ctypes, os, time, torch\ndef f():\n    {body}\ndef g(): return 7"
    with Student(host, submission(source)) as student:
        before, failed, after = outcomes(student, Call("g", ()), Call("f", ()), Call("g", ()), seconds=0.5)
    assert before.value == after.value == 7
    assert failed.value is None and failed.fault.kind == kind
    assert words in failed.fault.message and len(failed.fault.message) < 800 and "\x1b" not in failed.fault.message


def test_a_name_that_is_not_there_says_what_there_is(host):
    with Student(host, submission("def kl_norml(): pass")) as student:
        fault = Answer(student, exercise("kl_normal")).fault
        assert outcomes(student, Call("kl_normal", ()))[0].fault == fault
    assert (
        fault.kind == "missing"
        and fault.message.startswith("'kl_normal' is not defined")
        and "There is 'kl_norml'" in fault.message
    )


def test_a_name_whose_cell_failed_says_why(host):
    with Student(host, submission("x = 1", "if True:\n    1 / 0\n    def f(): pass")) as student:
        fault = Answer(student, exercise("f")).fault
    assert (
        fault.message == "'f' could not be defined: Cell 2 raised ZeroDivisionError: division by zero at line 2."
        and fault.cell == 2
    )


def test_hanging_on_every_call_costs_little_more_than_one_limit(host):
    with Student(host, submission("def f():\n    while True: pass")) as student:
        answers = outcomes(student, *[Call("f", ())] * 100, seconds=1.0)
        assert {o.fault.kind for o in answers} == {"timeout"}
        assert "This call was not made: calls before it ended the process 3 times." in answers[-1].fault.message
        limits = [words for answer in answers[:3] for words in answer.fault.message.split() if words[0].isdigit()]
        assert limits == ["1", "0.25", "0.25"]  # seconds: once a function has hung, its next calls get less


def test_calls_of_other_functions_survive_three_that_die(host):
    source = "import os\ndef f(x):\n    if x in (2, 5): os._exit(1)\n    return x"
    with Student(host, submission(source)) as student:
        answers = outcomes(student, *[Call("f", (i,)) for i in range(8)])
    assert [o.value for o in answers] == [0, 1, None, 3, 4, None, 6, 7]


def test_printing_a_gigabyte_does_not_disturb(host):
    with Student(host, submission("def f():\n    for i in range(200): print('x' * 10**6)\n    return 1")) as student:
        assert outcomes(student, Call("f", ()), seconds=20.0)[0].value == 1


def test_an_answer_that_comes_before_the_question_is_a_disturbance(host):
    source = "import os\ndef f():\n    os.write(3, bytes(8))\n    return 1\ndef g(): return 2"
    with Student(host, submission(source)) as student:
        assert outcomes(student, Call("f", ()))[0].fault.kind == "protocol"
        assert outcomes(student, Call("g", ()))[0].value == 2


# ------------------------------------------------------------------ drivers


def test_a_driver_runs_with_the_submissions_names(host):
    driver = "def sizes(names, x):\n    return [names['net'](x).shape[-1], sorted(n for n in names if n[0] == 'n')]"
    with Student(host, submission("import torch\nnet = torch.nn.Linear(2, 5)")) as student:
        answer = Answer(student, exercise("net"))
        assert answer.probe(driver, "sizes", [X]).value == [5, ["net"]]
        assert answer.probe("def d(names): raise ValueError('no')", "d").fault.kind == "exception"
        assert answer.probe("def d(names):\n    while True: pass", "d", seconds=0.5).fault.kind == "timeout"
        assert answer.probe(driver, "sizes", [X]).value[0] == 5


def test_each_request_finds_a_driver_as_it_was_written(host):
    """It is compiled once, and run anew each time."""
    driver = "seen = []\ndef add(names):\n    seen.append(1)\n    return len(seen)"
    with Student(host, submission("net = 1")) as student:
        answer = Answer(student, exercise("net"))
        assert [answer.probe(driver, "add").value for _ in range(3)] == [1, 1, 1]


def test_answers_that_put_off_the_end_do_not(host):
    """Empty frames that look like ours, sent for ever: each would start a new limit."""
    source = """
import gc, os, time
def f():
    reply = next(r for r in gc.get_objects() if type(r).__name__ == "_Reply")
    while True:
        reply.server.channel.send(reply.encoder.frame({"id": reply.request, "items": [], "last": False}))
        time.sleep(0.1)
"""
    with Student(host, submission(source)) as student:
        assert outcomes(student, Call("f", ()), seconds=1.0)[0].fault.kind == "protocol"


def test_more_answers_than_questions_are_a_disturbance(host):
    source = """
import gc
def f():
    reply = next(r for r in gc.get_objects() if type(r).__name__ == "_Reply")
    reply.items += [{"value": 1}] * 5
    return 1
"""
    assert call(host, source).fault.kind == "protocol"


def test_a_call_that_waits_for_a_processor_gets_that_time_on_top(host):
    """Half a second of work, while four others want the same processor: it takes more than its limit and is not stopped."""
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("processors cannot be chosen here")
    source = """
import os, time
def f():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    until = time.process_time() + 0.5
    while time.process_time() < until: pass
    return 1
"""
    spin = "import os\nos.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\nprint(flush=True)\nwhile True: pass"
    others = [subprocess.Popen([sys.executable, "-c", spin], stdout=subprocess.PIPE) for _ in range(4)]
    try:
        for other in others:
            other.stdout.readline()  # it spins
        with Student(host, submission(source)) as student:
            assert outcomes(student, Call("f", ()), seconds=1.0)[0].value == 1
            assert 0.5 <= student.for_("f").spent < 1.0
    finally:
        for other in others:
            other.kill()
            other.communicate()


def test_what_everything_together_may_take_is_bounded(hosts, monkeypatch):
    host = hosts("rlimits")
    monkeypatch.setattr(host, "settings", dataclasses.replace(host.settings, total_seconds=1.0))
    with Student(host, submission("import time\ndef f(): time.sleep(0.9)")) as student:
        answers = outcomes(student, *[Call("f", ())] * 20, seconds=10.0) + outcomes(student, Call("f", ()))
    assert answers[0].fault is None
    assert "used up the 1 s that all its calls together may take" in answers[-1].fault.message
    assert len([answer for answer in answers if answer.fault is None]) < 5


# ------------------------------------------------------------------ switches and monkey-patches


@pytest.mark.parametrize(
    "left",
    [
        "torch.set_default_dtype(torch.float64)",
        "torch.set_default_dtype(torch.bfloat16)",
        "torch.set_default_device('cuda')",
        "torch.set_default_device('mps')",
        "torch.set_default_device(torch.device('xpu', 0))",
        "torch.set_default_device('meta')",
        "torch.inference_mode().__enter__()",
        "torch.set_grad_enabled(False)",
        "torch.autocast('cpu', torch.bfloat16).__enter__()",
        "torch.use_deterministic_algorithms(True)",
        "torch.set_num_threads(64)",
        "torch.Tensor.__repr__ = lambda self: 1 / 0",
        "torch.frombuffer = torch.Tensor.detach = torch.Tensor.reshape = torch.Tensor.requires_grad_ = None",
        "import warnings; warnings.simplefilter('error')",
        "import numpy; numpy.seterr(all='raise')",
        "import builtins; builtins.len = builtins.isinstance = lambda *_: 1 / 0",
        "import builtins; builtins.print = None",
        "import sys; sys.stdout = None",
        "import sys; sys.setrecursionlimit(60)",
    ],
)
def test_what_a_notebook_leaves_switched_on_does_not_touch_our_part(host, left):
    """Values, gradients and drivers are as they are without it."""
    source = f"import torch\ndef f(x): return (x**2).sum()\ndef g(x): return x + 1\n{left}"
    driver = "import torch\ndef d(names, x):\n    return [len([1, 2]), torch.zeros(2) + names['g'](x)]"
    with Student(host, submission(source)) as student:
        outcome = outcomes(student, Call("f", (X,), gradients=(0,)))[0]
        assert outcome.fault is None and outcome.value.dtype is X.dtype and outcome.value == (X**2).sum()
        assert torch.equal(outcome.gradients[0], 2 * X)
        number, value = Answer(student, exercise("f")).probe(driver, "d", [X[:2]]).value
        assert number == 2 and value.dtype is X.dtype and torch.equal(value, X[:2] + 1)


def test_functions_find_the_defaults_that_the_cells_left(host):
    source = "import torch\ntorch.set_default_dtype(torch.float64)\ndef f(): return torch.zeros(2)"
    assert call(host, source).value.dtype is torch.float64


def test_what_fails_since_a_submission_changed_our_functions_is_the_submissions(host):
    source = """
import sys
sys.modules["autograder.student.wire"].loads = None
def f(x): return x
"""
    outcome = call(host, source, torch.ones(2))
    assert outcome.fault and outcome.fault.kind == "protocol" and "was disturbed during f" in outcome.fault.message
