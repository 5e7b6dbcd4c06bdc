"""docs/comparison.md, its pictures and the printed table, from what is kept of a run: ``python -m benchmarks.versus.page``.

The page's words are in ``comparison.md.j2``; its numbers come from here.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2

from benchmarks.versus.figures import COUNTS, TITLES, Figures, Target, targets

REPOSITORY = Path(__file__).parents[2]
RESULTS = REPOSITORY / "benchmarks" / "results" / "comparison.json"
LARGE = REPOSITORY / "benchmarks" / "results" / "large.log"
PAGE = REPOSITORY / "docs" / "comparison.md"
PICTURES = REPOSITORY / "docs" / "_static"
SHOWN = ("engine", "dask", "nbgrader", "otter", "asserts", "floor")
COLORS = {"engine": "#1b6ca8", "nbgrader": "#c8553d", "otter": "#e09f3e", "asserts": "#588157", "floor": "#777777"}


def renew() -> None:
    """Writes the page and its pictures from ``RESULTS`` and ``LARGE``."""
    figures = Figures(json.loads(RESULTS.read_text(encoding="utf-8")))
    PAGE.write_text(rendered(figures), encoding="utf-8")
    pictures(figures)


def rendered(figures: Figures) -> str:
    """The page as Markdown; the same results give the same text."""
    source = Path(__file__).with_name("comparison.md.j2").read_text(encoding="utf-8")
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, trim_blocks=True, keep_trailing_newline=True)
    environment.filters["n"] = number
    large = LARGE.read_text(encoding="utf-8").splitlines() if LARGE.is_file() else []
    return environment.from_string(source).render(
        figures=figures,
        data=figures.data,
        table=table(figures),
        targets=[target_row(target) for target in targets(figures)],
        turns=max(len(row["wall"]) for row in figures.rows),
        large=count_of(large),
        large_log=[line for line in large if not line.startswith(" ")],
    )


def number(value: float, digits: int = 2) -> str:
    """In as many digits as say something: 0.0123, 1.2, 57."""
    if value >= 10 ** (digits - 1):
        return f"{value:.0f}"
    return f"{value:#.{digits}g}" if value else "0"


# ------------------------------------------------------------------ tables


def lines(figures: Figures) -> Iterator[list[str]]:
    """Cells of the comparison's table, the heading first."""
    seconds = [f"{what}, {count}" for what in ("wall s", "processor s") for count in COUNTS]
    yield ["", "workers", *seconds, "MB at most", "one more, processor s", "÷ ours"]
    for who in SHOWN:
        for workers in (1, 2):
            if figures.counts(who, workers):
                yield _line(figures, who, workers)


def _line(figures: Figures, who: str, workers: int) -> list[str]:
    cells = [_cell(figures, who, count, workers, what) for what in ("wall", "processor") for count in COUNTS]
    memory = figures.said(who, 20, workers, "memory")[0]
    one = figures.one_more(who, workers, "processor")
    ours = figures.one_more("engine", 1, "processor")
    return [TITLES[who], str(workers), *cells, number(memory) if memory else "", number(one), number(one / ours)]


def _cell(figures: Figures, who: str, count: int, workers: int, what: Any) -> str:
    if count < workers:
        return ""
    found, measured = figures.said(who, count, workers, what)
    return ("" if measured else "~") + number(found)


def table(figures: Figures) -> str:
    heading, *rows = lines(figures)
    return "\n".join(["| " + " | ".join(row) + " |" for row in (heading, ["---"] * len(heading), *rows)])


def target_row(target: Target) -> dict[str, str]:
    bound = f"{'≤' if target.most else '≥'} {target.bound:g}"
    said = "met" if target.is_met else f"missed by a factor of {number(target.missed_by, 3)}"
    wall = number(target.wall, 3) if target.wall is not None else ""
    return {"name": target.name, "bound": bound, "found": number(target.found, 3), "wall": wall, "said": said}


def text(figures: Figures) -> str:
    """The same tables for a terminal."""
    rows = [*lines(figures)]
    aims = [["aimed at", "bound", "by processor", "by wall clock", ""]]
    aims += [list(target_row(target).values()) for target in targets(figures)]
    return f"Measured on {figures.data['machine']}\n\n{_aligned(rows)}\n\n{_aligned(aims)}"


def _aligned(rows: list[list[str]]) -> str:
    rows = [[cell.replace("`", "") for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in rows
    )


# ------------------------------------------------------------------ the large class


def count_of(log: list[str]) -> str:
    """How many submissions a log of ``benchmarks.large`` is about; "" where there is none."""
    found = re.search(r"^(\d+) submissions in", "\n".join(log), re.MULTILINE)
    return found[1] if found else ""


# ------------------------------------------------------------------ pictures


def pictures(figures: Figures) -> None:
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams.update({"svg.hashsalt": "comparison", "svg.fonttype": "none", "font.size": 10})
    _draw(figures, "comparison-students.svg", _per_student)
    _draw(figures, "comparison-classes.svg", _by_size)


def _draw(figures: Figures, name: str, draw: Any) -> None:
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7.5, 3.6), layout="constrained")
    draw(figures, axes)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(PICTURES / name, metadata={"Date": None})
    pyplot.close(figure)


def _per_student(figures: Figures, axes: Any) -> None:
    """What one more student costs, one worker."""
    there = [who for who in reversed(COLORS) if figures.counts(who, 1)]
    costs = [figures.one_more(who, 1, "processor") for who in there]
    bars = axes.barh([TITLES[who].replace("`", "") for who in there], costs, color=[COLORS[who] for who in there])
    axes.bar_label(bars, [f"{number(cost)} s" for cost in costs], padding=4)
    axes.set(
        xscale="log",
        xlabel="processor seconds for one more student (logarithmic)",
        xlim=(min(costs) / 2, max(costs) * 3),
    )


def _by_size(figures: Figures, axes: Any) -> None:
    """How long a class takes; what was not measured is hollow."""
    for who, color in COLORS.items():
        for workers, style in ((1, "-"), (2, "--")):
            if who == "floor" or not figures.counts(who, workers):
                continue
            counts = [count for count in COUNTS if count >= workers]
            said = [figures.said(who, count, workers, "wall") for count in counts]
            name = f"{TITLES[who].replace('`', '')}, {workers} worker{'s' if workers > 1 else ''}"
            axes.plot(counts, [value for value, _ in said], style, color=color, label=name)
            for count, (value, measured) in zip(counts, said, strict=True):
                axes.plot(count, value, "o", color=color, mfc=color if measured else "white")
    axes.set(xscale="log", yscale="log", xlabel="submissions", ylabel="seconds, by the clock", xticks=COUNTS)
    axes.set_xticklabels(map(str, COUNTS))
    axes.legend(fontsize=8, frameon=False, loc="upper left", bbox_to_anchor=(1, 1))


if __name__ == "__main__":
    renew()
    sys.stdout.write(f"{PAGE}\n")
