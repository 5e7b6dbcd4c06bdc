"""Writes the cases of `found/`: hand-ins whose answers are hard to find, each with what a fair tutor gives for it.

Run as `python -m tests.corpus.make_found`; the same script writes the same bytes. A case is a folder: `expect.toml` and
one folder a student with the files handed in. README.md says how an expectation is written.
"""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.corpus import sheet_notebook as sheets
from tests.corpus.sheet_notebook import (
    Cell,
    answer,
    code,
    inner,
    markdown,
    solution,
    task,
    without_metadata,
    write,
)

FOLDER = Path(__file__).parent / "found"
FUNCTIONS = [e for e in sheets.EXERCISES if e not in sheets.TEXTS and e != "gan_training"]
GAN = ["discriminator_loss", "generator_loss", "nonsaturating_loss"]
LOSSES = [e for e in FUNCTIONS if e != "vae_training"]
ALL = {e: "person" if e in sheets.WRITTEN else "full" for e in sheets.EXERCISES}
FENCE = "`" * 3
WRONG_KL = (
    "import torch\n\n\ndef kl_normal(mu_1, sigma_1, mu_2, sigma_2):\n    return torch.log(sigma_1 / sigma_2) - 0.5"
)
NOTHING = dict.fromkeys(sheets.EXERCISES, "zero")


@dataclass
class Case:
    name: str
    why: str
    expect: dict[str, str]
    make: Callable[[Path], None] = field(repr=False)


CASES: list[Case] = []


def case(name: str, why: str, expect: dict[str, str]) -> Callable[[Callable[[Path], None]], Callable[[Path], None]]:
    def add(make: Callable[[Path], None]) -> Callable[[Path], None]:
        CASES.append(Case(name, why, expect, make))
        return make

    return add


def only(*exercises: str, **others: str) -> dict[str, str]:
    """The exercises handed in, full or for a person; everything else earns nothing."""
    return NOTHING | {e: ALL[e] for e in exercises} | others


def lines(exercise: str) -> list[str]:
    return inner(solution(exercise)).splitlines()


def half(exercise: str) -> tuple[str, str]:
    rows = lines(exercise)
    middle = len(rows) // 2
    return "\n".join(rows[:middle]), "\n".join(rows[middle:])


def functions(*exercises: str) -> str:
    """The solutions of several exercises as one module."""
    bodies = [solution(e).split("\n\n\n", 1)[1] for e in exercises]
    return "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n\n" + "\n\n\n".join(bodies) + "\n"


def indented(text: str) -> str:
    return "\n".join("    " + line if line else line for line in text.splitlines())


# ------------------------------------------------------------------------------------------------ metadata lost
@case("colab_all_answered", "Colab lost every tag; tasks and answers stand in order", ALL)
def _(at: Path) -> None:
    write(at / "Exercise_9.ipynb", without_metadata(sheets.sheet()), colab=True)


@case(
    "colab_half_answered",
    "tags lost, and half the sheet untouched: no task text and no starter is anybody's answer",
    only("kl_derivation", "kl_normal", "kl_standard_normal", "gan_roles", *GAN, gan_training="full"),
)
def _(at: Path) -> None:
    done = ["kl_derivation", "kl_normal", "kl_standard_normal", "gan_roles", *GAN, "gan_training"]
    blank = [e for e in sheets.EXERCISES if e not in done]
    write(at / "ex9.ipynb", without_metadata(sheets.sheet(blank=blank)), colab=True)


@case("colab_nothing_answered", "tags lost and nothing done: the sheet as it was handed out", NOTHING)
def _(at: Path) -> None:
    write(at / "ex9.ipynb", without_metadata(sheets.sheet(blank=sheets.EXERCISES)), colab=True)


@case(
    "colab_tasks_deleted",
    "tags lost, the task texts deleted, items as headings: (a) holds a derivation and a function",
    ALL,
)
def _(at: Path) -> None:
    items = {
        "kl_derivation": "9-1 (a)",
        "kl_simplified": "9-1 (b)",
        "elbo_derivation": "9-1 (c)",
        "reconstruction_term": "9-1 (d)",
    }
    items |= {
        "reparameterize": "9-1 (e)",
        "gan_roles": "9-2 (a)",
        "discriminator_loss": "9-2 (b)",
        "generator_loss": "9-2 (c)",
    }
    items |= {"slow_learning": "9-2 (d)"}
    cells = [markdown("# Exercise 9\nAda Lovelace, 123456")]
    for exercise in sheets.EXERCISES:
        if exercise in items:
            cells.append(markdown(f"## {items[exercise]}"))
        cells.append(answer(exercise))
    write(at / "Blatt9.ipynb", without_metadata(cells), colab=True)


