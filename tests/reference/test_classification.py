from fractions import Fraction

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reference.classification import accuracy, precision_recall_f1
from tests.reference.exact import search

scores = st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=1, max_size=6)
pairs = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=8)


@search
@given(scores, st.data())
def test_accuracy_is_what_counting_gives(rows, data):
    labels = [data.draw(st.integers(0, 2)) for _ in rows]
    hits = sum(row.index(max(row)) == label for row, label in zip(rows, labels, strict=True))
    got = accuracy(torch.tensor(rows, dtype=torch.float64), torch.tensor(labels))
    assert got.item() == float(Fraction(hits, len(rows)))


@search
@given(pairs)
def test_precision_recall_and_f1_are_what_sets_give(rows):
    found = {i for i, (predicted, _) in enumerate(rows) if predicted}
    there = {i for i, (_, label) in enumerate(rows) if label}
    precision = Fraction(len(found & there), len(found)) if found else Fraction(0)
    recall = Fraction(len(found & there), len(there)) if there else Fraction(0)
    mean = 2 / (1 / precision + 1 / recall) if precision and recall else Fraction(0)
    predicted, labels = torch.tensor(rows).T
    got = [value.item() for value in precision_recall_f1(predicted, labels)]
    assert got == pytest.approx([float(precision), float(recall), float(mean)], rel=1e-15)


def test_nothing_found_and_nothing_there():
    none = torch.zeros(3, dtype=torch.bool)
    assert [value.item() for value in precision_recall_f1(none, none)] == [0, 0, 0]
    assert [value.item() for value in precision_recall_f1(~none, ~none)] == [1, 1, 1]
