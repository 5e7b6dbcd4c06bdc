"""Drawing and shrinking: the same examples everywhere, and the smallest one that fails."""

import subprocess
import sys

import torch
from hypothesis import strategies as st

from autograder.inputs.domains import interval, positive, real
from autograder.inputs.search import shrink
from autograder.inputs.shapes import arguments

PAIR = arguments(real(), positive(), shapes=[[(), ()], [(3,), (3,)], [(40,), (40,)]])
DRAW = """
import sys
{before}
from autograder.inputs.domains import interval, positive, real
from autograder.inputs.shapes import arguments
pair = arguments(real(), positive(), shapes=[[(), ()], [(3,), (3,)], [(40,), (40,)]])
print(hash(tuple(x for args in pair.draw(60, "key") for t in args for x in t.flatten().tolist())))
"""


def test_examples_are_different_and_of_every_shape():
    drawn = PAIR.draw(12, "key")
    assert len({repr(args) for args in drawn}) == 12
    assert {tuple(args[0].shape) for args in drawn} == {(), (3,), (40,)}
    assert all(bool((args[1] > 0).all()) for args in drawn)


def test_the_key_sets_the_draw():
    assert repr(PAIR.draw(6, "a")) == repr(PAIR.draw(6, "a"))
    assert repr(PAIR.draw(6, "a")) != repr(PAIR.draw(6, "b"))


def test_what_else_is_loaded_does_not_change_the_draw(tmp_path):
    """A module full of numbers, beside which Hypothesis would draw others."""
    (tmp_path / "numbers_of_mine.py").write_text("N = [" + ", ".join(map(str, range(2, 1000))) + "]\n")
    beside = f"sys.path.insert(0, {str(tmp_path)!r}); import numbers_of_mine"
    said = {
        subprocess.run(
            [sys.executable, "-c", DRAW.format(before=before)], capture_output=True, check=True, cwd=tmp_path
        ).stdout
        for before in ("", beside)
    }
    assert len(said) == 1


def test_inputs_are_exact_in_float32():
    assert all(t.dtype is torch.float32 for args in PAIR.draw(12, "key") for t in args)


def test_the_ladder_begins_with_what_a_person_computes_most_easily():
    assert [float(t) for t in PAIR.ladder[0]] == [0.0, 1.0]


def test_shrinking_finds_an_example_of_the_simplest_shape_and_none_where_nothing_fails():
    found = PAIR.shrink(lambda args: bool((args[0] * args[1] > 1.5).any()), "key")
    assert found is not None
    assert [t.shape for t in found] == [(), ()]
    assert 1.5 < float(found[0] * found[1]) < 4
    assert PAIR.shrink(lambda args: False, "key") is None


def test_shrinking_keeps_to_its_budget():
    asked = []
    shrink(
        st.builds(lambda n: (torch.tensor(float(n)),), st.integers()),
        lambda args: asked.append(args) or True,
        "key",
        budget=20,
    )
    assert len(asked) <= 20


def test_examples_that_differ_behind_the_fourth_digit_are_two():
    near = arguments(interval(1.0, 2.0, [1.0, 1.00001, 1.00002]), shapes=[[()]])
    assert {float(x) for (x,) in near.draw(40, "key")} >= {float(torch.tensor(x)) for x in (1.0, 1.00001, 1.00002)}
