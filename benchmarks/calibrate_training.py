"""Margins of the training checks: many right models at many seeds, and wrong ones, against the thresholds in the exercises.

    python benchmarks/calibrate_training.py [--quick]

Writes docs/calibration.csv, one row a training, and docs/calibration.md, the table of margins. About 20 minutes of one core.
Each right model gets what a student's gets: a first attempt, and the later ones where the first fails.
"""

import argparse
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from types import ModuleType

import torch

REPOSITORY = Path(__file__).parents[1]
SHEET = REPOSITORY / "exercises" / "generative_models"
sys.path[:0] = [str(REPOSITORY), str(SHEET / "vae_training"), str(SHEET / "gan_training")]

from autograder.checks.session import Attempt, Session, session_of  # noqa: E402  # found by the path set above
from autograder.model import Mistake  # noqa: E402
from benchmarks.calibration_table import LIMITS, Row, read, text, write  # noqa: E402
from benchmarks.in_process import InProcess  # noqa: E402

LOSS = (SHEET / "vae_training" / "solution.py").read_text().split("class VAE")[0]
MLP = """
def mlp(sizes, activation):
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers += [nn.Linear(a, b), activation()]
    return nn.Sequential(*layers)


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        sizes, latent, activation = {sizes}, {latent}, nn.{activation}
        self.encoder = mlp([784, *sizes], activation)
        self.mu, self.logvar = nn.Linear(sizes[-1], latent), nn.Linear(sizes[-1], latent)
        self.decoder = nn.Sequential(mlp([latent, *sizes[::-1]], activation), nn.Linear(sizes[0], 784), nn.Sigmoid())

    def encode(self, x):
        h = self.encoder(x.flatten(1))
        return self.mu(h), self.logvar(h)

    def decode(self, z):
        return self.decoder(z)

    def forward(self, x):
        mu, logvar = self.encode(x)
        return self.decode(reparameterize(mu, logvar)), mu, logvar
"""


def mlp(sizes: list[int], latent: int, activation: str = "ReLU") -> str:
    return LOSS + MLP.format(sizes=sizes, latent=latent, activation=activation)


def right(name: str) -> str:
    return (SHEET / "vae_training" / "right" / f"{name}.py").read_text().split("\n\nif __name__")[0]


def gan_right() -> list[Path]:
    """Right losses; one that changes torch's defaults would change them for all that is measured after it."""
    paths = sorted((SHEET / "gan_training" / "right").glob("*.py"))
    return [path for path in paths if "set_default" not in path.read_text()]


REFERENCE = mlp([400], 20)
RIGHT = {  # name -> source, optimiser, seeds
    "reference 400-20": (REFERENCE, "Adam", 10),
    "reference, RMSprop": (REFERENCE, "RMSprop", 8),
    "wide 1000-20": (mlp([1000], 20), "Adam", 6),
    "narrow 64-8": (mlp([64], 8), "Adam", 10),
    "narrow 64-8, RMSprop": (mlp([64], 8), "RMSprop", 6),
    "deep ReLU 400-200-100-16": (mlp([400, 200, 100], 16), "Adam", 8),
    "deep tanh 400-200-100-16": (mlp([400, 200, 100], 16, "Tanh"), "Adam", 8),
    "deep tanh 512-256-128-64": (right("deep_tanh"), "Adam", 4),
    "tanh 400-20": (mlp([400], 20, "Tanh"), "Adam", 6),
    "SiLU 300-10": (mlp([300], 10, "SiLU"), "Adam", 5),
    "latent 2": (mlp([400], 2), "Adam", 10),
    "latent 2, tanh": (mlp([200], 2, "Tanh"), "Adam", 8),
    "latent 64": (mlp([400], 64), "Adam", 6),
    "convolutional": (right("convolutional"), "Adam", 6),
    "convolutional, RMSprop": (right("convolutional"), "RMSprop", 4),
    "tied weights": (right("tied_weights"), "Adam", 6),
    "batch norm, dropout": (right("mean_when_evaluating"), "Adam", 5),
    "all in forward, loss summed": (right("all_in_forward"), "Adam", 4),
    "images only": (right("images_only"), "Adam", 4),
    "begins at zero": (right("begins_at_zero"), "Adam", 4),
    "lazy layers": (right("lazy_layers"), "Adam", 3),
    "dropout everywhere": (right("dropout_everywhere"), "Adam", 4),
}

