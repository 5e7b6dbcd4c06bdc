"""The requests that are made of a classifier, and what must come back: a module, and logits of the right shape."""

from torch import Tensor, isfinite

from autograder.checks.classify.task import Task
from autograder.checks.reply import Reply
from autograder.checks.session import Session
from autograder.model import Mistake


def build(task: Task, session: Session, x: Tensor, seed: int = 0) -> Reply:
    """Builds a new model in the student's process."""
    called = f"{task.function}()"
    try:
        reply = session.ask("build", task.function, x[:2], seed, session.device, doing=f"calling {called}")
    except Mistake as mistake:
        if "argument" not in mistake.message or mistake.name:
            raise
        hint = f"{called} must work without arguments: give them default values."
        raise task.mistake("needs_arguments", mistake.message, hint) from None
    if found := reply.text("found"):
        message = f"{called} gives a {found}. A torch.nn.Module is expected: class {task.function}(torch.nn.Module)."
        raise task.mistake("no_module", message)
    if elsewhere := reply.names("elsewhere"):
        raise Mistake(f"After {called}.to(device), {elsewhere[0]} is on another device. Leave devices to .to().")
    return reply


def logits(task: Task, session: Session, x: Tensor, seed: int = 0) -> Tensor:  # (n, classes)
    """What forward returns after eval().

    Raises:
        Mistake: it fails, or returns something else than one finite number for each example and class.
    """
    reply = session.ask("outputs", x, seed, doing=f"calling forward with x of shape {tuple(x.shape)}")
    return read(task, reply, len(x))


def read(task: Task, reply: Reply, n: int) -> Tensor:
    """The logits of a reply."""
    wanted = f"Logits of shape ({n}, {task.classes}) are expected for {n} {task.things[n != 1]}"
    if found := reply.text("found"):
        raise Mistake(f"forward returns a {found}. {wanted}.")
    out = reply.tensor("out")
    if not reply.values.get("floating"):
        said = "forward returns whole numbers, through which no gradient comes: the class in place of the logits"
        raise task.mistake("class_returned", f"{said}. {wanted}.", "Leave the argmax out; the loss wants the logits.")
    if out.shape in ((n, 1), (n,)) and task.classes > 1 and n > 1:
        said = f"forward gives one number for each {task.things[0]}"
        raise task.mistake("one_output", f"{said}. {wanted}, one for each class.")
    if out.shape != (n, task.classes):
        raise Mistake(f"forward returns a tensor of shape {tuple(out.shape)}. {wanted}.")
    if not bool(isfinite(out).all()):
        raise Mistake("forward gives values that are not finite, before any training.")
    return out


def interface(task: Task, session: Session) -> tuple[str, ...]:
    """A new model takes a batch and gives logits."""
    x = task.examples(session).x_held_out[:6]
    reply = build(task, session, x)
    if reply.number("parameters") == 0 and not reply.names("loose"):
        raise Mistake(
            f"{task.function}() has 0 parameters, so there is nothing to learn. Assign each layer to self in __init__."
        )
    try:
        logits(task, session, x)
    except Mistake as mistake:
        raise _shape(task, session, x, mistake) from None
    return ()


def _shape(task: Task, session: Session, x: Tensor, mistake: Mistake) -> Mistake:
    """The mistake, as flattening explains it: not done where it is needed, or done to the whole batch."""
    if mistake.name:
        return mistake
    if x.dim() > 2 and _works(task, session, x, flat=True):
        said = f"{mistake.message} It works for x of shape ({len(x)}, {x[0].numel()})."
        return task.mistake("not_flattened", said, f"Flatten each {task.things[0]} first: x.flatten(1).")
    alone = _outputs(session, x[:1])
    if alone is not None and alone.shape == (task.classes,):
        return task.mistake(
            "flattened_with_the_batch",
            f"{mistake.message} For a batch of one it gives ({task.classes},): the batch is flattened as well.",
            "x.flatten() makes one long vector of the whole batch; x.flatten(1) leaves the first axis.",
        )
    return mistake


def _works(task: Task, session: Session, x: Tensor, *, flat: bool) -> bool:
    out = _outputs(session, x, flat)
    return out is not None and out.shape == (len(x), task.classes)


def _outputs(session: Session, x: Tensor, flat: bool = False) -> Tensor | None:
    """What forward returns, None where it fails."""
    try:
        return session.ask("outputs", x, 0, flat, doing="calling forward").tensor("out")
    except Mistake:
        return None
