from autograder.checks import Criterion, written

kind = "text"
cap = 1.0

rubric = [
    Criterion(
        "the situation",
        0.5,
        "At the beginning the fakes are bad and D recognises them with certainty: D(G(z)) is near 0.",
    ),
    Criterion(
        "the gradient vanishes",
        1.0,
        "There log(1 - D) is flat: with D = sigmoid(a) its derivative by the logit a is -D, which goes to "
        "0. G gets hardly any gradient just when it has the most to learn (the loss saturates).",
    ),
    Criterion(
        "the remedy",
        0.5,
        "-log D has the derivative -(1 - D) by the logit, near -1 where D(G(z)) is near 0: the gradient "
        "is large where G is bad. The aim, a high D(G(z)), is the same; it is no longer a zero-sum game.",
    ),
]

checks = [written(rubric)]
