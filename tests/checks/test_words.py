"""How values, calls, faults and factors are written."""

import numpy as np
import pytest
import torch

from autograder.checks.readback.slip import number, slugged
from autograder.checks.replay import describe, sentence, show, show_pair
from autograder.model import Call, Fault, Opaque


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.5, "½"), (0.25, "¼"), (0.75, "¾"), (1 / 3, "⅓"), (2 / 3, "⅔"), (0.125, "⅛"), (1.5, "1½"),
        (1 / 3 + 1e-5, "0.3333"), (0.5 + 1e-5, "0.5"), (1 / 784, "1/784"), (1 / 7, "1/7"), (0.2, "0.2"), (2.0, "2"),
        (-2.0, "-2"), (3.14159265, "3.142"), (0.0, "0"), (0.0012, "0.0012"),
    ],
)  # fmt: skip
def test_a_factor_is_written_as_in_a_formula(value, written):
    assert number(value) == written


def test_words_as_a_name():
    assert slugged("the real batch") == "real_batch"
    assert slugged("a (b), c!") == "a_b_c"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1.0, "1"), (-0.0, "0"), (1.23456, "1.235"), (True, "True"), (None, "None"), (float("nan"), "nan"), (3, "3"),
        (np.float64(0.5), "0.5"), (np.array([1.0, 2.0]), "array [1, 2]"), (torch.tensor(2.0), "2"),
        (torch.ones(12), "[" + ", ".join(["1"] * 12) + "]"), (torch.ones(13), "tensor of shape (13,) starting 1, 1, 1"),
        ([1, "a"], "[1, 'a']"), ((), "[]"), (list(range(12)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]"),
        (list(range(13)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …]"), ("x" * 60, repr("x" * 60)),
        ("x" * 61, repr("x" * 57 + "...")), ({"a": 1.0}, "{'a': 1}"),
        ({i: i for i in range(9)}, "{0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, …}"),
        ({i: i for i in range(8)}, "{0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7}"),
        (Opaque("Sheep"), "an object of type Sheep"), (b"1", "a value of type bytes"),
    ],
)  # fmt: skip
def test_a_value_is_written_in_four_digits(value, written):
    assert show(value) == written


def test_two_values_are_written_so_that_they_differ():
    assert show_pair(1.0, 2.0) == ("1", "2")
    assert show_pair(1.0, 1.000001) == ("1", "1.000001")
    assert show_pair(0.1, 0.1 + 1e-16) == ("0.10000000000000001", "0.1000000000000001")
    assert show_pair(1.0, 1.0) == ("1", "1")


@pytest.mark.parametrize(
    ("fault", "written"),
    [
        (Fault("exception", "Your code raised ValueError."), "f: Your code raised ValueError."),
        (Fault("exception", "Your code raised ValueError.", line=3), "f: Your code raised ValueError. (line 3)"),
        (
            Fault("exception", "Your code raised ValueError.", line=3, cell=2),
            "f: Your code raised ValueError. (line 3 of cell 2)",
        ),
        (Fault("missing", "There is no function f.", line=3), "There is no function f."),
    ],
)
def test_a_fault_says_the_function_and_the_line(fault, written):
    assert sentence("f", fault) == written


@pytest.mark.parametrize(
    ("call", "written"),
    [
        (Call("f", (1.0, torch.tensor([0.0, 1.0]))), "f(x=1, y=[0, 1])"),
        (Call("f", (1.0, 2.0, 3.0)), "f(x=1, y=2, 3)"),
        (Call("f", (1.0, 2.0), keywords=("eps",)), "f(x=1, eps=2)"),
        (Call("f", ()), "f()"),
        (Call("f", (torch.ones(1, 1, 2),)), "f(x=torch.tensor([[[1, 1]]]))"),
        (Call("f", (torch.ones(7, 7, 1),)), "f(x=tensor of shape (7, 7, 1) starting 1, 1, 1)"),
        (Call("f", (torch.ones(6, 8, 1),)), "f(x=torch.tensor([" + ", ".join(["[" + ", ".join(["[1]"] * 8) + "]"] * 6) + "]))"),
    ],
)  # fmt: skip
def test_a_call_is_written_as_a_student_would_type_it(call, written):
    assert describe(call, ("x", "y")) == written
