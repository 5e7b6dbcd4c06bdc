"""Derivations: layouts, orders, verdicts of lines, names of slips, what a proof passes on its way."""

import pytest

from autograder.maths import judge_derivation
from autograder.model.errors import CourseError
from tests.maths.exercises import ELBO_TASK, KL_TASK

STEPS = [
    "KL(q || p) = ∫ q(x) log(q(x)/p(x)) dx",
    "= E_q[log q(x)] - E_q[log p(x)]",
    "= E_q[-log σ₁ - (x-μ₁)²/(2σ₁²)] - E_q[-log σ₂ - (x-μ₂)²/(2σ₂²)]",
    "= log σ₂ - log σ₁ - 1/(2σ₁²) E_q[(x-μ₁)²] + 1/(2σ₂²) E_q[(x-μ₂)²]",
    "= log(σ₂/σ₁) - 1/2 + 1/(2σ₂²) E_q[x² - 2μ₂ x + μ₂²]",
    "= log(σ₂/σ₁) - 1/2 + 1/(2σ₂²) (E_q[x²] - 2 μ₂ μ₁ + μ₂²)",
    "= log(σ₂/σ₁) - 1/2 + 1/(2σ₂²) (σ₁² + μ₁² - 2 μ₁ μ₂ + μ₂²)",
    "= log(σ₂/σ₁) - 1/2 + σ₁²/(2σ₂²) + (μ₁² - 2 μ₁ μ₂ + μ₂²)/(2σ₂²)",
    "= log(σ₂/σ₁) + (σ₁² + (μ₁-μ₂)²)/(2σ₂²) - 1/2",
]
ALL = {"start", "end", "log densities put in", "moments evaluated"}


def verdicts(text, task=KL_TASK):
    return [line.verdict for line in judge_derivation(text, **task)]


def passes(text, task=KL_TASK):
    return {name for line in judge_derivation(text, **task) for name in line.passes}


def test_nine_right_lines_follow_and_pass_everything():
    assert verdicts(STEPS) == ["follows"] * 9
    assert passes(STEPS) == ALL


# ------------------------------------------------------------------ layouts

ALIGNED = r"""
We start from the definition, where $q = \mathcal{N}(\mu_1, \sigma_1^2)$:

\begin{align*}
\mathrm{KL}(q \,\|\, p) &= \int q(x) \log \frac{q(x)}{p(x)} \, dx \\
  &= \mathbb{E}_q\left[\log q(x) - \log p(x)\right] \tag{1} \\[4pt]
  &= \mathbb{E}_q\Bigl[-\tfrac12 \log 2\pi\sigma_1^2 - \frac{(x-\mu_1)^2}{2\sigma_1^2} \\
  &\qquad + \tfrac12 \log 2\pi\sigma_2^2 + \frac{(x-\mu_2)^2}{2\sigma_2^2}\Bigr] \\
  &= \log\frac{\sigma_2}{\sigma_1} - \frac{\sigma_1^2}{2\sigma_1^2} + \frac{\mathbb{E}_q[(x-\mu_2)^2]}{2\sigma_2^2}
  && \text{by linearity} \\
  &= \log\frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1-\mu_2)^2}{2\sigma_2^2} - \frac12.
\end{align*}

That is the result.
"""
DOLLARS = r"""
$$KL(q\|p) = \int q(x)\log\frac{q(x)}{p(x)}dx$$
$$= E_q[\log q(x)] - E_q[\log p(x)]$$
$$= E_q[-\log\sigma_1 - \frac{(x-\mu_1)^2}{2\sigma_1^2}] + E_q[\log\sigma_2 + \frac{(x-\mu_2)^2}{2\sigma_2^2}]$$
$$= \log\frac{\sigma_2}{\sigma_1} - \frac12 + \frac{E_q[(x-\mu_2)^2]}{2\sigma_2^2}$$
$$= \log\frac{\sigma_2}{\sigma_1} - \frac12 + \frac{\sigma_1^2+(\mu_1-\mu_2)^2}{2\sigma_2^2}$$
"""
EACH_LINE_ALONE = "\n".join(step.partition("= ")[2] for step in STEPS)
EACH_LINE_NAMED = "\n".join("KL = " + step.partition("= ")[2] for step in STEPS)
ONE_ROW = " ".join(STEPS)
TRAILING = " =\n".join(step.removeprefix("= ") for step in STEPS)
BROKEN = (
    "\n".join(STEPS)
    .replace(" - E_q[log p(x)]", "\n   - E_q[log p(x)]")
    .replace(" + (σ₁² + (μ₁-μ₂)²)", "\n  + (σ₁²\n  + (μ₁-μ₂)²)")
)
PYTHON = """
KL = Integral(q(x)*(log(q(x)) - log(p(x))), (x, -oo, oo))
# now the densities
= E_q[-log(s1) - (x - m1)**2/(2*s1**2) + log(s2) + (x - m2)**2/(2*s2**2)]
= log(s2/s1) - E_q[(x - m1)**2]/(2*s1**2) + E_q[(x - m2)**2]/(2*s2**2)   # linearity
= log(s2/s1) - 1/2 + (s1**2 + (m1 - m2)**2)/(2*s2**2)
"""


