from autograder.checks import OwnSlip, Part, derivation

kind = "text"
cap = 1.0  # the points of the checks that pass add up

checks = derivation(
    start=["H(p, q)", "-sum_x p(x) log q(x)", "sum_x p(x) log(1/q(x))", "-E_p[log q(x)]", "E_p[log(1/q(x))]"],
    target="H(p) + KL(p || q)",
    domains={"x": "1..n", "p_x": "simplex", "q_x": "simplex"},
    form="H(p) + KL(p || q)",
    starts=Part("starts at H(p, q)", 0.25, "Start at the cross-entropy: H(p, q) = -sum_x p(x) log q(x)."),
    waypoints={
        "log p brought in": Part(
            "brings in log p(x)",
            1,
            "A step is missing: bring log p(x) in under the sum, as in log q(x) = log p(x) - log(p(x)/q(x)), before the result.",
            shows="p(x)",
            inside="log",
        ),
        "sum split": Part(
            "splits the sum",
            0.75,
            "A step is missing: write the two sums of which one is H(p) and the other KL(p || q), before you name them.",
            shows=(
                "sum_x p(x) log p(x)",
                "sum_x p(x) log(p(x)/q(x))",
                "sum_x p(x) (log p(x) - log q(x))",
                "E_p[log p(x)]",
                "E_p[log(p(x)/q(x))]",
                "E_p[log p(x) - log q(x)]",
            ),
        ),
    },
    follows=Part("every line follows", 1.5),
    ends=Part("ends in H(p) + KL(p‖q)", 0.5, "The derivation has to end in H(p) + KL(p || q)."),
    must_start=True,
    slips={
        "entropy of q": OwnSlip(
            "H(q) + KL(p || q)", "-sum_x p(x) log p(x) is the entropy of p, H(p). You write H(q).", 0.65
        ),
        "q for p as weight": OwnSlip(
            "H(p) - KL(q || p)",
            "One sum is weighted with q(x). All of it is an expectation under p: sum_x p(x) log(p(x)/q(x)).",
            0.6,
        ),
        "logarithm turned round": OwnSlip(
            tell="The ratio is turned round: -log(q(x)/p(x)) = log(p(x)/q(x)), and this is what the KL sums up.",
            credit=0.6,
        ),
        "sign of a term": OwnSlip(credit=0.65),
        "KL the wrong way round": OwnSlip(credit=0.65),
    },
)
