"""The table of margins from the trainings of ``calibrate_training``: docs/calibration.csv and docs/calibration.md."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LIMITS = {  # measure -> threshold in exercise.py, and whether right models lie above it
    "gain": ("BEATS_CONSTANT", True),
    "nearer": ("NEARER_TO_OWN", True),
    "kl": ("KL_AT_LEAST", True),
    "moment": ("MOMENT_AT_MOST", False),
    "contrast": ("CONTRAST_AT_LEAST", True),
    "smoothness": ("SMOOTHNESS_AT_LEAST", True),
    "sampling": ("SAMPLING_NATS", False),
}


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


def write(rows: list[Row], thresholds: Mapping[str, float], folder: Path) -> None:
    """The rows as calibration.csv, and of that file the table of margins."""
    keys = sorted({key for row in rows for key in row.numbers})
    with (folder / "calibration.csv").open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["exercise", "kind", "model", "fault", "seed", "attempt", "verdict", *keys])
        for r in rows:
            numbers = [f"{r.numbers[key]:.5g}" if key in r.numbers else "" for key in keys]
            table.writerow([r.exercise, r.kind, r.model, r.fault, r.seed, r.attempt, r.verdict, *numbers])
    (folder / "calibration.md").write_text(text(read(folder / "calibration.csv"), thresholds))


def read(path: Path) -> list[Row]:
    """The rows of a calibration.csv."""
    rows = []
    with path.open(newline="") as file:
        for entry in csv.DictReader(file):
            numbers = {key: float(value) for key, value in list(entry.items())[7:] if value}
            head = [entry[key] for key in ("exercise", "kind", "model", "fault")]
            rows.append(Row(*head, int(entry["seed"]), int(entry["attempt"]), entry["verdict"], numbers))
    return rows


def text(rows: list[Row], thresholds: Mapping[str, float]) -> str:
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
            "## Slow models, second attempt",
            "",
            "A first attempt near a threshold is no danger: what falls short is tried again with more steps.",
            "",
            *right_table([r for r in vae if r.kind == "slow"]),
            "",
            "## Wrong losses and samplers",
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
            *limits_table(good, bad, thresholds),
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
        f"- wrong losses and samplers: {len({(r.model, r.fault) for r in bad})}, {len(let_by)} passed",
    ]


def right_table(good: list[Row]) -> list[str]:
    lines = [
        "| model | seeds | passed at attempt 1 / 2 / 3 | " + " | ".join(LIMITS) + " |",
        "|---" * (len(LIMITS) + 3) + "|",
    ]
    for model in dict.fromkeys(r.model for r in good):
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


def limits_table(good: list[Row], bad: list[Row], thresholds: Mapping[str, float]) -> list[str]:
    lines = ["| measure | threshold | right models: worst, median | wrong ones beyond it |", "|---|---|---|---|"]
    passed = [r for r in good if r.verdict == "passed"]
    for key, (name, above) in LIMITS.items():
        limit = thresholds[name]
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