@pytest.mark.parametrize(
    "text", [ALIGNED, DOLLARS, EACH_LINE_ALONE, EACH_LINE_NAMED, ONE_ROW, TRAILING, BROKEN, PYTHON]
)
def test_a_chain_is_a_chain_however_it_is_laid_out(text):
    assert set(verdicts(text)) <= {"follows", "remark", "side equation"}
    assert verdicts(text).count("follows") >= 1
    assert passes(text) == ALL


@pytest.mark.parametrize("text", [ALIGNED, DOLLARS, EACH_LINE_ALONE, EACH_LINE_NAMED, TRAILING, BROKEN, PYTHON])
def test_a_slip_is_found_in_every_layout(text):
    result = {
        r"\frac{\sigma_1^2 + (\mu_1-\mu_2)^2}": r"\frac{\sigma_1^2 - (\mu_1-\mu_2)^2}",
        "(s1**2 + (m1": "(s1**2 - (m1",
    }
    result |= {
        r"\frac{\sigma_1^2+(\mu_1": r"\frac{\sigma_1^2-(\mu_1",
        "(σ₁² + (μ₁-μ₂)²)": "(σ₁² - (μ₁-μ₂)²)",
        "  + (μ₁-μ₂)²)": "  - (μ₁-μ₂)²)",
    }
    for right, wrong in result.items():
        text = text.replace(right, wrong)
    found = judge_derivation(text, **KL_TASK)
    wrong = [line for line in found if line.verdict == "first error"]
    assert [line.slip for line in wrong] == ["sign of a term"]


# ------------------------------------------------------------------ orders


def test_backwards_from_the_result():
    sides = [step.partition("= ")[2] for step in STEPS]
    text = "\n= ".join(reversed(sides))
    assert verdicts(text) == ["follows"] * 9
    assert passes(text) == ALL


def test_from_both_sides_to_a_middle():
    sides = [step.partition("= ")[2] for step in STEPS]
    text = "KL = " + "\n= ".join(sides[:5]) + "\nand\n" + " = ".join(reversed(sides[4:]))
    assert "follows" in verdicts(text)
    assert set(verdicts(text)) <= {"follows", "remark"}
    assert passes(text) == ALL


SIDES = [
    "log q(x) = -1/2 log(2π σ₁²) - (x-μ₁)²/(2σ₁²)",
    "where log p(x) = -log(σ₂) - log(sqrt(2π)) - (x-μ₂)²/(2σ₂²)",
    "q(x) = N(x; μ₁, σ₁²)",
    "E_q[(x-μ₁)²] = σ₁²",
    "E_q(x²) = σ₁² + μ₁²",
    "since Var_q(x) = E_q(x²) - E_q(x)²",
]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("place", [0, 3, 9])
def test_side_equations_may_stand_anywhere_and_are_judged_alone(side, place):
    text = [*STEPS[:place], side, *STEPS[place:]]
    found = verdicts(text)
    assert found.pop(place) == "side equation"
    assert found == ["follows"] * 9