@case("answer_below_the_task", "tags lost; texts were typed into the task's own cell, below it", ALL)
def _(at: Path) -> None:
    cells = []
    for exercise in sheets.EXERCISES:
        below = exercise in sheets.TEXTS
        text = f"{task(exercise)}\n\n**Answer:**\n\n{answer(exercise).text}" if below else task(exercise)
        cells += [markdown(text)] + ([] if below else [answer(exercise)])
    write(at / "ex9.ipynb", without_metadata(cells), colab=True)


@case("task_quoted_in_the_answer", "tags lost; each text begins with the task as a quotation", ALL)
def _(at: Path) -> None:
    quoted = {
        e: [markdown("\n".join("> " + row for row in task(e).splitlines()) + f"\n\n{answer(e).text}")]
        for e in sheets.TEXTS
    }
    write(at / "ex9.ipynb", without_metadata(sheets.sheet(quoted)), colab=True)


@case(
    "two_texts_under_one_heading",
    "tags lost; under the heading 9-2 one cell holds two texts without saying which is which",
    only("gan_roles", "loss_terms", *GAN, gan_training="full"),
)
def _(at: Path) -> None:
    both = answer("gan_roles").text + "\n\n" + answer("loss_terms").text
    cells = [markdown("# 9-2"), markdown(both), *[answer(e) for e in GAN]]
    write(at / "gan.ipynb", without_metadata(cells), colab=True)


@case("only_formulas_untagged", "tags lost, no headings: which expression is meant shows in its content", ALL)
def _(at: Path) -> None:
    write(at / "ex9.ipynb", without_metadata([answer(e) for e in sheets.EXERCISES]))


# ------------------------------------------------------------------------------------------------ metadata doubled
@case("copied_cell_newer_below", "a tagged cell was copied: the older, wrong one stands above", ALL)
def _(at: Path) -> None:
    write(at / "ex9.ipynb", sheets.sheet({"kl_normal": [code(WRONG_KL, "kl_normal"), answer("kl_normal")]}))


@case("copied_starter_below", "the second cell with the tag is the untouched starter", ALL)
def _(at: Path) -> None:
    double = {e: [answer(e), sheets.untouched(e)] for e in ["kl_simplified", "kl_derivation", "minimax_game"]}
    write(at / "ex9.ipynb", sheets.sheet(double))


@case("derivation_split_in_two", "a derivation split in JupyterLab: both halves carry the tag", ALL)
def _(at: Path) -> None:
    split = {e: [markdown(part, e) for part in half(e)] for e in ["kl_derivation", "elbo_derivation"]}
    write(at / "ex9.ipynb", sheets.sheet(split))


@case("derivation_in_one_cell_a_line", "every line of the derivation is a cell with the tag, remarks in between", ALL)
def _(at: Path) -> None:
    cells = [
        c for row in lines("kl_derivation") for c in (markdown(row, "kl_derivation"), markdown("", "kl_derivation"))
    ]
    write(at / "ex9.ipynb", sheets.sheet({"kl_derivation": cells}))


@case("tag_on_the_wrong_function", "two cells are tagged discriminator_loss; the second defines generator_loss", ALL)
def _(at: Path) -> None:
    pasted = {"generator_loss": [replace(answer("generator_loss"), exercise="discriminator_loss")]}
    write(at / "ex9.ipynb", sheets.sheet(pasted))


@case("scratch_cell_with_the_tag", "a scratch cell was made by copying a tagged one: it only calls the function", ALL)
def _(at: Path) -> None:
    scratch = code("one = torch.ones(3)\nkl_normal(0 * one, one, one, 2 * one)", "kl_normal")
    write(at / "ex9.ipynb", sheets.sheet({"kl_normal": [answer("kl_normal"), scratch]}))


@case("everything_in_one_cell", "all functions in one cell that carries the tag of the first", ALL)
def _(at: Path) -> None:
    moved: dict[str, list[Cell]] = {e: [] for e in FUNCTIONS}
    moved["kl_normal"] = [
        code(functions(*LOSSES) + "\n\n" + solution("vae_training").split("\n\n\n", 3)[3], "kl_normal")
    ]
    write(at / "ex9.ipynb", sheets.sheet(moved))


def main(folder: Path = FOLDER) -> None:
    from tests.corpus import make_found_files, make_found_versions  # they add their cases to this module's list

    assert make_found_files and make_found_versions
    shutil.rmtree(folder, ignore_errors=True)
    for made in CASES:
        at = folder / made.name
        (at / "ada").mkdir(parents=True)
        made.make(at / "ada")
        rows = [f'why = "{made.why.replace(chr(34), chr(39))}"', "", "[students.ada]"]
        rows += [f'{exercise} = "{value}"' for exercise, value in made.expect.items()]
        (at / "expect.toml").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    from tests.corpus.make_found import main as imported  # one module, so one list of cases

    imported(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
