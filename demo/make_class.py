"""Writes ``demo/class`` and ``demo/expected.json``: a class of submissions, and what grading them should find. ``make_basics.py``
writes the small class of the other sheet with the same functions.

Answers are taken from the exercise folders (solution, right, wrong, starter), so that the class stays in step with them;
the oddities are written here, the answers in words in ``written.toml``. The same files come out every time:
``python demo/make_class.py``.
"""

import ast
import json
import shutil
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

DEMO = Path(__file__).resolve().parent
COURSE = DEMO.parent
sys.path.insert(0, str(COURSE))

from autograder.course import load_sheet  # noqa: E402  (the course's root goes on the path first)
from autograder.model import Exercise, Sheet  # noqa: E402

SHEET = load_sheet("generative_models", COURSE)
TRAINING = ("vae_training", "gan_training", "classifier_training")  # the first is expected where a student hands one in
TEXTS = tuple(exercise.id for exercise in SHEET.exercises if exercise.kind == "text")
DERIVATIONS = tuple(exercise.id for exercise in SHEET.exercises if exercise.kind == "text" and not exercise.rubric)
WRITTEN = tomllib.loads((COURSE / "demo" / "written.toml").read_text(encoding="utf-8"))
FUNCTIONS = tuple(e.id for e in SHEET.exercises if e.kind == "code" and e.id not in TRAINING)


@dataclass
class Student:
    """What one student hands in.

    Attributes:
        answers: exercise -> "solution", "starter", "right/<stem>", "wrong/<stem>", or the source or text itself; what is
            not listed is not handed in. Answers in words are added from ``written.toml``.
        scores: exercise -> points expected, for answers written here.
        python: a .py file in place of a notebook.
        before, after: code cells around the answers.
        metadata: whether the answer cells still carry theirs.
        order: turned round when False.
    """

    name: str
    answers: Mapping[str, str]
    scores: Mapping[str, float] = field(default_factory=dict)
    python: bool = False
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    metadata: bool = True
    in_order: bool = True


# ------------------------------------------------------------------ the class


def everything(**other: str) -> dict[str, str]:
    """The solutions of the functions and derivations, but for ``other``."""
    return dict.fromkeys((*FUNCTIONS, *DERIVATIONS), "solution") | other


def functions(**other: str) -> dict[str, str]:
    return dict.fromkeys(FUNCTIONS, "solution") | other


def right() -> Iterator[Student]:
    yield Student("ada", everything(vae_training="solution"))
    yield Student("bruno", everything(vae_training="right/tied_weights"), python=True)
    yield Student(
        "chiara",
        everything(
            kl_derivation="right/latex_with_side_equations",
            kl_simplified="right/latex",
            elbo_derivation="right/expectations_in_latex",
            minimax_game="right/goodfellow",
            kl_normal="right/distributions",
            kl_standard_normal="right/keepdim",
            reparameterize="right/rsample",
            vae_loss="right/through_logits",
            discriminator_loss="right/bce_with_labels",
            nonsaturating_loss="right/bce_with_ones",
        ),
        before=("%matplotlib inline\nimport torch\nimport matplotlib.pyplot as plt",),
        after=("plt.plot(torch.randn(100).cumsum(0))\nplt.title('a walk')\nplt.show()",),
    )
    yield Student(
        "dmitri",
        everything(
            kl_derivation="right/entropies",
            kl_simplified="right/unicode",
            kl_normal="right/guarded",
            kl_standard_normal="right/cuda_unguarded",
            reparameterize="right/noise_on_device",
            vae_loss="right/fixed_784",
            discriminator_loss="right/column_labels",
            nonsaturating_loss="right/guarded",
        ),
        before=("!pip install torch torchvision\n!nvidia-smi", "import torch\ndevice = torch.device('cuda')"),
    )
    yield Student(
        "elif",
        everything(
            kl_derivation="right/backwards",
            elbo_derivation="right/backwards",
            minimax_game="right/integrals",
            kl_normal="right/module",
            kl_standard_normal="right/callable_object",
            reparameterize="right/float_tensor",
            vae_loss="right/flat_only",
            discriminator_loss="right/flat_labels",
            generator_loss="right/minus_discriminator_loss",
        ),
        in_order=False,
    )
    yield Student(
        "farid",
        everything(
            kl_normal="right/printing",
            vae_loss="right/loop_over_batch",
            kl_standard_normal="right/loop",
            vae_training="right/deep_tanh",
        ),
        after=("print('x' * 1_000_000)\nfor i in range(20_000):\n    print('step', i)",),
    )
    yield Student(
        "greta",
        functions(
            kl_normal="right/float32_only", vae_loss="right/float32_only", discriminator_loss="right/one_cross_entropy"
        ),
        python=True,
    )
    yield Student(
        "hugo",
        functions(
            kl_standard_normal="right/vmapped", reparameterize="right/row_by_row", generator_loss="right/guarded"
        ),
        metadata=False,
    )
    yield Student("ines", everything(vae_training="right/convolutional"), before=("name = input('Your name: ')",))


