"""A sample of the attacks at the strongest level here; `make redteam` runs all of them at every level."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.redteam.attack import Attack, attacks
from tests.redteam.suite import Suite, naive, suited

ALL = attacks()
SAMPLE = (
    "controls/plain",
    "controls/workers",
    "controls/files",
    "files/read_canary",
    "files/overwrite",
    "files/chmod",
    "files/import_engine",
    "processes/signal",
    "processes/daemon",
    "processes/environ",
    "network/tcp",
    "network/abstract",
    "kernel/user_namespace",
    "kernel/memfd",
    "kernel/lock_shared_file",
    "resources/tensor",
    "resources/expand",
    "resources/cyclic",
    "time/swallows_all",
    "time/endless_str",
    "leaving/hard_exit",
    "leaving/null",
    "tampering/tensor_subclass",
    "tampering/frames",
    "tampering/nan",
    "wire/garbage",
    "wire/forged_replies",
    "wire/patched_server",
    "semantics/public_table",
    "semantics/scaled_gradient",
)


@pytest.fixture(scope="module")
def suite() -> Iterator[Suite]:
    with Suite() as suite:
        yield suite


@pytest.mark.parametrize("name", SAMPLE)
def test_the_attack_gets_nothing(suite, name):
    attack = next(a for a in ALL if a.name == name)
    row = suite.run(attack)
    assert row.expected, row


@pytest.mark.slow
def test_without_walls_the_attacks_on_files_and_processes_succeed():
    """So do they where ``test_ourside.py`` looks whether each detector fires."""
    chosen = [
        a for a in suited(ALL, "rlimits") if a.name in ("files/read_canary", "files/overwrite", "processes/daemon")
    ]
    with Suite("rlimits") as suite:
        assert all(suite.run(attack).breaches for attack in chosen)


@pytest.mark.parametrize("name", ["semantics/public_table", "semantics/scaled_gradient", "semantics/once_per_input"])
def test_without_the_check_that_stops_it_the_attack_earns_everything(suite, name):
    attack = next(a for a in ALL if a.name == name)
    assert suite.without_checks(attack) == 1


@pytest.mark.parametrize("name", ["tampering/tensor_subclass", "tampering/frames", "leaving/hard_exit"])
def test_a_grader_in_the_same_process_falls_for_it(name):
    attack = next(a for a in ALL if a.name == name)
    assert naive(attack) == attack.naive


def test_the_suite_is_as_large_as_it_says():
    kinds = Counter(attack.kind for attack in ALL)
    assert sum(kinds.values()) >= 200
    assert set(kinds) == {
        "controls", "files", "kernel", "leaving", "network", "processes", "resources", "semantics", "tampering", "time", "wire",
    }  # fmt: skip
    assert all(isinstance(attack, Attack) and attack.about.endswith((".", "?")) for attack in ALL)
