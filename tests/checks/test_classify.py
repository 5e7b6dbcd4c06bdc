"""A classifier that the grader trains, on examples small enough for a test: three clouds of points, sixteen numbers each."""

import gzip

import pytest
import torch

from autograder.checks import Examples, classifier
from autograder.course.data import sha256
from autograder.grading.grader import Grader
from autograder.model import Cell, CourseError, Data, Exercise, Finding, Options, Settings, Sheet, Status, Submission
from autograder.student import Host
from autograder.training.datasets import FILES, PACKAGED

TAKES, LAYERS, LOGITS = "takes clouds and gives three logits", "every layer learns", "ends in logits"
ALONE, SURE, KEPT = "judges each cloud by itself", "gives the same answer twice", "leaves the clouds alone"
LEARNS = "learns to tell clouds apart"


def clouds(spread: float = 0.5) -> Examples:
    generator = torch.Generator().manual_seed(0)
    centres = torch.randn(3, 16, generator=generator)
    y = torch.arange(600) % 3
    x = centres[y] + spread * torch.randn(600, 16, generator=generator)
    return Examples(x[:400], y[:400], x[400:], y[400:])


def checks(**options):
    given = {"data": clouds, "accuracy": 0.9, "steps": 60, "batch": 32, "rate": 1e-2, "seeds": 2, **options}
    return classifier("C", shape=(16,), classes=3, things=("cloud", "clouds"), **given)


def model(init: str, forward: str, base: str = "nn.Module") -> str:
    lines = "\n        ".join(init.split("\n"))
    body = "\n        ".join(forward.split("\n"))
    return (
        "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n"
        f"class C({base}):\n    def __init__(self):\n        super().__init__()\n        {lines}\n"
        f"    def forward(self, x):\n        {body}\n"
    )


TWO = "self.a, self.b = nn.Linear(16, 24), nn.Linear(24, 3)"
RIGHT = model(TWO, "return self.b(self.a(x).relu())")


@pytest.fixture(scope="module")
def host(trainer: Host) -> Host:
    return trainer


def grade(host: Host, source: str, training: bool = True, **options) -> dict[str, Finding]:
    exercise = Exercise("small", "1", 4, "code", ("C",), tuple(checks(**options)))
    sheet = Sheet("sheet", "Sheet", (exercise,), Settings())
    with Grader(sheet, host, options=Options(device="cpu", training=training)) as grader:
        handed = Submission("anna", "anna.py", "0" * 64, (Cell(source, 1),))
        return {finding.check: finding for finding in grader.grade(handed).results[0].findings}


def failed(found: dict[str, Finding]) -> dict[str, str | None]:
    return {name: f.mistake for name, f in found.items() if f.status is Status.FAILED}


@pytest.mark.parametrize(
    "source",
    [
        RIGHT,
        "import torch\nC = torch.nn.Sequential(torch.nn.Linear(16, 24), torch.nn.Tanh(), torch.nn.Linear(24, 3))",
        model("self.a, self.b = nn.LazyLinear(24), nn.LazyLinear(3)", "return self.b(self.a(x).relu())"),
        model(TWO, "return F.log_softmax(self.b(F.dropout(self.a(x).relu(), 0.2, self.training)), -1)"),
        model(TWO + "\nself.unused = nn.Linear(4, 4)", "return self.b(self.a(x).relu())"),
        model(TWO + "\nself.b.weight.data.zero_()", "return self.b(self.a(x).relu())"),
        model(TWO + "\nself.double()", "return self.b(self.a(x).relu())"),
        model(TWO + "\nself.names = [nn.ReLU()]", "return self.b(self.names[0](self.a(x)))"),
    ],
    ids=[
        "two layers",
        "a module itself",
        "lazy",
        "log softmax and dropout",
        "unused",
        "zero at the end",
        "double",
        "a list",
    ],
)
def test_a_classifier_that_works_earns_everything(host, source):
    assert {f.check: (f.status, f.message) for f in grade(host, source).values() if f.status is not Status.PASSED} == {}


