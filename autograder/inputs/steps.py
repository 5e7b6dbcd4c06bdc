"""Steps on objects of a student's class: make one, call its methods, read its attributes.

A step says where its arguments come from: a word names a parameter of the battery or the label of an earlier step, anything else
stands for itself. ``bound`` turns the names of parameters into places, so that what is asked is plain data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.model import CourseError


@dataclass(frozen=True)
class Step:
    """One step: ``kind`` is "make", "call" or "read"; ``target`` an object's name, for the latter two followed by a dot and the
    method or attribute; ``label`` names the result."""

    kind: str
    target: str
    label: str
    args: tuple[Any, ...] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)

    def bound(self, parameters: Sequence[str], earlier: Sequence[str]) -> list[Any]:
        """The step as plain data. Raises CourseError for a word that names nothing."""

        def reference(given: Any) -> Any:
            if not isinstance(given, str):
                return {"is": given}
            if given in parameters:
                return {"at": parameters.index(given)}
            if given in earlier:
                return {"of": given}
            raise CourseError(
                f"The step {self.label!r} takes {given!r}, which is neither a parameter ({', '.join(parameters)}) nor the label "
                f"of an earlier step ({', '.join(earlier) or 'there is none'})."
            )

        keywords = {name: reference(given) for name, given in self.keywords.items()}
        return [self.kind, self.target, self.label, [reference(given) for given in self.args], keywords]


def make(name: str, *args: Any, **keywords: Any) -> Step:
    """Makes an object of the class and calls it ``name``."""
    return Step("make", name, name, args, keywords)


def call(target: str, *args: Any, label: str = "", **keywords: Any) -> Step:
    """Calls a method, "layer.forward"; "set.__len__" is len(set), "set.__getitem__" is set[…], "net.__call__" is net(…).

    Its result is known as ``label``, by default the target; nobody looks at one that is called "_"."""
    return Step("call", target, label or target, args, keywords)


def read(target: str, *, label: str = "") -> Step:
    """Reads an attribute, "layer.grad_weight"; its value is known as ``label``, by default the target."""
    return Step("read", target, label or target)


def script(steps: Sequence[Sequence[Any]], function: str, inputs: Sequence[str]) -> list[str]:
    """The steps as a student would type them; ``inputs`` are the arguments' texts."""

    def text(reference: Mapping[str, Any]) -> str:
        if "is" in reference:
            return repr(reference["is"])
        return inputs[reference["at"]] if "at" in reference else str(reference["of"]).replace(".", "_")

    lines = []
    for kind, target, label, given, keywords in steps:
        inside = ", ".join([*map(text, given), *(f"{name}={text(one)}" for name, one in keywords.items())])
        name, _, attribute = target.partition(".")
        spelled = {
            "__len__": f"len({name})",
            "__getitem__": f"{name}[{inside}]",
            "__call__": f"{name}({inside})",
            "__iter__": f"list({name})",
        }.get(attribute, f"{target}({inside})")
        if kind == "make":
            lines.append(f"{target} = {function}({inside})")
        elif kind == "read":
            lines.append(target)
        else:
            used = any({"of": label} in step[3] or {"of": label} in step[4].values() for step in steps)
            lines.append(f"{label.replace('.', '_')} = {spelled}" if used else spelled)
    return lines
