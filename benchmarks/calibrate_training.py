"""Margins of the training checks: many right models at many seeds, and wrong ones, against the thresholds in the exercises.

    python benchmarks/calibrate_training.py [--quick]

Writes docs/calibration.csv, one row a training, and docs/calibration.md, the table of margins. About 20 minutes of one core.
Each right model gets what a student's gets: a first attempt, and the later ones where the first fails.
"""

import argparse
import csv
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType

import torch

REPOSITORY = Path(__file__).parents[1]
SHEET = REPOSITORY / "exercises" / "generative_models"
sys.path[:0] = [
    str(REPOSITORY),
    str(REPOSITORY / "benchmarks"),
    str(SHEET / "vae_training"),
    str(SHEET / "gan_training"),
]

from in_process import InProcess  # noqa: E402  # found by the path set above

from autograder.checks.trains import Attempt, Session, session_of  # noqa: E402
from autograder.errors import Mistake  # noqa: E402

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
LIMITS = {  # measure -> threshold in exercise.py, and whether right models lie above it
    "gain": ("BEATS_CONSTANT", True),
    "nearer": ("NEARER_TO_OWN", True),
    "kl": ("KL_AT_LEAST", True),
    "moment": ("MOMENT_AT_MOST", False),
    "contrast": ("CONTRAST_AT_LEAST", True),
    "smoothness": ("SMOOTHNESS_AT_LEAST", True),
    "sampling": ("SAMPLING_NATS", False),
}


def load(exercise: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(exercise, SHEET / exercise / "exercise.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[exercise] = module
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True)
class Row:
    """One training and what became of it."""

    exercise: str
    kind: str  # right or wrong
    model: str
    fault: str
    seed: int
    attempt: int
    verdict: str  # passed, or the slug of the mistake, or "failed"
    numbers: dict[str, float]


def vae_rows(
    exercise: ModuleType, kind: str, model: str, fault: str, source: str, seed: int, optimizer: str
) -> Iterator[Row]:
    """The attempts that the check would make with this seed added to each of its own."""
    for i, plan in enumerate(exercise.ATTEMPTS):
        attempt = Attempt(plan.seed + 10 * seed, plan.steps, plan.rate, optimizer)
        answer = InProcess(source)
        with session_of(answer, exercise.DRIVER.read_text(), 600.0) as session:
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
        exercise.verdict(session, run.layout, m)
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
    with session_of(InProcess(source), exercise.DRIVER.read_text(), 600.0) as session:
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
    for fault, formula in WRONG_LOSSES.items():
        for model, source in list(WRONG_MODELS.items())[: 1 if quick else None]:
            wrong = source.replace("(reconstruction + kl).mean()", formula)
            assert wrong != source
            yield from vae_rows(vae, "wrong", model, fault, wrong, 0, "Adam")
    yield from labelled_rows(vae)
    for folder, kind in (("right", "right"), ("wrong", "wrong")):
        for path in sorted((SHEET / "gan_training" / folder).glob("*.py")):
            for seed in range(1 if quick or kind == "wrong" else 8):
                yield from gan_rows(gan, kind, path.stem, path.read_text(), seed)


# ------------------------------------------------------------------ the table


def write(rows: list[Row], folder: Path) -> None:
    keys = sorted({key for row in rows for key in row.numbers})
    with (folder / "calibration.csv").open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["exercise", "kind", "model", "fault", "seed", "attempt", "verdict", *keys])
        for r in rows:
            numbers = [f"{r.numbers[key]:.5g}" if key in r.numbers else "" for key in keys]
            table.writerow([r.exercise, r.kind, r.model, r.fault, r.seed, r.attempt, r.verdict, *numbers])
    (folder / "calibration.md").write_text(text(rows))


def read(path: Path) -> list[Row]:
    """The rows of a calibration.csv."""
    rows = []
    with path.open(newline="") as file:
        for entry in csv.DictReader(file):
            numbers = {key: float(value) for key, value in list(entry.items())[7:] if value}
            head = [entry[key] for key in ("exercise", "kind", "model", "fault")]
            rows.append(Row(*head, int(entry["seed"]), int(entry["attempt"]), entry["verdict"], numbers))
    return rows


def text(rows: list[Row]) -> str:
    vae = [r for r in rows if r.exercise == "vae_training"]
    good, bad = ([r for r in vae if r.kind == kind] for kind in ("right", "wrong"))
    return "\n".join(
        [
            "# Margins of the training checks",
            "",
            "Made by `python benchmarks/calibrate_training.py`; each training is a row of [calibration.csv](calibration.csv).",
            "A right model may fail its first attempt and pass a later one; it fails only when all attempts do.",
            "",
            *summary(good, bad),
            "",
            "## Right models",
            "",
            "The worst value of each measure over the trainings that passed.",
            "",
            *right_table(good),
            "",
            "## Wrong losses",
            "",
            "Over all attempts; what is named ends the attempts.",
            "",
            *wrong_table(bad),
            "",
            "## Labelled wrong answers",
            "",
            *[f"- `{r.fault}` is called {r.verdict}" for r in vae if r.kind == "labelled"],
            "",
            "## Distance to the thresholds",
            "",
            *limits_table(good, bad),
            "",
            "## GAN",
            "",
            *gan_table([r for r in rows if r.exercise == "gan_training"]),
            "",
        ]
    )


