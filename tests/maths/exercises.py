"""The four kinds of exercise as arguments of ``judge``, and the lists of right and wrong lines for each."""

from pathlib import Path
from typing import Any

LINES = Path(__file__).parent / "lines"
J_D = "-1/2 E_{x ~ p_data}[log D(x)] - 1/2 E_{z ~ p_z}[log(1 - D(G(z)))]"
NORMALS = {"mu_1": "real", "sigma_1": "positive", "mu_2": "real", "sigma_2": "positive"}
KL = "log(sigma_2/sigma_1) + (sigma_1^2 + (mu_1 - mu_2)^2)/(2 sigma_2^2) - 1/2"
ELBO = "∫ q(z) log(p(z,x)/q(z)) dz"

KINDS: dict[str, dict[str, Any]] = {
    "kl_derivation": {"target": KL, "domains": NORMALS, "world": "two_normals"},
    "kl_simplified": {
        "target": "(mu_1^2 + sigma_1^2 - 1)/2 - log(sigma_1)",
        "domains": {"mu_1": "real", "sigma_1": "positive", "mu_2": 0, "sigma_2": 1},
        "world": "two_normals",
        "names": {"KL": "KL(q(x) || p(x))"},
    },
    "elbo_derivation": {"target": ELBO, "domains": {}, "world": "latent"},
    "minimax_game": {
        "target": "min_G max_D 1/2 E_{x ~ p_data}[log D(x)] + 1/2 E_{z ~ p_z}[log(1 - D(G(z)))]",
        "domains": {},
        "world": "gan",
        "names": {"J^(D)": J_D, "J_D": J_D, "J^(G)": f"-({J_D})", "J_G": f"-({J_D})"},
        "scale": "positive",
    },
}
KL_TASK = {
    "start": ["∫ q(x) log(q(x)/p(x)) dx", "E_q[log q(x) - log p(x)]"],
    "target": KL,
    "domains": NORMALS,
    "world": "two_normals",
    "names": {"KL": "KL(q(x) || p(x))", "D_KL": "KL(q(x) || p(x))"},
    "waypoints": ("log densities put in", "moments evaluated"),
    "form": "closed",
}
ELBO_TASK = {
    "start": ELBO,
    "target": "E_q[log p(x|z)] - KL(q(z) || p(z))",
    "domains": {},
    "world": "latent",
    "names": {"L": ELBO, "ELBO": ELBO},
    "waypoints": ("joint factored", "logs split"),
    "form": "E_q[log p(x|z)] - KL(q(z) || p(z))",
}


def lines(kind: str, word: str) -> list[str]:
    """The list ``word`` ("right" or "wrong") of a kind of exercise."""
    text = (LINES / f"{kind}.{word}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
