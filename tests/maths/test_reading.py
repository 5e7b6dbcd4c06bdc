"""Two spellings, one tree; one reading of what is ambiguous; refusals that say where and what was expected."""

import pytest

from autograder.maths import judge
from autograder.maths.judging.verdicts import judge_for
from autograder.maths.reading.echo import latex
from autograder.maths.reading.reader import read
from autograder.maths.reading.tokens import Unreadable
from tests.maths.exercises import NORMALS

NORMAL = judge_for("two_normals", NORMALS).language
LATENT = judge_for("latent", {}).language
GAN = judge_for("gan", {}).language

SAME = [
    (
        NORMAL,
        [
            "σ₁² + 2 μ₁",
            "s1**2 + 2*m1",
            "sigma_1^2 + 2mu_1",
            r"\sigma_1^2 + 2\mu_1",
            r"\sigma^2_1 + 2\mu_{1}",
            "σ1^2 + 2μ1",
        ],
    ),
    (NORMAL, ["mu1", "mu_1", "m1", "m_1", r"\mu_1", r"\mu_{1}", "μ₁", "μ_1", "𝜇₁", "{\\mu_1}"]),
    (NORMAL, ["s1", "sigma1", "sigma_1", r"\sigma_1", "σ₁", "σ1", r"\sigma_{1}"]),
    (NORMAL, ["log(s1)", "ln(s1)", "np.log(s1)", r"\log(\sigma_1)", r"\ln{\sigma_1}", r"\log\sigma_1"]),
    (NORMAL, ["sqrt(2 pi) s1", "√(2π) σ₁", r"\sqrt{2\pi}\,\sigma_1", "math.sqrt(2*np.pi)*s1"]),
    (NORMAL, ["1/2 s1", r"\frac12 \sigma_1", r"\tfrac{1}{2}\sigma_1", "½ σ₁", r"\frac1{2}\sigma_1"]),
    (NORMAL, ["exp(-x^2/2)", "exp(-(x**2)/2)", r"\exp\left(-\frac{x^2}{2}\right)", r"\exp\bigl\{-x^2/2\bigr\}"]),
    (
        NORMAL,
        [
            "E_q[x^2]",
            "E_q(x²)",
            "E_q{x^2}",
            "E_{q}[x^2]",
            "E_{q(x)}[x^2]",
            "E_{x~q}[x^2]",
            r"\mathbb{E}_{x\sim q(x)}\left[x^2\right]",
            r"\mathbb E_q\{x^2\}",
            r"\operatorname{E}_q[x^2]",
            "𝔼_q[x²]",
            "E_q(x)[x^2]",
            "E_q x^2",
            "E[x^2]",
        ],
    ),
    (
        NORMAL,
        [
            "KL(q || p)",
            "KL(q(x)||p(x))",
            "D_KL(q‖p)",
            r"D_{\mathrm{KL}}(q\,\|\,p)",
            r"\mathrm{KL}[q \parallel p]",
            "KL(q|p)",
            "KL(q, p)",
            r"\operatorname{KL}\left(q \Vert p\right)",
            "KL(q;p)",
            r"\text{KL}(q \mid\mid p)",
            r"KL\big(q(x)\,\big\|\,p(x)\big)",
        ],
    ),
    (
        NORMAL,
        [
            "∫ q(x) x dx",
            r"\int q(x)\,x\,\mathrm{d}x",
            r"\int_{-\infty}^\infty q(x) x\, dx",
            "int q(x) x dx",
            "Integral(q(x)*x, x)",
            r"\int \mathrm{d}x\, q(x) x",
            "integrate(q(x)*x, (x, -oo, oo))",
            "∫ q x dx",
        ],
    ),
    (NORMAL, ["Var_q[x]", r"\operatorname{Var}_q(x)", r"\mathrm{Var}_{x\sim q}[x]", r"\mathbb{V}_q[x]", "Var(x)"]),
    (NORMAL, ["H(q)", "H[q(x)]", r"\mathcal{H}(q)", r"\mathbb{H}[q]"]),
    (
        NORMAL,
        [
            r"\underbrace{x^2}_{\text{noise}} + 1",
            "x^2 + 1",
            r"{x^2} \; + \, 1 \text{ (why not)}",
            r"\boxed{x^2} + 1",
            r"\cancel{x^2} + 1",
        ],
    ),
    (
        LATENT,
        ["p(x|z)", r"p(x\mid z)", r"p(x \vert z)", r"p_\theta(x|z)", "p_theta(x|z)", r"p\left(x \middle| z\right)"],
    ),
    (LATENT, ["p(z,x)", r"p(z,\,x)", "p(z, x)"]),
    (LATENT, ["sum_z q(z) log p(z)", "∑_z q(z) log p(z)", r"\sum_z q(z)\log p(z)", r"\sum_{z} q(z) \log p(z)"]),
    (
        GAN,
        [
            "E_{x~p_data}[log D(x)]",
            "E_{x ~ pdata}[log(D(x))]",
            r"\mathbb{E}_{x \sim p_{\text{data}}}[\log D(x)]",
            "E_x[log D(x)]",
            r"\mathbb{E}_{x\sim p_{\mathrm{data}}(x)}\log D(x)",
            "E_{p_data}[ln D(x)]",
        ],
    ),
    (
        GAN,
        [
            "min_G max_D D(G(z))",
            r"\min_G \max_D D(G(z))",
            r"\min_{G}\max_{D} D(G(z))",
            r"\underset{G}{\min}\;\underset{D}{\max}\,D(G(z))",
            "min over G max over D D(G(z))",
            r"\arg\min_G\max_D D(G(z))",
            r"\operatorname*{min}_G\operatorname*{max}_D D(G(z))",
        ],
    ),
]


