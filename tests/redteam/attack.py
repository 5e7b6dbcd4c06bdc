"""An attack as its folder says it.

``program.py`` is what a student hands in. ``attack.toml`` says in ``stopped_by`` which of our layers stops it, and so how it is
seen to succeed when that layer is off:

- ``isolation``: ``attack()`` returns what it got hold of; at the level "rlimits", without walls, it must get it.
- ``limits``: the same, in a process without limits.
- ``process``: a grader in the student's own process (``naive.py``) must fare as ``naive`` says: full marks, dies, hangs ...
- ``checks``: without the checks named in ``checks_off`` the answer must earn full marks.
- ``wire``: the decoder's own tests show what it refuses.
- nothing, for controls: honest programs that must get everything.

``safe = false`` marks what would do harm if it succeeded: it is never run without walls. ``only`` names a machine architecture.
``unless`` says why an attack may fail even without the layer.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "attacks"


@dataclass(frozen=True)
class Attack:
    name: str
    source: str
    about: str
    stopped_by: str = ""
    verdict: str = "wrong"
    safe: bool = True
    only: str = ""
    unless: str = ""
    naive: str = ""
    compare: str = "allclose"
    checks_off: tuple[str, ...] = field(default=())

    @property
    def kind(self) -> str:
        return self.name.partition("/")[0]


def attacks(wanted: str = "") -> list[Attack]:
    """All attacks whose name contains ``wanted``, in order of their names."""
    found = [_read(path.parent) for path in sorted(FOLDER.glob("*/*/attack.toml"))]
    return [attack for attack in found if wanted in attack.name]


def _read(folder: Path) -> Attack:
    said: dict[str, Any] = tomllib.loads((folder / "attack.toml").read_text(encoding="utf-8"))
    said["checks_off"] = tuple(said.get("checks_off", ()))
    return Attack(str(folder.relative_to(FOLDER)), (folder / "program.py").read_text(encoding="utf-8"), **said)
