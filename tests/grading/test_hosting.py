"""How a host starts: while it and this process import, nobody looks for garbage."""

import gc

import pytest

from autograder.grading import hosting
from autograder.model import Options, Settings, Status
from tests.conftest import RIGHT, finding, hand_in
from tests.student import helpers


def test_nothing_is_collected_while_a_host_starts(monkeypatch, sheet):
    seen = []

    def started(*_args, **_options):
        seen.append(gc.isenabled())
        raise KeyError

    monkeypatch.setattr(hosting, "_started", started)
    for collects in (True, False):
        (gc.enable if collects else gc.disable)()
        try:
            with pytest.raises(KeyError):
                hosting.start_host(sheet.settings)
            assert gc.isenabled() is collects
        finally:
            gc.enable()
    assert seen == [False, False]


def test_students_code_is_collected_after_as_anywhere(grader):
    source = "import gc\n" + RIGHT.replace("    return", "    assert gc.isenabled()\n    return")
    assert finding(grader.grade(hand_in(source)), "agrees with the reference").status is Status.PASSED


@pytest.mark.parametrize("options", [Options(), Options(training=False)])
def test_what_optimisers_import_is_there_where_many_train(options):
    source = f"import sys\ndef f(): return {hosting.OPTIMISING!r} in sys.modules"
    with hosting.start_host(Settings(), options, many=True) as host:
        assert helpers.call(host, source).value is options.training
