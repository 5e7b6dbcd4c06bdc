"""When two values are equal."""

import numpy as np
import pytest
import torch

from autograder.inputs.compare import Expected, as_tensor, close, is_tensor, judge, judge_gradient, same_shape
from autograder.inputs.evidence import Evidence, alike, evidence, same_value
from autograder.model import Fault, Opaque, Outcome


def expected(value, scale=1.0, slack=0.0, gradient=None):
    value = torch.as_tensor(value, dtype=torch.float64)
    ones = torch.ones_like(value)
    if gradient is None:
        return Expected(value, scale * ones, slack * ones)
    g = torch.as_tensor(gradient, dtype=torch.float64)
    return Expected(value, scale * ones, slack * ones, (g,), (torch.ones_like(g),), (torch.zeros_like(g),))


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (torch.tensor(2.0, dtype=torch.float64), "equal"),
        (torch.tensor(2.0 + 1e-9, dtype=torch.float64), "equal"),
        (torch.tensor(2.0 + 1e-7, dtype=torch.float64), "differs"),
        (torch.tensor(2.0 + 5e-5), "equal"),
        (torch.tensor(2.0 + 5e-4), "differs"),
        (torch.tensor([[2.0]]), "equal"),
        ([torch.tensor(2.0), "more"], "equal"),
        (2.0, "not a tensor"),
        (2, "not a tensor"),
        (np.float64(2.0), "not a tensor"),
        (np.array(2.0), "not a tensor"),
        (3.0, "differs"),
        (torch.tensor(float("nan")), "nan"),
        (torch.tensor([2.0, 2.0]), "broadcasts"),
        (torch.tensor([2.0, 3.0]), "wrong shape"),
        (torch.ones(2, 2), "wrong shape"),
        (torch.tensor(2.0 + 0j), "wrong type"),
        (None, "wrong type"),
        (True, "wrong type"),
        ("2", "wrong type"),
        ({"loss": 2.0}, "wrong type"),
        ([], "wrong type"),
        (np.array(["a"]), "wrong type"),
        (Opaque("Thing"), "wrong type"),
    ],
)
def test_a_value_is_judged(value, verdict):
    assert judge(value, expected(2.0)) == verdict


def test_an_error_counts_by_the_terms_that_were_added_up():
    value = torch.tensor(1e-3, dtype=torch.float64)
    assert judge(value, expected(0.0)) == "differs"
    assert judge(value, expected(0.0, scale=1e6)) == "equal"


def test_an_eps_guard_has_its_slack():
    value = torch.tensor(2.01, dtype=torch.float64)
    assert judge(value, expected(2.0, slack=0.02)) == "equal"
    assert judge(value, expected(2.0, slack=0.005)) == "differs"


def test_infinity_equals_infinity_of_its_sign():
    infinity = torch.tensor(float("inf"), dtype=torch.float64)
    assert judge(infinity, expected(float("inf"))) == "equal"
    assert judge(-infinity, expected(float("inf"), slack=float("nan"))) == "differs"


def test_nan_hides_nowhere():
    value = torch.tensor([1.0, float("nan"), 1.0])
    assert judge(value, expected([1.0, 1.0, 1.0])) == "nan"
    assert judge(value, expected([1.0, float("nan"), 1.0])) == "nan"


@pytest.mark.parametrize(
    ("found", "reference", "verdict"),
    [
        (torch.tensor([1.0, 2.0]), [1.0, 2.0], "equal"),
        (torch.tensor([1.0, 2.1]), [1.0, 2.0], "differs"),
        (None, [1.0, 2.0], "missing"),
        (None, [0.0, 0.0], "equal"),
        (torch.zeros(2), [1.0, 2.0], "missing"),
        (torch.zeros(2), [0.0, 0.0], "equal"),
        (torch.ones(3), [1.0, 2.0], "wrong shape"),
        (torch.tensor([1.0, float("nan")]), [1.0, 2.0], "nan"),
    ],
)
def test_a_gradient_is_judged(found, reference, verdict):
    assert judge_gradient(found, expected(0.0, gradient=reference), 0) == verdict


