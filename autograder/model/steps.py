"""Steps on objects of a student's class, carried out: the same in the student's process and for an oracle.

A step is plain data, ``[kind, target, label, args, keywords]``, see ``inputs.steps``. This file imports nothing of ours: it is
loaded on both sides of the fence.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

UNSEEN = "_"
"""The label of a step whose result nobody looks at."""
_SPECIAL: dict[str, Callable[..., Any]] = {
    "__len__": len,
    "__getitem__": operator.getitem,
    "__call__": lambda called, *args, **keywords: called(*args, **keywords),
    "__iter__": list,
}
"""Methods that Python's own spelling calls, so that what goes wrong is said in its words."""


def perform(
    made: Callable[..., Any], args: Sequence[Any], steps: Sequence[Sequence[Any]], keep: Callable[[Any], Any]
) -> tuple[dict[str, Any], tuple[str, BaseException] | None]:
    """Label -> what ``keep`` makes of the value, as far as the steps went; and target and exception of the one that failed."""
    objects: dict[str, Any] = {}
    raw: dict[str, Any] = {}
    kept: dict[str, Any] = {}

    def value(reference: Mapping[str, Any]) -> Any:
        if "is" in reference:
            return reference["is"]
        return args[reference["at"]] if "at" in reference else raw[reference["of"]]

    for kind, target, label, given, keywords in steps:
        inputs = [value(one) for one in given]
        named = {name: value(one) for name, one in keywords.items()}
        try:
            if kind == "make":
                objects[target] = made(*inputs, **named)
                continue
            name, _, attribute = target.partition(".")
            if kind == "read":
                raw[label] = getattr(objects[name], attribute)
            elif attribute in _SPECIAL:
                raw[label] = _SPECIAL[attribute](objects[name], *inputs, **named)
            else:
                raw[label] = getattr(objects[name], attribute)(*inputs, **named)
            if label != UNSEEN:
                kept[label] = keep(raw[label])
        except BaseException as error:
            return kept, (target, error)
    return kept, None
