"""Loading: everything a notebook may hold is graded on what is there, within its budget."""

from dataclasses import replace

import pytest
import torch

from autograder.model import Call, Cell
from autograder.student import Answer, Student
from tests.student.helpers import exercise, outcomes, submission


def load(host, *cells, path="anna.ipynb"):
    """(notes, printed, value of f()) of a submission of these cells; the value is a Fault if there is none."""
    with Student(host, submission(*cells, path=path)) as student:
        outcome = outcomes(student, Call("f", ()))[0]
        return student.notes, student.printed, outcome.fault or outcome.value


def test_cells_run_in_order_in_one_module(host):
    assert load(host, "a = 1", "a += 1\nprint('seen', a)", "def f(): return a") == ((), "seen 2\n", 2)


def test_a_failing_cell_is_noted_and_the_rest_goes_on(host):
    notes, _, value = load(host, "import nowhere", "x = 1\nx = 1 / 0", "def f(): return x")
    assert value == 1
    assert notes == (
        "Cell 1 raised ModuleNotFoundError: No module named 'nowhere' at line 1. "
        "This package is not installed for grading; please do without it.",
        "Cell 2 raised ZeroDivisionError: division by zero at line 2.",
    )


def test_definitions_after_the_failing_line_of_a_cell_still_count(host):
    notes, _, value = load(
        host, "import math\n1 / 0\nK = math.floor(2.5)\nfor i in range(3): K += 1\ndef f(): return K"
    )
    assert value == 2 and len(notes) == 1


def test_a_syntax_error_costs_its_cell_alone(host):
    notes, _, value = load(host, "def g(:\n    pass", "def f(): return 3")
    said = "The cell that begins with `def g(:` is no Python: SyntaxError: invalid syntax at line 1: `def g(:`."
    assert value == 3 and notes[0] == said


def test_what_is_no_python_is_found_by_its_exercise_and_its_line(host):
    text = "import torch\n\ndef norm(x):\n    return (x ** 2\n"
    named = replace(submission(""), cells=(Cell("x = 1", 1), Cell(text, 9, "norm")))
    alone = replace(submission("", path="anna.py"), cells=(Cell(text, 1),))
    for handed_in, place in ((named, "The cell of norm"), (alone, "Your file")):
        with Student(host, handed_in) as student:
            fault = student.missing(["norm"])
        said = f"{place} is no Python: SyntaxError: '(' was never closed at line 4: `return (x ** 2`."
        assert fault.message == f"'norm' could not be defined: {said}"


@pytest.mark.parametrize(
    "source", ["(" * 100_000, "x = " + "-" * 200_000 + "1", "a\0b", "\ud800", "# coding: rot13\nqrs s(): cnff"]
)
def test_source_that_breaks_parsers_costs_its_cell_alone(host, source):
    notes, _, value = load(host, source, "def f(): return 3")
    assert value == 3 and all(len(note) < 600 for note in notes)


def test_what_ipython_adds_is_harmless(host):
    cells = (
        "%matplotlib inline\n!pip install everything\nget_ipython().run_line_magic('matplotlib', 'inline')\ndisplay('shown')",
        "%%time\nx = 5",
        "%%bash\nexit 1",
        "from tqdm.auto import tqdm, trange\nn = sum(tqdm(range(4), desc='x')) + sum(i for i in trange(3))",
        "from google.colab import drive\ndrive.mount('/content/drive')",
        "def f(): return [x, n]",
    )
    notes, printed, value = load(host, *cells)
    assert value == [5, 9] and notes == () and printed == "shown\n"


def test_input_says_what_to_do(host):
    notes, _, _ = load(host, "name = input('Your name? ')", "def f(): return 1")
    assert "write the value into the code" in notes[0]


def test_a_gpu_that_is_not_there_is_no_mistake(host):
    source = """
import torch
device = torch.device('cuda')
net = torch.nn.Linear(2, 2).cuda().to(device).to('cuda:0')
x = torch.zeros(3, 2, device='cuda').cuda(non_blocking=True) + torch.ones(2, device=device).to('cuda', torch.float32)
torch.cuda.synchronize()
def f(): return [net(x).cpu().sum().item() == net(x).sum().item(), str(x.device)]
"""
    notes, _, value = load(host, source)
    assert value == [True, "cpu"]
    assert len(notes) == 1 and notes[0].startswith("Your cells were run on the CPU")


def test_a_choice_of_the_device_that_is_there_is_not_even_noted(host):
    source = "import torch\ndevice = 'cuda' if torch.cuda.is_available() else 'cpu'\ndef f(): return torch.ones(2, device=device)"
    notes, _, value = load(host, source)
    assert notes == () and torch.equal(value, torch.ones(2))


def test_workers_of_a_data_loader_are_not_started(host):
    source = """
import torch
from torch.utils.data import DataLoader, TensorDataset
options = {"num_workers": 4, "persistent_workers": True, "pin_memory": True, "prefetch_factor": 2}
loader = DataLoader(TensorDataset(torch.arange(10.0)), 4, **options)
def f(): return [len(batch[0]) for batch in loader]
"""
    assert load(host, source)[2] == [4, 4, 2]


