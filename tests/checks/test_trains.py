"""Training, in the student's process: what the general check does, and what the two exercises say to bad input."""

import fcntl
import tempfile
import time
from pathlib import Path

import pytest

from autograder.checks.session import Attempt, either
from autograder.checks.trains import probes, trains
from autograder.course.catalog import load_exercise
from autograder.course.plan import Row
from autograder.grading.grader import Grader
from autograder.model import Cell, Exercise, Finding, Options, Picture, Settings, Sheet, Status, Submission
from autograder.model.errors import Mistake, UsageError
from autograder.student import Host
from autograder.student.device import alone, chosen
from autograder.student.isolation import gpu

REPOSITORY = Path(__file__).parents[2]
FOLDER = REPOSITORY / "exercises" / "generative_models"
VAE = (FOLDER / "vae_training" / "solution.py").read_text()
GAN = (FOLDER / "gan_training" / "solution.py").read_text()
INTERFACE = "takes digits and gives x_hat, mu and logvar"
WIRING = "everything reaches the decoder through z"
LEARNS = "learns to encode and decode digits"
VALUES = "the losses have the values and slopes of the sheet"
GAME = "G and D learn from the losses"
CPU = Options(device="cpu")
NO_TRAINING = Options(device="cpu", training=False)

DRIVER = """
import torch

def answer(namespace, seed):
    return {"value": torch.tensor([float(namespace["f"](seed))]), "text": "two\\nlines", "names": ["a", 3]}

def give(namespace):
    return namespace["f"]()
"""


@pytest.fixture(scope="module")
def host(trainer: Host) -> Host:
    return trainer


@pytest.fixture(scope="module")
def exercises() -> dict[str, Exercise]:
    rows = ({"id": "vae_training", "item": "1", "points": 4}, {"id": "gan_training", "item": "2", "points": 3})
    return {
        str(row["id"]): load_exercise(
            FOLDER / str(row["id"]),
            REPOSITORY,
            Row(str(row["id"]), str(row["item"]), float(row["points"]), "sheet.toml"),
        )
        for row in rows
    }


def hand_in(source: str) -> Submission:
    return Submission("anna", "anna.py", "0" * 64, (Cell(source, 1),))


def grade(host: Host, exercise: Exercise, source: str, options: Options = CPU) -> dict[str, Finding]:
    sheet = Sheet("sheet", "Sheet", (exercise,), Settings())
    with Grader(sheet, host, options=options) as grader:
        result = grader.grade(hand_in(source)).results[0]
    return {finding.check: finding for finding in result.findings}


def engine(host: Host, check, source: str = "def f(x=0): return x", options: Options = CPU) -> Finding:
    """The finding of one check of a small exercise of its own."""
    return grade(host, Exercise("small", "1", 1, "code", ("f",), (check,)), source, options)[check.name]


def score(findings: dict[str, Finding]) -> float:
    return round(sum(finding.points for finding in findings.values()), 6)