def mistaken() -> Iterator[Student]:
    """Each common mistake, in ones and twos."""
    yield Student("jonas", everything(kl_normal="wrong/swapped_arguments", kl_derivation="wrong/other_kl"))
    yield Student("kim", everything(kl_normal="wrong/sigma_as_variance", kl_simplified="wrong/lost_half"))
    yield Student("lea", everything(kl_standard_normal="wrong/two_logvar", vae_loss="wrong/two_logvar"))
    yield Student("marek", everything(vae_loss="wrong/mean_over_pixels"))
    yield Student(
        "nadia", everything(vae_loss="wrong/mean_over_pixels_kl_summed", reparameterize="wrong/uniform_noise")
    )
    yield Student("oskar", everything(vae_loss="wrong/summed_over_batch", discriminator_loss="wrong/halves_missing"))
    yield Student("paula", everything(generator_loss="wrong/fake_term_only", nonsaturating_loss="wrong/half_missing"))
    yield Student("quentin", everything(generator_loss="wrong/nonsaturating", minimax_game="wrong/order_swapped"))
    yield Student(
        "rosa", everything(reparameterize="wrong/std_is_exp_logvar", kl_standard_normal="wrong/mean_over_latent")
    )
    yield Student("sven", everything(reparameterize="wrong/distribution_sample", elbo_derivation="wrong/sign_of_kl"))
    yield Student("tara", everything(reparameterize="wrong/exp_halved", kl_normal="wrong/half_dropped"), python=True)
    yield Student(
        "umut", everything(discriminator_loss="wrong/one_minus_log", nonsaturating_loss="wrong/minus_log_one_minus_d")
    )
    yield Student("vera", everything(discriminator_loss="wrong/equal_sizes_only", vae_loss="wrong/squared_error"))
    yield Student("wim", everything(discriminator_loss="wrong/nan_at_the_edge", kl_standard_normal="wrong/in_place"))
    yield Student(
        "xenia", everything(kl_normal="wrong/numpy_array", vae_loss="wrong/item", generator_loss="wrong/item")
    )
    yield Student("yusuf", everything(elbo_derivation="wrong/not_split", kl_derivation="wrong/lost_half"))
    yield Student("zoe", functions(vae_loss="wrong/swapped_images", discriminator_loss="wrong/sign_lost"), python=True)
    yield Student("anton", functions(vae_loss="wrong/kl_weight_minibatch", generator_loss="wrong/discriminator_loss"))
    yield Student("bella", functions(kl_standard_normal="wrong/not_summed", nonsaturating_loss="wrong/saturating"))
    yield Student("cem", functions(kl_normal="wrong/brackets_of_denominator", kl_standard_normal="wrong/doubled"))


def unfinished() -> Iterator[Student]:
    yield Student("dora", {})
    yield Student("emil", dict.fromkeys((*FUNCTIONS, *TEXTS), "starter"))
    yield Student("fatma", {"kl_derivation": "wrong/unfinished", "kl_normal": "solution", "kl_simplified": "solution"})
    yield Student(
        "gil",
        {
            "discriminator_loss": "starter",
            "kl_standard_normal": "solution",
        },
    )
    yield Student("hana", dict.fromkeys(DERIVATIONS, "solution"))


