import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf
from torch.nn import functional as F

from reference.attention import attention, attention_weights
from tests.reference.exact import TOLERANCE, powers_of_ten, search, signed, tables, worst_error

numbers = signed(powers_of_ten(-3, 0.7))
L, S, D, E = 2, 3, 2, 2
masks = st.lists(st.lists(st.booleans(), min_size=S, max_size=S).filter(any), min_size=L, max_size=L).map(torch.tensor)
inputs = tables(numbers, L, D), tables(numbers, S, D), tables(numbers, S, E)


def by_loops(query, key, value, mask=None):
    """The output's rows, one query and one key at a time."""
    rows = []
    for i in range(len(query)):
        seen = [j for j in range(len(key)) if mask is None or mask[i, j]]
        scores = [sum(query[i, c] * key[j, c] for c in range(len(query[i]))) / mp.sqrt(len(query[i])) for j in seen]
        total = mp.fsum(map(mp.exp, scores))
        shares = [mp.exp(score) / total for score in scores]
        rows.append(
            [mp.fsum(p * value[j, c] for p, j in zip(shares, seen, strict=True)) for c in range(value.shape[1])]
        )
    return rows


@search
@given(*inputs, masks)
def test_attention_is_what_loops_give(query, key, value, mask):
    for chosen in (None, mask):
        got = attention(query, key, value, chosen)
        with mp.workdps(50):
            exact = by_loops(*(to_exact(each) for each in (query, key, value)), chosen)
            scale = max(abs(mpf(v)) for v in value.flatten().tolist()) or mpf(1)
            errors = [abs(got[i, c].item() - exact[i][c]) for i in range(L) for c in range(E)]
        assert max(errors) <= TOLERANCE * scale


def to_exact(tensor):
    return np.array([[mpf(x) for x in row] for row in tensor.tolist()], dtype=object)


def test_value_and_gradients_are_exact():
    """One query, two keys: the softmax is a sigmoid of the difference of the scores."""

    def terms(query, key, value):
        a, b = ((query[0] * key[j]).sum() / mp.sqrt(2) for j in (0, 1))
        share = 1 / (1 + mp.exp(b - a))
        return [share * value[0, 0], (1 - share) * value[1, 0], query.sum() + key.sum(), -query.sum() - key.sum()]

    generator = torch.Generator().manual_seed(0)
    query, key, value = (torch.randn(*s, generator=generator).double() for s in ((1, 2), (2, 2), (2, 1)))
    assert worst_error(lambda *args: attention(*args)[0, 0], terms, query, key, value) <= TOLERANCE


@pytest.mark.parametrize("lead", [(), (2,), (2, 3)])
@pytest.mark.parametrize("masked", [False, True])
def test_values_and_gradients_agree_with_torch(lead, masked):
    generator = torch.Generator().manual_seed(len(lead))
    sizes = ((*lead, 4, 3), (*lead, 5, 3), (*lead, 5, 2))
    leaves = [torch.randn(*s, generator=generator, dtype=torch.float64).requires_grad_() for s in sizes]
    mask = (torch.rand(4, 5, generator=generator) < 0.5) | torch.eye(4, 5, dtype=torch.bool) if masked else None
    mine, theirs = attention(*leaves, mask), F.scaled_dot_product_attention(*leaves, attn_mask=mask)
    weights = torch.randn(mine.shape, generator=generator, dtype=torch.float64)
    torch.testing.assert_close(mine, theirs, rtol=1e-12, atol=1e-12)
    for a, b in zip(*(torch.autograd.grad(each, leaves, weights) for each in (mine, theirs)), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-10, atol=1e-12)


@search
@given(*inputs[:2], masks)
def test_weights_are_probabilities_of_what_is_allowed(query, key, mask):
    weights = attention_weights(query, key, mask)
    torch.testing.assert_close(weights.sum(-1), torch.ones(L, dtype=torch.float64))
    assert (weights[~mask] == 0).all()


def test_what_is_masked_has_no_say():
    generator = torch.Generator().manual_seed(0)
    query, key, value = (torch.randn(*s, generator=generator) for s in ((4, 3), (4, 3), (4, 2)))
    causal = torch.ones(4, 4).tril().bool()
    torch.testing.assert_close(attention(query, key, value, causal)[0], value[0])
    changed = torch.cat([value[:3], value[3:] + 100])
    torch.testing.assert_close(attention(query, key, changed, causal)[:3], attention(query, key, value, causal)[:3])


def test_queries_of_zero_take_the_mean():
    query, key, value = torch.zeros(1, 4), torch.ones(3, 4), torch.arange(6.0).reshape(3, 2)
    mask = torch.tensor([[True, False, False]])
    torch.testing.assert_close(attention(query, key, value), torch.tensor([[2.0, 3.0]]))
    torch.testing.assert_close(attention(query, key, value, mask), value[:1])
    torch.testing.assert_close(attention_weights(query, key, mask[:, [0, 1, 0]]), torch.tensor([[0.5, 0, 0.5]]))


def test_large_scores_stay_finite():
    value = attention(torch.full((1, 4), 1e3), torch.tensor([[1e3] * 4, [0.0] * 4]), torch.tensor([[1.0], [2.0]]))
    assert value.item() == 1


def test_gradcheck():
    generator = torch.Generator().manual_seed(0)
    leaves = [torch.randn(3, 2, generator=generator, dtype=torch.float64).requires_grad_() for _ in range(3)]
    mask = torch.ones(3, 3).tril().bool()
    assert torch.autograd.gradcheck(lambda *args: attention(*args, mask), leaves)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_shapes_and_dtypes(dtype):
    query, key, value = (torch.ones(*s, dtype=dtype) for s in ((2, 4, 3), (2, 5, 3), (2, 5, 6)))
    assert attention(query, key, value).shape == (2, 4, 6)
    assert attention_weights(query, key).shape == (2, 4, 5)
    assert attention(query, key, value, torch.ones(4, 5, dtype=torch.bool)).dtype == dtype
