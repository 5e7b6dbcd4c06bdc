"""The requests of a training, and the judge that they make with what is shown and what must hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from torch import Tensor

from autograder.checks.recipes.measures import Bound
from autograder.checks.recipes.shown import LinePlot, Shown
from autograder.checks.recipes.values import Given, Values
from autograder.checks.session import Attempt, Session
from autograder.model import CourseError, Detail, Mistake, listed

OF_ATTEMPT = (*(one.name for one in fields(Attempt)), "device")


@dataclass(frozen=True)
class Ask:
    """One request: ``function(namespace, *args)`` of the driver, which returns a dict of tensors and numbers.

    A word among ``args`` that names an input of the recipe, or "seed", "steps", "rate", "optimizer" or "device", stands for that;
    anything else for itself. ``doing`` says to the student what it was, as in "training your VAE". What comes back is called
    ``label.key``, the label being the function's name unless another is given. Text under the key "amiss" says to the student
    what is wrong, and ends the training.
    """

    function: str
    args: tuple[Any, ...] = ()
    doing: str = "running your code"
    label: str = ""

    @property
    def called(self) -> str:
        """What the names of its values begin with."""
        return self.label or self.function


@dataclass(frozen=True)
class Recipe:
    """A training as data, the ``judge`` of a check that a student's pack may hold: it asks in order, shows, and looks at bounds.

    Args:
        asks: the requests, in their order.
        inputs: what the driver gets, by name: tensors, or examples of a data set (``Given``).
        shows: sentences and pictures, shown whether the bounds hold or not.
        bounds: what must hold, looked at in their order; none where the picture is all.

    Raises:
        CourseError: two requests or inputs have one name.
    """

    asks: Sequence[Ask]
    inputs: Mapping[str, Tensor | Given] = field(default_factory=dict)
    shows: Sequence[Shown] = ()
    bounds: Sequence[Bound] = ()

    def __post_init__(self) -> None:
        names = [ask.called for ask in self.asks]
        if again := {name for name in names if names.count(name) > 1}:
            raise CourseError(f"Two requests of a recipe are called {listed(sorted(again))}; give them labels.")
        if taken := set(self.inputs) & set(OF_ATTEMPT):
            raise CourseError(f"An input of a recipe is called {listed(sorted(taken))}, which the training itself has.")

    def __call__(self, session: Session, attempt: Attempt) -> tuple[Detail, ...]:
        """Runs the training; returns what is shown.

        Raises:
            Mistake: the student's code failed, or a bound does not hold; then with what is shown.
        """
        given = {name: one.tensor(session) if isinstance(one, Given) else one for name, one in self.inputs.items()}
        values = Values(given)
        known = given | {name: getattr(attempt, name, session.device) for name in OF_ATTEMPT}
        for ask in self.asks:
            args = [known.get(arg, arg) if isinstance(arg, str) else arg for arg in ask.args]
            values.replies[ask.called] = reply = session.ask(ask.function, *args, doing=ask.doing)
            if amiss := reply.text("amiss"):
                raise Mistake(amiss)
        found = [one.show(values) for one in self.shows]
        device = next((reply.device() for reply in values.replies.values() if reply.text("device")), session.device)
        shown = (f"Trained on {device}: {attempt}.", *(one for one in found if one is not None))
        try:
            self._judge(values)
        except Mistake as mistake:
            mistake.detail = shown
            raise
        return shown

    def _judge(self, values: Values) -> None:
        for one in self.shows:
            if isinstance(one, LinePlot):
                one.must_be_finite(values)
        for bound in self.bounds:
            bound.must_hold(values)
