import torch

from autograder.checks import (
    Argument,
    Axis,
    Battery,
    Border,
    Formula,
    Term,
    agrees,
    arguments,
    bits,
    close,
    gradient,
    holds,
    interval,
    leaves_alone,
    probability,
    reaches,
    real,
    repeats,
)
from exercises.generative_models.terms import LIMITS, PROBABILITIES, kl_terms, latent
from reference.bernoulli import bernoulli_cross_entropy
from reference.gaussian import kl_standard_normal
from reference.vae import vae_loss

signature = "vae_loss(x_hat, x, mu, logvar)"

DIGIT = 784


def terms(x_hat, x, mu, logvar):
    n = len(x)
    latent = (mu**2, logvar.exp(), logvar.abs(), torch.ones_like(logvar))
    return (bernoulli_cross_entropy(x_hat, x).sum() / n, *(0.5 * term.sum() / n for term in latent))


RECONSTRUCTION = "the reconstruction"
BOTH = ("x_log_x_hat", "rest_log_rest")


def pixelwise(slug, symbol, function, **options):
    return Term(slug, symbol, lambda x_hat, x, *_: function(x_hat, x), "N P", part=RECONSTRUCTION, **options)


def reconstruction(function):
    """The loss with another reconstruction term, elementwise."""
    return lambda limit, x_hat, x, mu, logvar: (
        function(limit, x_hat, x).sum() / len(x) + kl_standard_normal(mu, logvar).mean()
    )


def charged(function):
    """The loss with something else for the KL, which ``function`` makes of its parts, one for each latent dimension."""
    return lambda limit, x_hat, x, mu, logvar: (
        bernoulli_cross_entropy(x_hat, x).sum() / len(x)
        + function(limit, (mu**2 + logvar.exp() - logvar - 1) / 2).sum() / len(x)
    )


FREE = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0)

formula = Formula(
    axes={
        "N": Axis("the batch", "the size of the batch", (3, 2)),
        "P": Axis("the pixels", "the number of pixels", (4, 7)),
        "d": Axis("the latent axis", "the number of latent dimensions", (2, 5)),
    },
    arguments=(
        Argument("N P", interval(0.1, 0.9, (0.5, 0.25)), PROBABILITIES),
        Argument("N P", interval(0.1, 0.9, (0.0, 1.0)), (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)),
        *latent(),
    ),
    terms=(
        pixelwise("x_log_x_hat", "x log x̂", lambda x_hat, x: x * x_hat.log()),
        pixelwise("rest_log_rest", "(1 − x) log(1 − x̂)", lambda x_hat, x: (1 - x) * torch.log1p(-x_hat)),
        *kl_terms(lambda x_hat, x, mu, logvar: (mu, logvar), "the KL"),
        pixelwise(
            "squared_error",
            "(x − x̂)²",
            lambda x_hat, x: (x - x_hat) ** 2,
            instead=BOTH,
            unit=-1.0,
            tell="the squared error stands where the binary cross-entropy belongs",
        ),
        pixelwise(
            "absolute_error",
            "|x − x̂|",
            lambda x_hat, x: (x - x_hat).abs(),
            instead=BOTH,
            unit=-1.0,
            tell="the absolute error stands where the binary cross-entropy belongs",
        ),
        pixelwise(
            "with_logits",
            "cross-entropy on logits(x̂, x)",
            lambda x_hat, x: torch.nn.functional.softplus(x_hat) - x * x_hat,
            instead=BOTH,
            unit=-1.0,
            tell="the cross-entropy on logits is applied to probabilities: x̂ goes through a sigmoid again",
        ),
        pixelwise(
            "targets_swapped",
            "cross-entropy(x, x̂)",
            lambda x_hat, x: -(x_hat * x.log() + (1 - x_hat) * torch.log1p(-x)),
            instead=BOTH,
            unit=-1.0,
            tell="x and x̂ are swapped in the cross-entropy",
        ),
        pixelwise("log_x_hat", "log x̂", lambda x_hat, x: x_hat.log(), instead=("x_log_x_hat",)),
        pixelwise("log_rest", "log(1 − x̂)", lambda x_hat, x: torch.log1p(-x_hat), instead=("rest_log_rest",)),
    ),
    borders=(
        Border(
            "large_guard",
            "an eps of {limit} stands inside the logarithms and changes the loss visibly. 1e-8 is enough",
            reconstruction(lambda e, x_hat, x: -(x * torch.log(x_hat + e) + (1 - x) * torch.log(1 - x_hat + e))),
            LIMITS,
        ),
        Border(
            "large_clamp",
            "x̂ is clamped to [{limit}, 1 − {limit}]: near 0 and 1 the loss is wrong. 1e-7 is enough, if at all",
            reconstruction(lambda e, x_hat, x: bernoulli_cross_entropy(x_hat.clamp(e, 1 - e), x)),
            LIMITS,
        ),
        Border(
            "x_made_binary",
            "x is rounded to 0 or 1 first; the loss is right for binary pixels only",
            reconstruction(lambda _, x_hat, x: bernoulli_cross_entropy(x_hat, (x > 0.5).double())),
            (0.0,),
        ),
        Border(
            "free_bits",
            "the KL of each latent dimension counts as {limit} nats where it is less (free bits)",
            charged(lambda free, parts: parts.clamp(min=free)),
            FREE,
        ),
        Border(
            "free_bits",
            "the KL of each example counts as {limit} nats where it is less (free bits)",
            charged(lambda free, parts: parts.sum(-1).clamp(min=free)),
            FREE,
        ),
        Border(
            "free_bits",
            "the KL counts only where it is more than {limit} nats in a latent dimension (free bits)",
            charged(lambda free, parts: (parts - free).clamp(min=0)),
            FREE,
        ),
    ),
    shares={"doubled": 0.0},
)


