from autograder.checks import Criterion, written

kind = "text"
cap = 1.0

rubric = [
    Criterion(
        "the generator",
        0.75,
        "G maps noise z ~ p_z to an example G(z); it wants its examples to be taken for real, so that in "
        "the end they are distributed like the data.",
    ),
    Criterion(
        "the discriminator",
        0.75,
        "D maps an example to the probability that it is real; it wants to be near 1 on data and near 0 "
        "on what G makes. It is a binary classifier.",
    ),
    Criterion(
        "the game",
        0.5,
        "They are opponents, trained in turn: D is the training signal of G (G never sees the data "
        "itself), and a better G makes the task of D harder, until D can only say 1/2.",
    ),
]

checks = [written(rubric)]
