"""A value of the wire as one piece of bytes within another, to be read when it is wanted."""

from typing import Any

from autograder.student import wire


def fold(value: Any) -> bytes:
    """One frame that holds ``value``. Raises wire.TooLarge."""
    return wire.dumps(value, wire.REQUEST)


def unfold(frame: bytes) -> Any:
    """The value that was folded. Raises wire.WireError for anything amiss."""
    if len(frame) < wire.HEADER.size:
        raise wire.WireError("a frame is cut short")
    size, _ = wire.HEADER.unpack_from(frame)
    start = wire.HEADER.size
    return wire.loads(frame[start : start + size], bytearray(frame[start + size :]), wire.REQUEST)
