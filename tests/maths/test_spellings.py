"""How people set a row: whatever stands around the mathematics, the tree is that of the plain spelling; near misses are not."""

import pytest

from autograder.maths import given_names, judge_for, rows, script
from autograder.maths.judging.verdicts import echo
from tests.maths.exercises import ELBO_TASK, KINDS, KL_TASK, NORMALS

NORMAL = judge_for("two_normals", NORMALS)
LATENT = judge_for("latent", {})
GAN = judge_for("gan", {})
NAMES = {NORMAL: KL_TASK["names"], LATENT: ELBO_TASK["names"], GAN: KINDS["minimax_game"]["names"]}


def understood(text, judge):
    """What is read of an answer, row by row; None where it is not read."""
    found = rows(text)
    read = script(found, judge.language, given_names(NAMES[judge], judge.language))
    assert not read.faults, {row: fault.message for row, fault in read.faults.items()}
    return [echo(read.echoes[row.number]) for row in found if read.echoes.get(row.number)]


def faults(text, judge):
    read = script(rows(text), judge.language, given_names(NAMES[judge], judge.language))
    return [fault.message for fault in read.faults.values()]


BESIDE = [  # (judge, plain, with something beside it that is no part of the formula)
    (NORMAL, r"= \log\sigma_1 + 1", r"= \log\sigma_1 + 1 && | \text{ linearity}"),
    (NORMAL, r"= \log\sigma_1 + 1", r"= \log\sigma_1 + 1 \quad | \ \text{insert}"),
    (NORMAL, r"= \log\sigma_1 + 1", r"= \log\sigma_1 + 1 \mid \text{linear in } x"),
    (NORMAL, r"= \log\sigma_1 + 1", r"= \log\sigma_1 + 1 \qquad (2)"),
    (NORMAL, r"= \log\sigma_1 + 1", r"= \log\sigma_1 + 1 & (2)"),
    (NORMAL, r"= \log\sigma_1 + 1", r"= \log\sigma_1 + 1 & (9.2)"),
    (NORMAL, r"= \log\sigma_1 + 1", r"= \log\sigma_1 \cancel{+ 1}"),
    (NORMAL, r"= \log\sigma_1 + 1", r"= \log\sigma_1 + 1 && (\ast)"),
    (NORMAL, r"= \log\sigma_1 + 1", r"= \log\sigma_1 + 1 \tag{2}"),
    (NORMAL, r"= \log\sigma_1 + 1", r"= \log\sigma_1 + 1 \quad\text{(2)}"),
    (NORMAL, r"= \log\sigma_1 + 1", r"= \log\sigma_1 + 1 \;\checkmark"),
    (NORMAL, r"= \log\sigma_1 + 1", r"= \log\sigma_1 + 1 \quad (\text{linearity})"),
    (NORMAL, r"= \log\sigma_1 + 1", r"= \log\sigma_1 + 1 \text{ if } a > b"),
    (NORMAL, r"= \log\sigma_1 + 1", r"= \log\sigma_1 + 1 && \text{since } \log\tfrac1a = -\log a"),
    (NORMAL, r"= \log\sigma_1 + 1", r"= {}& \log\sigma_1 & + 1"),
    (NORMAL, r"= \log\sigma_1 + 1", r"= \large \log\sigma_1 \quad + 1"),
    (NORMAL, r"= \log\sigma_1 + 1", r"\boxed{= \log\sigma_1 + 1}"),
    (NORMAL, "= log(s1) + 1", "= log(s1) + 1    (3)"),
    (NORMAL, "= log(s1) + 1", "= log(s1) + 1 (*)"),
    (NORMAL, "= log(s1) + 1", "= log(s1) + 1 ✓"),
    (NORMAL, r"KL(q\|p) = \log\sigma_1", r"\boxed{\mathrm{KL}(q\|p) = \log\sigma_1}."),
    (NORMAL, r"E_q[x^2] = \sigma_1^2", r"(\ast) = E_q[x^2] = \sigma_1^2"),
    (GAN, r"\min_G \max_D \mathbb{E}_x[\log D(x)]", r"\min_G \max_D \quad \mathbb{E}_x[\log D(x)]"),
    (GAN, r"\min_G \max_D \mathbb{E}_x[\log D(x)]", r"(G^*, D^*) = \arg\min_G\arg\max_D \mathbb{E}_x[\log D(x)]"),
]


