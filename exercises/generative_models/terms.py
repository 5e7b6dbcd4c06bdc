"""What the sheet's formulas are made of, and what mistakes put in their place: shared by its exercises."""

import torch

from autograder.checks import Argument, Axis, Border, Term, interval
from autograder.checks import real as real_numbers

REALS = tuple(
    sign * x
    for x in (0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0)
    for sign in ((1, -1) if x else (1,))
)
SMALL = (1e-5, 1e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4)
PROBABILITIES = (*SMALL, 0.5, *(1 - p for p in SMALL))
LIMITS = (1e-5, 1e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1)
"""An eps or a clamp that large is no guard any more."""

# ------------------------------------------------------------------ the KL divergence to the standard normal


def latent(axes="N d"):
    """mu and logvar."""
    domain = real_numbers(2.0)
    return Argument(axes, domain, REALS), Argument(axes, domain, REALS)


def kl_terms(arguments=lambda *args: args, part=""):
    """The terms of -½ Σ(1 + log σ² - μ² - σ²) and those that stand in for them; ``arguments`` picks mu and logvar."""

    def term(slug, symbol, function, axes="N d", **options):
        return Term(slug, symbol, lambda *args: function(*arguments(*args)), axes, part=part, **options)

    half = {0.5: "log σ stands where log σ² belongs", 2.0: "2 log σ² stands where log σ² belongs"}
    return (
        term("mu2", "μ²", lambda mu, logvar: mu**2),
        term("sigma2", "σ²", lambda mu, logvar: logvar.exp()),
        term("log_sigma2", "log σ²", lambda mu, logvar: logvar, factors=half),
        term("one", "1", lambda mu, logvar: torch.ones_like(mu)),
        term("sigma", "σ", lambda mu, logvar: torch.exp(logvar / 2), instead=("sigma2",)),
        term(
            "sigma4",
            "exp(2 log σ²)",
            lambda mu, logvar: torch.exp(2 * logvar),
            instead=("sigma2",),
            tell="exp(2·logvar) stands where σ² = exp(logvar) belongs",
        ),
        term("precision", "1/σ²", lambda mu, logvar: torch.exp(-logvar), instead=("sigma2",)),
        term("mu", "μ", lambda mu, logvar: mu, instead=("mu2",)),
        term("abs_mu", "|μ|", lambda mu, logvar: mu.abs(), instead=("mu2",)),
        term("square_of_sum", "(Σμ)²", lambda mu, logvar: mu.sum(-1) ** 2, "N", instead=("mu2",)),
        term("abs_log_sigma2", "|log σ²|", lambda mu, logvar: logvar.abs(), instead=("log_sigma2",)),
        term("logvar2", "logvar²", lambda mu, logvar: logvar**2, instead=("sigma2",)),
        term("log_logvar", "log|logvar|", lambda mu, logvar: logvar.abs().log(), instead=("log_sigma2",)),
    )


# ------------------------------------------------------------------ the adversarial losses

BATCHES = {
    "M": Axis("the real batch", "the size of the real batch", (3, 5), kind="the batch"),
    "N": Axis("the batch of the fakes", "the size of the batch of the fakes", (4, 7), kind="the batch"),
}
D = interval(0.1, 0.9, (0.5, 0.25))


def d_argument(axis):
    return Argument(axis, D, PROBABILITIES)


def d_terms(real=True, wanted="log_1_minus"):
    """Terms of the real examples (with ``real``) and of the fakes, whose right one is log(1 - D) or (``wanted="log"``) log D."""
    fakes = _of_a_batch("fake", "D(G(z))", "N", lambda *ds: ds[-1], wanted)
    terms = (*_of_a_batch("real", "D(x)", "M", lambda *ds: ds[0], "log"), *fakes) if real else fakes
    one = Term("one", "1", lambda *ds: torch.ones(()), "", instead=("",))
    return (*(t for t in terms if not t.instead), *(t for t in terms if t.instead), one)


def _of_a_batch(name, d, axis, pick, wanted):
    part = f"the term of the {'real examples' if name == 'real' else 'fakes'}"
    right = f"{wanted}_d_{name}"
    sign = -1.0 if wanted == "log" else 1.0  # log D is -softplus(-D) for a logit D, log(1 - D) is -softplus(D)

    def term(slug, symbol, function, axes=axis, **options):
        instead = () if slug == f"{wanted}_d" else (right,)
        return Term(
            f"{slug}_{name}", symbol, lambda *ds: function(pick(*ds)), axes, part=part, instead=instead, **options
        )

    def softplus(t):
        return torch.nn.functional.softplus(t)

    real_one = wanted == "log"
    rest = "D" if real_one else "1 − D"
    logit = f"{d} is taken for a logit: it goes through a sigmoid again"
    return (
        term("log_d", f"log {d}", lambda t: t.log()),
        term("log_1_minus_d", f"log(1 − {d})", lambda t: torch.log1p(-t)),
        term(
            "no_log",
            d if real_one else f"(1 − {d})",
            lambda t: t if real_one else 1 - t,
            tell=f"the logarithm of {rest} is missing",
        ),
        term("squared", f"{d}²", lambda t: t**2, unit=-1.0, tell=f"{d}² stands in the place of a logarithm"),
        term(
            "squared_rest",
            f"(1 − {d})²",
            lambda t: (1 - t) ** 2,
            unit=-1.0,
            tell=f"(1 − {d})² stands in the place of a logarithm",
        ),
        term(
            "softplus", f"softplus({'−' if real_one else ''}{d})", lambda t: softplus(sign * t), unit=-1.0, tell=logit
        ),
        term("one_minus_log_d", f"(1 − log {d})", lambda t: 1 - t.log(), unit=-1.0 if real_one else 1.0),
        term(
            "sigmoid_of_1_minus_logit",
            f"log σ(1 − logit {d})",
            lambda t: -softplus(torch.logit(t) - 1),
            tell=f"1 − logit stands where 1 − {d} belongs",
        ),
        term(
            "log_of_mean",
            f"log mean {d}" if real_one else f"log mean(1 − {d})",
            lambda t: (t if real_one else 1 - t).mean().log(),
            "",
            tell=f"the logarithm of the mean of {rest} is taken, not the mean of the logarithm",
        ),
    )


def d_borders(loss):
    """Guards of ``loss`` that are too large. The loss is a function of the logarithms' arguments."""

    def at_both_ends(eps, *ds):
        return loss(*(d.clamp(eps, 1 - eps) for d in ds), *(1 - d.clamp(eps, 1 - eps) for d in ds))

    def at_zero(eps, *ds):
        return loss(*(d.clamp(min=eps) for d in ds), *((1 - d).clamp(min=eps) for d in ds))

    def added(eps, *ds):
        return loss(*(d + eps for d in ds), *(1 - d + eps for d in ds))

    return (
        Border(
            "large_clamp",
            "D is clamped to [{limit}, 1 − {limit}]: near 0 and 1 the loss is wrong. 1e-7 is enough, if at all",
            at_both_ends,
            LIMITS,
        ),
        Border(
            "large_clamp",
            "the logarithms' arguments are clamped at {limit}: near 0 and 1 the loss is wrong. 1e-7 is enough",
            at_zero,
            LIMITS,
        ),
        Border(
            "large_guard",
            "an eps of {limit} stands inside the logarithms and changes the loss visibly. 1e-8 is enough",
            added,
            LIMITS,
        ),
    )
