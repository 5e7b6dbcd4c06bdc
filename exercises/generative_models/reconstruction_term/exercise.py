from autograder.checks import Criterion, written

kind = "text"
cap = 1.0

rubric = [
    Criterion(
        "the way of x",
        0.75,
        "q(z|x) encodes x as a distribution over z; a z drawn from it is decoded to the parameters of p(x|z).",
    ),
    Criterion(
        "what is measured",
        0.75,
        "log p(x|z) is large where the decoder gives the x that went in a high probability: -E_q[log "
        "p(x|z)] is the price of reconstructing x badly, averaged over the codes z that q gives to x.",
    ),
    Criterion(
        "the Bernoulli case",
        0.5,
        "With p(x|z) a Bernoulli distribution per pixel, -log p(x|z) is the binary cross-entropy of x_hat "
        "and x, summed over the pixels. (For a Gaussian decoder: the squared error.)",
    ),
]

checks = [written(rubric)]