def changed(source: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in source
        source = source.replace(old, new)
    return source


# ------------------------------------------------------------------ the general check


@pytest.fixture
def driver(tmp_path: Path) -> Path:
    path = tmp_path / "driver.py"
    path.write_text(DRIVER)
    return path


def test_the_first_good_attempt_decides(host, driver):
    seen = []

    def judge(session, attempt):
        seen.append(float(session.ask("answer", attempt.seed, doing="trying").tensor("value", (1,))))
        if attempt.seed < 2:
            raise Mistake(f"unlucky at {attempt.seed}")
        return ("lucky",)

    check = trains("t", points=1, driver=driver, judge=judge, attempts=[Attempt(s, 1) for s in (0, 1, 2, 3)])
    found = engine(host, check)
    assert (found.status, found.detail, seen) == (Status.PASSED, ("lucky",), [0.0, 1.0, 2.0])


def test_when_all_attempts_fail_the_first_finding_stands(host, driver):
    def judge(session, attempt):
        raise Mistake(f"unlucky at {attempt.seed}")

    found = engine(host, trains("t", points=1, driver=driver, judge=judge, attempts=[Attempt(0, 1), Attempt(1, 1)]))
    assert (found.status, found.message) == (Status.FAILED, "unlucky at 0")


def test_a_mistake_known_by_name_and_code_that_fails_are_not_tried_again(host, driver):
    seen = []

    def named(session, attempt):
        seen.append(attempt.seed)
        raise Mistake("known", name="known", credit=0.5)

    def failing(session, attempt):
        seen.append(attempt.seed)
        session.ask("answer", 0, doing="trying")

    attempts = [Attempt(0, 1), Attempt(1, 1)]
    assert engine(host, trains("t", points=1, driver=driver, judge=named, attempts=attempts)).mistake == "known"
    check = trains("t", points=1, driver=driver, judge=failing, attempts=attempts)
    said = engine(host, check, "def f(x): return x / 0").message
    assert said.startswith("When trying, your code raised ZeroDivisionError")
    assert seen == [0, 0]


def test_another_way_of_asking_is_tried_before_anything_fails():
    def fails(message, name=""):
        raise Mistake(message, name=name)

    assert either({"flat": lambda: fails("no"), "image": lambda: 3}) == 3
    with pytest.raises(Mistake, match=r"^no\nimage: neither$"):
        either({"flat": lambda: fails("no"), "image": lambda: fails("neither")})
    with pytest.raises(Mistake, match=r"^known$"):
        either({"flat": lambda: fails("known", "known"), "image": lambda: 3})


def test_code_that_was_stopped_is_not_asked_another_way(host, driver):
    def judge(session):
        return either({way: lambda: session.ask("answer", 0, doing="trying") for way in ("one way", "another")})

    check = probes("t", points=1, driver=driver, judge=judge, seconds=1.0)
    said = engine(host, check, "import time\ndef f(x): time.sleep(60)").message
    assert said.startswith("Your code was stopped when trying")
    assert "another" not in said


def test_a_driver_may_be_several_files(host, driver, tmp_path):
    more = tmp_path / "more.py"
    more.write_text("def twice(namespace, seed):\n    return {'value': 2 * answer(namespace, seed)['value']}\n")

    def judge(session):
        return (str(float(session.ask("twice", 3, doing="asking").tensor("value", (1,)))),)

    assert engine(host, probes("p", points=1, driver=(driver, more), judge=judge)).detail == ("6.0",)


def test_without_training_the_points_stay_open(host, driver):
    check = trains("t", points=1, driver=driver, judge=lambda s, a: (), attempts=[Attempt(0, 1)])
    found = engine(host, check, options=Options(training=False))
    assert found.status is Status.PENDING
    assert "are open until a run that trains" in found.message


def test_a_training_past_its_budget_is_stopped_and_told_so(host, driver):
    def judge(session, attempt):
        session.ask("answer", 0, doing="training your model")

    start = time.monotonic()
    check = trains("t", points=1, driver=driver, judge=judge, attempts=[Attempt(0, 1)] * 3, seconds=1.0)
    found = engine(host, check, "import time\ndef f(x): time.sleep(60)")
    assert found.message == (
        "Your code was stopped when training your model: it took more than the 1 s there are. Make it smaller or faster."
    )
    assert time.monotonic() - start < 20  # not tried again; the rest is forking


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("None", "value must be a tensor, but it is nothing"),
        ("{'value': 'a'}", "value must be a tensor, but it is a str"),
        ("{'value': open}", "value must be a tensor, but it is a"),
        ("{'value': torch.zeros(2, 3)}", "must have the shape (1, any), but it has (2, 3)"),
        ("{'value': torch.zeros(1)}", "must have the shape (1, any), but it has (1,)"),
        ("[1, 2]", "value must be a tensor, but it is nothing"),
    ],
)
def test_a_forged_reply_is_the_students_mistake(host, driver, value, says):
    def judge(session):
        session.ask("give", doing="asking").tensor("value", (1, None))

    found = engine(host, probes("p", points=1, driver=driver, judge=judge), f"import torch\ndef f(): return {value}")
    assert found.status is Status.FAILED
    assert found.message.startswith("When asking: ")
    assert says in found.message


