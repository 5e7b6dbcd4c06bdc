"""A sample of what lies near our side; the slow tests, and `make redteam`, run all of it in every front end."""

import pytest

from tests.redteam import controls, ourside
from tests.redteam.situation import situations

ALL = situations()
RUNS = ourside.plan(ALL)
SAMPLE = {
    "grade inside 2": (
        "shadow/file_pickle", "shadow/file_multiprocessing", "shadow/package_logging", "shadow/pth", "shadow/compiled_uuid",
        "course/beside", "links/neighbour", "links/solution", "hidden/message", "hidden/wrong_value", "pages/script",
    ),
    "pytest outside": ("pytest/at_import", "course/only_sheet"),
}  # fmt: skip


def chosen(front: str) -> list[ourside.Situation]:
    return [situation for situation in ALL if situation.name in SAMPLE[front]]


@pytest.mark.parametrize("front", SAMPLE)
def test_nothing_that_lies_near_a_submission_gains_anything(front):
    assert ourside.run(front, chosen(front)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("front", "group"), RUNS, ids=[f"{front}: {group[0].kind} {len(group)}" for front, group in RUNS]
)
def test_nothing_gains_anything_in_any_front_end(front, group):
    assert ourside.run(front, group, browser=True) == []


@pytest.mark.parametrize(
    "name", ["shadow/file_pickle", "shadow/pth", "course/beside", "links/chain", "pages/svg", "sizes/minus_signs"]
)
def test_a_naive_program_falls_for_it(name):
    assert controls.fired(next(situation for situation in ALL if situation.name == name))


@pytest.mark.slow
@pytest.mark.parametrize("situation", ALL, ids=lambda situation: situation.name)
def test_every_situation_is_seen_to_succeed_at_a_naive_program(situation):
    assert controls.fired(situation)


def test_the_detectors_of_the_attack_suite_fire_without_walls():
    assert {detector: bool(said) for detector, said in controls.detectors().items() if not said} == {}


def test_there_are_as_many_as_it_says_and_each_is_run():
    assert len(ALL) >= 60 and {situation.kind for situation in ALL} == set(ourside.OF_KIND) == set(controls.NAIVE)
    assert all(ourside.fronts_of(s) and s.about.endswith(".") and all(s.not_for.values()) for s in ALL)
    assert {s.name for _, group in RUNS for s in group} == {s.name for s in ALL}
    assert {name for names in SAMPLE.values() for name in names} <= {s.name for s in ALL}