WRONG_LOSSES = {  # what stands in place of (reconstruction + kl).mean()
    "KL forgotten": "reconstruction.mean()",
    "KL only": "kl.mean()",
    "mean over pixels": "reconstruction.mean() / 784 + kl.mean()",
    "both means": "reconstruction.mean() / 784 + kl.mean() / mu.shape[1]",
    "KL sign turned": "(reconstruction - kl).mean()",
    "ELBO sign turned": "-(reconstruction + kl).mean()",
    "KL × 100": "(reconstruction + 100 * kl).mean()",
    "KL ÷ 784": "(reconstruction + kl / 784).mean()",
}
WRONG_MODELS = {
    "reference 400-20": REFERENCE,
    "latent 2": mlp([400], 2),
    "convolutional": right("convolutional"),
    "deep tanh 400-200-100-16": mlp([400, 200, 100], 16, "Tanh"),
}
SLOW = ("deep ReLU 400-200-100-16", "deep tanh 400-200-100-16", "deep tanh 512-256-128-64")
SAMPLER = "mu + torch.exp(logvar / 2) * torch.randn_like(mu)"
ENCODE = "mu, logvar = self.encode(x)"
INLINED = "h = self.encoder(x.flatten(1))\n        mu, logvar = self.mu(h), self.logvar(h)"  # z cannot be watched then
WRONG_SAMPLERS = {
    "std exp(logvar)": "mu + torch.exp(logvar) * torch.randn_like(mu)",
    "std exp(logvar)/2": "mu + torch.exp(logvar) / 2 * torch.randn_like(mu)",
    "uniform noise": "mu + torch.exp(logvar / 2) * torch.rand_like(mu)",
    "no noise": "mu",
}
SAMPLED = {"reference 400-20": REFERENCE, "narrow 64-8": mlp([64], 8), "latent 2": mlp([400], 2)}