def test_what_is_meant_as_a_tensor():
    assert as_tensor((torch.ones(2), 1)).shape == (2,)
    assert as_tensor(3).dtype == torch.float64
    assert as_tensor(np.arange(3)).shape == (3,)
    assert is_tensor((torch.ones(1), "x"))
    assert not is_tensor(())
    assert not is_tensor(1.0)


def test_shapes_are_equal_up_to_axes_of_length_one():
    assert same_shape(torch.ones(2, 1), torch.ones(2))
    assert same_shape(torch.ones(1), torch.ones(()))
    assert not same_shape(torch.ones(2, 2), torch.ones(4))


def test_close_is_elementwise_and_by_dtype():
    assert close(torch.tensor([1.0, 2.0]), torch.tensor([1.00001, 2.1]), 1.0).tolist() == [True, False]
    assert not close(torch.tensor(1.0).double(), torch.tensor(1.00001).double(), 1.0)
    infinity = torch.tensor(float("inf"))
    assert close(infinity, infinity, 1.0)


# ------------------------------------------------------------------ failing alike


def values(*numbers):
    return tuple(None if n is None else torch.as_tensor(n, dtype=torch.float64) for n in numbers)


def test_failing_alike():
    a = Evidence(values(1.0, [2.0, 3.0], None))
    assert alike(a, Evidence(values(1.0, [2.0, 3.0 + 1e-6], None)))
    assert not alike(a, Evidence(values(1.0, [2.0, 3.1], None)))
    assert not alike(a, Evidence(values(1.0, [2.0, 3.0], 0.0)))
    assert not alike(a, Evidence(values(1.0, [[2.0], [3.0]], None)))
    assert not alike(a, Evidence(values(1.0, [2.0, 3.0])))
    assert not alike(a, None)


def test_faults_alone_say_nothing():
    assert not alike(Evidence(values(None, None)), Evidence(values(None, None)))


def test_nan_fails_like_nan():
    assert alike(Evidence(values(float("nan"), 1.0)), Evidence(values(float("nan"), 1.0)))
    assert not alike(Evidence(values(float("nan"), 1.0)), Evidence(values(0.0, 1.0)))


def test_a_mistake_made_with_a_guard_is_the_same_mistake():
    outcomes = [Outcome(torch.tensor(2.004).double()), Outcome(fault=Fault("exception", "no"))]
    guarded = evidence(outcomes, [expected(1.0, slack=0.01), expected(1.0)])
    assert alike(guarded, Evidence(values(2.0, None)))
    assert not alike(evidence(outcomes, [expected(1.0), expected(1.0)]), Evidence(values(2.0, None)))


def test_equal_values_need_no_tolerance():
    assert same_value(torch.tensor(1.0), torch.tensor(1.0))
    assert not same_value(torch.tensor(1.0), torch.tensor(1.0 + 1e-6))
    assert same_value(None, None)
    assert not same_value(None, torch.tensor(1.0))


# ------------------------------------------------------------------ infinities, kinks


def test_infinity_matches_nothing_but_itself():
    infinity = torch.tensor(float("inf"), dtype=torch.float64)
    one = torch.tensor(1.0, dtype=torch.float64)
    assert judge(infinity, expected(1.0)) == "infinite"
    assert judge(infinity, expected(1.0, scale=float("inf"))) == "infinite"
    assert judge(one, expected(float("inf"), slack=float("inf"))) == "differs"
    assert not close(one, infinity, float("inf"))
    assert not same_value(one, infinity, tolerance=1e-5) and same_value(infinity, infinity)
    assert not alike(Evidence(values([1.0, float("inf")])), Evidence(values([1.0, 7.0])))


def test_a_gradient_is_judged_where_the_argument_is_generic():
    at = torch.tensor([0.5, 0.123456, -2.25, 0.0])
    kinked = torch.tensor([0.0, 1.0, 0.0, 0.0])
    assert judge_gradient(kinked, expected(0.0, gradient=[1.0, 1.0, 1.0, 1.0]), 0) == "differs"
    assert judge_gradient(kinked, expected(0.0, gradient=[1.0, 1.0, 1.0, 1.0]), 0, at) == "equal"
    assert judge_gradient(1 - kinked, expected(0.0, gradient=[1.0, 1.0, 1.0, 1.0]), 0, at) == "missing"
    assert judge_gradient(torch.zeros(1), expected(0.0, gradient=[1.0]), 0, torch.tensor([0.5])) == "equal"


