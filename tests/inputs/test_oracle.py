"""What an oracle says of a call: values, gradients, how large an error may be; and arrays in the forms that both sides need."""

import numpy as np
import pytest
import torch

from autograder.inputs import arrays
from autograder.inputs.battery import Battery
from autograder.inputs.forms import Form, as_dtype, in_float32
from autograder.inputs.oracle import expect, oracle_value, weights
from autograder.inputs.steps import call, make, read
from autograder.inputs.value import Leaf
from autograder.model import Call, CourseError

X, Y = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([4.0, 5.0, 6.0])


def battery(oracle, **options):
    return Battery("f", oracle, **{"examples": ((X, Y),), "single": False} | options)


def test_scales_and_slacks_come_from_the_terms():
    def nudge(x, y):
        return x, y + 1e-3

    found = expect(
        battery(lambda x, y: x * y - y, terms=lambda x, y: (x * y, -y), guards=(nudge,), gradients=(0, 1)),
        Call("f", (X, Y), (0, 1)),
    )
    assert found.layout is None and not found.single
    assert torch.allclose(found.value, (X * Y - Y).double())
    assert torch.allclose(found.scale, (X * Y + Y).double())
    assert torch.allclose(found.slack, 2e-3 * (X.double() + 1))  # twice the nudge, the terms one by one
    assert [g.tolist() for g in found.gradients] == [[4, 5, 6], [0, 1, 2]]
    assert [s.tolist() for s in found.gradient_scales] == [[4, 5, 6], [2, 3, 4]]  # |x| + |-1|
    assert torch.allclose(found.gradient_slacks[0], torch.full((3,), 2e-3).double())
    assert found.gradient_slacks[1].tolist() == [0, 0, 0]


def test_the_largest_of_the_guards_counts_and_what_no_guard_moves_has_no_slack():
    guards = (lambda x, y: (x, y + 1e-3), lambda x, y: (x, y - 2e-3), lambda x, y: (x, y))
    found = expect(battery(lambda x, y: x * y, terms=lambda x, y: (x * y,), guards=guards), Call("f", (X, Y)))
    assert torch.allclose(found.slack, 4e-3 * X.double())
    plain = expect(battery(lambda x, y: x * y, terms=lambda x, y: (x * y,)), Call("f", (X, Y)))
    assert plain.slack.tolist() == [0, 0, 0]


def test_without_terms_an_array_is_as_large_as_its_largest_number():
    found = expect(battery(lambda x, y: x * y, gradients=(0,)), Call("f", (X, Y), (0,)))
    assert found.scale.tolist() == [19, 19, 19]
    assert found.gradient_scales[0].tolist() == [7, 7, 7]
    assert expect(battery(lambda x, y: x / 0), Call("f", (X, Y))).scale.tolist() == [1, 1, 1]  # of what is finite
    assert expect(battery(lambda x, y: x[:0]), Call("f", (X, Y))).scale.shape == (0,)


def test_each_array_of_several_has_its_own_scale_and_parts_may_have_terms():
    def oracle(x, y):
        return {"a": x, "b": [y, 100.0]}

    found = expect(battery(oracle), Call("f", (X, Y)))
    assert found.scale.tolist() == [4, 4, 4, 7, 7, 7, 101]
    found = expect(battery(oracle, terms={"a": lambda x, y: (x, 2 * x)}), Call("f", (X, Y)))
    assert found.scale.tolist() == [3, 6, 9, 7, 7, 7, 101]
    found = expect(
        battery(lambda x, y: (x, y), returns=("one", "two"), terms={"two": lambda x, y: (y,)}), Call("f", (X, Y))
    )
    assert found.scale.tolist() == [4, 4, 4, 4, 5, 6]


def test_a_gradient_that_no_argument_has_is_zero():
    found = expect(battery(lambda x, y: 2 * x, gradients=(0, 1)), Call("f", (X, Y), (0, 1)))
    assert [g.tolist() for g in found.gradients] == [[2, 2, 2], [0, 0, 0]]
    assert not found.value.requires_grad
    terms = expect(
        battery(lambda x, y: 2 * x, terms=lambda x, y: (2 * x, 0 * X.double()), gradients=(0, 1)),
        Call("f", (X, Y), (0, 1)),
    )
    assert [s.tolist() for s in terms.gradient_scales] == [[2, 2, 2], [0, 0, 0]]


def test_the_first_tensor_of_several_is_differentiated_and_weights_are_those_of_the_call():
    found = expect(battery(lambda x, y: ("note", x * y, y), gradients=(0,)), Call("f", (X, Y), (0,)))
    assert found.gradients[0].tolist() == [4, 5, 6]
    assert expect(battery(lambda x, y: 1.0, gradients=(0,)), Call("f", (X, Y), (0,))).gradients == ()
    weighted = Call("f", (X, Y), (0,), cotangent=torch.tensor([1.0, -1.0, 0.5]))
    assert expect(battery(lambda x, y: x * y), weighted).gradients[0].tolist() == [4, -5, 3]