def load(exercise: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(exercise, SHEET / exercise / "exercise.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[exercise] = module
    spec.loader.exec_module(module)
    return module


def vae_rows(
    exercise: ModuleType, kind: str, model: str, fault: str, source: str, seed: int, optimizer: str
) -> Iterator[Row]:
    """The attempts that the check would make with this seed added to each of its own."""
    for i, plan in enumerate(exercise.ATTEMPTS):
        attempt = Attempt(plan.seed + 10 * seed, plan.steps, plan.rate, optimizer)
        answer = InProcess(source)
        with session_of(answer, exercise.DRIVER.read_text(), 600.0, "cpu") as session:
            verdict, numbers = judged(exercise, session, attempt)
        yield Row("vae_training", kind, model, fault, attempt.seed, i + 1, verdict, numbers)
        if verdict != "failed":
            return


def judged(exercise: ModuleType, session: Session, attempt: Attempt) -> tuple[str, dict[str, float]]:
    numbers: dict[str, float] = {}
    try:
        run = exercise.train(session, attempt)
        m = run.numbers
        numbers = {**asdict(m), "gain": m.elbo - max(m.constant, m.start - exercise.BEATS_CONSTANT)}
        exercise.judge(session, run)
    except Mistake as mistake:
        return mistake.name or "failed", numbers
    return "passed", numbers


def labelled_rows(exercise: ModuleType) -> Iterator[Row]:
    """The wrong answers that come with the exercise: what its checks call them."""
    for path in sorted((SHEET / "vae_training" / "wrong").glob("*.py")):
        verdict = "passed"
        for check in exercise.checks:
            try:
                check.run(InProcess(path.read_text()))
            except Mistake as mistake:
                verdict = mistake.name or "failed"
                break
        yield Row("vae_training", "labelled", "", path.stem, 0, 1, verdict, {})


def gan_rows(exercise: ModuleType, kind: str, name: str, source: str, seed: int) -> Iterator[Row]:
    plan = exercise.ATTEMPTS[0]
    attempt = Attempt(plan.seed + 10 * seed, plan.steps, plan.rate)
    with session_of(InProcess(source), exercise.DRIVER.read_text(), 600.0, "cpu") as session:
        numbers = {}
        try:
            _, numbers["apart"] = exercise.discriminate(session, attempt)
            for loss in exercise.GENERATOR_LOSSES:
                start, end, *_ = exercise.play(session, attempt, loss)
                numbers[loss] = end / start
            verdict = "passed" if max(numbers[n] for n in exercise.GENERATOR_LOSSES) < exercise.MOVED else "failed"
        except Mistake:
            verdict = "failed"
        yield Row("gan_training", kind, name, "", attempt.seed, 1, verdict, numbers)


def every_row(quick: bool) -> Iterator[Row]:
    vae, gan = load("vae_training"), load("gan_training")
    for model, (source, optimizer, seeds) in RIGHT.items():
        for seed in range(1 if quick else seeds):
            yield from vae_rows(vae, "right", model, "", source, seed, optimizer)
    yield from slow_rows(vae, quick)
    for fault, formula in WRONG_LOSSES.items():
        for model, source in list(WRONG_MODELS.items())[: 1 if quick else None]:
            wrong = source.replace("(reconstruction + kl).mean()", formula)
            assert wrong != source
            yield from vae_rows(vae, "wrong", model, fault, wrong, 0, "Adam")
    yield from sampler_rows(vae, quick)
    yield from labelled_rows(vae)
    wrong_losses = sorted((SHEET / "gan_training" / "wrong").glob("*.py"))
    for kind, paths in (("right", gan_right()), ("wrong", wrong_losses)):
        for path in paths:
            for seed in range(1 if quick or kind == "wrong" else 8):
                yield from gan_rows(gan, kind, path.stem, path.read_text(), seed)


def slow_rows(vae: ModuleType, quick: bool) -> Iterator[Row]:
    """The kinds that learn slowest, at their second attempt alone: what a first attempt that falls short leads to."""
    plan = vae.ATTEMPTS[1]
    for model in SLOW:
        source, optimizer, _ = RIGHT[model]
        for seed in range(1 if quick else 3):
            attempt = Attempt(plan.seed + 10 * seed, plan.steps, plan.rate, optimizer)
            with session_of(InProcess(source), vae.DRIVER.read_text(), 600.0, "cpu") as session:
                verdict, numbers = judged(vae, session, attempt)
            yield Row("vae_training", "slow", model, "", attempt.seed, 2, verdict, numbers)


def sampler_rows(vae: ModuleType, quick: bool) -> Iterator[Row]:
    """Wrong samplers inside a forward that does not use encode, so that only what comes out can show them."""
    for fault, formula in WRONG_SAMPLERS.items():
        for model, source in list(SAMPLED.items())[: 1 if quick else None]:
            wrong = source.replace(SAMPLER, formula).replace(ENCODE, INLINED)
            yield from vae_rows(vae, "wrong", model, fault, wrong, 0, "Adam")


def calibrate() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one seed a model; writes nothing")
    parser.add_argument("--table", action="store_true", help="only writes docs/calibration.md anew, from the csv")
    quick, table = vars(parser.parse_args()).values()
    torch.set_num_threads(1)
    thresholds = {name: getattr(load("vae_training"), name) for name, _ in LIMITS.values()}
    if table:
        write(read(REPOSITORY / "docs" / "calibration.csv"), thresholds, REPOSITORY / "docs")
        return
    rows = []
    for row in every_row(quick):
        rows.append(row)
        print(row.exercise, row.kind, row.model, row.fault, row.seed, row.attempt, row.verdict, flush=True)
    if quick:
        print(text(rows, thresholds))
    else:
        write(rows, thresholds, REPOSITORY / "docs")


if __name__ == "__main__":
    calibrate()
