"""Every line of the lists is judged right or wrong as it is, whatever the seed, and read back from its echo."""

import pytest
from latex2mathml.converter import convert

from autograder.maths import judge
from autograder.maths.judging.verdicts import judge_for
from autograder.maths.reading.echo import latex
from autograder.maths.reading.reader import read
from tests.maths.exercises import KINDS, lines


@pytest.mark.parametrize("kind", KINDS)
def test_the_lists_are_long_enough(kind):
    assert len(set(lines(kind, "right"))) >= 60
    assert len(set(lines(kind, "wrong"))) >= 120
    assert not set(lines(kind, "right")) & set(lines(kind, "wrong"))


@pytest.mark.parametrize("seed", [0, 1, 77])
@pytest.mark.parametrize("kind", KINDS)
def test_right_lines_are_accepted_and_wrong_ones_rejected(kind, seed):
    for word, status in (("right", "equal"), ("wrong", "different")):
        found = {line: judge(line, **KINDS[kind], seed=seed) for line in lines(kind, word)}
        assert {line: verdict.message for line, verdict in found.items() if verdict.status != status} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_line_comes_with_a_world_or_a_reason(kind):
    for line in lines(kind, "wrong"):
        verdict = judge(line, **KINDS[kind])
        assert verdict.message, line
        assert verdict.values is None or verdict.values[0] != verdict.values[1], line


@pytest.mark.parametrize("kind", KINDS)
def test_the_echo_is_read_as_the_same_line_and_can_be_typeset(kind):
    language = judge_for(KINDS[kind]["world"], KINDS[kind]["domains"]).language
    language = language.with_labels(frozenset(KINDS[kind].get("names", {})))
    for line in lines(kind, "right") + lines(kind, "wrong"):
        echo = judge(line, **KINDS[kind]).latex
        if "V" in echo.replace("Var", ""):  # a name the line itself introduces means nothing on its own
            continue
        assert latex(read(echo, language)) == echo, line
        assert "<math" in convert(echo), line