@pytest.mark.parametrize(
    ("source", "check", "mistake"),
    [
        ("def C(): return lambda x: x", TAKES, "no_module"),
        (model("pass", "return x[:, :3]"), TAKES, None),
        (model(TWO + "\nraise ValueError('not yet')", "return x"), TAKES, None),
        (RIGHT.replace("__init__(self)", "__init__(self, width)"), TAKES, "needs_arguments"),
        (model(TWO, "return [self.b(self.a(x))]"), TAKES, None),
        (model("self.a = nn.Linear(16, 1)", "return self.a(x).squeeze()"), TAKES, "one_output"),
        (model("self.a = nn.Linear(16, 3)", "return self.a(x).max(1).indices"), TAKES, "class_returned"),
        (model("self.layers = {'a': nn.Linear(16, 3)}", "return self.layers['a'](x)"), LAYERS, "not_registered"),
        (model(TWO, "return self.b(self.a(x).data)"), LAYERS, "detached"),
        (model(TWO + "\nself.a.requires_grad_(False)", "return self.b(self.a(x).relu())"), LAYERS, "frozen"),
        (model(TWO, "return self.b(nn.LayerNorm(24)(self.a(x)))"), LAYERS, "made_in_forward"),
        (model(TWO, "return torch.sigmoid(self.b(self.a(x).relu()))"), LOGITS, "sigmoid_at_the_end"),
        (model(TWO, "return F.softmax(self.b(self.a(x).relu()), -1)"), LOGITS, "softmax_at_the_end"),
        (model(TWO, "return F.relu(self.b(self.a(x)))"), LOGITS, "relu_at_the_end"),
        (model(TWO, "return self.b(self.a(x) - self.a(x).mean(0))"), ALONE, "depends_on_the_batch"),
        (
            model("self.a = nn.Linear(16, 3)", "return self.a(x.squeeze()) if len(x) > 1 else self.a(x[0])"),
            ALONE,
            "batch_of_one",
        ),
        (model(TWO, "return self.b(self.a(x + 0.1 * torch.randn_like(x)).relu())"), SURE, "random_after_eval"),
        (model(TWO, "x *= 2\nreturn self.b(self.a(x).relu())"), KEPT, "changes_its_arguments"),
        (model("self.a = nn.Linear(4, 3)", "return self.a(x[:, :4])"), LEARNS, "part_of_the_input"),
        (
            model("self.a, self.b = nn.Linear(16, 1), nn.Linear(1, 3)", "return self.b(self.a(x) * 1e-3)"),
            LEARNS,
            "too_narrow",
        ),
        (model(TWO, "return self.b(self.a(x)) * x.new_tensor([1.0, 0.0, 0.0])"), LEARNS, "no_nonlinearity"),
        (
            model(TWO + "\nfor p in self.parameters(): nn.init.ones_(p)", "return self.b(self.a(x))"),
            LEARNS,
            "alike_weights",
        ),
        (
            model(TWO, "x = self.a(x)\nfor _ in range(20): x = x.sigmoid()\nreturn self.b(x)"),
            LEARNS,
            "vanishing_gradient",
        ),
        (model(TWO, "return self.b(self.a(x).relu()) * float('nan')"), TAKES, None),
    ],
)
def test_what_keeps_it_from_working_has_a_name(host, source, check, mistake):
    found = grade(host, source)
    assert failed(found)[check] == mistake, {f.check: f.message for f in found.values()}
    assert found[check].message.endswith((".", "?", ")"))


def test_what_is_known_leaves_what_the_author_says(host):
    source = model(TWO, "return F.softmax(self.b(self.a(x).relu()), -1)")
    assert sum(f.points for f in grade(host, source).values()) == pytest.approx(3)
    assert sum(f.points for f in grade(host, source, credits={"softmax_at_the_end": 0.5}).values()) == pytest.approx(2)


def test_the_loss_and_the_speed_of_learning_are_judged_as_well(host):
    strict = grade(host, RIGHT, loss=1e-6)[LEARNS]
    assert strict.status is Status.FAILED
    assert "The loss of clouds that it has not seen is" in strict.message
    slow = grade(host, RIGHT, soon=(1, 0.99))[LEARNS]
    assert slow.message.startswith("It learns slowly: after 1 steps ")
    assert grade(host, RIGHT, soon=(50, 0.9), loss=0.5)[LEARNS].status is Status.PASSED


