"""Damaged notebooks: whatever the file, the reader gives a submission or a sentence, in bounded memory."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import KINDS, mutant

HERE = Path(__file__).parent
SEEDS = {path.name: path.read_bytes() for path in sorted((HERE / "corpus").iterdir())}
EXTRA_MB = 50

Ask = Callable[[bytes, str], dict[str, Any]]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Writes bytes to a file, has the reader read it, gives what it said; at the end, looks at the memory it took."""
    folder = tmp_path_factory.mktemp("mutants")
    command = [sys.executable, "-W", "error", str(HERE / "reader.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout

        def ask(data: bytes, suffix: str) -> dict[str, Any]:
            path = folder / f"mutant{suffix}"
            path.write_bytes(data)
            process.stdin.write(f"{path}\n")
            process.stdin.flush()
            line = process.stdout.readline()
            assert line, "the reader died"
            answer: dict[str, Any] = json.loads(line)
            return answer

        yield ask
        process.stdin.close()
        memory = json.loads(process.stdout.readline())["memory_mb"]
        print(f"memory of the reader: {memory:.1f} MB more than for the seeds")
        assert memory <= EXTRA_MB
    assert process.returncode == 0


def holds(answer: dict[str, Any]) -> None:
    assert "raised" not in answer, answer
    assert answer["writable"]
    assert set(answer["texts"]) <= {"derivation", "essay"}
    for sentence in (answer["problem"], *answer["notes"]):
        assert sentence.isprintable()
        assert len(sentence) < 600
    if answer["problem"]:
        assert answer["problem"].endswith(".")
        assert not answer["cells"]
        assert not answer["texts"]


def survives(ask: Ask, examples: int) -> None:
    @settings(
        max_examples=examples, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(
        st.sampled_from(sorted(SEEDS)),
        st.lists(st.sampled_from(KINDS), min_size=1, max_size=3),
        st.integers(0, 2**32),
        st.sampled_from([".ipynb", ".ipynb", ".py", ".txt", ""]),
    )
    def run(seed: str, kinds: list[str], number: int, suffix: str) -> None:
        holds(ask(mutant(SEEDS[seed], kinds, Random(number)), suffix))

    run()


def test_there_are_at_least_twenty_kinds_of_mutation() -> None:
    assert len(set(KINDS)) >= 20


@pytest.mark.parametrize("seed", sorted(SEEDS))
def test_every_seed_is_read(ask: Ask, seed: str) -> None:
    answer = ask(SEEDS[seed], Path(seed).suffix)
    holds(answer)
    assert not answer["problem"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_mutation_alone(ask: Ask, kind: str) -> None:
    for number in range(3):
        holds(ask(mutant(SEEDS["answered.ipynb"], [kind], Random(number)), ".ipynb"))


def test_a_sample_of_mutants(ask: Ask) -> None:
    survives(ask, 300)


@pytest.mark.slow
def test_ten_thousand_mutants(ask: Ask) -> None:
    survives(ask, 10_000)