@pytest.mark.parametrize("side", SIDES)
def test_a_wrong_side_equation_is_found(side):
    wrong = (
        side.replace("-1/2 log", "1/2 log")
        .replace("-log(σ₂)", "log(σ₂)")
        .replace("; μ₁", "; μ₂")
        .replace("= σ₁²", "= 2σ₁²")
    )
    wrong = wrong.replace("E_q(x²) - E_q(x)²", "E_q(x²) + E_q(x)²")
    assert verdicts([*STEPS[:3], wrong, *STEPS[3:]])[3] == "first error"


def test_a_side_equation_goes_on_over_several_rows():
    text = [*STEPS[:4], "E_q[(x-μ₂)²]", "= E_q[x²] - 2μ₂ E_q[x] + μ₂²", "= σ₁² + (μ₁-μ₂)²", STEPS[8]]
    assert "first error" not in verdicts(
        [*STEPS[:4], "E_q[(x-μ₂)²] = E_q[x²] - 2μ₂ E_q[x] + μ₂²", "= σ₁² + (μ₁-μ₂)²", STEPS[8]]
    )
    assert (
        verdicts([*STEPS[:4], "E_q[(x-μ₂)²] = E_q[x²] - 2μ₂ E_q[x] + μ₂²", "= σ₁² + (μ₁-μ₂)²", STEPS[8]])[-1]
        == "follows"
    )
    assert verdicts(text)[4] != "follows"


def test_names_given_to_parts_may_be_used_later_and_earlier():
    text = "a = E_q[(x-μ₁)²]\nb := E_q[(x-μ₂)²] = σ₁² + (μ₁-μ₂)²\n" + "\n".join(STEPS[:3])
    text += "\n= log(σ₂/σ₁) - a/(2σ₁²) + b/(2σ₂²)\nwhere a = σ₁²\n" + STEPS[8]
    assert set(verdicts(text)) == {"follows", "side equation"}
    assert passes(text) == ALL


def test_a_name_that_means_nothing_is_left_to_a_person():
    found = judge_derivation(
        r"L = \int q(z) \log\frac{p(z,x)}{q(z)} dz = F", **{**ELBO_TASK, "names": {**ELBO_TASK["names"], "F": "x"}}
    )
    assert found[0].verdict in ("undecided", "first error")
    found = judge_derivation("T\n= T", **KL_TASK)
    assert found[0].verdict == "unreadable"
    assert '"T" is not declared here' in found[0].message


# ------------------------------------------------------------------ verdicts


def slipped(row, line):
    return [*STEPS[: row - 1], line, *STEPS[row:]]


def test_a_slip_in_line_six_names_the_line_the_slip_the_world_and_both_values():
    found = judge_derivation(slipped(6, "= log(σ₂/σ₁) - 1/2 + 1/(2σ₂²) (E_q[x²] + 2 μ₂ μ₁ + μ₂²)"), **KL_TASK)
    assert [line.verdict for line in found] == ["follows"] * 5 + ["first error"] + ["right but does not follow"] + [
        "follows"
    ] * 2
    assert found[5].slip == "sign of a term"
    assert found[5].world == "mu_1 = 1, mu_2 = 3, sigma_1 = 3, sigma_2 = 1/2"
    assert found[5].values == ("47.71", "23.71")
    assert found[5].message == (
        r"Line 6 does not follow from line 5. The sign of the term $2 \, \mu_{2} \, \mu_{1}$ is turned round. "
        "At mu_1 = 1, mu_2 = 3, sigma_1 = 3, sigma_2 = 1/2: line 6 gives 47.71, line 5 gives 23.71."
    )


