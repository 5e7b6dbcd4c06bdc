"""Names for what a recipe gives to a driver, and for what came back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import torch
from torch import Tensor

from autograder.checks.reply import Reply
from autograder.checks.session import Session
from autograder.model import CourseError, listed
from autograder.training import READY, images, labels, ready


@dataclass(frozen=True)
class Given:
    """The first ``count`` examples of a data set that comes along: images (count, 784) or labels (count,), as bytes.

    ``data`` is "mnist", or "fashion_mnist" where sheet.toml declares it; ``part`` is "train" or "t10k", the held-out ones.

    Raises:
        CourseError: there are no such data.
    """

    data: str
    part: Literal["train", "t10k"]
    count: int
    what: Literal["images", "labels"] = "images"

    def __post_init__(self) -> None:
        for said, known in ((self.data, READY), (self.part, ("train", "t10k")), (self.what, ("images", "labels"))):
            if said not in known:
                raise CourseError(f"Given: {said!r} is none of {listed(known)}.")

    def tensor(self, session: Session) -> Tensor:
        """The examples."""
        digits = ready(self.data, session.digits, session.answer.options)
        return (images if self.what == "images" else labels)(digits, self.part, self.count)


@dataclass(frozen=True)
class Values:
    """What was given, by its name, and what came back, as ``label.key``."""

    given: Mapping[str, Tensor]
    replies: dict[str, Reply] = field(default_factory=dict)

    def tensor(self, name: str) -> Tensor:
        """The value called ``name`` as floating numbers; bytes of images as numbers in [0, 1].

        Raises:
            Mistake: the driver gave no tensor and no number under that name.
            CourseError: nothing is given or asked under that name.
        """
        if name in self.given:
            value = self.given[name]
            return value / 255 if value.dtype is torch.uint8 and value.dim() > 1 else value.float()
        label, _, key = name.rpartition(".")
        if label not in self.replies:
            raise CourseError(
                f"The recipe has no value {name!r}: there are {listed([*self.given, *(f'{one}.…' for one in self.replies)])}."
            )
        reply = self.replies[label]
        said = reply.values.get(key)
        return torch.tensor(float(said)) if isinstance(said, bool | int | float) else reply.tensor(key)
