"""The levels of isolation."""
import os
from typing import Any
from autograder.student.isolation import limits


def enter_zygote(spec: dict[str, Any], control: Any) -> None:
    pass


def fork(spec: dict[str, Any]) -> int:
    return os.fork()


def enter_child(spec: dict[str, Any], folder: str) -> None:
    limits.own_surroundings(folder)
    limits.apply(spec)