def test_an_error_that_is_carried_on_is_told_from_a_new_one():
    text = [
        *STEPS[:4],
        "= log(σ₂/σ₁) + 1/2 + E_q[(x-μ₂)²]/(2σ₂²)",
        "= log(σ₂/σ₁) + 1/2 + (σ₁² + (μ₁-μ₂)²)/(2σ₂²)",
        "= log(σ₂/σ₁) + 1/2 + (σ₂² + (μ₁-μ₂)²)/(2σ₂²)",
        STEPS[8],
    ]
    assert verdicts(text)[4:] == ["first error", "carried error", "another error", "right but does not follow"]


def test_the_first_error_is_first_in_the_order_of_lines():
    text = [*STEPS[:2], "E_q[(x-μ₁)²] = 2σ₁²", *STEPS[2:8], "= log(σ₂/σ₁) + 1/2"]
    found = verdicts(text)
    assert (found[2], found[-1]) == ("first error", "another error")


@pytest.mark.parametrize(
    ("row", "line", "slip"),
    [
        (1, "KL(q || p) = ∫ p(x) log(p(x)/q(x)) dx", ""),
        (2, "= E_p[log q(x)] - E_q[log p(x)]", "expectation under the other distribution"),
        (2, "= log E_q[q(x)] - E_q[log p(x)]", ""),
        (2, "= E_q[log q(x)] + E_q[log p(x)]", "sign of a term"),
        (3, "= E_q[-log σ₁ - (x-μ₁)²/(2σ₁²)] - E_q[-log σ₂ - (x-μ₂)²/(2σ₂)]", "sigma for sigma squared"),
        (3, "= E_q[-log σ₁ - (x-μ₁)²/σ₁²] - E_q[-log σ₂ - (x-μ₂)²/(2σ₂²)]", "a lost half"),
        (4, "= log σ₁ - log σ₂ - 1/(2σ₁²) E_q[(x-μ₁)²] + 1/(2σ₂²) E_q[(x-μ₂)²]", ""),
        (5, "= log(σ₂/σ₁) + 1/(2σ₂²) E_q[x² - 2μ₂ x + μ₂²]", "a term dropped"),
        (5, "= log(σ₂/σ₁) - 1/2 + 1/(2σ₁²) E_q[x² - 2μ₂ x + μ₂²]", "index swapped"),
        (5, "= log(σ₂/σ₁) - 1/2 + 1/(2σ₂²) E_q[x² + μ₂²]", "square of a sum"),
        (7, "= log(σ₂/σ₁) - 1/2 + 1/(2σ₂²) (σ₁² - 2 μ₁ μ₂ + μ₂²)", "Var = E[x²] without the mean"),
        (9, "= log(σ₁/σ₂) + (σ₁² + (μ₁-μ₂)²)/(2σ₂²) - 1/2", "logarithm turned round"),
        (9, "= log σ₂/σ₁ + (σ₁² + (μ₁-μ₂)²)/(2σ₂²) - 1/2", "ambiguous fraction"),
        (9, "= log(σ₂/σ₁) + (σ₁² + (μ₁-μ₂)²)/2σ₂² - 1/2", ""),
    ],
)
def test_known_slips_are_named(row, line, slip):
    found = judge_derivation(slipped(row, line), **KL_TASK)
    assert found[row - 1].verdict == "first error"
    assert found[row - 1].slip == slip


def test_a_logarithm_taken_outside_is_named():
    text = ["L = E_q[log(p(z,x)/q(z))]", "= log E_q[p(z,x)/q(z)]", "= E_q[log p(x|z)] - KL(q(z) || p(z))"]
    assert judge_derivation(text, **ELBO_TASK)[1].slip == "logarithm taken outside"


def test_a_swapped_kl_is_named():
    text = ["L = E_q[log p(x|z)] - E_q[log(q(z)/p(z))]", "= E_q[log p(x|z)] - KL(p(z) || q(z))"]
    assert judge_derivation(text, **ELBO_TASK)[1].slip == "KL the wrong way round"


# ------------------------------------------------------------------ start, waypoints, end