def test_too_little_is_learned_says_how_much(host):
    found = grade(host, RIGHT, data=lambda: clouds(spread=9.0))[LEARNS]
    assert found.mistake is None
    assert "200 clouds that it has not seen are recognised; at least 90% are expected" in found.message
    assert [type(shown).__name__ for shown in found.detail] == ["str", "Picture"]


def test_without_training_the_points_stay_open(host):
    found = grade(host, RIGHT, training=False)
    assert found[LEARNS].status is Status.PENDING
    assert found[LAYERS].status is Status.PASSED


def test_a_training_says_the_same_each_time(host):
    first, second = (grade(host, RIGHT)[LEARNS].detail for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"data": "cifar"},
            "There are no data called 'cifar'; there are mnist and fashion_mnist, or a function of your own.",
        ),
        ({"optimizer": "Adamm"}, "torch.optim has no optimizer 'Adamm'."),
        ({"points": {"learn": 1}}, "given for takes, layers, logits, alone, sure, kept and learns; not for 'learn'"),
        ({"credits": {"softmax": 1}}, "not for 'softmax'"),
        ({"credits": {"frozen": 2}}, "frozen of a classifier must be a share from 0 to 1, not 2."),
        ({"accuracy": 85}, "accuracy of a classifier must be a share from 0 to 1, not 85."),
        ({"soon": (100, 0.5)}, "soon of a classifier is at a step from 1 to 60, not 100."),
    ],
)
def test_an_author_s_slip_is_told_when_the_sheet_is_loaded(options, said):
    with pytest.raises(CourseError) as raised:
        checks(**options)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda e: Examples(e.x[:, :8], e.y, e.x_held_out, e.y_held_out), "must be (n, 16) with n classes beside them"),
        (lambda e: Examples(e.x, e.y + 1, e.x_held_out, e.y_held_out), "classes must be 0 to 2, but there are 1 to 3"),
    ],
)
def test_examples_that_do_not_fit_are_not_the_student_s_fault(host, change, said):
    found = grade(host, RIGHT, data=lambda: change(clouds()))[TAKES]
    assert found.status is Status.BROKEN
    assert said in found.message


# ------------------------------------------------------------------ data by name

IMAGES = model("self.a = nn.Linear(784, 10)", "return self.a(x.flatten(1))")


def named(host: Host, data: str, *declared: Data) -> dict[str, Finding]:
    made = classifier("C", data=data, accuracy=0.3, steps=30)
    exercise = Exercise("small", "1", 4, "code", ("C",), tuple(made))
    sheet = Sheet("sheet", "Sheet", (exercise,), Settings(), data=declared)
    with Grader(sheet, host, options=Options(device="cpu")) as grader:
        results = grader.grade(Submission("anna", "anna.py", "0" * 64, (Cell(IMAGES, 1),))).results
    return {finding.check: finding for finding in results[0].findings}


def test_mnist_comes_along(host):
    found = named(host, "mnist")
    assert {f.status for f in found.values()} == {Status.PASSED}
    assert "held-out examples are recognised" in found["learns to tell examples apart"].detail[0]


def test_fashion_mnist_is_what_the_sheet_declares(host, tmp_path):
    for name in FILES:  # digits in its place: it is the same format
        content = bytearray(gzip.decompress((PACKAGED / f"{name}.gz").read_bytes()))
        content[8:] = bytes(8) + bytes(len(content) - 16) if "labels" in name else content[8:]  # all of one class
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(bytes(content)))
    found = named(host, "fashion_mnist", Data("fashion_mnist", "data", tmp_path, sha256(tmp_path), "MIT"))
    assert {f.status for f in found.values()} == {Status.PASSED}
    assert "100.0% of 500 held-out examples" in found["learns to tell examples apart"].detail[0]


def test_fashion_mnist_that_is_not_declared_is_the_author_s_slip(host):
    found = named(host, "fashion_mnist")["takes examples and gives ten logits"]
    assert found.status is Status.BROKEN
    assert (
        "The exercise itself is at fault here, not you: FashionMNIST is asked for, but sheet.toml does not"
        in found.message
    )
    assert "[data.fashion_mnist]" in found.message
