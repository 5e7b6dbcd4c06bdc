"""More cases of `found/`: two versions of one hand-in, and answers that stand where they cannot be called."""

from pathlib import Path

from tests.corpus import sheet_notebook as sheets
from tests.corpus.make_found import ALL, FENCE, GAN, NOTHING, WRONG_KL, case, functions, indented
from tests.corpus.sheet_notebook import Cell, answer, code, markdown, solution, write

OLD: dict[str, list[Cell]] = {"kl_normal": [code(WRONG_KL, "kl_normal")]}
KL = {"kl_normal": "full", "kl_standard_normal": "full"}


def _two(at: Path, older: str, newer: str) -> None:
    write(at / older, sheets.sheet(OLD, blank=GAN))
    write(at / newer, sheets.sheet())


@case("dates_in_the_names", "two versions with ISO dates: the newer counts, with a note", ALL)
def _(at: Path) -> None:
    _two(at, "ex9_2024-01-10.ipynb", "ex9_2024-01-14.ipynb")


@case("german_dates", "day.month.year: the newer one comes first in the alphabet", ALL)
def _(at: Path) -> None:
    _two(at, "Blatt9_28.01.2024.ipynb", "Blatt9_03.02.2024.ipynb")


@case("browser_copy", "'ex9 (1).ipynb' is the newer download", ALL)
def _(at: Path) -> None:
    _two(at, "ex9.ipynb", "ex9 (1).ipynb")


@case("tenth_copy", "'ex9 (10).ipynb' is newer than 'ex9 (9).ipynb'", ALL)
def _(at: Path) -> None:
    _two(at, "ex9 (9).ipynb", "ex9 (10).ipynb")


@case("final", "_final beside the working copy", ALL)
def _(at: Path) -> None:
    _two(at, "ex9.ipynb", "ex9_final.ipynb")


@case("final_v2", "_final_v2 beside _final", ALL)
def _(at: Path) -> None:
    _two(at, "ex9_final.ipynb", "ex9_final_v2.ipynb")


@case(
    "module_versions",
    "losses_v1.py and losses_v2.py beside a notebook without functions",
    KL | dict.fromkeys(GAN, "full"),
)
def _(at: Path) -> None:
    names = ["kl_normal", "kl_standard_normal", *GAN]
    text = functions(*names)
    (at / "losses_v1.py").write_text(text.replace("- 0.5\n", "+ 0.5\n", 1), encoding="utf-8")
    (at / "losses_v2.py").write_text(text, encoding="utf-8")
    write(at / "notes.ipynb", [markdown("My functions stand in losses_v2.py.")])


@case("checkpoint_beside", "Jupyter's own checkpoint is no version that the student handed in", ALL)
def _(at: Path) -> None:
    write(at / "ex9.ipynb", sheets.sheet())
    write(at / ".ipynb_checkpoints" / "ex9-checkpoint.ipynb", sheets.sheet(OLD, blank=GAN))


METHODS = """import torch
from torch import nn


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 400)
        self.heads = nn.Linear(400, 40)
        self.decoder = nn.Sequential(nn.Linear(20, 400), nn.ReLU(), nn.Linear(400, 784), nn.Sigmoid())

    def encode(self, x):
        return self.heads(torch.relu(self.fc1(x.flatten(1)))).chunk(2, dim=1)

    def reparameterize(self, mu, logvar):
        return mu + torch.exp(0.5 * logvar) * torch.randn_like(mu)

    def decode(self, z):
        return self.decoder(z)

    def forward(self, x):
        mu, logvar = self.encode(x)
        return self.decode(self.reparameterize(mu, logvar)), mu, logvar
"""


@case(
    "method_of_the_model",
    "reparameterize is a method of VAE, as in every public example: say so, and what to change",
    {"reparameterize": "named: VAE", "vae_training": "full", "vae_loss": "full"},
)
def _(at: Path) -> None:
    write(at / "vae.ipynb", sheets.sheet({"reparameterize": [], "vae_training": [code(METHODS, "vae_training")]}))


@case("static_methods", "the GAN losses are static methods of a class", dict.fromkeys(GAN, "named: GANLosses"))
def _(at: Path) -> None:
    body = functions(*GAN).split("\n\n\n", 1)[1].replace("def ", "@staticmethod\ndef ").replace("\n\n\n", "\n\n")
    text = f"import torch\n\n\nclass GANLosses:\n{indented(body)}\n"
    (at / "gan.py").write_text(text, encoding="utf-8")


@case(
    "main_guard",
    "all functions are defined under the main guard of a .py file",
    {"kl_normal": "full or named: __main__", "discriminator_loss": "full or named: __main__"},
)
def _(at: Path) -> None:
    body = functions("kl_normal", "discriminator_loss")
    (at / "ex9.py").write_text(f"if __name__ == '__main__':\n{indented(body)}\n", encoding="utf-8")


@case("main_guard_in_a_notebook", "__name__ is '__main__' in Jupyter: the guarded cell runs", KL)
def _(at: Path) -> None:
    body = indented(functions("kl_normal", "kl_standard_normal"))
    write(at / "ex9.ipynb", [code(f"if __name__ == '__main__':\n{body}", "kl_normal")])


@case(
    "inside_a_function",
    "the answers are defined inside main()",
    {"kl_normal": "named: main", "kl_standard_normal": "named: main"},
)
def _(at: Path) -> None:
    body = indented(functions("kl_normal", "kl_standard_normal"))
    (at / "ex9.py").write_text(f"def main():\n{body}\n    print('done')\n\n\nmain()\n", encoding="utf-8")


