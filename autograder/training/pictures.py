"""Pictures for the feedback page. The same numbers give the same bytes: no dates, no random ids, fonts that matplotlib ships.

matplotlib is imported when the first picture is drawn: it takes half a second, and most checks draw none.
"""

import contextlib
import functools
import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import torch

from autograder.model import Picture

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STEADY: Any = {"svg.hashsalt": "autograder", "svg.fonttype": "path", "font.family": "DejaVu Sans", "font.size": 9.0}
UNSIGNED: Any = {"Software": None}  # None leaves the entry out, which the types of matplotlib do not know
UNDATED: Any = {"Date": None, "Creator": None}
GAP = 2  # white pixels between images
SCALE = 2  # screen pixels per pixel of an image
KEPT = (
    64  # drawings of curves: right answers of a class have the same, and drawing takes longer than grading a function
)


def grid(rows: torch.Tensor, caption: str) -> Picture:
    """Grey images (rows, columns, height, width) in [0, 1], 1 the darkest as ink on paper; what lies outside is cut off."""
    height, width = rows.shape[2:]
    paper = torch.zeros(rows.shape[0] * (height + GAP) + GAP, rows.shape[1] * (width + GAP) + GAP)
    for i, row in enumerate(rows):
        for j, image in enumerate(row):
            top, left = GAP + i * (height + GAP), GAP + j * (width + GAP)
            paper[top : top + height, left : left + width] = image.nan_to_num(0.0).clamp(0, 1)
    large = paper.repeat_interleave(SCALE, 0).repeat_interleave(SCALE, 1)
    data = io.BytesIO()
    with _steady():
        from matplotlib.image import imsave

        imsave(data, large.numpy(), cmap="gray_r", vmin=0, vmax=1, format="png", metadata=UNSIGNED)
    return Picture("image/png", data.getvalue(), caption)


def curves(
    lines: Mapping[str, tuple[Sequence[float], Sequence[float]]], *, x: str, y: str, caption: str, log: bool = False
) -> Picture:
    """Named curves of (x, y) values over one pair of axes; points that are not finite are left out."""
    points = tuple((name, tuple(across), tuple(up)) for name, (across, up) in lines.items())
    return _curves(points, x, y, caption, log)


@functools.lru_cache(KEPT)
def _curves(
    lines: tuple[tuple[str, tuple[float, ...], tuple[float, ...]], ...], x: str, y: str, caption: str, log: bool
) -> Picture:
    with _steady():
        from matplotlib.figure import Figure

        figure = Figure(figsize=(4.2, 2.6))
        axes = figure.add_axes((0.15, 0.18, 0.82, 0.7))  # by hand: working the margins out takes longer than drawing
        for (name, across, up), dash in zip(lines, ("-", "--", ":", "-."), strict=False):
            axes.plot(across, up, dash, label=name, linewidth=1.5)
        axes.set(xlabel=x, ylabel=y, yscale="log" if log else "linear")
        axes.grid(alpha=0.3)
        if len(lines) > 1:
            axes.legend(frameon=False, ncols=len(lines), loc="lower center", bbox_to_anchor=(0.5, 1.0))
        return _svg(figure, caption)


def scatter(points: torch.Tensor, classes: torch.Tensor, *, x: str, y: str, caption: str) -> Picture:
    """Points (n, 2) coloured by their class 0..9."""
    with _steady():
        from matplotlib.figure import Figure

        figure = Figure(figsize=(4.2, 3.4), dpi=110)
        axes = figure.add_axes((0.13, 0.14, 0.72, 0.82))
        dots = axes.scatter(points[:, 0], points[:, 1], c=classes, cmap="tab10", vmin=-0.5, vmax=9.5, s=6)
        axes.set(xlabel=x, ylabel=y)
        figure.colorbar(dots, cax=figure.add_axes((0.88, 0.14, 0.03, 0.82)), ticks=range(10))
        data = io.BytesIO()
        figure.savefig(data, format="png", metadata=UNSIGNED)
        return Picture("image/png", data.getvalue(), caption)


@contextlib.contextmanager
def _steady() -> Iterator[None]:
    """matplotlib's defaults and ours: a matplotlibrc in the working directory, where submissions may lie, changes no picture.

    Nor is it read: matplotlib opens it when it is imported, ends at bytes that are no text and waits for a pipe for ever.
    """
    if "matplotlib" in sys.modules:
        import matplotlib
    else:
        with _elsewhere():
            import matplotlib
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(STEADY)
        yield


@contextlib.contextmanager
def _elsewhere() -> Iterator[None]:
    """The working directory is one that holds our files alone; where it is gone, nothing can lie there."""
    try:
        here = os.getcwd()
    except OSError:
        yield
        return
    os.chdir(os.path.dirname(os.path.abspath(__file__)))
    try:
        yield
    finally:
        os.chdir(here)


def _svg(figure: "Figure", caption: str) -> Picture:
    data = io.BytesIO()
    figure.savefig(data, format="svg", metadata=UNDATED)
    return Picture("image/svg+xml", data.getvalue(), caption)
