"""Reports as a class produces them: every status, long messages, formulas, and students who try to break the page."""

import struct
import zlib

from autograder.model import (
    Check,
    Criterion,
    Exercise,
    Finding,
    Line,
    Origin,
    Picture,
    Report,
    Result,
    Settings,
    Sheet,
    Status,
)

HOSTILE = {
    "script": "<script>alert('marks')</script>",
    "ansi": "Eve \x1b[31m\x1b]0;owned\x07\x1b[2J red",
    "formula": '=HYPERLINK("http://evil.example","Full marks")',
    "markup": "[bold red]Mallory[/bold red] :warning:",
    "rtl": "شيماء ‮gnp.exe",
    "path": "../../etc/passwd",
    "template": "{{ 7 * 7 }}{% raw %}",
}


def _png(width: int, height: int) -> bytes:
    """A grey gradient."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((x * y * 255) // (width * height) for x in range(width)) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = zlib.compress(rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


PNG = _png(120, 60)

CURVE = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 220" font-family="sans-serif" font-size="13">
<rect width="480" height="220" fill="#fff"/><path d="M50 20V180H460" fill="none" stroke="#888"/>
<path d="M50 30C90 120 140 150 220 158S380 168 460 170" fill="none" stroke="#0072b2" stroke-width="3"/>
<path d="M50 30C110 60 200 62 300 60S420 62 460 61" fill="none" stroke="#d55e00" stroke-width="3" stroke-dasharray="8 5"/>
<text x="330" y="160">reference</text><text x="330" y="50">yours</text><text x="225" y="206">epoch</text>
<text x="8" y="106">loss</text></svg>"""

KL = r"\log\frac{\sigma_2}{\sigma_1}+\frac{\sigma_1^2+(\mu_1-\mu_2)^2}{2\sigma_2^2}-\frac{1}{2}"


def passed(check: str, points: float, visibility: str = "public") -> Finding:
    return Finding(check, Status.PASSED, points, points, visibility)


def sheet() -> Sheet:
    """Eight of the exercises of a sheet on generative models."""
    listed = [
        (
            "kl_derivation",
            "9-1 (a)",
            5,
            "text",
            "",
            "Derive $\\mathrm{KL}(q\\,\\|\\,p)$ for two normals, line by line.",
        ),
        (
            "kl_normal",
            "9-1 (a)",
            2,
            "code",
            "kl_normal(mu_1, sigma_1, mu_2, sigma_2)",
            f"Implement\n\n$${KL}$$\n\nin nats.",
        ),
        ("kl_simplified", "9-1 (b)", 1, "text", "", "Simplify it for $p = \\mathcal{N}(0, 1)$."),
        ("reconstruction_term", "9-1 (d)", 2, "text", "", "Why is it called *reconstruction loss*?"),
        ("reparameterize", "9-1 (e)", 2, "code", "reparameterize(mu, logvar)", "Draw $z = \\mu + \\sigma\\epsilon$."),
        (
            "vae_loss",
            "9-1 (e)",
            3,
            "code",
            "vae_loss(x_hat, x, mu, logvar)",
            "The negative ELBO, averaged over the batch.",
        ),
        ("vae_training", "9-1 (e)", 4, "code", "class VAE(torch.nn.Module)", "Train it."),
        ("generator_loss", "9-2 (c)", 1, "code", "generator_loss(d_real, d_fake)", "$J^{(G)} = -J^{(D)}$"),
    ]
    exercises = tuple(
        Exercise(
            id=id,
            item=item,
            points=points,
            kind=kind,
            names=(signature.split("(")[0],) if kind == "code" else (),
            checks=(Check("is right", 1, lambda answer: None),),
            signature=signature,
            task=task,
        )
        for id, item, points, kind, signature, task in listed
    )
    return Sheet("generative_models", "Exercise 9: Generative Models", exercises, Settings())


DERIVATION = (
    Line(
        1,
        r"KL(q||p) = E_q[log q(x) - log p(x)]",
        r"\mathrm{KL}(q\,\|\,p)=\mathbb{E}_{q}[\log q(x)-\log p(x)]",
        "follows",
    ),
    Line(
        2,
        r"= E_q[-log sigma_1 - (x-mu_1)^2/(2 sigma_1^2) + log sigma_2 + (x-mu_2)^2/(2 sigma_2^2)]",
        r"=\mathbb{E}_{q}\left[-\log\sigma_1-\frac{(x-\mu_1)^2}{2\sigma_1^2}+\log\sigma_2"
        r"+\frac{(x-\mu_2)^2}{2\sigma_2^2}\right]",
        "follows",
        "The log densities of both normals are put in.",
    ),
    Line(
        3,
        r"= log(sigma_2/sigma_1) - 1/2 + sigma_1^2/(2 sigma_2^2)",
        r"=\log\frac{\sigma_2}{\sigma_1}-\frac12+\frac{\sigma_1^2}{2\sigma_2^2}",
        "first error",
        r"$\mathbb{E}_q[(x-\mu_2)^2]=\sigma_1^2+(\mu_1-\mu_2)^2$: the part $(\mu_1-\mu_2)^2$ is missing. At $\mu_1=1$, "
        r"$\mu_2=0$, $\sigma_1=\sigma_2=1$ line 2 is 0.5 and line 3 is 0.",
    ),
    Line(
        4,
        r"= (sigma_1^2 - sigma_2^2)/(2 sigma_2^2) - log(sigma_1/sigma_2)",
        r"=\frac{\sigma_1^2-\sigma_2^2}{2\sigma_2^2}-\log\frac{\sigma_1}{\sigma_2}",
        "carried error",
    ),
    Line(
        5,
        "hence q.e.d. :-)",
        "",
        "unreadable",
        "This line could not be read as a formula; put remarks into a # comment.",
    ),
)