def flat(x_hat, x, mu, logvar):
    return x_hat.flatten(1), x.flatten(1), mu, logvar


def images(x_hat, x, mu, logvar):
    return x_hat.reshape(len(x), 1, 1, -1), x.reshape(len(x), 1, 1, -1), mu, logvar


def digits(x_hat, x, mu, logvar):
    """The same loss on 784 pixels: the new ones are black and predicted so."""
    x_hat, x = (
        torch.nn.functional.pad(t.flatten(1), (0, DIGIT - t[0].numel()), value=v) for t, v in ((x_hat, 1e-30), (x, 0))
    )
    return x_hat, x, mu, logvar


def digit_images(*args):
    return tuple(t.reshape(-1, 1, 28, 28) if t.shape[-1] == DIGIT else t for t in digits(*args))


def battery(key, edge, bound, shapes, count, gradients=()):
    return Battery(
        "vae_loss",
        vae_loss,
        terms,
        arguments(probability(edge), bits(), real(bound), real(bound), shapes=shapes),
        parameters=("x_hat", "x", "mu", "logvar"),
        guards=(
            lambda x_hat, x, mu, logvar: ((x_hat + 1e-6) / (1 + 2e-6), x, mu, logvar),
            lambda x_hat, x, mu, logvar: (x_hat.clamp(1e-6, 1 - 1e-6), x, mu, logvar),
            lambda x_hat, x, mu, logvar: (x_hat - 1e-6 * (2 * x - 1).sign(), x, mu, logvar),
            lambda x_hat, x, mu, logvar: (x_hat, x, mu, torch.log(logvar.exp() + 1e-6)),
        ),
        other_forms={
            "It takes flat images (N, pixels) only.": flat,
            "It takes images (N, 1, height, width) only.": images,
            "It takes images of 784 pixels only.": digits,
            "It takes images of shape (N, 1, 28, 28) only.": digit_images,
        },
        count=count,
        gradients=gradients,
        key=key,
        formula=formula,
    )


def shapes(*sizes):
    return [[image, image, latent, latent] for image, latent in sizes]


public = battery(
    "public",
    1e-2,
    3.0,
    shapes(((1, 1), (1, 1)), ((2, 3), (2, 1)), ((2, 1, 2, 2), (2, 2)), ((3, 5), (3, 4)), ((8, 1, 3, 3), (8, 2))),
    10,
    (0, 2, 3),
)
hidden = battery("hidden", 1e-4, 6.0, shapes(((1, 2), (1, 3)), ((4, 1, 2, 3), (4, 5)), ((16, 12), (16, 2))), 6)

generator = torch.Generator().manual_seed(9)


def batch(n, pixels, d):
    x_hat, x = (torch.rand(n, pixels, generator=generator).double() for _ in range(2))
    mu, logvar = (torch.randn(n, d, generator=generator).double() for _ in range(2))
    return 0.1 + 0.8 * x_hat, x.round(), mu, logvar


batches = [batch(1, 2, 1), batch(2, 3, 2), batch(5, 4, 3)]


def at_prior(x_hat, x, mu, logvar):
    return x_hat, x, 0 * mu, 0 * logvar


checks = [
    agrees(
        public, unit="nats", hint="Look at the two checks below: they judge the KL and the cross-entropy one by one."
    ),
    reaches(
        public,
        hint="The encoder learns through mu and logvar, the decoder through x_hat: no .item(), .detach() or numpy.",
    ),
    leaves_alone(public),
    gradient(public, points=0.5, needs=("agrees with the reference", "gradients reach every argument")),
    holds(
        "charges the KL divergence of every example",
        public,
        lambda loss, without, x_hat, x, mu, logvar: close(
            loss - without, kl_standard_normal(mu, logvar).mean(), 1.0 + loss.abs(), factor=1e4
        ),
        inputs=(lambda *args: args, at_prior),
        examples=batches,
        tell="With x_hat and x held fixed, the loss must grow by KL(q‖p), summed over the latent axis and averaged over the "
        "batch, when (mu, logvar) moves away from (0, 0). Yours does not.",
        points=0.5,
    ),
    holds(
        "charges the cross-entropy of every pixel",
        public,
        lambda loss, x_hat, x, mu, logvar: close(
            loss, bernoulli_cross_entropy(x_hat, x).sum(-1).mean(), 1.0 + loss.abs(), factor=1e4
        ),
        inputs=(at_prior,),
        examples=batches,
        tell="Where mu = 0 and logvar = 0 the KL is 0, and the loss is the binary cross-entropy alone: summed over the pixels, "
        "averaged over the batch. Yours is not.",
        points=0.5,
    ),
    holds(
        "does not depend on the batch's size or order",
        public,
        lambda loss, twice, flipped, *args: (
            close(loss, twice, 1 + loss.abs(), factor=1e3) & close(loss, flipped, 1 + loss.abs(), factor=1e3)
        ),
        inputs=(
            lambda *args: args,
            lambda *args: tuple(torch.cat([t, t]) for t in args),
            lambda *args: tuple(t.flip(0) for t in args),
        ),
        examples=batches[1:],
        tell="The loss is a mean over the batch: the same examples twice over, or in another order, must give the same loss. "
        "They do not with yours.",
        points=0.25,
    ),
    agrees(
        hidden,
        name="agrees for surer reconstructions and wider latents",
        unit="nats",
        visibility="hidden",
        points=0.5,
        hint="Tried with x_hat nearer to 0 and 1, with more pixels and latents, and with images of several axes.",
    ),
    repeats(public),
]