def crashing() -> Iterator[Student]:
    """Answers that fail as programs. Each costs its own exercise, no other."""
    arguments = "mu_1, sigma_1, mu_2, sigma_2"

    def kl(body: str) -> str:
        return f"import torch\n\n\ndef kl_normal({arguments}):\n    {body}\n"

    def one(name: str, answer: str, **rest: Any) -> Student:
        return Student(name, functions(kl_normal=answer), scores={"kl_normal": 0}, **rest)

    yield one("igor", kl("while True:\n        mu_1 = mu_1 + 1"))
    yield one("jana", kl("return kl_normal(mu_1, sigma_1, mu_2, sigma_2)"))
    yield one("kemal", kl("import sys\n    sys.exit('done')"))
    yield one("lotte", kl("import os\n    os._exit(0)"))
    yield one("mira", kl("import ctypes\n    return ctypes.string_at(0)"))
    yield one("nils", kl("pass"))
    yield one("olga", kl("return 'log(sigma_2/sigma_1) + ...'"))
    yield one("piet", kl("return torch.log(sigma_2 / sigma_3)"))
    yield one("ravi", kl("return torch.full((3, 3, 3), float('nan'))"))
    yield one("sofia", "def kl_normal(q, p):\n    return (q.log() - p.log()).mean()\n")
    yield one("timo", f"def kl_normal({arguments}):\n    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 +\n")
    yield Student(
        "ulla",
        everything(vae_training="right/two_latents"),
        before=(
            "import torch",
            "data = torch.load('my_own_file.pt')\nloader = [data]",
            "for batch in loader:\n    print(batch)",
        ),
    )
    yield Student(
        "viktor",
        everything(),
        after=("import time\nfor epoch in range(500):\n    time.sleep(1)\n    print('epoch', epoch)",),
    )
    yield Student("wanda", everything(), after=("import sys\nsys.exit(0)",))
    yield Student("noah", everything(vae_training="wrong/returns_other"))
    yield Student("paul", everything(vae_training="wrong/frozen_head"))
    yield Student("ruth", everything(vae_training="wrong/leaks_past_z"), python=True)
    yield Student("sami", everything(vae_training="wrong/needs_arguments"))


def students() -> tuple[Student, ...]:
    made = (*right(), *mistaken(), *unfinished(), *crashing())
    if strangers := set(WRITTEN) - {student.name for student in made}:
        raise ValueError(f"written.toml has answers of {sorted(strangers)}, who hand in nothing")
    return tuple(replace(student, answers={**student.answers, **in_words(student.name)}) for student in made)


def in_words(name: str) -> dict[str, str]:
    """Exercise -> text, as ``written.toml`` says."""
    return {exercise: entry["text"] for exercise, entry in WRITTEN.get(name, {}).items()}


UNREADABLE: Mapping[str, bytes] = {
    "xaver.ipynb": b"I could not finish in time, sorry. Please see my e-mail.\n",
    "yara.ipynb": b"",
    "zeno.ipynb": b'{"cells": [{"cell_type": "code", "source": ["import torch\\n", "def kl_nor',
    "aino.ipynb": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n",
}

# ------------------------------------------------------------------ files


def source(exercise: Exercise, label: str) -> str:
    """The answer a label stands for, as source; the label itself if it is no label."""
    kind, _, stem = label.partition("/")
    wrong = {wrong.slug: wrong.source for wrong in exercise.wrong}
    if kind == "wrong" and stem in wrong:
        return _without_docstring(wrong[stem])
    if kind == "right" and stem in exercise.right:
        return _without_docstring(exercise.right[stem])
    return {"solution": exercise.solution, "starter": exercise.starter}.get(label, label)


def _without_docstring(text: str) -> str:
    """What the student would have written: a file in wrong/ or right/ begins with what the course says about it."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return text.partition('"""')[2].partition('"""')[2].lstrip()
    first = tree.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and first.end_lineno:
        return "\n".join(text.splitlines()[first.end_lineno :]).lstrip("\n") + "\n"
    return text


def words(exercise: Exercise, label: str) -> str:
    """The text a source assigns to the exercise's name; a text as it is."""
    text = source(exercise, label)
    if text == label:
        return label
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == exercise.id:
            value = ast.literal_eval(node.value)
            return "\n".join(value) if isinstance(value, list) else str(value)
    raise ValueError(f"{exercise.id}/{label} assigns no text")