def test_plots_are_drawn_for_nobody(host):
    pytest.importorskip("matplotlib")
    source = """
import matplotlib.pyplot as plt
plt.plot([1, 2])
plt.title("t")
plt.savefig("a.png")
plt.show()
def f(): return plt.get_backend()
"""
    notes, _, value = load(host, source)
    assert notes == () and value.lower() == "agg"


def test_a_notebook_is_main_and_a_file_is_not(host):
    source = "ran = __name__ == '__main__'\ndef f(): return ran"
    assert load(host, source)[2] is True and load(host, source, path="anna.py")[2] is False


def test_dataclasses_pickles_and_sources_find_their_module(host):
    source = """
import dataclasses, inspect, pickle, typing
@dataclasses.dataclass
class Point:
    x: "int"
def f(): return [typing.get_type_hints(Point)['x'].__name__, pickle.loads(pickle.dumps(Point(3))).x, inspect.getsource(f)[:7]]
"""
    assert load(host, source)[2] == ["int", 3, "def f()"]


def test_printed_text_is_kept_bounded_and_visible(host):
    _, printed, _ = load(
        host, "print('a\\x1b[31mb\\tc')", "import sys; print('ö', file=sys.stderr, end='')", "def f(): return 1"
    )
    assert printed == "a\\x1b[31mb c\nö"
    notes, printed, _ = load(host, "for i in range(100): print('x' * 10_000)", "def f(): return 1")
    assert (
        len(printed) < 70_000 and "more bytes were printed" in printed and "printed more than 65536 bytes" in notes[0]
    )


# ------------------------------------------------------------------ the budget


def test_training_past_the_budget_is_left_out_and_the_rest_is_there(host):
    cells = (
        "import time\nRATE = 3",
        "def train():\n    while True: time.sleep(1)",
        "history = train()\nLATE = RATE + 1\ndef f(): return [RATE, LATE]",
        "train()",
    )
    notes, _, value = load(host, *cells)
    assert value == [3, 4]
    assert notes == (
        "The cells were not done after 2 s; it was at cell 3 then. Only its imports, functions and classes were run.",
        "Of cell 4 only the imports, functions and classes were run, because of what happened before.",
    )


def test_a_cell_that_ends_the_process_is_left_out_and_the_rest_runs_in_full(host):
    notes, _, value = load(
        host, "a = 1", "import os\nos._exit(0)\nb = 2", "a = sum(i for i in range(5))\ndef f(): return [a, b]"
    )
    assert value == [10, 2]
    assert notes == (
        "The process ended itself during cell 2. Please return instead of leaving the program. "
        "Only its imports, functions and classes were run.",
    )


def test_a_definition_that_ends_the_process_is_left_out_altogether(host):
    notes, _, value = load(host, "import ctypes\n@lambda f: ctypes.string_at(0)\ndef g(): pass", "def f(): return 4")
    assert value == 4 and notes[0].endswith("It was left out.")


def test_leaving_the_program_in_a_cell_costs_its_cell_alone(host):
    notes, _, value = load(host, "exit()", "import sys\nsys.exit(1)", "def f(): return 6")
    assert value == 6 and len(notes) == 2 and "ended the program" in notes[0]


def test_a_submission_that_always_hangs_is_given_up_with_a_sentence(host):
    with Student(host, submission(*["class A:\n    while True: pass"] * 9, "def f(): return 1")) as student:
        fault = Answer(student, exercise("f")).fault
        assert fault.kind == "missing" and "The cells were not done after" in fault.message
        assert student.notes and outcomes(student, Call("f", ()))[0].fault == fault


def test_a_submission_that_could_not_be_read_says_so(host):
    import dataclasses

    broken = dataclasses.replace(submission(), problem="This is not a notebook.")
    with Student(host, broken) as student:
        assert Answer(student, exercise("f")).fault.message == "This is not a notebook."


def test_the_text_and_the_source_are_handed_on_as_they_are(host):
    import dataclasses

    from autograder.model import Check, Exercise

    given = dataclasses.replace(submission("a = 1", "b = 2"), texts={"why": "Because."})
    essay = Exercise("why", "2", 1.0, "text", (), (Check("is there", 1.0, lambda answer: None),))
    with Student(host, given) as student:
        answer = Answer(student, essay)
        assert (answer.name, answer.text, answer.source, answer.fault) == ("why", "Because.", "", None)
        assert Answer(student, exercise("f")).source == "a = 1\n\nb = 2"


def test_a_cell_that_disturbs_the_connection_is_found_out_and_the_definitions_stay(host):
    notes, _, value = load(
        host, "import os\nos.write(3, b'x' * 100)", "a = sum(i for i in range(3))\ndef f(): return 5"
    )
    assert value == 5 and notes[0].startswith("The connection to the grader was disturbed during loading.")


