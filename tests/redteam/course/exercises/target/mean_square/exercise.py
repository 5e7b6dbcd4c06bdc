"""A function with everything that is checked of one, public and hidden."""

from autograder.checks import agrees, gradient, holds, leaves_alone, reaches, repeats
from autograder.inputs.battery import Battery
from autograder.inputs.domains import real
from autograder.inputs.shapes import arguments

signature = "mean_square(x)"


def oracle(x):
    return (x**2).mean()


def terms(x):
    return ((x**2).mean(),)


def battery(key, bound, shapes):
    return Battery(
        "mean_square", oracle, terms, arguments(real(bound), shapes=shapes), parameters=("x",), gradients=(0,), key=key
    )


public = battery("public", 10, [[(2,)], [(1,)], [(3, 4)], [(50,)]])
hidden = battery("hidden", 100, [[(3,)], [(2, 2)], [(7, 5)], [(60,)]])

checks = [
    agrees(public),
    reaches(public),
    leaves_alone(public),
    gradient(public, needs=("agrees with the reference", "gradients reach every argument")),
    holds("is never negative", public, lambda value, x: value >= 0, tell="A mean of squares is never negative."),
    agrees(hidden, name="agrees on hidden inputs", visibility="hidden"),
    repeats(public),
]