@pytest.mark.parametrize(
    "line", ["∫ q(x) (log q(x) - log p(x)) dx", "-E_q[log(p(x)/q(x))]", "-∫ q log(p/q) dx", "∑_x q(x) log(q(x)/p(x))"]
)
def test_a_start_may_be_rewritten(line):
    assert "start" in passes([f"KL = {line}", *STEPS[2:]])


@pytest.mark.parametrize("start", ["KL(q || p)", "E_q[-log σ₁ - (x-μ₁)²/(2σ₁²) + log σ₂ + (x-μ₂)²/(2σ₂²)]"])
def test_what_is_no_definition_is_no_start(start):
    assert "start" not in passes([start, *STEPS[3:]])


def test_definition_and_result_alone_pass_no_waypoint():
    assert passes([STEPS[0], STEPS[8]]) == {"start", "end"}


def test_the_moments_must_be_seen():
    assert "moments evaluated" not in passes([STEPS[0], STEPS[2], STEPS[8]])
    assert "moments evaluated" in passes([STEPS[0], STEPS[2], STEPS[3], STEPS[8]])
    assert "moments evaluated" in passes([STEPS[0], STEPS[2], "E_q[(x-μ₂)²] = σ₁² + (μ₁-μ₂)²", STEPS[8]])


def test_moments_beside_the_chain_are_no_log_densities():
    text = [STEPS[0], "E_q[(x-μ₁)²] = σ₁²", "E_q[(x-μ₂)²] = σ₁² + (μ₁-μ₂)²", f"KL(q || p) {STEPS[8]}"]
    assert "log densities put in" not in passes(text)


def test_log_densities_put_in_beside_the_chain_count():
    side = "E_q[log p(x)] = -1/2 log(2π σ₂²) - E_q[(x-μ₂)²]/(2σ₂²)"
    assert "log densities put in" in passes([STEPS[0], STEPS[1], side])


def test_a_line_that_is_wrong_passes_nothing():
    text = [STEPS[0], "= E_q[(x-μ₁)²]", STEPS[8]]
    assert passes(text) == {"start", "end"}


def test_an_unfinished_derivation_has_no_end():
    assert "end" not in passes(STEPS[:6])


ELBO_STEPS = [
    "L = ∫ q(z) log(p(z,x)/q(z)) dz",
    "= ∫ q(z) log(p(x|z) p(z)/q(z)) dz",
    "= ∫ q(z) log p(x|z) dz + ∫ q(z) log(p(z)/q(z)) dz",
    "= E_q[log p(x|z)] - KL(q(z) || p(z))",
]
ELBO_ALL = {"start", "end", "joint factored", "logs split"}


def test_the_elbo_passes_everything():
    assert verdicts(ELBO_STEPS, ELBO_TASK) == ["follows"] * 4
    assert passes(ELBO_STEPS, ELBO_TASK) == ELBO_ALL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ([ELBO_STEPS[0], ELBO_STEPS[3]], {"start", "end"}),
        ([*ELBO_STEPS[:2], ELBO_STEPS[3]], {"start", "end", "joint factored"}),
        (ELBO_STEPS[:3], {"start", "joint factored", "logs split"}),
        ([*ELBO_STEPS[:3], "= E_q[log p(x|z)] - E_q[log(q(z)/p(z))]"], {"start", "joint factored", "logs split"}),
        ([*ELBO_STEPS[:3], "= -KL(q(z|x) || p(z)) + E_{z~q(z|x)}[log p(x|z)]"], ELBO_ALL),
        (["L(q) = E_q[log p(z,x) - log q(z)]", "= E_q[log p(x|z) + log p(z) - log q(z)]", ELBO_STEPS[3]], ELBO_ALL),
        (ELBO_STEPS[1:], {"end", "joint factored", "logs split"}),
        (["L = log p(x) - KL(q(z) || p(z|x))", *ELBO_STEPS[1:]], {"end", "joint factored", "logs split"}),
    ],
)
def test_what_an_elbo_derivation_passes(text, expected):
    assert passes(text, ELBO_TASK) == expected


