from autograder.checks import Criterion, written

kind = "text"
cap = 1.0

rubric = [
    Criterion(
        "the real term",
        0.75,
        "-log D(x) is 0 where D is sure that a real example is real and grows without bound as D(x) goes "
        "to 0: it teaches D to recognise data.",
    ),
    Criterion(
        "the fake term",
        0.75,
        "-log(1 - D(G(z))) is 0 where D is sure that a fake is fake and grows without bound as D(G(z)) "
        "goes to 1: it teaches D to recognise fakes.",
    ),
    Criterion(
        "both together",
        0.5,
        "The sum is the binary cross-entropy of a classifier with labels 1 and 0 that sees real and "
        "generated examples equally often: hence the halves.",
    ),
]

checks = [written(rubric)]
