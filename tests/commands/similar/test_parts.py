"""Tokens, fingerprints and passages, each by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.commands.similar import pairs as weighing
from autograder.commands.similar.fingerprints import RUN, WINDOW, known, own_runs, runs, winnowed
from autograder.commands.similar.handed_in import Handed, Place, from_submissions, told_apart
from autograder.commands.similar.page import stretches
from autograder.commands.similar.pairs import MANY, compared
from autograder.commands.similar.passages import passages
from autograder.commands.similar.tokens import tokens
from autograder.commands.wording import normalised
from autograder.model import Settings, Sheet, Submission

SHEET = Sheet("sheet", "A sheet", (), Settings())
ESSAY = (
    "Nobody in this class would ever have thought of a purple elephant that eats the gradients of a sad network slowly"
)
OTHERS = "Because it says so on page {0} of book {0}, where chapter {0} explains about {0} things, and that is all I know of {0}"


def words(text: str, kind: str) -> list[str]:
    return [token.word for token in tokens(text, kind)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("def f(a, b):\n    return a.exp() + b", "def g(x, y):\n  return (x\n  ).exp() + y".replace("(x\n  )", "x")),
        ("def f(a):\n    '''says what'''\n    # how\n    return a", "def f(a): return a"),
        ("import torch\nfrom torch import (\n    nn,\n)\nx = torch.ones(2)", "import torch as t\ny = t.ones(2)"),
        ("self.enc = nn.Linear(3, 4)", "self.first = nn.Linear(3, 4)"),
        ("z = f(x, dim=0.50)", "zz = f(u, dim=.5)"),
        ("s = 'one'", 's = """another"""'),
    ],
)
def test_names_comments_imports_and_layout_of_code_make_no_difference(one, other):
    assert words(one, "code") == words(other, "code")


@pytest.mark.parametrize(
    ("one", "other"),
    [("x.exp()", "x.log()"), ("f(x, dim=0)", "f(x, dim=1)"), ("x + y", "x - y"), ("f(x, dim=0)", "f(x, axis=0)")],
)
def test_what_code_does_makes_a_difference(one, other):
    assert words(one, "code") != words(other, "code")


@given(st.text(max_size=300))
def test_any_text_has_tokens_that_stand_where_they_say(text):
    for kind in ("code", "text"):
        for token in tokens(text, kind):
            assert 0 <= token.start < token.end <= len(text)


@given(st.text(alphabet="aB .,=²σ\u0301\n", max_size=60))
def test_prose_and_formulas_are_spelled_as_the_review_groups_them(text):
    if "\u0301" not in text:  # an accent that is a character of its own belongs to the word before it
        assert " ".join(words(text, "text")) == normalised(text)


@given(st.lists(st.integers(0, 50), max_size=30), st.data())
def test_a_shared_passage_of_a_run_and_a_window_is_never_missed(before, data):
    shared = [1000 + i for i in range(RUN["text"] + WINDOW - 1)]
    after = data.draw(st.lists(st.integers(51, 99), max_size=30))
    one, other = (" ".join(map(str, numbers)) for numbers in ([*before, *shared], [*shared, *after]))
    found = [set(winnowed(runs(tokens(text, "text"), "text")).tolist()) for text in (one, other)]
    assert found[0] & found[1]


def test_what_the_course_has_is_taken_away_wherever_it_stands():
    course = known([Place("", "text", ESSAY)])
    said = tokens(f"I say {ESSAY.upper()}, too", "text")
    assert len(winnowed(own_runs(said, "text", course))) < len(winnowed(runs(said, "text"))) / 3


def crowd(count: int, *more: Handed) -> list[Handed]:
    return [
        *more,
        *(Handed(f"s{i}", (Place("essay", "text", OTHERS.format(i)),)) for i in range(count)),
    ]


def test_a_passage_says_in_how_many_submissions_it_stands_and_where():
    handed = crowd(
        20, *(Handed(name, (Place("essay", "text", f"{name}: {ESSAY}"),)) for name in ("anna", "bob", "carl"))
    )
    found = compared(handed, [])
    assert [pair.students for pair in found.pairs] == [("anna", "bob"), ("anna", "carl"), ("bob", "carl")]
    [passage] = passages(found.pairs[0].shared[0], found)
    assert passage.students == ("anna", "bob", "carl")
    assert found.pairs[0].shared[0].one.place.text[slice(*passage.one)] == ESSAY
    assert found.pairs[0].shared[0].other.place.text[slice(*passage.other)] == ESSAY


def test_a_passage_that_many_have_makes_nobody_a_pair_and_what_two_have_counts_most():
    many = [Handed(f"t{i}", (Place("essay", "text", ESSAY),)) for i in range(MANY + 1)]
    assert compared(crowd(150, *many), []).pairs == ()
    rarer, less_rare = (compared(crowd(150, *many[:count]), []).pairs[0].unusual for count in (2, 6))
    assert rarer > 1.2 * less_rare


def test_only_who_shares_an_unusual_passage_is_looked_at(monkeypatch):
    """600 students with a common passage, of whom two share another: one pair of places, not 180,000."""
    looked_at = []
    weighed = weighing._weighed

    def counted(index, handed_in):
        both, unusual = weighed(index, handed_in)
        looked_at.append(len(both))
        return both, unusual

    monkeypatch.setattr(weighing, "_weighed", counted)
    common = "so we all begin with the same eight words of our teacher and then"
    handed = [Handed(f"s{i}", (Place("essay", "text", f"{common} {OTHERS.format(i)}"),)) for i in range(600)]
    handed += [Handed(name, (Place("essay", "text", f"{common} {ESSAY}"),)) for name in ("anna", "bob")]
    assert [pair.students for pair in compared(handed, []).pairs] == [("anna", "bob")]
    assert looked_at == [1]


def test_what_a_group_handed_in_is_compared_once_and_called_by_all():
    made = [Submission(name, "in/red/ex.ipynb", "abc") for name in ("anna", "bob")] + [
        Submission("carl", "in/c.ipynb", "abc")
    ]
    assert [one.student for one in from_submissions(made, SHEET)] == ["anna, bob", "carl"]


def test_students_of_two_folders_are_told_apart():
    one, other = Handed("anna", ()), Handed("bob", ())
    found = told_apart([[one, other], [one]], ["2025", "2026", "submissions"])
    assert [handed.student for handed in found] == ["anna (2025)", "bob", "anna (2026)"]


def test_marked_pieces_give_the_text_back_where_nothing_is_long():
    text = "one two three four five"
    pieces = list(stretches(text, [(4, 7, 1, False), (8, 13, 2, True), (12, 18, 3, False)]))
    assert "".join(piece.text for piece in pieces) == text
    assert [(piece.text, piece.number) for piece in pieces if piece.number] == [("two", 1), ("three", 2), (" four", 3)]
