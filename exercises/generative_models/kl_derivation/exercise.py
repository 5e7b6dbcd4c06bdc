from autograder.checks import Part, derivation

kind = "text"
cap = 1.0  # the points of the checks that pass add up

checks = derivation(
    start=["∫ q(x) log(q(x)/p(x)) dx", "E_q[log q(x) - log p(x)]"],
    target="log(sigma_2/sigma_1) + (sigma_1^2 + (mu_1 - mu_2)^2)/(2 sigma_2^2) - 1/2",
    domains={"mu_1": "real", "sigma_1": "positive", "mu_2": "real", "sigma_2": "positive"},
    world="two_normals",
    names={"KL": "KL(q(x) || p(x))", "D_KL": "KL(q(x) || p(x))"},
    form="closed",
    starts=Part(
        "starts at a definition of KL(q‖p)",
        0.25,
        "Start at a definition: KL(q‖p) = ∫ q(x) log(q(x)/p(x)) dx = E_q[log q(x) - log p(x)].",
    ),
    waypoints={
        "log densities put in": Part(
            "puts in the log densities",
            1,
            "A step is missing: write log q(x) and log p(x) out as formulas in x, while they still stand under the "
            "expectation or integral.",
        ),
        "moments evaluated": Part(
            "evaluates the moments",
            1,
            "A step is missing: show which moments remain (such as E_q[(x - mu_2)^2]) and what they are, before the result.",
        ),
    },
    follows=Part("every line follows", 1.75),
    ends=Part(
        "ends in the closed form", 1, "The derivation has to end in a formula in mu_1, sigma_1, mu_2 and sigma_2."
    ),
)