@pytest.mark.parametrize(("language", "spellings"), SAME, ids=lambda value: value[0] if isinstance(value, list) else "")
def test_spellings_of_one_thing_give_one_tree(language, spellings):
    assert {spelling: latex(read(spelling, language)) for spelling in spellings} == dict.fromkeys(
        spellings, latex(read(spellings[0], language))
    )


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("1/2 s1^2", "(1/2)*(s1^2)"),
        ("1/2σ₁²", "(1/2) σ₁²"),
        ("log s2/s1", "(log s2)/s1"),
        ("log 2 pi s1^2", "log(2*pi*s1^2)"),
        ("log s1 (s2 + 1)", "log(s1)*(s2 + 1)"),
        ("log(s1)^2", "(log(s1))^2"),
        ("log s1^2", "log(s1^2)"),
        ("-s1^2", "-(s1^2)"),
        ("2^3^2", "2^(3^2)"),
        ("2^-1 s1", "(2^(-1)) s1"),
        ("s1/s2/2", "(s1/s2)/2"),
        ("s1/2*s2", "(s1/2)*s2"),
        ("E_q x + 1", "E_q[x] + 1"),
        ("E_q(x - mu1)^2", "E_q[(x - mu1)^2]"),
        ("E_q[x - mu1]^2", "(E_q[x - mu1])^2"),
        ("E_q(x)^2", "(E_q[x])^2"),
        (r"\mu_1^23", "(mu_1^2) 3"),
        (r"\frac12 3", "(1/2) 3"),
    ],
)
def test_what_is_ambiguous_is_read_one_stated_way(line, meant):
    value = judge_for("two_normals", NORMALS)
    assert value.compare(read(line, NORMAL), read(meant, NORMAL)).status == "equal"


@pytest.mark.parametrize(
    ("line", "position", "says"),
    [
        ("s1 + + * 2", 7, 'Expected a number, a name or a bracket, but "*" stands there.'),
        ("log(s1", 6, 'Expected ")" for the "(" at character 4, but the line ends.'),
        ("mu3 + 1", 0, '"mu_3" is not declared here. Did you mean mu_'),
        ("sigm_1", 0, "Did you mean sigma_1?"),
        ("2 foo", 2, '"foo" is not declared here.'),
        ("sin(x)", 0, '"sin" is not declared here.'),
        ("s1 ≤ s2", 3, 'Write "=", or leave this line out.'),
        (r"\sigma_1 \leq \sigma_2", 9, 'Write "=", or leave this line out.'),
        ("s1!", 2, "Factorials"),
        ("|x|", 0, "Absolute values"),
        ("ехр(x)", 0, 'only looks like "e"'),
        ("s1\0", 2, "invisible character"),
        ("s1\u200b", 2, "invisible character"),
        ("∫ x", 3, "Expected the differential of the integral (dx or"),
        ("∫ q(x) x + x", 12, "Expected the differential of each integral"),
        ("E_q", 3, "Expected [ and what the expectation is taken of"),
        ("KL(q)", 4, 'Expected "||" between the two distributions of the KL'),
        ("log_2 s1", 3, "Only the natural logarithm"),
        ("∫_0^1 q(x) dx", 2, "Only integrals and sums over the whole space"),
        (r"\hat{x}", 0, '"x" with a mark (hat) is another name here'),
        (r"\sigma_1 + \ldots", 11, "Dots are not read"),
        (r"\frac{\sigma_1}{2", 17, 'Expected "}"'),
        ("9" * 400, 0, "at most 30 digits"),
        ("s1 + " * 1000 + "1", 2000, "at most 2000 are read"),
        ("(" * 300, 27, "nested too deeply"),
        ("min_G s1", 0, "min has no place in this exercise"),
        ("", 0, "nothing to read"),
    ],
)
def test_a_refusal_says_where_and_what_was_expected(line, position, says):
    with pytest.raises(Unreadable) as refused:
        read(line, NORMAL)
    assert refused.value.position == position
    assert says in refused.value.message


def test_a_density_alone_is_the_density_at_its_variable():
    assert latex(read("q", NORMAL)) == "q(x)"


def test_a_density_without_argument_is_refused_outside_what_binds_it():
    with pytest.raises(Unreadable, match=r"q needs its argument here"):
        read("q + 1", NORMAL)


def test_nothing_is_ever_executed(tmp_path):
    victim = tmp_path / "touched"
    for text in (
        f"__import__('os').system('touch {victim}')",
        f"open('{victim}', 'w')",
        f'exec(\'open("{victim}","w")\')',
        "().__class__",
    ):
        assert judge(text, "s1", domains={"s1": "positive"}).status == "unreadable"
    assert not victim.exists()
