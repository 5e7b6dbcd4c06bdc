"""What crosses the fence arrives as it was, and nothing that is not well formed is taken."""

import contextlib
import math
import struct

import msgpack
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.student import wire

VALUES = [
    None, True, False, 0, -1, 2**62, -(2**63), 2**64 - 1, 2**200, -(2**200), 0.1, math.inf, "", "ü\0", b"\x00\xff",
    [], [1, [2.5, "x"]], {}, {"a": {"b": None}},
]  # fmt: skip
TENSORS = [
    *(torch.ones(2, 3).to(dtype) for dtype in wire.TENSOR_DTYPES),
    *(
        torch.tensor(1.5),
        torch.zeros(0, 4),
        torch.arange(6.0).reshape(2, 3).T,
        torch.ones(1).expand(5, 4),
        torch.tensor([math.nan]),
    ),
]


def frame(structure: bytes, data: bytes = b"") -> bytes:
    return wire.HEADER.pack(len(structure), len(data)) + structure + data


def read(raw: bytes, limits: wire.Limits = wire.REPLY) -> object:
    """Reads a whole frame, as a Channel does."""
    structure, data = wire.HEADER.unpack_from(raw)
    rest = raw[wire.HEADER.size :]
    assert len(rest) == structure + data
    return wire.loads(rest[:structure], bytearray(rest[structure:]), limits)


def tensor_frame(dtype: int, shape: tuple[int, ...], data: bytes, kind: int = wire.TENSOR) -> bytes:
    payload = struct.pack(f"<BB{len(shape)}q", dtype, len(shape), *shape)
    return frame(msgpack.packb(msgpack.ExtType(kind, payload)), data)


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_plain_values_arrive_as_they_were(value):
    arrived = read(wire.dumps(value))
    assert arrived == value and type(arrived) is type(value)


@pytest.mark.parametrize("value", TENSORS, ids=lambda value: f"{value.dtype}-{tuple(value.shape)}")
def test_tensors_keep_bits_dtype_and_shape(value):
    arrived = read(wire.dumps([value, 7]))[0]
    assert type(arrived) is torch.Tensor and arrived.dtype == value.dtype and arrived.shape == value.shape
    assert torch.equal(
        arrived.contiguous().reshape(-1).view(torch.uint8), value.contiguous().reshape(-1).view(torch.uint8)
    )


@pytest.mark.parametrize("dtype", wire.ARRAY_DTYPES, ids=str)
def test_arrays_and_scalars_stay_what_they_are(dtype):
    array, scalar = np.ones((2, 1), dtype), np.ones((), dtype)[()]
    arrived_array, arrived_scalar, zero_dimensional = read(wire.dumps([array, scalar, np.ones((), dtype)]))
    assert type(arrived_array) is np.ndarray and arrived_array.dtype == dtype and arrived_array.shape == (2, 1)
    assert type(arrived_scalar) is type(scalar) and arrived_scalar == scalar
    assert type(zero_dimensional) is np.ndarray and zero_dimensional.shape == ()


def test_tuples_and_named_tuples_arrive_as_lists():
    assert read(wire.dumps((1, (2,)))) == [1, [2]]


@pytest.mark.parametrize(
    "value",
    [
        object(),
        {1: 2},
        {"a", "b"},
        1j,
        torch.nn.Linear(1, 1),
        torch.ones(2).to_sparse(),
        torch.ones(2, device="meta"),
        np.array(["a"]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_anything_else_leaves_only_the_name_of_its_type(value):
    arrived = read(wire.dumps(value))
    assert type(arrived) is wire.Opaque and type(value).__name__ in arrived.type


def test_subclasses_and_gradients_are_shed():
    parameter = torch.nn.Parameter(torch.ones(2))
    arrived = read(wire.dumps(parameter))
    assert type(arrived) is torch.Tensor and not arrived.requires_grad


def test_a_tensor_changed_after_encoding_does_not_change_what_is_sent():
    encoder, tensor = wire.Encoder(), torch.zeros(3)
    plain = encoder.plain(tensor)
    tensor += 1
    assert read(encoder.frame(plain)).tolist() == [0, 0, 0]


def cyclic() -> list[object]:
    value: list[object] = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    "value",
    [
        cyclic(),
        torch.ones(1).expand(10**12),
        [0] * 300_000,
        1 << 5000,
        "x" * (3 << 20),
        np.lib.stride_tricks.as_strided(np.ones(1), (10**12,), (0,)),
    ],
    ids=["cyclic", "expanded", "long list", "huge int", "long text", "strided"],
)
def test_what_is_too_large_is_refused_before_it_is_built(value):
    with pytest.raises(wire.TooLarge):
        wire.dumps(value)


PACK = msgpack.packb
BAD = {
    "no msgpack": frame(b"\xc1"),
    "empty": frame(b""),
    "trailing": frame(b"\x01\x02"),
    "unknown extension": frame(PACK(msgpack.ExtType(77, b""))),
    "unknown dtype": tensor_frame(250, (1,), bytes(16)),
    "negative length": tensor_frame(0, (-1,), bytes(16)),
    "overflowing shape": tensor_frame(0, (2**40, 2**40), bytes(16)),
    "too few bytes": tensor_frame(0, (100,), bytes(16)),
    "too many bytes": tensor_frame(0, (1,), bytes(32)),
    "data without tensor": frame(PACK(1), bytes(16)),
    "shape cut short": frame(PACK(msgpack.ExtType(wire.TENSOR, b"\x00\x03" + bytes(8))), b""),
    "33 dimensions": tensor_frame(0, (1,) * 33, bytes(16)),
    "bool that is 2": tensor_frame(wire.TENSOR_CODES[torch.bool], (1,), b"\x02" + bytes(15)),
    "numpy bool that is 2": tensor_frame(wire.ARRAY_CODES[np.dtype("bool")], (1,), b"\x02" + bytes(15), wire.ARRAY),
    "nested": frame(b"\x91" * 500 + b"\x01"),
    "nested too deep for msgpack": frame(b"\x91" * 100_000 + b"\x01"),
    "keys that are no text": frame(PACK({1: 2})),
    "a list that announces a billion": frame(b"\xdd\x3f\xff\xff\xff"),
    "a text that announces a billion": frame(b"\xdb\x3f\xff\xff\xff"),
    "a million empty lists": frame(b"\xdd" + struct.pack(">I", 200_000) + b"\x92\x90\x90" * 200_000),
    "timestamp": frame(PACK(msgpack.Timestamp(1))),
}


@pytest.mark.parametrize("raw", BAD.values(), ids=BAD.keys())
def test_a_frame_that_breaks_the_rules_is_a_wire_error(raw):
    with pytest.raises(wire.WireError):
        read(raw)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=64))
def test_no_bytes_do_anything_but_decode_or_fail(structure, data):
    with contextlib.suppress(wire.WireError):
        read(frame(structure, data))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_frame_decodes_or_fails(data):
    raw = bytearray(
        wire.dumps({"id": 5, "items": [{"value": torch.ones(2, 2), "gradients": [None, np.ones(3)]}], "last": True})
    )
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(wire.HEADER.size, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(wire.WireError):
        read(bytes(raw))


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(json_like)
def test_every_nested_value_comes_back_or_is_refused(value):
    try:
        raw = wire.dumps(value)
    except wire.TooLarge:
        return
    assert read(raw) == _without_surrogates(value)


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_without_surrogates(entry) for entry in value]
    return (
        {_without_surrogates(k): _without_surrogates(v) for k, v in value.items()} if isinstance(value, dict) else value
    )