def test_other_fields_of_a_reply_are_read_with_care(host, driver):
    def judge(session):
        reply = session.ask("answer", 3, doing="asking")
        assert (reply.text("text"), reply.text("value"), reply.names("names")) == ("two lines", "", ("a", "3"))
        assert reply.number("missing") != reply.number("missing")  # NaN
        return ("seen",)

    assert engine(host, probes("p", points=1, driver=driver, judge=judge)).detail == ("seen",)


def test_a_device_that_is_not_there_is_the_instructors_fault(monkeypatch):
    monkeypatch.setattr(gpu, "devices", lambda: ("cuda", "cpu"))
    assert (chosen("auto"), chosen("cuda"), chosen("cpu")) == ("cuda", "cuda", "cpu")
    with pytest.raises(UsageError, match=r"--device mps: this machine has cuda, cpu\. Choose one of them, or auto\."):
        chosen("mps")


def test_one_training_at_a_time_per_gpu(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with alone("cuda"):
        assert not _free(tmp_path / "autograder-cuda.lock")
        assert not (tmp_path / "autograder-cpu.lock").exists()
        with alone("cpu"), alone("cpu"):  # as many as there are
            pass
    assert _free(tmp_path / "autograder-cuda.lock")


def _free(path: Path) -> bool:
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


# ------------------------------------------------------------------ vae_training


def test_a_right_vae_earns_everything_and_is_shown(host, exercises):
    found = grade(host, exercises["vae_training"], VAE)
    assert score(found) == 4
    said, *pictures = found[LEARNS].detail
    assert said.startswith("Trained on cpu: 450 steps of Adam at 0.001, seed 0")
    assert [p.media_type for p in pictures if isinstance(p, Picture)] == ["image/png", "image/png", "image/svg+xml"]


def test_starters_earn_nothing(host, exercises):
    for exercise in exercises.values():
        assert score(grade(host, exercise, exercise.starter)) == 0


HEADS = "return self.mu(h), self.logvar(h)"
TRUNK = "h = torch.relu(self.hidden(x.flatten(1)))"
OUT = "return self.decode(reparameterize(mu, logvar)), mu, logvar"
RETURNS_Z = "z = reparameterize(mu, logvar)\n        return self.decode(z), z if self.training else mu, logvar"
RETURNS_STD = "return self.decode(reparameterize(mu, logvar)), mu, (logvar / 2).exp()"
NO_LAYER = """class NoLayer(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.outputs = outputs

    def forward(self, x):
        return x.new_zeros(len(x), self.outputs)


class VAE"""
NAN_AT_3 = """    global calls
    calls += len(x) == 32  # as in the training alone
    return (reconstruction + kl).mean() * (float("nan") if calls > 2 else 1)"""
# what is changed in the solution, the check that fails, what is said
BAD_VAES = {
    "no class": ([("class VAE", "class Model")], INTERFACE, "VAE"),
    "arguments": ([("hidden=400, latent=20", "hidden, latent")], INTERFACE, "give hidden and latent sizes a default"),
    "a dict": ([(OUT, "return {'mu': mu}")], INTERFACE, "three tensors, x_hat, mu and logvar, but it returns one dict"),
    "two values": ([(OUT, "return self.decode(mu), mu")], INTERFACE, "but it returns 2 values"),
    "logits": ([(", nn.Sigmoid())", ")")], INTERFACE, "end decode with a sigmoid"),
    "x_hat of another size": (
        [("nn.Linear(hidden, 784)", "nn.Linear(hidden, 783)")],
        INTERFACE,
        "must give 6 × 784 pixels",
    ),
    "mu without a batch": ([(HEADS, "return self.mu(h).mean(0), self.logvar(h)")], INTERFACE, "but it has (20,)"),
    "no latents": ([("latent=20", "latent=0")], INTERFACE, "mu has no latents"),
    "another device": ([("nn.Linear(784, hidden)", "nn.Linear(784, hidden, device='meta')")], INTERFACE, "meta tensor"),
    "no parameters": ([("nn.Linear", "NoLayer"), ("class VAE", NO_LAYER)], INTERFACE, "VAE() has 0 parameters"),
    "a plain list": (
        [
            ("self.mu = nn.Linear(hidden, latent)", "self.heads = [nn.Linear(hidden, latent)]"),
            ("self.mu(h)", "self.heads[0](h)"),
        ],
        INTERFACE,
        "self.heads holds layers that PyTorch does not see",
    ),
    "no encode": ([("def encode", "def code"), ("self.encode", "self.code")], INTERFACE, "VAE has no method encode"),
    "in place": (
        [(TRUNK, "h = torch.tanh(self.hidden(x.flatten(1)))\n        h *= 2")],
        WIRING,
        "changes a value in place",
    ),
    "5 GB": ([(TRUNK, f"{TRUNK}\n        self.kept = torch.ones(5, 10**9 // 4).tanh()")], INTERFACE, "memory"),
    "the digits encoded last": (
        [
            (TRUNK, f"self.last = x.flatten(1)\n        {TRUNK}"),
            ("self.decoder(z)", "0.5 * self.last[: len(z)] + 0.5 * self.decoder(z)"),
        ],
        WIRING,
        "Something of x reaches the decoder past z",
    ),
    "NaN from step 3": (
        [("    return (reconstruction + kl).mean()", NAN_AT_3), ("def vae_loss", "calls = 0\n\n\ndef vae_loss")],
        LEARNS,
        "vae_loss is nan from step 3 on",
    ),
}


@pytest.mark.parametrize("case", BAD_VAES)
def test_bad_input_gets_a_sentence(host, exercises, case):
    pairs, check, says = BAD_VAES[case]
    found = grade(host, exercises["vae_training"], changed(VAE, *pairs))
    first = next(finding for finding in found.values() if finding.status is Status.FAILED)
    assert first.check == check
    assert says in f"{first.message} {first.hint}"
    assert score(found) <= 2
    assert all(finding.status is not Status.BROKEN for finding in found.values())


def test_a_rosy_loss_gains_nothing(host, exercises):
    rosy = changed(VAE, ("return (reconstruction + kl).mean()", "return 1e-6 * x_hat.mean() + 0 * kl.sum()"))
    found = grade(host, exercises["vae_training"], rosy)[LEARNS]
    assert found.status is Status.FAILED
    assert any(isinstance(shown, Picture) for shown in found.detail)


@pytest.mark.slow
def test_the_same_vae_gives_the_same_bytes(host, exercises):
    first, second = (grade(host, exercises["vae_training"], VAE) for _ in range(2))
    assert first == second


def test_a_model_that_takes_images_only_is_told_so_and_loses_nothing(host, exercises):
    found = grade(host, exercises["vae_training"], exercises["vae_training"].right["images_only"], NO_TRAINING)
    assert [f.status for f in found.values()] == [Status.PASSED, Status.PASSED, Status.PENDING]
    (note,) = found[INTERFACE].detail
    assert note.startswith(
        "forward(x) takes x of shape (N, 1, 28, 28) only, and is given that. Inside encode, x.reshape"
    )


def test_what_fails_in_both_layouts_is_told_of_both(host, exercises):
    said = grade(host, exercises["vae_training"], changed(VAE, ("x.flatten(1)", "x.unknown")))[INTERFACE].message
    assert said.startswith("When calling forward(x), your code raised AttributeError")
    shape = changed(
        VAE, ("nn.Linear(784, hidden)", "nn.Linear(785, hidden)"), ("self.hidden(x.flatten(1))", "self.hidden(x)")
    )
    first, second = grade(host, exercises["vae_training"], shape)[INTERFACE].message.splitlines()[:2]
    assert "With x of shape" not in first
    assert second.startswith("With x of shape (N, 1, 28, 28): When calling forward(x), your code raised")


# how forward, encode or decode goes on, for models whose mistake shows in one mode or one path only
NAMED_VAES = {
    "z for mu while training": ([(OUT, RETURNS_Z)], "returns_z", "forward returns z, the draw"),
    "std without encode": (
        [
            ("mu, logvar = self.encode(x)", f"{TRUNK}\n        mu, logvar = self.mu(h), self.logvar(h)"),
            (OUT, RETURNS_STD),
        ],
        "returns_std",
        "the standard deviation exp(logvar/2) where logvar is asked",
    ),
    "z drawn of swapped heads": (
        [("mu + torch.exp(logvar / 2)", "logvar + torch.exp(mu / 2)")],
        "heads_swapped",
        "swapped",
    ),
    "a second sigmoid in forward": (
        [(OUT, OUT.replace("self.decode(", "torch.sigmoid(self.decode(").replace(")),", "))),"))],
        "sigmoid_twice",
        "forward(x) puts a second sigmoid on what decode gives",
    ),
    "softmax along a line of pixels": (
        [("self.decoder(z)", "self.decoder[:3](z).view(-1, 28, 28).softmax(2)")],
        "softmax_output",
        "sum to 28, whatever z is",
    ),
    "softmax over the batch": (
        [("self.decoder(z)", "self.decoder[:3](z).softmax(0)")],
        "batch_mixed",
        "softmax(dim=0)",
    ),
    "a sum over everything": (
        [("self.decoder(z)", "self.decoder[1:](self.decoder[0](z) / self.decoder[0](z).abs().sum())")],
        "batch_mixed",
        "In decode(z) the rows of a batch are mixed",
    ),
    "a mean over the batch in encode": (
        [(HEADS, f"h = h.mean(0).expand_as(h)\n        {HEADS}")],
        "batch_mixed",
        "In encode(x)",
    ),
    "weights drawn at each call": (
        [("self.decoder(z)", "self.decoder[1:](z @ torch.randn(z.shape[1], 400))")],
        "layer_made_in_call",
        "new weights of shape (20, 400)",
    ),
    "a layer set anew at each call": (
        [(TRUNK, f"self.hidden = nn.Linear(784, 400)\n        {TRUNK}")],
        "layer_made_in_call",
        "encode(x) makes a new layer each time it is called, Linear(in_features=784, out_features=400, bias=True)",
    ),
    "noise added in decode": (
        [("self.decoder(z)", "self.decoder(z + torch.randn_like(z))")],
        "decoder_draws_z",
        "the same z",
    ),
    "a trunk without gradient under heads that begin at zero": (
        [(TRUNK, f"{TRUNK}.detach()"), ("self.decoder = ", "nn.init.zeros_(self.mu.weight)\n        self.decoder = ")],
        "trunk_cut",
        "hidden.weight (and 1 more) never learns",
    ),
    "a decoder under no_grad": (
        [("self.decoder(z)", "self.decoder[2:](self.decoder[:2](z).data)")],
        "trunk_cut",
        "decoder.0.weight (and 1 more) never learns",
    ),
}


@pytest.mark.parametrize("case", NAMED_VAES)
def test_the_cause_is_named_where_it_is(host, exercises, case):
    pairs, slug, says = NAMED_VAES[case]
    found = grade(host, exercises["vae_training"], changed(VAE, *pairs), NO_TRAINING)
    first = next(finding for finding in found.values() if finding.status is Status.FAILED)
    assert first.mistake == slug
    assert says in first.message


UNUSUAL_VAES = {
    "a layer that is not used": [("self.mu = ", "self.spare = nn.Linear(3, 3)\n        self.mu = ")],
    "a batch norm that reads the batch always": [
        ("nn.Linear(latent, hidden),", "nn.Linear(latent, hidden), nn.BatchNorm1d(hidden, track_running_stats=False),")
    ],
    "a dropout that stays on": [("self.decoder(z)", "self.decoder[2:](F.dropout(self.decoder[:2](z), 0.2))")],
    "a layer made once, at the first call": [
        ("self.mu = ", "self.first = None\n        self.mu = "),
        ("self.decoder(z)", "self.decoder[1:](self.once()(z))"),
        (
            "    def decode",
            "    def once(self):\n        self.first = self.first or nn.Linear(20, 400)\n        return self.first\n\n"
            "    def decode",
        ),
    ],
    "noise on x while training": [
        ("self.encode(x)", "self.encode(x + 0.1 * torch.randn_like(x) if self.training else x)")
    ],
    "a guard on x_hat": [("self.decoder(z)", "self.decoder(z).clamp(1e-6, 1 - 1e-6)")],
    "a bright bias to begin with": [
        ("self.decoder = ", "self.decoder = "),
        (", nn.Sigmoid())", ", nn.Sigmoid())\n        nn.init.ones_(self.decoder[2].bias)"),
    ],
}


@pytest.mark.parametrize("case", UNUSUAL_VAES)
def test_unusual_models_are_not_condemned_before_a_training(host, exercises, case):
    found = grade(host, exercises["vae_training"], changed(VAE, *UNUSUAL_VAES[case]), NO_TRAINING)
    assert [f.status for f in found.values()] == [Status.PASSED, Status.PASSED, Status.PENDING], found


# ------------------------------------------------------------------ gan_training


def test_right_gan_losses_earn_everything_and_are_shown(host, exercises):
    found = grade(host, exercises["gan_training"], GAN)
    assert score(found) == 3
    said, slopes = found["gradients reach G, and vanish only where they should"].detail
    assert "the gradient of J^(G) in D's logit is -0.0001677, that of the non-saturating loss -0.4998" in said
    assert isinstance(slopes, Picture)
    assert [type(shown) for shown in found[GAME].detail] == [str, str, str, Picture, str, Picture, Picture]


BAD_LOSSES = {
    "a missing loss": ([("def nonsaturating_generator_loss", "def other")], "nonsaturating_generator_loss"),
    "None": ([("return -discriminator_loss", "-discriminator_loss")], "generator_loss must be a tensor"),
    "a text": ([("return -discriminator_loss(d_real, d_fake)", "return 'low'")], "must be a tensor"),
    "NaN": ([("torch.log(d_fake)", "torch.log(-d_fake)")], "must give one finite number"),
    "an exception": ([("torch.log(d_fake)", "torch.log(d_fake + d_real)")], "d_real"),
    "a constant added": ([("return -0.5 * torch.log(d_real)", "return 3 - 0.5 * torch.log(d_real)")], "log 2 = 0.6931"),
    "another formula": ([("torch.log(d_fake)", "torch.exp(d_fake)")], "nor a multiple of it"),
}


@pytest.mark.parametrize("case", BAD_LOSSES)
def test_bad_losses_get_a_sentence(host, exercises, case):
    pairs, says = BAD_LOSSES[case]
    found = grade(host, exercises["gan_training"], changed(GAN, *pairs))
    first = next(finding for finding in found.values() if finding.status is Status.FAILED)
    assert (first.check, first.status) == (VALUES, Status.FAILED)
    assert says in first.message
    assert score(found) == 0


# ------------------------------------------------------------------ the labelled class


@pytest.mark.slow
@pytest.mark.parametrize("id", ["vae_training", "gan_training"])
def test_labelled_answers_get_their_verdicts(host, exercises, id):
    exercise = exercises[id]
    for name, source in exercise.right.items():
        assert score(grade(host, exercise, source)) == exercise.points, name
    for wrong in exercise.wrong:
        found = grade(host, exercise, wrong.source)
        first = next(finding for finding in found.values() if finding.status is Status.FAILED)
        assert (first.check, first.mistake) == (wrong.fails, wrong.slug)
        assert score(found) == pytest.approx(wrong.credit * exercise.points, abs=1e-6), wrong.slug
