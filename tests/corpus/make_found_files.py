"""More cases of `found/`: one answer in several cells, one hand-in in several files."""

from pathlib import Path

from tests.corpus import sheet_notebook as sheets
from tests.corpus.make_found import ALL, GAN, LOSSES, WRONG_KL, case, functions, half, lines
from tests.corpus.sheet_notebook import Cell, answer, code, inner, markdown, solution, write

GAN_NAMES = "discriminator_loss, generator_loss, nonsaturating_generator_loss"
HELPED = """from helpers import gaussian_kl


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return gaussian_kl((mu_1, sigma_1), (mu_2, sigma_2))"""
HELPERS = """import torch


def gaussian_kl(q, p):
    (m, s), (n, t) = q, p
    return torch.log(t / s) + (s**2 + (m - n) ** 2) / (2 * t**2) - 0.5
"""
PACKAGE = """from .logs import mean_log


def discriminator_loss(d_real, d_fake):
    return -0.5 * mean_log(d_real) - 0.5 * mean_log(1 - d_fake)


def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)


def nonsaturating_generator_loss(d_fake):
    return -0.5 * mean_log(d_fake)
"""


# ------------------------------------------------------------------------------------------------ several cells
@case("derivation_continued_untagged", "the second half of each derivation stands in an untagged cell below", ALL)
def _(at: Path) -> None:
    split = {}
    for e in ["kl_derivation", "elbo_derivation"]:
        first, second = half(e)
        split[e] = [markdown(first, e), markdown(second)]
    write(at / "ex9.ipynb", sheets.sheet(split))


@case("derivation_interrupted_by_code", "a numerical check stands between the two halves of the derivation", ALL)
def _(at: Path) -> None:
    first, second = half("kl_derivation")
    between = code("import torch\nx = torch.randn(100000)\nprint((x**2).mean())  # E[x²] = 1")
    write(
        at / "ex9.ipynb", sheets.sheet({"kl_derivation": [markdown(first, "kl_derivation"), between, markdown(second)]})
    )


@case("derivation_corrected_below", "a wrong derivation, then the whole of it anew below 'Correction'", ALL)
def _(at: Path) -> None:
    wrong = "\n".join([*lines("elbo_derivation")[:2], "= E_q[log p(x|z)] + KL(q(z) || p(z))"])
    new = markdown("**Correction:**\n\n" + inner(solution("elbo_derivation")))
    write(at / "ex9.ipynb", sheets.sheet({"elbo_derivation": [markdown(wrong, "elbo_derivation"), new]}))


@case("derivation_string_extended", "kl_derivation = ... in one code cell and kl_derivation += ... in the next", ALL)
def _(at: Path) -> None:
    first, second = half("kl_derivation")
    cells = [
        code(f'kl_derivation = r"""\n{first}\n"""', "kl_derivation"),
        code(f'kl_derivation += r"""\n{second}\n"""'),
    ]
    write(at / "ex9.ipynb", sheets.sheet({"kl_derivation": cells}))


@case(
    "old_version_below",
    "the function above is right, 'old version' below is wrong and is what Python ends with",
    ALL | {"kl_normal": "zero or person or named: kl_normal"},
)
def _(at: Path) -> None:
    old = [markdown("### old version, do not grade"), code(WRONG_KL)]
    write(at / "ex9.ipynb", sheets.sheet({"kl_normal": [answer("kl_normal"), *old]}))


# ------------------------------------------------------------------------------------------------ several files
@case("losses_in_a_module", "functions in losses.py, derivations and texts in the notebook that imports them", ALL)
def _(at: Path) -> None:
    moved: dict[str, list[Cell]] = {e: [] for e in LOSSES} | {"kl_normal": [code("from losses import *")]}
    write(at / "ex9.ipynb", sheets.sheet(moved))
    (at / "losses.py").write_text(functions(*LOSSES), encoding="utf-8")


@case("losses_not_imported", "losses.py lies beside the notebook, which does not import it", ALL)
def _(at: Path) -> None:
    write(at / "theory.ipynb", sheets.sheet({e: [] for e in LOSSES}))
    (at / "losses.py").write_text(functions(*LOSSES), encoding="utf-8")