@pytest.mark.parametrize(("judge", "plain", "row"), BESIDE, ids=lambda value: value if isinstance(value, str) else "")
def test_what_stands_beside_a_row_changes_nothing(judge, plain, row):
    assert understood(row, judge) == understood(plain, judge) != []


REASONS = [  # a reason that is an equation is read as one of its own
    (r"= \log\sigma_1 \quad \mid E_q[x] = \mu_1", r"= \log\sigma_1 ; E_q[x] = \mu_1"),
    (r"= \log\sigma_1 \quad (E_q[x] = \mu_1)", r"= \log\sigma_1 ; E_q[x] = \mu_1"),
    (r"= \log\sigma_1 \quad (\text{since } E_q[x] = \mu_1)", r"= \log\sigma_1 ; E_q[x] = \mu_1"),
    (r"= \log\sigma_1 \text{ because } E_q[x] = \mu_1", r"= \log\sigma_1 ; E_q[x] = \mu_1"),
    (r"= \log\sigma_1 \qquad E_q[x] = \mu_1", r"= \log\sigma_1 ; E_q[x] = \mu_1"),
    (r"= \log\sigma_1 \text{ or equivalently } \frac12\log\sigma_1^2", r"= \log\sigma_1 ; \frac12\log\sigma_1^2"),
]


@pytest.mark.parametrize(("row", "plain"), REASONS)
def test_a_reason_that_is_an_equation_is_read(row, plain):
    assert understood(row, NORMAL) == understood(plain, NORMAL)


