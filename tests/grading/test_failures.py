"""What labelled wrong answers do is found out once, by whoever comes first, and not believed where others may write."""

import dataclasses
import os
import shutil
import time

import pytest
import torch

from autograder.grading import failures as module
from autograder.grading.failures import failures_of
from autograder.grading.recognise import Recogniser
from autograder.inputs import Evidence
from autograder.model import Check, Exercise, Mistake, Settings, Sheet, Wrong

VALUES = (torch.tensor([1.0, 2.5], dtype=torch.float64), None, "a list")
FAILS = Mistake("No.", name="sign", evidence=Evidence(VALUES, 1e-6, (0.5, 0.0, torch.tensor([0.1]))))


ONE, TWO = (Wrong(slug, slug, "agrees", 0.5, "", f"f = {slug!r}", slug) for slug in ("one", "two"))


def exercise(stamp="e" * 64):
    check = Check("agrees", 1.0, lambda answer: None)
    return Exercise("kl", "1", 1.0, "code", ("f",), (check,), wrong=(ONE, TWO), sha256=stamp, signature="f(x)")


def sheet(sha256="s" * 64):
    return Sheet("small", "Small", (exercise(),), Settings(), sha256=sha256)


@pytest.fixture
def kept(tmp_path):
    return failures_of(sheet(), {"torch": "2"}, "cpu", tmp_path)


def asked(found):
    """What is asked, and what the answer is."""
    calls = []
    return calls, lambda wrong: calls.append(wrong.slug) or found[wrong.slug]


def test_what_one_found_out_another_knows(kept, tmp_path):
    calls, ask = asked({"one": FAILS, "two": None})
    assert kept.find(exercise(), "agrees", [ONE, TWO], ask) == {"one": FAILS, "two": None}
    again = failures_of(sheet(), {"torch": "2"}, "cpu", tmp_path).find(exercise(), "agrees", [TWO, ONE], None)
    assert calls == ["one", "two"] and again["two"] is None
    evidence = again["one"].evidence
    assert (again["one"].name, evidence.tolerance, evidence.slacks[:2]) == ("sign", 1e-6, (0.5, 0.0))
    assert torch.equal(evidence.values[0], VALUES[0]) and evidence.values[1:] == VALUES[1:]
    assert torch.equal(evidence.slacks[2], torch.tensor([0.1]))


def test_another_answer_of_the_same_name_is_asked_anew(kept):
    kept.find(exercise(), "agrees", [ONE], lambda wrong: None)
    calls, ask = asked({"one": FAILS})
    kept.find(exercise(), "agrees", [dataclasses.replace(ONE, source="f = 3")], ask)
    assert calls == ["one"]


def test_what_is_missing_alone_is_asked(kept):
    first, ask = asked({"one": None})
    kept.find(exercise(), "agrees", [ONE], ask)
    second, ask = asked({"two": FAILS})
    assert set(kept.find(exercise(), "agrees", [ONE, TWO], ask)) == {"one", "two"}
    assert (first, second) == (["one"], ["two"])


@pytest.mark.parametrize(
    ("made_with", "options", "stamp", "check"),
    [({"torch": "3"}, "cpu", "e", "agrees"), ({"torch": "2"}, "cuda", "e", "agrees"), ({"torch": "2"}, "cpu", "f", "agrees"),
     ({"torch": "2"}, "cpu", "e", "another")],
)  # fmt: skip
def test_another_engine_course_exercise_or_check_asks_anew(kept, tmp_path, made_with, options, stamp, check):
    kept.find(exercise(), "agrees", [ONE], lambda wrong: None)
    calls, ask = asked({"one": FAILS})
    failures_of(sheet(), made_with, options, tmp_path).find(exercise(stamp * 64), check, [ONE], ask)
    assert calls == ["one"]


@pytest.mark.parametrize("harm", [b"", b"\x00" * 40, None])
def test_what_is_damaged_is_found_out_again(kept, harm):
    kept.find(exercise(), "agrees", [ONE], lambda wrong: FAILS)
    (path,) = [p for p in kept.folder.iterdir() if not p.suffix]
    path.write_bytes(path.read_bytes()[:-3] if harm is None else harm)
    calls, ask = asked({"one": None})
    assert kept.find(exercise(), "agrees", [ONE], ask) == {"one": None} and calls == ["one"]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="accounts of POSIX")
@pytest.mark.parametrize("mode", [0o722, 0o777])
def test_a_folder_into_which_others_write_is_not_believed(tmp_path, mode):
    (tmp_path / "failures").mkdir()
    (tmp_path / "failures").chmod(mode)
    assert failures_of(sheet(), {}, "cpu", tmp_path) is None


def test_a_link_in_place_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "failures").symlink_to(tmp_path / "elsewhere")
    assert failures_of(sheet(), {}, "cpu", tmp_path) is None


def test_a_sheet_without_a_digest_keeps_nothing(tmp_path):
    assert failures_of(sheet(""), {}, "cpu", tmp_path) is None


def test_what_nobody_uses_for_a_month_goes(kept, tmp_path):
    kept.find(exercise(), "agrees", [ONE], lambda wrong: None)
    os.utime(kept.folder, (time.time() - 2 * module.OLD,) * 2)
    failures_of(sheet(), {"torch": "3"}, "cpu", tmp_path)
    assert not kept.folder.exists()


def test_where_nothing_can_be_written_all_is_found_out_again(kept):
    shutil.rmtree(kept.folder)
    kept.folder.write_text("in the way")
    assert kept.find(exercise(), "agrees", [ONE], lambda wrong: FAILS) == {"one": FAILS}


def test_a_recogniser_asks_what_is_kept_first(kept):
    of = exercise()
    kept.find(of, "agrees", [ONE, TWO], lambda wrong: FAILS if wrong is ONE else None)
    recogniser = Recogniser(lambda *_: pytest.fail("a labelled answer was run"), kept)
    assert recogniser.failure(of.wrong[1], of, of.checks[0]) is None
    assert recogniser.failure(of.wrong[0], of, of.checks[0]).name == "sign"
