"""How a labelled wrong answer fails checks, as data: for a student's pack, which has no labelled answers, and for later runs."""

from collections.abc import Mapping
from typing import Any

from autograder.inputs import Evidence
from autograder.model import Mistake


def failure_data(mistake: Mistake) -> list[Any]:
    """What recognising needs of it."""
    return [mistake.name, _evidence_data(mistake.evidence)]


def failures(data: Mapping[str, Any]) -> dict[str, Mistake]:
    """What was made of a name and ``failure_data``. Raises one of ``pack_file.AMISS`` where it is something else."""
    return {
        key: Mistake("", name=name, evidence=None if evidence is None else _evidence(evidence))
        for key, (name, evidence) in data.items()
    }


def _evidence_data(evidence: Evidence | None) -> Any:
    return None if evidence is None else [list(evidence.values), evidence.tolerance, list(evidence.slacks)]


def _evidence(data: Any) -> Evidence:
    return Evidence(tuple(data[0]), data[1], tuple(data[2]))
