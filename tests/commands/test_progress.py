"""What a log says of a run that is under way."""

import io

from rich.console import Console

from autograder.commands import progress as module
from autograder.commands.progress import progress


def lines(monkeypatch, expected, ticks, *words):
    monkeypatch.setattr(module, "EVERY", 0.0)
    out = io.StringIO()
    with progress(expected, Console(file=out), *words) as tick:
        for kind, brings in ticks:
            tick("anna", kind, seconds=1.0, brings=brings)
    return [line.rpartition(",")[0] for line in out.getvalue().splitlines()]


def test_a_log_has_a_line_in_the_words_of_the_command(monkeypatch):
    assert lines(monkeypatch, 3, [("", "")] * 3, "recorded") == ["recorded 1 of 3", "recorded 2 of 3"]


def test_each_kind_has_its_count(monkeypatch):
    ticks = [("graded", "trained"), ("graded", ""), ("trained", "")]
    assert lines(monkeypatch, {"graded": 2, "renewed": 0, "trained": 0}, ticks) == [
        "graded 1 of 2, trained 0 of 2",
        "graded 2 of 2, trained 0 of 1",
    ]


def test_a_bar_is_drawn_on_a_terminal_and_gone_at_the_end():
    out = io.StringIO()
    with progress({"graded": 2, "trained": 0}, Console(file=out, force_terminal=True)) as tick:
        tick("anna", "graded", seconds=60.0, brings="trained")
        tick("ben", "graded", seconds=60.0)
    assert "2/3" in out.getvalue() and "1:00" in out.getvalue()
