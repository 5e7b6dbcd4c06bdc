"""What crosses the fence: values as bounded, typed frames. Nothing is ever unpickled. Runs on both sides.

A frame is two little-endian u32 lengths, a msgpack structure and the raw bytes of its tensors and arrays:

    | length of structure | length of data | structure | data |

The structure holds None, bool, int, float, str, bytes, lists, dicts with str keys (tuples arrive as lists), and four
extension types: tensor, array, NumPy scalar (kind, dtype and shape; the bytes follow in the data, in order of appearance,
each at a multiple of 16), a big int, and an opaque value of which only the type's name crosses. The receiver believes no
length before it has compared it with a limit, and every byte of the data must belong to exactly one array.
"""

import math
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgpack
import numpy as np
import torch

TENSOR, ARRAY, SCALAR, BIG_INT, OPAQUE = range(1, 6)
HEADER = struct.Struct("<II")
ALIGNMENT = 16
COMMON = "bool uint8 int8 int16 int32 int64 float16 float32 float64 complex64 complex128"
TENSOR_DTYPES: tuple[torch.dtype, ...] = tuple(getattr(torch, name) for name in f"{COMMON} bfloat16".split())
ARRAY_DTYPES: tuple[np.dtype[Any], ...] = tuple(np.dtype(name) for name in f"{COMMON} uint16 uint32 uint64".split())
TENSOR_CODES = {dtype: code for code, dtype in enumerate(TENSOR_DTYPES)}
# fetched before any submission can replace them
_frombuffer, _empty, _detach, _numpy = torch.frombuffer, torch.empty, torch.Tensor.detach, torch.Tensor.numpy
_reshape, _to = torch.Tensor.reshape, torch.Tensor.to
ARRAY_CODES = {dtype: code for code, dtype in enumerate(ARRAY_DTYPES)}


@dataclass(frozen=True)
class Limits:
    """How much one frame may hold: bytes of structure and of data, nesting, entries in all lists and dicts together."""

    structure: int = 2 << 20
    data: int = 64 << 20
    depth: int = 24
    entries: int = 250_000
    total: int = 1 << 30  # bytes in all frames of one reply


REPLY = Limits()
REQUEST = Limits(structure=128 << 20, data=512 << 20, entries=2_000_000, total=1 << 62)


@dataclass(frozen=True)
class Opaque:
    """A value that does not cross; ``type`` is the name of its type."""

    type: str


class WireError(Exception):
    """The other side broke the rules of the wire."""


class TooLarge(Exception):
    """A value of ours does not fit into a frame; the message is a clause such as "holds 4 GB"."""


# ------------------------------------------------------------------ values to bytes


class Encoder:
    """Collects the values of one frame. Bytes are copied at once: what happens to a tensor later does not matter."""

    def __init__(self, limits: Limits = REPLY) -> None:
        self.limits, self.chunks = limits, list[bytes]()
        self.size = 0  # bytes of data so far
        self.entries = 0

    def plain(self, value: Any, depth: int = 0) -> Any:
        """``value`` as something msgpack can pack; its arrays go to the data part. Raises TooLarge."""
        if isinstance(value, torch.Tensor):
            return self._tensor(value)
        if isinstance(value, np.ndarray | np.generic):
            return self._array(value)
        if value is None or isinstance(value, bool | float | str | bytes):
            return value
        if isinstance(value, int):
            return value if -(2**63) <= value < 2**64 else _big_int(value)
        if isinstance(value, list | tuple):
            self._count(len(value), depth)
            return [self.plain(entry, depth + 1) for entry in value]
        if isinstance(value, dict) and all(type(key) is str for key in value):
            self._count(len(value), depth)
            return {key: self.plain(entry, depth + 1) for key, entry in value.items()}
        return opaque(value.type if type(value) is Opaque else type(value).__name__)

    def frame(self, structure: Any) -> bytes:
        """The whole frame around a structure made by ``plain``. Raises TooLarge."""
        packed = self.pack(structure)
        return b"".join((HEADER.pack(len(packed), self.size), packed, *self.chunks))

    def pack(self, structure: Any) -> bytes:
        """A structure made by ``plain`` as msgpack. Raises TooLarge."""
        packed: bytes = msgpack.packb(structure, use_bin_type=True, unicode_errors="replace")
        if len(packed) > self.limits.structure:
            raise TooLarge(f"needs {len(packed)} bytes for lists and texts; the limit is {self.limits.structure}")
        return packed

    def _count(self, entries: int, depth: int) -> None:
        self.entries += entries
        if depth >= self.limits.depth:
            raise TooLarge(f"is nested more than {self.limits.depth} levels deep")
        if self.entries > self.limits.entries:
            raise TooLarge(f"holds lists with more than {self.limits.entries} entries")

    def _tensor(self, tensor: torch.Tensor) -> Any:
        code = TENSOR_CODES.get(tensor.dtype)
        if code is None or tensor.layout is not torch.strided or tensor.is_nested or tensor.device.type == "meta":
            return opaque(f"Tensor ({tensor.dtype}, {tensor.layout}, {tensor.device.type})".replace("torch.", ""))
        self._reserve(tensor.numel() * tensor.element_size())
        self._append(contents(tensor))
        return _extension(TENSOR, code, tuple(tensor.shape))

    def _array(self, array: np.ndarray[Any, Any] | np.generic) -> Any:
        kind = SCALAR if isinstance(array, np.generic) else ARRAY
        code = ARRAY_CODES.get(array.dtype.newbyteorder("="))
        if code is None:
            return opaque(f"{type(array).__name__} of {array.dtype}")
        self._reserve(array.size * array.itemsize)
        self._append(np.ascontiguousarray(array, dtype=ARRAY_DTYPES[code]).tobytes())
        return _extension(kind, code, array.shape)

    def _reserve(self, size: int) -> None:
        if self.size + size > self.limits.data:
            raise TooLarge(f"holds {size} bytes of numbers; the limit is {self.limits.data}")

    def _append(self, raw: bytes) -> None:
        padding = -len(raw) % ALIGNMENT
        self.chunks += (raw, bytes(padding))
        self.size += len(raw) + padding