def notebook(student: Student, sheet: Sheet = SHEET) -> str:
    cells: list[dict[str, Any]] = [cell("markdown", f"# {sheet.title}\n\n{student.name}")]
    cells += [cell("code", text) for text in student.before]
    answers = []
    for exercise in sheet.exercises:
        if exercise.id in student.answers:
            label = student.answers[exercise.id]
            kind = "markdown" if exercise.kind == "text" else "code"
            text = words(exercise, label) if kind == "markdown" else source(exercise, label)
            answers.append(cell(kind, text.strip("\n"), exercise.id if student.metadata else ""))
    cells += answers if student.in_order else answers[::-1]
    cells += [cell("code", text) for text in student.after]
    for i, entry in enumerate(cells):
        entry["id"] = f"cell-{i:02}"
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    page = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(page, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def cell(kind: str, text: str, exercise: str = "") -> dict[str, Any]:
    metadata = {"autograder": {"exercise": exercise}} if exercise else {}
    made: dict[str, Any] = {"cell_type": kind, "metadata": metadata, "source": text.splitlines(keepends=True)}
    return made | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def module(student: Student, sheet: Sheet = SHEET) -> str:
    parts = [f'"""{sheet.title}: {student.name}"""\n', *student.before]
    given = [exercise for exercise in sheet.exercises if exercise.id in student.answers]
    parts += [assigned(exercise, student.answers[exercise.id]).strip("\n") + "\n" for exercise in given]
    return "\n\n".join([*parts, *student.after])


def assigned(exercise: Exercise, label: str) -> str:
    """The source of an answer in a .py file: a text is a string with the exercise's name."""
    text = source(exercise, label)
    return f'{exercise.id} = r"""\n{text.strip()}\n"""' if exercise.rubric and text == label else text


# ------------------------------------------------------------------ what should be found


def expected(student: Student, sheet: Sheet = SHEET) -> dict[str, Any]:
    """Exercise -> score, "pending" for what a person reads, and the mistakes that are recognised."""
    rows = {}
    for exercise in sheet.exercises:
        if exercise.id not in TRAINING or exercise.id in student.answers:
            rows[exercise.id] = row(exercise, student)
    return rows


def row(exercise: Exercise, student: Student) -> dict[str, Any]:
    label = student.answers.get(exercise.id, "")
    kept = student.metadata or exercise.kind == "code"  # a text without its metadata is not found
    if not label or label == "starter" or not kept:
        return {"score": 0}
    if exercise.rubric:
        return {"pending": True}
    kind, _, stem = label.partition("/")
    if exercise.id in student.scores:
        return {"score": student.scores[exercise.id]}
    if kind == "wrong":
        wrong = next(wrong for wrong in exercise.wrong if wrong.slug == stem)
        return {"score": round(exercise.points * wrong.credit, 4), "mistake": wrong.mistake}
    return {"score": exercise.points}


def write(made: Sequence[Student], folder: Path, sheet: Sheet = SHEET) -> dict[str, Any]:
    """Writes a folder of submissions anew; student -> what should be found."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for student in made:
        name = f"{student.name}.py" if student.python else f"{student.name}.ipynb"
        text = module(student, sheet) if student.python else notebook(student, sheet)
        (folder / name).write_text(text, encoding="utf-8")
    return {student.name: expected(student, sheet) for student in made}


def say(found: Mapping[str, Any], file: Path) -> None:
    """Writes what should be found, and how many there are."""
    text = json.dumps(dict(sorted(found.items())), indent=1, ensure_ascii=False) + "\n"
    file.write_text(text, encoding="utf-8")
    print(f"{len(found)} submissions, {file.name}")


def main() -> None:
    folder = DEMO / "class"
    found = write(students(), folder)
    for name, data in UNREADABLE.items():
        (folder / name).write_bytes(data)
        found[Path(name).stem] = {id: {"score": 0} for id in (*FUNCTIONS, *TEXTS)}
    say(found, DEMO / "expected.json")


if __name__ == "__main__":
    main()