def test_an_unknown_waypoint_is_the_instructors_fault():
    with pytest.raises(CourseError, match="There is no waypoint 'halfway'; there are log densities put in"):
        judge_derivation("1", **{**KL_TASK, "waypoints": ["halfway"]})


# ------------------------------------------------------------------ as people hand it in

HANDED_IN = [
    (
        KL_TASK,
        r"""
$$
D_{\text{KL}}(q \| p) = \mathbb{E}_{x \sim \mathcal{N}(\mu_1,\sigma_1^2)} \left[ \ln \frac{q(x)}{p(x)} \right]
$$
with $q(x) = \frac{1}{\sqrt{2\pi}\,\sigma_1} \exp\left(-\frac{(x-\mu_1)^2}{2\sigma_1^2}\right)$
and similarly $p$. Substituting $x = \mu_1 + \sigma_1 z$ gives
$$
= \ln\frac{\sigma_2}{\sigma_1} + \mathbb{E}_{z\sim\mathcal{N}(0,1)}\left[-\frac{z^2}{2} + \frac{(\mu_1
  + \sigma_1 z - \mu_2)^2}{2\sigma_2^2}\right]
$$
$$
= \ln\frac{\sigma_2}{\sigma_1} - \frac{1}{2} + \frac{\sigma_1^2 + (\mu_1-\mu_2)^2}{2\sigma_2^2} \quad \blacksquare
$$""",
    ),
    (
        KL_TASK,
        r"""
KL(q||p) = \int q(x) \log \frac{q(x)}{p(x)} dx \\
= \int q(x) \log q(x) dx - \int q(x) \log p(x) dx \\
\int q(x) \log q(x) dx = -\frac{1}{2}\log(2\pi\sigma_1^2) - \frac{1}{2} \\
\int q(x) \log p(x) dx = -\frac{1}{2}\log(2\pi\sigma_2^2) - \int q(x)\frac{(x-\mu_2)^2}{2\sigma_2^2} dx
  = -\frac{1}{2}\log(2\pi\sigma_2^2) - \frac{\sigma_1^2+(\mu_1-\mu_2)^2}{2\sigma_2^2} \\
KL(q||p) = -\frac{1}{2}\log(2\pi\sigma_1^2) - \frac{1}{2} + \frac{1}{2}\log(2\pi\sigma_2^2)
  + \frac{\sigma_1^2+(\mu_1-\mu_2)^2}{2\sigma_2^2} \\
= \log\frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2+(\mu_1-\mu_2)^2}{2\sigma_2^2} - \frac{1}{2}
""",
    ),
    (
        KL_TASK,
        """Given: q(x) = N(x; mu_1, sigma_1^2), p(x) = N(x; mu_2, sigma_2^2)

1. KL(q||p) = E_q[log q(x) - log p(x)]
2. = E_q[ -log(sigma_1) - (x-mu_1)^2/(2*sigma_1^2) + log(sigma_2) + (x-mu_2)^2/(2*sigma_2^2) ]   (log(2*pi)/2 cancels)
3. = log(sigma_2/sigma_1) - 1/2 + E_q[(x-mu_2)^2]/(2*sigma_2^2)      because E_q[(x-mu_1)^2] = sigma_1^2
4. = log(sigma_2/sigma_1) - 1/2 + (sigma_1^2 + (mu_1-mu_2)^2)/(2*sigma_2^2)   // done
""",
    ),
    (
        KL_TASK,
        r"""
\begin{equation}
\begin{split}
KL(q \parallel p) & = \mathbb{E}_{q(x)}[\log q(x) - \log p(x)] \\
& = \mathbb{E}_{q(x)}\left[ -\frac{1}{2} \log (2 \pi \sigma_1^2)
  - \frac{1}{2} \left(\frac{x-\mu_1}{\sigma_1}\right)^2 + \frac{1}{2} \log (2 \pi \sigma_2^2)
  + \frac{1}{2} \left(\frac{x-\mu_2}{\sigma_2}\right)^2 \right] \\
& = \frac{1}{2} \log \frac{\sigma_2^2}{\sigma_1^2}
  + \frac{1}{2} \mathbb{E}_{q(x)}\left[ \left(\frac{x-\mu_2}{\sigma_2}\right)^2
  - \left(\frac{x-\mu_1}{\sigma_1}\right)^2 \right] \\
& \overset{(*)}{=} \frac{1}{2} \left( \log \frac{\sigma_2^2}{\sigma_1^2} + \frac{\sigma_1^2
  + (\mu_1 - \mu_2)^2}{\sigma_2^2} - 1 \right)
\end{split}
\end{equation}
""",
    ),
    (
        ELBO_TASK,
        r"""
$\mathcal{L}(q) = \int q(z) \log \frac{p(z,x)}{q(z)} dz$

$\quad = \int q(z) \log \frac{p(x|z) p(z)}{q(z)} dz$  (chain rule)

$\quad = \mathbb{E}_q[\log p(x|z)] + \int q(z) \log \frac{p(z)}{q(z)} dz$

$\quad = \mathbb{E}_{q}[\log p(x|z)] - D_{KL}(q(z) || p(z))$
""",
    ),
    (
        ELBO_TASK,
        """We use p(z,x) = p(x|z)p(z).
L = ∫ q(z) log( p(z,x) / q(z) ) dz
  = ∫ q(z) [ log p(x|z) + log p(z) - log q(z) ] dz
  = ∫ q(z) log p(x|z) dz  -  ∫ q(z) log( q(z) / p(z) ) dz
  = E_q[ log p(x|z) ] - KL( q(z) || p(z) )     q.e.d.
""",
    ),
]


