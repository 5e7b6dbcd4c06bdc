from autograder.checks import expression

kind = "text"
cap = 1.0

checks = [
    expression(
        "(mu_1^2 + sigma_1^2 - 1)/2 - log(sigma_1)",
        domains={"mu_1": "real", "sigma_1": "positive", "mu_2": 0, "sigma_2": 1},
        world="two_normals",
        names={"KL": "KL(q(x) || p(x))", "D_KL": "KL(q(x) || p(x))"},
        form="closed",
        name="is KL(q‖p) for p = N(0, 1)",
        hint="Put mu_2 = 0 and sigma_2 = 1 into the result of 9-1 (a).",
    )
]