@case("writefile_then_import", "%%writefile losses.py, then from losses import *", ALL)
def _(at: Path) -> None:
    cells = [code("%%writefile losses.py\n" + functions(*LOSSES)), code("from losses import *")]
    moved: dict[str, list[Cell]] = {e: [] for e in LOSSES} | {"kl_normal": cells}
    write(at / "ex9.ipynb", sheets.sheet(moved))


@case("writefile_appended", "%%writefile, then %%writefile -a for the rest, then import under another name", ALL)
def _(at: Path) -> None:
    second = functions(*GAN).split("\n\n\n", 1)[1]
    cells = [
        code("%%writefile src.py\n" + functions(*[e for e in LOSSES if e not in GAN])),
        code("%%writefile -a src.py\n\n" + second),
    ]
    names = "kl_normal, kl_standard_normal, reparameterize, vae_loss, discriminator_loss, generator_loss"
    cells.append(
        code(f"import src as s\nfrom src import {names}\nnonsaturating_generator_loss = s.nonsaturating_generator_loss")
    )
    moved: dict[str, list[Cell]] = {e: [] for e in LOSSES} | {"kl_normal": cells}
    write(at / "ex9.ipynb", sheets.sheet(moved))


@case("helper_module", "the answers call helpers.py, handed in beside the notebook", ALL)
def _(at: Path) -> None:
    call = HELPED
    write(at / "ex9.ipynb", sheets.sheet({"kl_normal": [code(call, "kl_normal")]}))
    (at / "helpers.py").write_text(HELPERS, encoding="utf-8")


@case("helper_package", "the answers come from a package in a folder beside the notebook, with a relative import", ALL)
def _(at: Path) -> None:
    imports = f"import sys\nsys.path.insert(0, '.')\nfrom dl.gan import {GAN_NAMES}"
    write(
        at / "ex9.ipynb",
        sheets.sheet({"discriminator_loss": [code(imports)], "generator_loss": [], "nonsaturating_loss": []}),
    )
    (at / "dl").mkdir()
    (at / "dl" / "__init__.py").write_text("", encoding="utf-8")
    (at / "dl" / "logs.py").write_text(
        "import torch\n\n\ndef mean_log(p):\n    return torch.log(p).mean()\n", encoding="utf-8"
    )
    (at / "dl" / "gan.py").write_text(PACKAGE, encoding="utf-8")


@case("two_notebooks", "9-1 and 9-2 in a notebook each", ALL)
def _(at: Path) -> None:
    cut = sheets.EXERCISES.index("gan_roles")
    write(at / "9-1_VAE.ipynb", sheets.sheet(only=sheets.EXERCISES[:cut]))
    write(at / "9-2_GAN.ipynb", sheets.sheet(only=sheets.EXERCISES[cut:]))


@case("plain_module", "one .py file, texts and derivations as module-level strings and lists", ALL)
def _(at: Path) -> None:
    parts = [solution(e) for e in sheets.EXERCISES if e not in ("gan_training", "kl_derivation")]
    parts.append("kl_derivation = [\n" + "".join(f"    {row!r},\n" for row in lines("kl_derivation")) + "]")
    (at / "ex9.py").write_text("\n\n\n".join(parts) + "\n", encoding="utf-8")


@case(
    "exported_by_nbconvert",
    "the notebook was exported: Markdown became comments, cells '# In[3]:'",
    {e: "person or full or named: comment" if e in sheets.TEXTS else "full" for e in sheets.EXERCISES},
)
def _(at: Path) -> None:
    out = ["#!/usr/bin/env python", "# coding: utf-8", ""]
    for i, cell in enumerate(sheets.sheet()):
        comment = "\n".join("# " + row for row in cell.text.splitlines())
        out += [comment, ""] if cell.kind == "markdown" else [f"# In[{i}]:", "", "", cell.text, "", ""]
    (at / "ex9.py").write_text("\n".join(out) + "\n", encoding="utf-8")