def summary(good: list[Row], bad: list[Row]) -> list[str]:
    runs = {(r.model, r.seed // 10) for r in good}
    passed = {(r.model, r.seed // 10) for r in good if r.verdict == "passed"}
    first = sum(r.verdict == "passed" and r.attempt == 1 for r in good)
    kinds = len({r.model for r in good})
    let_by = [r for r in bad if r.verdict == "passed"]
    return [
        f"- right models: {len(runs)} of {kinds} kinds, {len(passed)} passed ({first} at the first attempt)",
        f"- wrong losses: {len({(r.model, r.fault) for r in bad})}, {len(let_by)} passed; labelled wrong answers, see below",
    ]


def right_table(good: list[Row]) -> list[str]:
    lines = [
        "| model | seeds | passed at attempt 1 / 2 / 3 | " + " | ".join(LIMITS) + " |",
        "|---" * (len(LIMITS) + 3) + "|",
    ]
    for model in RIGHT:
        passed = [r for r in good if r.model == model and r.verdict == "passed"]
        at = " / ".join(str(sum(r.attempt == i for r in passed)) for i in (1, 2, 3))
        worst = [
            f"{(min if above else max)(r.numbers[key] for r in passed):.3g}" if passed else "-"
            for key, (_, above) in LIMITS.items()
        ]
        lines.append(
            f"| {model} | {len({r.seed // 10 for r in good if r.model == model})} | {at} | " + " | ".join(worst) + " |"
        )
    return lines


def wrong_table(bad: list[Row]) -> list[str]:
    lines = ["| fault | model | verdicts | " + " | ".join(LIMITS) + " |", "|---" * (len(LIMITS) + 3) + "|"]
    for r in bad:
        numbers = [f"{r.numbers[key]:.3g}" if key in r.numbers else "-" for key in LIMITS]
        lines.append(f"| {r.fault} | {r.model} | {r.verdict} | " + " | ".join(numbers) + " |")
    return lines


def limits_table(good: list[Row], bad: list[Row]) -> list[str]:
    exercise = sys.modules["vae_training"]
    lines = ["| measure | threshold | right models: worst, median | wrong ones beyond it |", "|---|---|---|---|"]
    passed = [r for r in good if r.verdict == "passed"]
    for key, (name, above) in LIMITS.items():
        limit = getattr(exercise, name)
        values = sorted((r.numbers[key] for r in passed), reverse=not above)
        caught = [r.numbers[key] for r in bad if key in r.numbers and (r.numbers[key] > limit) != above]
        nearest = f"{len(caught)}, the nearest {(max if above else min)(caught):.3g}" if caught else "none"
        lines.append(
            f"| {key} | {'>' if above else '<'} {limit:g} | {values[0]:.3g}, {values[len(values) // 2]:.3g} | {nearest} |"
        )
    return lines


def gan_table(rows: list[Row]) -> list[str]:
    lines = [
        "Share of digits and noise that D tells apart; energy distance after over before. The wrong losses are already",
        "recognised by their values and slopes, before anything is trained; here they are trained all the same.",
        "",
        "| losses | kind | trainings | told apart | J^(G) = -J^(D) | non-saturating |",
        "|---|---|---|---|---|---|",
    ]
    keys = ("apart", "generator_loss", "nonsaturating_generator_loss")
    for name, kind in dict.fromkeys((r.model, r.kind) for r in rows):
        mine = [r for r in rows if r.model == name]
        cells = []
        for key in keys:
            values = [r.numbers[key] for r in mine if key in r.numbers]
            cells.append(f"{min(values):.3g} … {max(values):.3g}" if values else "-")
        lines.append(f"| {name} | {kind} | {len(mine)} | " + " | ".join(cells) + " |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one seed a model; writes nothing")
    parser.add_argument("--table", action="store_true", help="only writes docs/calibration.md anew, from the csv")
    quick, table = vars(parser.parse_args()).values()
    torch.set_num_threads(1)
    if table:
        load("vae_training")
        write(read(REPOSITORY / "docs" / "calibration.csv"), REPOSITORY / "docs")
        return
    rows = []
    for row in every_row(quick):
        rows.append(row)
        print(row.exercise, row.kind, row.model, row.fault, row.seed, row.attempt, row.verdict, flush=True)
    if quick:
        print(text(rows))
    else:
        write(rows, REPOSITORY / "docs")


if __name__ == "__main__":
    main()
