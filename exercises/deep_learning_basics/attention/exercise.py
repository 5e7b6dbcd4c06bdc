from dataclasses import replace

from autograder.checks import Battery, agrees, arguments, booleans, gradient, leaves_alone, reaches, real
from reference.attention import attention

signature = "attention(query, key, value, mask=None)"

domains = (real(3), real(3), real(3), booleans())


def one_key_each(query, key, value, mask):
    """Each query may look at one key at least."""
    mask = mask.clone()
    mask[:, 0] |= ~mask.any(-1)
    return query, key, value, mask


def large_scores(query, key, value, mask):
    return one_key_each(100 * query, key, value, mask)


def inputs(make=one_key_each):
    sizes = [
        {"L": 1, "S": 2, "d": 2, "e": 1},
        {"L": 2, "S": 3, "d": 2, "e": 2},
        {"L": 3, "S": 3, "d": 3, "e": 3},
        {"L": 4, "S": 2, "d": 3, "e": 5},
    ]
    return arguments(*domains, shapes=[("L", "d"), ("S", "d"), ("S", "e"), ("L", "S")], sizes=sizes, make=make)


public = Battery(
    "attention",
    attention,
    inputs=inputs(),
    optional=("mask",),
    gradients=(0, 1, 2),
    weighted=True,
    count=12,
)
plain, masked = public.without(), public.given()
large = replace(masked, inputs=inputs(large_scores), gradients=(), single=False, key="large")
heads = replace(
    public,
    inputs=arguments(
        *domains,
        shapes=[
            [(2, 1, 2), (2, 3, 2), (2, 3, 1), (1, 3)],
            [(2, 3, 2), (2, 4, 2), (2, 4, 3), (3, 4)],
            [(2, 3, 2, 4), (2, 3, 5, 4), (2, 3, 5, 2), (2, 5)],
        ],
        make=one_key_each,
    ),
    gradients=(),
    key="hidden",
)

values = ("agrees with the reference without a mask", "agrees with the reference under a mask")

checks = [
    agrees(plain, name=values[0], hint="Compare with softmax(Q Kᵀ / √d) V for a single query and two keys."),
    agrees(masked, name=values[1], hint="The mask may come by place or as mask=…; what is False has weight 0."),
    reaches(plain),
    leaves_alone(masked),
    gradient(plain, points=0.5, needs=(values[0], "gradients reach every argument", "leaves its arguments alone")),
    agrees(large, name="keeps what is masked out, however large the scores", points=0.5),
    agrees(
        heads,
        name="takes batches and heads",
        points=0.5,
        visibility="hidden",
        hint="Tried with axes in front of the last two: a batch, a batch and heads. Count the axes from the end.",
    ),
]
