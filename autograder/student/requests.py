"""Requests to a student's process, as bytes. What is asked of every submission is encoded once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgpack

from autograder.model import Call, InternalError
from autograder.student import wire

_KEPT = "_encoded"  # beside a call's own fields: its bytes live as long as the call
_DEPTH = 2  # a call stands in a list, which stands in the request


@dataclass(frozen=True)
class Encoded:
    """A value that is encoded already: msgpack, and the bytes of its arrays, which begin at a multiple of 16."""

    packed: bytes
    data: bytes
    entries: int


def encoded_calls(calls: Sequence[Call]) -> Encoded:
    """The list of these calls as ``inside.server`` reads it. Raises InternalError where a call is too large to be sent."""
    parts = [_encoded(call) for call in calls]
    header = msgpack.Packer().pack_array_header(len(parts))
    packed = b"".join((header, *(part.packed for part in parts)))
    return Encoded(packed, b"".join(part.data for part in parts), len(parts) + sum(part.entries for part in parts))


def _encoded(call: Call) -> Encoded:
    kept = vars(call)
    if _KEPT not in kept:
        encoder = wire.Encoder(wire.REQUEST)
        row = [call.function, call.args, call.gradients, call.cotangent, call.seed, call.keywords, call.steps, call.of]
        kept[_KEPT] = _packed(encoder, row, _DEPTH)
    found: Encoded = kept[_KEPT]
    return found


def _packed(encoder: wire.Encoder, value: Any, depth: int) -> Encoded:
    entries, chunks = encoder.entries, len(encoder.chunks)
    try:
        packed = encoder.pack(encoder.plain(value, depth))
    except wire.TooLarge as error:
        raise InternalError(f"A request to a student's process {error}.") from None
    return Encoded(packed, b"".join(encoder.chunks[chunks:]), encoder.entries - entries)


def frame(request: Mapping[str, Any]) -> bytes:
    """The whole frame of a request, whose values may be ``Encoded``. Raises InternalError where it is too large to be sent."""
    limits, encoder = wire.REQUEST, wire.Encoder(wire.REQUEST)
    parts = [(key, v if isinstance(v, Encoded) else _packed(encoder, v, 1)) for key, v in request.items()]
    packed = [msgpack.Packer().pack_map_header(len(parts))]
    for key, part in parts:
        packed += (msgpack.packb(key), part.packed)
    structure, data = b"".join(packed), b"".join(part.data for _, part in parts)
    entries = len(parts) + sum(part.entries for _, part in parts)
    if len(structure) > limits.structure or len(data) > limits.data or entries > limits.entries:
        found = f"{len(structure)} + {len(data)} bytes and {entries} entries"
        raise InternalError(f"A request to a student's process needs {found}, more than can be sent at once.")
    return b"".join((wire.HEADER.pack(len(structure), len(data)), structure, data))