def contents(tensor: torch.Tensor) -> bytes:
    """The bytes of a dense tensor, entry by entry in C order."""
    plain = _detach(tensor)
    if type(plain) is not torch.Tensor or plain.device.type != "cpu" or plain.is_conj() or plain.is_neg():
        plain = plain.as_subclass(torch.Tensor).cpu().resolve_conj().resolve_neg()
    if plain.dtype is torch.bfloat16:  # NumPy has no such numbers
        plain = plain.contiguous().reshape(-1).view(torch.int16)
    return _numpy(plain).tobytes()


def _extension(kind: int, code: int, shape: Sequence[int]) -> msgpack.ExtType:
    return msgpack.ExtType(kind, struct.pack(f"<BB{len(shape)}q", code, len(shape), *shape))


def _big_int(value: int) -> msgpack.ExtType:
    size = value.bit_length() // 8 + 1
    if size > 256:
        raise TooLarge(f"is a whole number of {value.bit_length()} bits")
    return msgpack.ExtType(BIG_INT, value.to_bytes(size, "little", signed=True))


def opaque(name: str) -> msgpack.ExtType:
    """The extension that stands for a value which stays on its side."""
    return msgpack.ExtType(OPAQUE, name[:100].encode("utf-8", "replace"))


def dumps(value: Any, limits: Limits = REPLY) -> bytes:
    """One whole frame holding ``value``. Raises TooLarge."""
    encoder = Encoder(limits)
    return encoder.frame(encoder.plain(value))


# ------------------------------------------------------------------ bytes to values


def loads(structure: bytes | bytearray, data: bytearray, limits: Limits = REPLY) -> Any:
    """The value of a frame. Tensors share ``data``'s memory, each its own part. Raises WireError for anything amiss."""
    reader = _Reader(data)
    try:
        value = msgpack.unpackb(
            structure,
            raw=False,
            strict_map_key=True,
            unicode_errors="replace",
            ext_hook=reader.extension,
            max_array_len=limits.entries,
            max_map_len=limits.entries,
            max_ext_len=1024,
        )
    except WireError:
        raise
    except Exception as error:  # msgpack has a dozen ways to say no; each means the same here
        raise WireError(f"the structure cannot be read ({type(error).__name__})") from None
    if reader.cursor != len(data):
        raise WireError(f"{len(data)} bytes of numbers came, {reader.cursor} were announced")
    _check_nesting(value, limits)
    return value


class _Reader:
    """Hands out the data part in order of appearance."""

    def __init__(self, data: bytearray) -> None:
        self.data, self.cursor = data, 0

    def extension(self, kind: int, payload: bytes) -> Any:
        if kind == OPAQUE:
            return Opaque(payload.decode("utf-8", "replace"))
        if kind == BIG_INT:
            return int.from_bytes(payload, "little", signed=True)
        if kind not in (TENSOR, ARRAY, SCALAR) or len(payload) < 2:
            raise WireError(f"extension {kind} is unknown or empty")
        return self._array(kind, payload[0], _shape(payload))

    def _array(self, kind: int, code: int, shape: tuple[int, ...]) -> Any:
        table: Sequence[Any] = TENSOR_DTYPES if kind == TENSOR else ARRAY_DTYPES
        if code >= len(table):
            raise WireError(f"dtype {code} is unknown")
        count = math.prod(shape)
        size = count * table[code].itemsize
        start = self.cursor
        self.cursor += size + -size % ALIGNMENT
        if self.cursor > len(self.data):
            raise WireError(f"an array of shape {shape} is larger than the frame")
        if table[code] in (torch.bool, np.dtype(bool)) and self.data[start : start + size].strip(b"\0\1"):
            raise WireError("a truth value is neither 0 nor 1")
        if kind == TENSOR:
            flat = _frombuffer(self.data, dtype=table[code], count=count, offset=start) if count else _empty(0)
            return _to(_reshape(flat, shape), table[code])
        array = np.frombuffer(self.data, dtype=table[code], count=count, offset=start).reshape(shape)
        return array[()] if kind == SCALAR and shape == () else array


@lru_cache(maxsize=1024)
def _shape(payload: bytes) -> tuple[int, ...]:
    if payload[1] > 32 or len(payload) != 2 + 8 * payload[1]:
        raise WireError("an array's shape is cut short")
    shape = struct.unpack_from(f"<{payload[1]}q", payload, 2)
    if any(length < 0 or length > 2**40 for length in shape):
        raise WireError(f"an array's shape is {shape}")
    return shape


def _check_nesting(value: Any, limits: Limits) -> None:
    level, entries = [value], 0
    for _ in range(limits.depth + 1):
        if msgpack.Timestamp in map(type, level):
            raise WireError("a point in time, which msgpack reads by itself, is no value here")
        level = [entry for node in level for entry in _entries(node)]
        entries += len(level)
        if entries > limits.entries:
            raise WireError(f"a frame holds more than {limits.entries} entries")
        if not level:
            return
    raise WireError(f"a frame is nested more than {limits.depth} levels deep")


def _entries(node: Any) -> Iterable[Any]:
    return node if type(node) is list else node.values() if type(node) is dict else ()