@pytest.mark.parametrize(("task", "text"), HANDED_IN)
def test_right_derivations_as_people_hand_them_in(task, text):
    found = judge_derivation(text, **task)
    assert {line.verdict for line in found} <= {"follows", "side equation", "remark"}
    missing = {"start", "end", *task["waypoints"]} - {name for line in found for name in line.passes}
    assert missing <= {"moments evaluated"}


# ------------------------------------------------------------------ remarks and what cannot be read


def test_sentences_are_remarks():
    text = (
        "Definition of the KL divergence:\n"
        + "\n".join(STEPS[:4])
        + "\n# now the moments\nBy linearity of the expectation we get\n"
        + "\n".join(STEPS[4:])
    )
    assert verdicts(text).count("remark") == 3
    assert verdicts(text).count("follows") == 9


def test_an_unreadable_line_stands_apart_from_wrong_and_the_rest_is_judged():
    found = judge_derivation(slipped(5, "= log(σ₂/σ₁) - 1/2 + 1/(2σ₂²) E_q[x² - 2μ₂ x + "), **KL_TASK)
    assert [line.verdict for line in found][4] in ("unreadable", "follows")
    found = judge_derivation(slipped(5, "= log(σ₂/σ₁) - 1/2 + 1/(2σ₂²) E_q[x² - 2μ₂ x ++* μ₂²]"), **KL_TASK)
    assert [line.verdict for line in found] == ["follows"] * 4 + ["unreadable"] + ["follows"] * 4
    assert found[4].position == 47
    assert found[4].message.startswith(
        "This line cannot be read (character 48): Expected a number, a name or a bracket"
    )


def test_an_empty_answer_has_no_lines():
    assert judge_derivation("", **KL_TASK) == ()
    assert verdicts("just words and nothing else here") == ["remark"]


def test_the_same_text_gives_the_same_verdicts_whatever_the_seed():
    text = slipped(6, "= log(σ₂/σ₁) - 1/2 + 1/(2σ₂²) (E_q[x²] + 2 μ₂ μ₁ + μ₂²)")
    assert judge_derivation(text, **KL_TASK) == judge_derivation(text, **KL_TASK, seed=5)