@case(
    "code_in_markdown",
    "the function stands in a fenced block of a Markdown cell",
    {"kl_normal": "named: Markdown", "kl_standard_normal": "full"},
)
def _(at: Path) -> None:
    text = f"My answer:\n\n{FENCE}python\n{solution('kl_normal')}\n{FENCE}"
    write(at / "ex9.ipynb", [markdown(text, "kl_normal"), answer("kl_standard_normal")])


@case(
    "code_turned_markdown",
    "the code cell was turned into Markdown by the key M, without a fence",
    {"discriminator_loss": "named: Markdown"},
)
def _(at: Path) -> None:
    write(at / "ex9.ipynb", [markdown(solution("discriminator_loss"), "discriminator_loss")])


@case(
    "code_in_a_raw_cell", "the function stands in a raw cell", {"kl_normal": "named: raw", "kl_standard_normal": "full"}
)
def _(at: Path) -> None:
    write(at / "ex9.ipynb", [Cell(solution("kl_normal"), "raw", "kl_normal"), answer("kl_standard_normal")])


@case(
    "commented_out",
    "the whole function is commented out",
    {"kl_normal": "named: comment", "kl_standard_normal": "full"},
)
def _(at: Path) -> None:
    text = "\n".join("# " + row for row in solution("kl_normal").splitlines())
    write(at / "ex9.ipynb", [code(text, "kl_normal"), answer("kl_standard_normal")])


@case(
    "other_names",
    "VariationalAutoencoder, KL_normal, discriminatorLoss, loss_function, nonsaturating_loss",
    {
        "vae_training": "named: VariationalAutoencoder",
        "kl_normal": "named: KL_normal",
        "discriminator_loss": "named: discriminatorLoss",
        "vae_loss": "named: loss_function",
        "nonsaturating_loss": "named: nonsaturating_loss",
        "kl_standard_normal": "full",
    },
)
def _(at: Path) -> None:
    renamed = {
        "kl_normal": ("kl_normal(", "KL_normal("),
        "discriminator_loss": ("discriminator_loss(", "discriminatorLoss("),
        "vae_loss": ("vae_loss(", "loss_function("),
        "nonsaturating_loss": ("nonsaturating_generator_loss(", "nonsaturating_loss("),
    }
    cells = [code(solution(e).replace(*pair), e) for e, pair in renamed.items()]
    model = METHODS.replace("class VAE(", "class VariationalAutoencoder(")
    write(at / "ex9.ipynb", [*cells, answer("kl_standard_normal"), code(model, "vae_training")])


@case(
    "other_name_untagged",
    "the same without tags, under the tasks",
    {"kl_normal": "named: kl_gauss", "vae_training": "named: ConvVAE"},
)
def _(at: Path) -> None:
    kl = solution("kl_normal").replace("kl_normal(", "kl_gauss(")
    model = METHODS.replace("class VAE(", "class ConvVAE(")
    cells = [markdown(sheets.task("kl_normal")), code(kl), markdown(sheets.task("vae_training")), code(model)]
    write(at / "ex9.ipynb", cells, colab=True)


@case(
    "alias_and_lambda",
    "kl_normal = my_kl, discriminator_loss = lambda ...: names are names",
    {"kl_normal": "full", "discriminator_loss": "full"},
)
def _(at: Path) -> None:
    kl = solution("kl_normal").replace("kl_normal(", "my_kl(") + "\n\n\nkl_normal = my_kl"
    loss = "discriminator_loss = lambda d_real, d_fake: -(d_real.log().mean() + (1 - d_fake).log().mean()) / 2"
    write(at / "ex9.ipynb", [code(kl, "kl_normal"), code(loss, "discriminator_loss")])


@case("misspelt_arguments", "other argument names, positions as asked", {"kl_normal": "full", "vae_loss": "full"})
def _(at: Path) -> None:
    kl = solution("kl_normal")
    for asked, given in [("mu_1", "m1"), ("sigma_1", "s1"), ("mu_2", "m2"), ("sigma_2", "s2")]:
        kl = kl.replace(asked, given)
    loss = solution("vae_loss").replace("x_hat", "recon_x").replace("logvar", "log_var")
    write(at / "ex9.ipynb", [code(kl, "kl_normal"), code(loss, "vae_loss")])


@case(
    "two_students_one_folder",
    "a second notebook of somebody else's sheet lies in the folder: only this sheet's is graded",
    ALL,
)
def _(at: Path) -> None:
    write(at / "ex9.ipynb", sheets.sheet())
    write(
        at / "ex8_attention.ipynb",
        [markdown("# Exercise 8: Attention"), code("import torch\n\n\ndef attention(q, k, v):\n    return q")],
    )


@case(
    "starter_and_solution_module",
    "the untouched sheet was handed in with the answers in a module",
    {"kl_normal": "full", "discriminator_loss": "full"}
    | {e: "zero" for e in NOTHING if e not in ("kl_normal", "discriminator_loss", "gan_training")},
)
def _(at: Path) -> None:
    write(at / "ex9.ipynb", sheets.sheet(blank=sheets.EXERCISES))
    (at / "answers.py").write_text(functions("kl_normal", "discriminator_loss"), encoding="utf-8")
