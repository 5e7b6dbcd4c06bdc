"""An Answer whose code runs in this very process: for measurements over trusted sources, where starting processes would only
add noise. Never for grading.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.model import Fault, Options, Outcome


@dataclass
class InProcess:
    """``source`` is executed once; ``probe`` calls the driver on its names."""

    source: str
    options: Options = field(default_factory=Options)
    device: str = "cpu"
    name: str = ""
    text: str = ""
    fault: Fault | None = None
    spent: float = 0.0  # seconds of processor, which are not counted here

    def __post_init__(self) -> None:
        self.namespace: dict[str, Any] = {"__name__": "submission"}
        exec(compile(self.source, "<submission>", "exec"), self.namespace)
        self.drivers: dict[str, dict[str, Any]] = {}

    def probe(
        self, source: str, function: str, args: Sequence[Any] = (), *, seconds: float = 30.0, device: str = "cpu"
    ) -> Outcome:
        if source not in self.drivers:
            self.drivers[source] = {"__name__": "driver"}
            exec(compile(source, "<driver>", "exec"), self.drivers[source])
        try:
            return Outcome(self.drivers[source][function](self.namespace, *args))
        except Exception as error:
            return Outcome(fault=Fault("exception", f"{type(error).__name__}: {error}", type(error).__name__))
