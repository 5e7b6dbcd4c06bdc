from autograder.checks import Part, derivation

kind = "text"
cap = 1.0  # the points of the checks that pass add up

checks = derivation(
    start="∫ q(z) log(p(z,x)/q(z)) dz",
    target="E_q[log p(x|z)] - KL(q(z) || p(z))",
    domains={},
    world="latent",
    names={"L": "∫ q(z) log(p(z,x)/q(z)) dz", "ELBO": "∫ q(z) log(p(z,x)/q(z)) dz"},
    form="E_q[log p(x|z)] - KL(q(z) || p(z))",
    starts=Part("starts at L", 0.25, "Start at the definition: L = ∫ q(z) log(p(z,x)/q(z)) dz."),
    waypoints={
        "joint factored": Part(
            "uses p(z,x) = p(x|z) p(z)",
            0.75,
            "A step is missing: write the joint density p(z,x) as p(x|z) p(z) in a line of its own.",
        ),
        "logs split": Part(
            "splits the logarithm",
            0.5,
            "A step is missing: split the logarithm, so that log p(x|z) stands by itself, before the KL.",
        ),
    },
    follows=Part("every line follows", 1.5),
    ends=Part(
        "ends in E_q[log p(x|z)] - KL(q(z)‖p(z))", 1, "The derivation has to end in E_q[log p(x|z)] - KL(q(z) || p(z))."
    ),
)
