from autograder.checks import OwnSlip, Part, derivation

kind = "text"
cap = 1.0  # the points of the checks that pass add up

checks = derivation(
    start="d/dx s(x)",
    target="s(x) (1 - s(x))",
    domains={"x": "real"},
    functions={"s(x)": "1/(1 + exp(-x))", "sigma(x)": "s(x)"},
    form="s(x) (1 - s(x))",
    starts=Part("starts at the derivative of s", 0.25, "Start at the derivative: d/dx s(x) = d/dx 1/(1 + exp(-x))."),
    waypoints={
        "differentiated": Part(
            "differentiates",
            0.75,
            "A step is missing: differentiate 1/(1 + exp(-x)) into a formula in x without a derivative, before the result.",
            shows=("exp(-x)", "exp(x)"),
            gone="derivative",
        )
    },
    follows=Part("every line follows", 1.5),
    ends=Part("ends in s (1 - s)", 0.5, "The derivation has to end in s (1 - s)."),
    slips={
        "hyperbolic tangent": OwnSlip(
            "1 - s(x)^2", "1 - s^2 is the derivative of the hyperbolic tangent. That of the sigmoid is s (1 - s).", 0.5
        ),
        "inner derivative forgotten": OwnSlip(
            "-1/(1 + exp(-x))^2",
            "The inner derivative is missing: by the chain rule -1/(1 + exp(-x))^2 still has to be multiplied with "
            "d/dx (1 + exp(-x)) = -exp(-x).",
            0.5,
        ),
        "sign of the inner derivative": OwnSlip(
            "-s(x) (1 - s(x))",
            "The sign is turned round: d/dx exp(-x) is -exp(-x), and its minus cancels that of d/du 1/u = -1/u^2.",
            0.5,
        ),
        "square forgotten": OwnSlip("1 - s(x)", "The square is missing: the derivative of 1/u is -u'/u^2.", 0.5),
        "one square too many": OwnSlip(
            "s(x)^2 (1 - s(x))",
            "A factor too many: exp(-x)/(1 + exp(-x))^2 is 1/(1 + exp(-x)) times exp(-x)/(1 + exp(-x)), and the second is 1 - s.",
            0.75,
        ),
        "sign of a term": OwnSlip(
            tell="A sign is turned round: exp(-x)/(1 + exp(-x)) = 1 - 1/(1 + exp(-x)).", credit=0.75
        ),
    },
)