RUBRIC = (
    Criterion("names the likelihood", 1, r"$\log p(x\mid z)$ is how well the decoder explains $x$ given $z$."),
    Criterion(
        "says why maximising it reconstructs",
        1,
        "Its maximum is at $\\hat x = x$; under a Gaussian it is the squared error.",
    ),
)


def _derivation(good: bool) -> Result:
    check = "every line follows from the one before"
    if good:
        finding = passed(check, 4)
    else:
        finding = Finding(
            check,
            Status.FAILED,
            1.6,
            4,
            message=r"Line 3 does not follow: the mean of $(x-\mu_2)^2$ under $q$ also has the part $(\mu_1-\mu_2)^2$.",
            hint=r"Write $x-\mu_2=(x-\mu_1)+(\mu_1-\mu_2)$ and square.",
            mistake="moment_without_shift",
            counterexample="mu_1 = 1, mu_2 = 0, sigma_1 = 1, sigma_2 = 1\nline 2: 0.5\nline 3: 0",
            detail=DERIVATION,
        )
    ends = passed("ends at the closed form", 1) if good else Finding(
        "ends at the closed form", Status.SKIPPED, 0, 1, message="Looked at once every line follows."
    )  # fmt: skip
    answer = "\n".join(line.text for line in DERIVATION)
    return Result("kl_derivation", "9-1 (a)", 5, (finding, ends), answer)


def _kl_normal(good: bool) -> Result:
    broadcast, laws = passed("broadcasts its arguments", 0.5), passed("is 0 only for equal arguments", 0.5, "hidden")
    if good:
        return Result("kl_normal", "9-1 (a)", 2, (passed("agrees with the reference", 1), broadcast, laws))
    wrong = Finding(
        "agrees with the reference",
        Status.FAILED,
        0,
        1,
        message="You return KL(p‖q): the two distributions are swapped.",
        hint=r"In $\mathrm{KL}(q\,\|\,p)$ the mean is taken under $q$, the first pair of arguments.",
        mistake="kl_the_wrong_way_round",
        counterexample="kl_normal(mu_1=0.0, sigma_1=1.0, mu_2=0.0, sigma_2=2.0)\nexpected: 0.3181\nyou return: 0.8069",
        line=3,
    )
    hidden = Finding(
        "holds far from the usual",
        Status.FAILED,
        0,
        0.5,
        "hidden",
        message="Where the two widths differ much, the value is off by far more than rounding explains.",
        counterexample="kl_normal(mu_1=SECRET-INPUT, sigma_1=1e-6, mu_2=0.0, sigma_2=1e6)",
        tell="Where the two widths differ much, the value is off by far more than rounding explains.",
    )
    source = (
        "def kl_normal(mu_1, sigma_1, mu_2, sigma_2):\n    # <b>bold</b> claim\n    return (sigma_1 / sigma_2).log()"
    )
    return Result(
        "kl_normal", "9-1 (a)", 2, (wrong, broadcast.__class__(**{**vars(broadcast), "points": 0.0}), hidden), source
    )


def _written(status: Status) -> Result:
    text = "The expectation measures how well x is rebuilt from z; with $p(x\\mid z)$ Gaussian it is the squared error."
    findings = {
        Status.PENDING: Finding(
            "the text is read", Status.PENDING, 0, 2, message="A person reads this answer.", detail=RUBRIC
        ),
        Status.FAILED: Finding(
            "the text is read", Status.FAILED, 0, 2, message="Nothing is written here yet.", detail=RUBRIC
        ),
        Status.PASSED: Finding("the text is read", Status.PASSED, 2, 2, message="Well put.", detail=RUBRIC),
    }
    return Result("reconstruction_term", "9-1 (d)", 2, (findings[status],), text if status is not Status.FAILED else "")