def test_a_slope_that_no_training_notices_is_no_mistake():
    far = expected(0.0, gradient=[1e-12, 1e-9])
    far = Expected(far.value, far.scale, far.slack, far.gradients, (torch.zeros(2),), far.gradient_slacks)
    assert judge_gradient(torch.tensor([3e-8, 0.0]), far, 0) == "equal"
    assert judge_gradient(torch.tensor([3e-6, 0.0]), far, 0) == "differs"


def test_an_infinity_is_near_an_infinity_alone():
    inf = torch.tensor([float("inf"), 1.0])
    assert same_value(inf, inf.clone(), 1e-5, 1e-3)
    assert not same_value(inf, torch.tensor([1e6, 1.0]), 1e-5, 1e-3)


def test_axes_of_length_one_are_not_told_apart_on_either_side():
    row, column = torch.zeros(1, 3), torch.zeros(3, 1)
    assert same_shape(torch.zeros(3), row)
    assert same_shape(row, torch.zeros(3))
    assert same_shape(row, column)
    assert not same_shape(torch.zeros(3), torch.zeros(2))
    assert not same_shape(torch.zeros(0), torch.zeros(1))


def test_a_bound_that_is_no_number_admits_nothing_but_equals():
    nan = torch.tensor(float("nan"), dtype=torch.float64)
    one = torch.ones(1, dtype=torch.float64)
    assert bool(close(one, one, nan).all())
    assert not bool(close(one, one + 1e-12, nan).any())


def test_a_smaller_shape_is_not_the_same_value():
    assert not same_value(torch.zeros(2), torch.zeros(3))
    assert not same_value(torch.zeros(3), torch.zeros(2))


def test_numpy_truth_and_words_are_no_tensors():
    for value in (None, True, "1", b"1", {"a": 1.0}, Opaque("Module")):
        assert as_tensor(value) is None


def test_dtypes_without_a_tolerance_of_their_own_have_one():
    exact = torch.tensor([1], dtype=torch.int64)
    assert bool(close(exact, exact, 1.0).all())
    assert not bool(close(exact, exact + 1, 1.0).any())


def test_each_precision_has_its_tolerance():
    for dtype, near, off in (
        (torch.float64, 5e-9, 5e-8),
        (torch.float32, 5e-5, 5e-4),
        (torch.float16, 1e-2, 5e-2),
        (torch.bfloat16, 5e-2, 2e-1),
    ):
        for error, verdict in ((near, "equal"), (off, "differs")):
            assert judge(torch.tensor(1.0 + error, dtype=dtype), expected(1.0)) == verdict
    assert judge(torch.tensor(2), expected(1.0)) == "differs"  # whole numbers are exact


def test_a_gradient_may_be_off_by_more_than_a_value():
    for dtype, near, off in ((torch.float64, 5e-5, 5e-4), (torch.float32, 9.5e-4, 2e-3)):
        for error, verdict in ((near, "equal"), (off, "differs")):
            assert judge_gradient(torch.tensor([1.0 + error], dtype=dtype), expected(0.0, gradient=[1.0]), 0) == verdict


def test_an_argument_of_another_shape_says_nothing_about_kinks():
    wanted = expected(0.0, gradient=[1.0, 1.0])
    assert judge_gradient(torch.tensor([1.0, 3.0]), wanted, 0, torch.tensor(0.5)) == "differs"
    assert judge_gradient(torch.tensor([1.0, 3.0]), wanted, 0, torch.tensor([0.5])) == "differs"
    assert judge_gradient(torch.ones(3), wanted, 0, torch.ones(2)) == "wrong shape"


def test_the_first_of_several_is_the_tensor_that_is_meant():
    assert not is_tensor([1.0, torch.ones(1)])
    assert is_tensor([[torch.ones(1)]])
    assert as_tensor([1.0, torch.ones(1)]).shape == ()
    for value in (object(), {1, 2}, range(1, 3)):
        assert as_tensor(value) is None


def test_a_complex_answer_fails_like_no_other():
    complex_ = Outcome(torch.ones(1, dtype=torch.complex64))
    assert evidence([complex_, Outcome("no")], [expected(1.0), expected(1.0)]).values == (None, None)
