"""What a student sees of a training: sentences with numbers in them, images, curves, points in a plane."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isqrt

import torch
from torch import Tensor

from autograder.checks.recipes.measures import Measure
from autograder.checks.recipes.values import Values
from autograder.model import Detail, Mistake, listed
from autograder.training import curves, grid, scatter

MOST_ROWS = 8  # of images in one picture
MOST_SIDE = 256  # pixels of an image
MOST_POINTS = 20_000  # of one curve; what came back may be of any size


@dataclass(frozen=True)
class Sentence:
    """A sentence in which each ``{}`` stands for the next of the ``numbers``."""

    text: str
    numbers: tuple[Measure, ...] = ()

    def show(self, values: Values) -> Detail:
        said = self.text
        for number in self.numbers:
            said = said.replace("{}", f"{number.find(values):.4g}", 1)
        return said


@dataclass(frozen=True)
class ImageGrid:
    """Images of each of the values in rows of ``columns``: squares (n, h, h), (n, 1, h, h) or (n, h·h), from 0 to 1."""

    values: tuple[str, ...]
    caption: str
    columns: int = 12

    def show(self, values: Values) -> Detail:
        parts = {name: self._rows(name, values.tensor(name)) for name in self.values}
        if len({rows.shape[1:] for rows in parts.values()}) > 1:
            sizes = listed(f"{rows.shape[1]} of {tuple(rows.shape[2:])} in {name}" for name, rows in parts.items())
            raise Mistake(f"Images of one number and size are expected, but there are {sizes}.")
        return grid(torch.cat(list(parts.values()))[:MOST_ROWS], self.caption)

    def _rows(self, name: str, images: Tensor) -> Tensor:  # (rows, columns, h, h)
        n = min(len(images) if images.dim() else 0, self.columns * MOST_ROWS)
        side = isqrt(images[0].numel()) if n else 0
        if not 2 <= side <= MOST_SIDE or side * side != images[0].numel():
            said = f"square images of at most {MOST_SIDE} pixels a side are expected"
            raise Mistake(f"{name} has the shape {tuple(images.shape)}; {said}.")
        columns = min(self.columns, n)
        return images[: n // columns * columns].reshape(-1, columns, side, side)


@dataclass(frozen=True)
class LinePlot:
    """Curves by the words for them: a value over its steps, or two values, (across, up).

    A curve over steps that is not finite fails the training: it says which, and from which step on.
    """

    lines: Mapping[str, str | tuple[str, str]]
    x: str
    y: str
    caption: str
    log: bool = False

    def show(self, values: Values) -> Detail:
        points = {}
        for said, of in self.lines.items():
            across, up = (None, of) if isinstance(of, str) else of
            heights = values.tensor(up).flatten()
            if len(heights) > MOST_POINTS:
                raise Mistake(f"{said}: {len(heights)} numbers came back; a curve has at most {MOST_POINTS}.")
            places = range(1, len(heights) + 1) if across is None else values.tensor(across).flatten().tolist()
            if len(places) != len(heights):
                raise Mistake(f"{said}: {len(heights)} numbers came back, where {len(places)} are expected.")
            points[said] = (places, heights.tolist())
        return curves(points, x=self.x, y=self.y, caption=self.caption, log=self.log)

    def must_be_finite(self, values: Values) -> None:
        for said, of in self.lines.items():
            curve = values.tensor(of).flatten() if isinstance(of, str) else torch.zeros(1)
            if not bool(torch.isfinite(curve).all()):
                step = int((~torch.isfinite(curve)).nonzero()[0])
                which = f" ({said})" if len(self.lines) > 1 else ""
                raise Mistake(f"{self.y} is {float(curve[step])} from {self.x} {step + 1} on{which}.")


@dataclass(frozen=True)
class ScatterPlot:
    """Points (n, 2), with a colour for each of their classes; left out where the points lie in no plane."""

    points: str
    classes: str
    x: str
    y: str
    caption: str

    def show(self, values: Values) -> Detail | None:
        points, classes = values.tensor(self.points), values.tensor(self.classes).flatten()
        if points.dim() != 2 or points.shape[1] != 2 or not len(classes) == len(points) <= MOST_POINTS:
            return None
        return scatter(points, classes, x=self.x, y=self.y, caption=self.caption)


Shown = Sentence | ImageGrid | LinePlot | ScatterPlot