def _vae(broken: bool) -> tuple[Result, ...]:
    sample = passed("has the right distribution", 1.5)
    gradients = passed("lets gradients reach both arguments", 0.5)
    loss = Finding(
        "agrees with the negative ELBO",
        Status.FAILED,
        0,
        2,
        message="The cross-entropy is averaged over the pixels while the KL is summed over the latent axis, so that the KL "
        "weighs 784 times too much. " + "Sum over everything but the batch, then average over the batch. " * 2,
        mistake="mean_over_pixels",
        counterexample="vae_loss(x_hat=tensor([[0.5, 0.5]]), x=tensor([[1., 0.]]), mu=tensor([[0.]]), logvar=tensor([[0.]]))"
        "\nexpected: 1.386\nyou return: 0.6931",
        hint="`F.binary_cross_entropy(x_hat, x, reduction='sum') / len(x)`",
    )
    edge = passed("is finite at the edge", 0.0)
    training = Finding(
        "learns in three epochs",
        Status.BROKEN if broken else Status.FAILED,
        0.0 if broken else 1.0,
        4,
        message="The worker lost its connection (OSError: [Errno 28] /secret/path)."
        if broken
        else "The loss does not fall.",
        detail=()
        if broken
        else (Picture("image/svg+xml", CURVE, "Loss per epoch"), Picture("image/png", PNG, "Samples")),
    )
    return (
        Result("reparameterize", "9-1 (e)", 2, (sample, gradients)),
        Result("vae_loss", "9-1 (e)", 3, (loss, edge, Finding("has a gradient", Status.SKIPPED, 0, 1))),
        Result("vae_training", "9-1 (e)", 4, (training,)),
    )


def report(
    student: str = "s001", *, good: bool = False, written: Status = Status.PENDING, broken: bool = False
) -> Report:
    """A submission that is nearly all right (``good``) or has many things wrong."""
    simplified = Result(
        "kl_simplified", "9-1 (b)", 1, (passed("is the same function", 1),), "(sigma_1^2+mu_1^2-1)/2-log(sigma_1)"
    )
    vae = _vae(broken)
    if good:
        full = tuple(passed(f.check, f.possible, f.visibility) for f in vae[1].findings)
        vae = (
            vae[0],
            Result("vae_loss", "9-1 (e)", 3, full),
            Result("vae_training", "9-1 (e)", 4, (passed("learns", 4),)),
        )
    generator = Result("generator_loss", "9-2 (c)", 1, (passed("agrees with the reference", 1),))
    return Report(
        sheet="generative_models",
        student=student,
        path=f"submissions/{student}.ipynb",
        sha256="3f" * 32,
        results=(_derivation(good), _kl_normal(good), simplified, _written(written), *vae, generator),
        possible=20,
        isolation="process, no network, no files",
        notes=()
        if good
        else (
            "The cell that begins with `for x, _ in train_loader:` raised NameError: "
            "name 'train_loader' is not defined at line 1.",
        ),
        versions={"torch": "2.13.0", "autograder": "0.1.0", "python": "3.11.9"},
        seconds={"load": 0.41, "checks": 0.0625},
        origin=Origin("canvas", "4711", late=True, timestamp="2026-01-02 00:00:00 UTC"),
    )


def unreadable(student: str = "s013") -> Report:
    """A file that is no notebook: nothing earned, and one sentence why."""
    return Report(
        sheet="generative_models",
        student=student,
        path=f"submissions/{student}.ipynb",
        sha256="00" * 32,
        results=tuple(
            Result(
                e.id,
                e.item,
                e.points,
                (Finding("is handed in", Status.FAILED, 0, e.points, message="No answer was found."),),
            )
            for e in sheet().exercises
        ),
        possible=20,
        problem="The file is not a notebook: JSON was expected, found a PDF. Hand in the .ipynb file itself.",
    )


def hostile(name: str) -> Report:
    """A student whose name, answer and error messages all carry one attack of ``HOSTILE``."""
    attack = HOSTILE[name]
    finding = Finding(
        "agrees with the reference",
        Status.FAILED,
        0,
        2,
        message=f"Your code raised ValueError: {attack} $\\text{{{attack}}}$ $\\href{{javascript:alert(1)}}{{x}}$ `{attack}`",
        hint=attack,
        mistake=attack,
        counterexample=attack,
        detail=(Line(1, attack, rf"\text{{{attack}}}", "first error", attack), Criterion(attack, 1, attack), attack,
                Picture("image/png", PNG, attack)),
    )  # fmt: skip
    return Report(
        sheet="generative_models",
        student=attack,
        path=f"submissions/{attack}.ipynb",
        sha256="ab" * 32,
        results=(Result("kl_normal", "9-1 (a)", 2, (finding,), answer=attack),),
        possible=2,
        notes=(f"Cell 1 printed {attack}",),
        versions={"torch": "2.13.0"},
    )


def classroom() -> list[Report]:
    """A class: right, wrong, unreadable, broken on our side, and hostile."""
    names = [
        "Ada Lovelace",
        "Jürgen Groß",
        "Nguyễn Văn An",
        "s004",
        "s005",
        "s006",
        "s007",
        "s008",
        "s009",
        "s010",
        "s011",
    ]
    reports = [
        report(name, good=i % 3 == 0, written=(Status.PENDING, Status.PASSED, Status.FAILED)[i % 3])
        for i, name in enumerate(names)
    ]
    return [*reports, report("s012", broken=True), unreadable(), *map(hostile, HOSTILE)]