@pytest.mark.parametrize(
    "filler", ["\n" * 300_000, " " * 300_000, "from " * 60_000, "/" * 300_000, "/autograder-1" * 25_000]
)
def test_text_made_to_keep_a_search_busy_does_not(host, filler):
    """A pattern that backtracks would need minutes for this; it runs on our side, where no limit stops it."""
    _, printed, value = load(host, f"print({filler[:60_000]!r})\ndef f(): return 1", f"1 / 0\n{filler}")
    assert value == 1 and len(printed) > 30_000
    with Student(host, submission(f"1 / 0\n{filler}")) as student:
        assert "is not defined" in Answer(student, exercise("f")).fault.message


def test_a_thousand_failing_cells_are_counted_and_not_listed(host):
    notes, _, value = load(host, *["1 / 0"] * 1000, "def f(): return 1")
    assert value == 1 and len(notes) == 31 and notes[-1] == "970 more cells failed."


def test_a_stand_in_can_be_found_by_libraries_that_look_for_it(host):
    looks = "import importlib.util\ndef f(): return importlib.util.find_spec('tqdm') is not None"
    assert load(host, looks) == ((), "", True)


# ------------------------------------------------------------------ as Jupyter would


def test_future_imports_hold_for_later_cells(host):
    cells = ("from __future__ import annotations", "def f(x: Nowhere = 3) -> Batch: return x")
    assert load(host, *cells) == ((), "", 3)


def test_await_stands_outside_of_functions_and_cells_share_a_loop(host):
    cells = (
        "import asyncio\nasync def value():\n    await asyncio.sleep(0)\n    return 2",
        "a = await value()\nasync with asyncio.Lock():\n    a += 1",
        "task = asyncio.create_task(value())",
        "b = await task",
        "c = asyncio.run(value())",
        "def f(): return [a, b, c]",
    )
    assert load(host, *cells) == ((), "", [3, 2, 2])


@pytest.mark.parametrize(
    "cell",
    [
        "import nowhere_1\nfrom nowhere_1 import helper",
        "from nowhere_1 import helper as reduce, helper",
        "from nowhere_1 import *",
        "try:\n    from nowhere_1 import helper\nexcept ImportError:\n    pass",
    ],
)
def test_a_failed_import_is_the_cause_of_the_name_that_is_missing_later(host, cell):
    _, _, fault = load(host, cell, "\n" * 10 + "def f(): return helper(1)")
    assert fault.message.startswith("f raised NameError: name 'helper' is not defined in cell 2, line 11.")
    assert "No module named 'nowhere_1' in cell 1" in fault.message


@pytest.mark.parametrize("begins", ["def helper(x):", "class helper(object):", "helper = (lambda x:"])
def test_a_cell_that_is_no_python_is_the_cause_of_the_name_that_is_missing_later(host, begins):
    _, _, fault = load(host, f"import math\n{begins}\n    return x +\n", "def f(): return helper(1)")
    assert "f raised NameError: name 'helper' is not defined in cell 2, line 1." in fault.message
    assert "The cell that should define it is no Python: SyntaxError: " in fault.message


def test_a_name_that_no_cell_defines_has_no_cause(host):
    _, _, fault = load(host, "import nowhere_1", "def f(): return helper(1)")
    assert "nowhere_1" not in fault.message


COLAB = "'google.colab' in sys.modules or importlib.util.find_spec('google') is not None"


def test_a_place_is_there_only_for_who_imports_it(host):
    looks = f"import sys, importlib.util\nfound = {COLAB}"
    assert load(host, looks, "def f(): return found")[2] is False
    assert load(host, "from google.colab import drive", looks, "def f(): return found")[2] is True


def test_what_a_stand_in_leads_astray_is_loaded_without_it(host):
    cells = (
        "try:\n    import google.colab\n    where = '/content/settings.py'\nexcept ImportError:\n    where = None",
        "if where:\n    exec(open(where).read())\nelse:\n    half = 0.5",
        "def f(): return half",
    )
    assert load(host, *cells) == ((), "", 0.5)


@pytest.mark.parametrize(
    "expression",
    [
        "torch.zeros(2, device='mps')",
        "torch.zeros(2).to(torch.device('xpu', 1))",
        "torch.zeros(2).to(0)",
        "torch.zeros(2, device=0)",
        "torch.randn(2, generator=torch.Generator(device='cuda').manual_seed(1), device='cuda')",
        "torch.cuda.FloatTensor(2)",
        "torch.nn.Linear(2, 2).to('mps')(torch.zeros(1, 2).xpu())",
    ],
)
def test_every_way_to_a_gpu_that_is_not_there_leads_to_the_cpu(host, expression):
    assert load(host, f"import torch\ndef f(): return str(({expression}).device)")[2] == "cpu"


def test_the_default_device_may_be_a_gpu_that_is_not_there(host):
    for switch in ("torch.set_default_device('cuda')", "torch.set_default_tensor_type('torch.cuda.FloatTensor')"):
        notes, _, value = load(host, f"import torch\n{switch}\ndef f(): return str(torch.ones(2).device)")
        assert value == "cpu" and notes == (
            "Your cells were run on the CPU: what asked for a GPU (`.cuda()`, `.to('cuda')`) ran there, which changes no result.",
        )
