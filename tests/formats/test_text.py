"""What a terminal and a log show."""

import io
import re

import pytest
from rich.console import Console

from autograder.formats import markdown, text
from autograder.model import Status
from tests.formats import builders


def terminal(width: int = 100, encoding: str = "utf-8") -> tuple[Console, io.BytesIO]:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, write_through=True)
    return Console(file=file, force_terminal=True, width=width, color_system="standard", soft_wrap=True), raw


def shown(audience: str = "student", **options: object) -> str:
    return text.render(builders.report(**options), builders.sheet(), audience=audience).decode()


def test_each_failed_check_has_its_verdict_reason_counterexample_and_hint():
    assert (
        "  to fix      agrees with the reference (0 of 1)\n"
        "              You return KL(p‖q): the two distributions are swapped.\n"
        "              Smallest example:\n"
        "                kl_normal(mu_1=0.0, sigma_1=1.0, mu_2=0.0, sigma_2=2.0)\n"
        "                expected: 0.3181\n"
        "                you return: 0.8069\n"
        "              Hint: In KL(q‖p) the mean is taken under q, the first pair of arguments.\n"
    ) in shown()


def test_a_student_sees_no_hidden_input_but_the_reason():
    assert "SECRET-INPUT" not in shown()
    assert "the value is off by far more than rounding explains" in shown()
    assert "SECRET-INPUT" in shown("instructor")


def test_our_fault_is_shown_to_the_instructor_only_and_gives_no_score():
    assert "– of 20 points (not graded, something failed on our side)" in shown(broken=True)
    assert "/secret/path" not in shown(broken=True)
    assert "/secret/path" in shown("instructor", broken=True)


def test_the_greatest_loss_comes_first():
    assert "Fix first: kl_derivation (3.4 points missing).\n" in shown()


def test_an_unreadable_file_says_why():
    assert "nothing could be graded" in text.render(builders.unreadable()).decode()
    assert "found a PDF. Hand in the .ipynb file itself." in text.render(builders.unreadable()).decode()


@pytest.mark.parametrize("form", [text, markdown])
def test_what_is_wrong_with_a_whole_file_is_said_once(form):
    said = form.render(builders.unreadable()).decode()
    assert said.count("found a PDF") == 1
    assert "kl_normal" not in said  # no exercise is the first to fix


@pytest.mark.parametrize("name", builders.HOSTILE)
def test_no_control_character_of_a_student_reaches_a_terminal(name: str):
    report = builders.hostile(name)
    for console, raw in (terminal(), terminal(encoding="ascii")):
        text.show(report, console)
        text.show_class([report], console)
        own = re.sub(rb"\x1b\[[0-9;]*m", b"", raw.getvalue())  # colours, which are ours
        assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", own)
        assert not re.search("[\x80-\x9f\u202a-\u202e\u2066-\u2069]", own.decode())
    for plain in (text.render(report), text.render_class([report]).data):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", plain.decode())
    colours = re.findall(rb"\x1b\[([0-9;]*)m", raw.getvalue())
    assert {code for code in colours if code not in (b"0", b"1", b"1;31", b"36")} <= {b"32", b"33", b"2"}


def test_markup_of_rich_is_text():
    console, raw = terminal()
    text.show(builders.hostile("markup"), console)
    assert "[bold red]Mallory[/bold red] :warning:" in raw.getvalue().decode()


def test_lines_are_wrapped_in_a_terminal_under_their_indent_and_not_in_a_log():
    console, raw = terminal(width=60)
    text.show(builders.report(), console, builders.sheet())
    lines = re.sub(r"\x1b\[[0-9;]*m", "", raw.getvalue().decode()).splitlines()
    assert max(map(len, lines)) <= 60
    start = next(i for i, line in enumerate(lines) if "cross-entropy is averaged" in line)
    assert lines[start + 1].startswith(" " * 14)
    log = io.StringIO()
    text.show(builders.report(), Console(file=log, width=60), builders.sheet())
    assert log.getvalue() == shown()


def test_brief_leaves_out_the_checks_of_what_is_right():
    console, raw = terminal()
    text.show(builders.report(), console, brief=True)
    output = raw.getvalue().decode()
    assert "kl_simplified: 1 of 1" in output
    assert "is the same function" not in output
    assert "agrees with the reference" in output


def test_the_class_has_one_line_per_student_and_those_without_a_score_first():
    lines = text.render_class(builders.classroom(), builders.sheet()).data.decode().splitlines()
    assert lines[0] == "Exercise 9: Generative Models: 20 submissions"
    assert " ".join(lines[1].split()) == "s012 – of 20 not graded, something failed on our side"
    assert " ".join(lines[2].split()) == "s013 0 of 20 nothing could be graded"
    assert lines[-1] == "18 with a score: mean 7.01, median 6.6, from 0 to 18."


def test_a_waiting_answer_hides_what_a_full_answer_says():
    assert "names the likelihood (1 point)\n" in shown(written=Status.PENDING)
    assert "names the likelihood (1 point): log p(x∣z) is how well" in shown(written=Status.FAILED)