SAME = [
    (NORMAL, r"\mathbb{E}_q[x^2]", [r"\operatorname{\mathbb{E}}_q[x^2]", r"\langle x^2\rangle_q", "⟨x²⟩_q", "E_{X~Q}[X^2]"]),
    (NORMAL, r"\mathbb{E}_q[x^2]", [r"\mathbb{E}_{w\sim q}[w^2]", r"\mathbb{E}_{\hat x\sim q}[\hat x^2]", "E_(x∼q) [x^2]"]),
    (NORMAL, "KL(q || p)", [r"\mathrm{D_{KL}}(q\|p)", "KL(Q || P)", r"\operatorname{D}_{\mathrm{KL}}(q\|p)", "𝐾𝐿(𝑞‖𝑝)"]),
    (NORMAL, "∫ q(x) x dx", [r"\int q(x) x\,\text{d}x", "∫ q(x) x", "∫▒〖q(x) x dx〗", "∫ q(w) w dw"]),
    (NORMAL, "∫ q(x) x dx", [r"\int_{\mathbb{R}} q(x) x dx"]),
    (NORMAL, r"\int_{-\infty}^{\infty} q(x) x dx", ["∫ q(x) x dx", r"\int\limits_{-\infty}^{+\infty} q(x)x\,dx"]),
    (NORMAL, "∫ q(x) x dx - ∫ p(x) x dx", ["∫ q(x) x - ∫ p(x) x", r"\int q(x) x - \int p(x) x"]),
    (NORMAL, "0.5 mu_1", [r"0{,}5\,\mu_1", "0,5 μ₁", r"0{,}5\cdot\mu_1"][:2]),
    (NORMAL, "log(s1)", [r"\log_e \sigma_1", "log_e(s1)", "log⁡〖σ_1〗", "ln⁡𝜎₁"][0:2]),
    (NORMAL, r"\frac{1}{2} \mu_1", [r"{1 \over 2} \mu_1", r"\frac12 \vec{\mu}_1", r"\frac12\boldsymbol{\mu}_1", "1⁄2 μ₁"]),
    (NORMAL, "log(s2/s1)", ["log⁡〖σ_2/σ_1 〗", "`log(s2/s1)`"]),
    (NORMAL, r"(\log\sigma_2)|_{\sigma_2=1}", [r"\log\sigma_2\Big|_{\sigma_2=1}", r"\left.\log\sigma_2\right|_{\sigma_2=1}"]),
    (LATENT, r"\log p(x|z)", [r"\log P(X|Z)", r"\log p(\vec x|\vec z)", r"\log p(\mathbf{x}\mid\mathbf{z})"]),
    (LATENT, "E_q[log p(x|z)] - KL(q(z)||p(z))", [
        r"\underbrace{\mathbb{E}_q[\log p(x|z)]}_{\text{recon}} - \underbrace{KL(q(z)\|p(z))}_{\geq 0}"
    ]),
    (GAN, "min_G max_D E_x[log D(x)]", [
        r"\inf_G \sup_D \mathbb{E}_x[\log D(x)]",
        r"\min_{\theta_G}\max_{\theta_D} \mathbb{E}_x[\log D_{\theta_D}(x)]",
        "min_θ max_φ E_x[log D_φ(x)] + 0 E_z[D_φ(G_θ(z))]",
        r"\underset{G}{\text{minimize}}\ \underset{D}{\text{maximize}}\quad \mathbb{E}_x[\log D(x)]",
        r"\underset{G}{\operatorname{arg\,min}}\ \underset{D}{\max}\ \mathbb{E}_x[\log D(x)]",
        r"\min_G\max_D \mathbb{E}_{x\sim\mathbb{P}_r}[\log D(x)]",
        "min┬G max┬D⁡〖𝔼_(x∼p_data)[log⁡D(x)]〗",
        "min over G, max over D: E_{X~P_data}[log D(X)]",
        r"\min_G\max_D \mathbb{E}_{y\sim p_{data}}[\log D(y)]",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("judge", "plain", "spelling"), [(judge, plain, spelling) for judge, plain, some in SAME for spelling in some]
)
def test_another_spelling_has_the_same_tree(judge, plain, spelling):
    expected = understood(plain, judge)
    if "0 E_z" in spelling:  # the function that owns a parameter must stand in the row
        expected = understood(plain + " + 0 E_z[D(G(z))]", judge)
    assert understood(spelling, judge) == expected != []


DIFFERENT = [  # near misses: what is no aside, no mark, no other spelling
    (NORMAL, r"= \sigma_1 (2)", r"= \sigma_1"),
    (NORMAL, r"= \sigma_1 \, (2)", r"= \sigma_1"),
    (NORMAL, "= s1 (2)", "= s1"),
    (NORMAL, r"= \sigma_1 \qquad (2 + \mu_1)", r"= \sigma_1"),
    (NORMAL, r"= 2 \quad \sigma_1", "= 2"),
    (NORMAL, r"2\boxed{\mu_1 + 1}", r"2\mu_1 + 1"),
    (NORMAL, r"2\mathbf{(\mu_1 + 1)}", r"2\mu_1 + 1"),
    (NORMAL, r"\sigma_2|_{\sigma_2=1}", r"\sigma_2"),
    (NORMAL, "N(x; 0,1)", "N(x; 0.1, 1)"),
    (GAN, r"\min_G \max_D D(G(z))", r"\max_G \min_D D(G(z))"),
]


@pytest.mark.parametrize(("judge", "row", "other"), DIFFERENT)
def test_a_near_miss_is_not_taken_for_it(judge, row, other):
    assert understood(row, judge) != understood(other, judge)


def test_a_conditional_bar_is_no_bar_before_a_reason():
    assert understood(r"= \mathbb{E}_q[\log p(x \mid z)] \mid \text{Bayes}", LATENT) == understood(
        "= E_q[log p(x|z)]", LATENT
    )


REFUSED = [
    (NORMAL, r"\log_2 \sigma_1", "Only the natural logarithm"),
    (NORMAL, r"= \hat{\mu}_1 + 1", "with a mark (hat)"),
    (NORMAL, r"\mu_1 + \mu_2 |_{\mu_1 = 0}", "Put brackets around"),
    (NORMAL, r"\sigma_1|_0^1", "which symbol has which value"),
    (NORMAL, r"= \mu_1 r", '"r" is not declared'),
    (NORMAL, r"E_{w\sim q}[w x z y t u \epsilon]", '"w" is not declared'),
    (NORMAL, r"\int q(x) x + \mu_1 x", "differential of each integral"),
    (GAN, r"\min_\theta \max_\phi D_\theta(G_\theta(z))", "Expected what the min is over"),
    (GAN, r"\min_G D_2(x)", "with the index 2"),
]


@pytest.mark.parametrize(("judge", "row", "says"), REFUSED)
def test_what_cannot_be_told_is_refused_and_never_guessed(judge, row, says):
    assert any(says in message for message in faults(row, judge)), faults(row, judge)


def test_a_letter_with_a_mark_is_a_name_of_its_own():
    assert understood("\\bar{x} = \\frac{\\mu_1}{2}\n= \\bar{x} + \\mu_2", NORMAL)[1] == r"= \bar{x} + \mu_{2}"


def test_capital_greek_letters_can_be_introduced():
    assert not faults("\\Delta = \\mu_1 - \\mu_2\n= \\Delta^2", NORMAL)
    assert faults("= \\Delta^2", NORMAL)


def test_a_name_may_stand_alone_on_its_line():
    assert understood("&\\min_G \\max_D V(D,G)\\\\\n&= \\min_G\\max_D \\mathbb{E}_x[\\log D(x)]", GAN)


def test_a_kl_without_arguments_is_the_kl_of_the_exercise_and_no_other():
    assert understood(r"D_{KL} = \log\sigma_1", NORMAL) == understood(r"D_KL = \log\sigma_1", NORMAL)
    assert faults(r"= \mathbb{E}_q[\log p(x|z)] - D_{KL}", LATENT)


@pytest.mark.parametrize(
    "macro",
    [
        "\\newcommand{\\s}{\\sigma}\n$= \\log\\s_1$",
        "\\def\\s{\\sigma}\n$= \\log\\s_1$",
        "\\newcommand\\lg[1]{\\log\\left(#1\\right)}\n$= \\lg{\\sigma_1}$",
        "\\DeclareMathOperator{\\Log}{log}\n$= \\Log(\\sigma_1)$",
    ],
)
def test_macros_of_ones_own_are_put_in(macro):
    assert understood(macro, NORMAL) == understood("= log(s1)", NORMAL)


def test_macros_that_grow_are_bounded():
    pairs = zip("abcdefghij", "bcdefghijk", strict=True)
    doubling = "".join(f"\\newcommand{{\\a{c}}}{{\\a{d}\\a{d}\\a{d}\\a{d}\\a{d}\\a{d}}}\n" for c, d in pairs)
    assert sum(len(row.text) for row in rows(doubling + "$\\aa$")) < 20_000


ENVIRONMENTS = [
    "\\begin{alignedat}{2}\n&= \\log\\sigma_1 &&\\\\\n&= 0 && \\text{why}\n\\end{alignedat}",
    "$$\\begin{array}{rcl}\n & = & \\log\\sigma_1 \\\\\n & = & 0\n\\end{array}$$",
    "\\begin{IEEEeqnarray}{rCl}\n & = & \\log\\sigma_1 \\\\\n & = & 0\n\\end{IEEEeqnarray}",
    "\\begin{align}\n&= \\log\\sigma_1 \\\\\n\\intertext{and so with $a = b$}\n&= 0\n\\end{align}",
]


@pytest.mark.parametrize("text", ENVIRONMENTS)
def test_environments_cut_rows_and_their_arguments_are_no_mathematics(text):
    assert understood(text, NORMAL) == understood("= log(s1)\n= 0", NORMAL)