def test_weights_are_all_different_and_none_is_nothing():
    found = weights(torch.zeros(2, 3))
    assert found.shape == (2, 3) and found.dtype == torch.float64
    assert len(set(found.abs().flatten().tolist())) == 6 and bool((found != 0).all())
    assert bool((found > 0).any()) and bool((found < 0).any())
    assert weights(1.0) is None


def test_an_oracle_gets_a_copy_in_double_precision_and_keywords_by_name():
    seen = []

    def oracle(x, *, y):
        seen.append((x.dtype, y.dtype))
        x += 1
        return x + y

    made = battery(oracle, parameters=("x", "y"))
    assert oracle_value(made, Call("f", (X.clone(), Y), keywords=("y",))).tolist() == [6, 8, 10]
    assert seen == [(torch.float64, torch.float64)] and X.tolist() == [1, 2, 3]


def test_single_precision_is_noticed_wherever_it_stands():
    f = battery(lambda *args: 1.0, parameters=("x", "y"))
    for args, single in (
        ((X,), True),
        ((X.double(),), False),
        (([X.double(), X],), True),
        ((X.numpy(),), True),
        ((X.double().numpy(), 1.0), False),
        ((torch.ones(2, dtype=torch.int64), "a"), False),
    ):
        assert expect(f, Call("f", args)).single is single


def test_numpy_batteries_have_a_layout_and_torch_ones_a_tensor():
    made = expect(battery(lambda x, y: x, arrays="numpy"), Call("f", (X.numpy(), Y.numpy())))
    assert made.layout == Leaf("array", (3,)) and made.single
    assert expect(battery(lambda x, y: x), Call("f", (X, Y))).layout is None


def test_steps_are_carried_out_on_the_oracles_class():
    class Counter:
        def __init__(self, start):
            self.total = start

        def add(self, x):
            self.total = self.total + x
            return self.total.clone()

        def fails(self):
            raise ValueError("no")

    steps = (make("c", "x"), call("c.add", "y", label="sum"), read("c.total"))
    made = Battery("Counter", Counter, examples=((X, Y),), parameters=("x", "y"), steps=steps, single=False)
    found = made.expected[0].meant
    assert found["sum"].tolist() == [5, 7, 9] and found["c.total"].tolist() == [5, 7, 9]
    stopped = Battery(
        "Counter", Counter, examples=((X, Y),), parameters=("x", "y"), steps=(make("c", "x"), call("c.fails"))
    )
    with pytest.raises(CourseError, match="the oracle of Counter fails with ValueError: no"):
        oracle_value(stopped, Call("Counter", (X, Y), steps=stopped._bound))


# ------------------------------------------------------------------ arrays


def test_arrays_change_their_type_wherever_they_stand():
    given = ([X, {"a": Y.numpy()}], (torch.tensor([1, 2]), np.array([True])), "text", 1.5)
    double = arrays.in_dtype(torch.float64, given)
    assert double[0][0].dtype == torch.float64 and double[0][1]["a"].dtype == np.float64
    assert double[1][0].dtype == torch.int64 and double[1][1].dtype == np.bool_
    assert isinstance(double[1], tuple) and double[2:] == ("text", 1.5)
    numpy = arrays.as_numpy(given)
    assert isinstance(numpy[0][0], np.ndarray) and isinstance(numpy[1][1], np.ndarray)
    oracle = arrays.for_oracle(given)
    assert isinstance(oracle[0][1]["a"], torch.Tensor) and oracle[0][0].dtype == torch.float64
    assert oracle[1][0].data_ptr() != given[1][0].data_ptr()  # whole numbers are copied too


def test_what_an_author_wrote_as_an_argument():
    assert arrays.as_argument(X) is X
    assert arrays.as_argument([[1, 2], [3, 4]]).dtype == torch.int64
    assert arrays.as_argument([1, 2.5]).dtype == torch.float32
    assert arrays.as_argument([True, False]).dtype == torch.bool
    assert arrays.as_argument("abc") == "abc" and arrays.as_argument((1, 2)) == (1, 2)
    mixed = arrays.as_argument([[1.0, 2.0], "a"])
    assert isinstance(mixed, list) and torch.is_tensor(mixed[0]) and mixed[1] == "a"
    assert isinstance(arrays.as_argument([[1.0], [1.0, 2.0]]), list)


def test_a_seed_is_that_of_the_numbers():
    seed = arrays.seed_of
    assert seed((X, 1)) == seed((X.double(), 1)) != seed((Y, 1))
    assert seed((X, 1)) != seed((X, 2)) and seed((X, Y)) != seed((Y, X))
    assert seed(([X, Y],)) == seed(([X.double(), Y.double()],)) != seed(([Y, X],))
    assert seed(([1, 2],)) == seed(([1, 2],)) != seed(([2, 1],))


def test_a_form_expects_gradients_of_an_answer_that_is_asked_without():
    made = battery(lambda x, y: x * y, gradients=(0,))
    form = Form("note", (in_float32(Call("f", (X.double(), Y.double()))),), made)
    assert form.calls[0].args[0].dtype == torch.float32
    assert form.expected[0].gradients[0].tolist() == [4, 5, 6]
    assert as_dtype(torch.float64, form.calls[0]).args[1].dtype == torch.float64
