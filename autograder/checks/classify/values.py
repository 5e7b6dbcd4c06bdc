"""What a classifier's outputs are, and what they depend on: logits, of one example, of nothing random, with x left alone."""

from torch import Tensor

from autograder.checks.classify.asks import build, logits, read
from autograder.checks.classify.task import Task
from autograder.checks.session import Session
from autograder.model import Mistake

ROUNDING = 1e-4  # relative to the largest output; another order of the sums moves less
LOOKED_AT = 64


def _model(task: Task, session: Session) -> Tensor:
    """A new model, a little off where it begins, and the examples to try it with."""
    x = task.examples(session).x_held_out[:LOOKED_AT]
    build(task, session, x)
    session.ask("nudge", 1, doing="looking into your model")
    return x


def differ(a: Tensor, b: Tensor) -> bool:
    return bool((a - b).abs().max() > ROUNDING * (1e-6 + a.abs().max()))


def judge_logits(task: Task, session: Session) -> tuple[str, ...]:
    """Outputs may be any numbers: they are no probabilities and not cut off at 0."""
    out = logits(task, session, _model(task, session))
    if bool((out >= 0).all()) and bool(((out.sum(1) - 1).abs() < 1e-4).all()):
        said = "forward ends in a softmax, and the loss has another: gradients are small and learning is slow."
        raise task.mistake("softmax_at_the_end", said, "Return the logits, what stands before the softmax.")
    if bool((out >= 0).all()) and bool((out == 0).any()):
        said = "No output is ever negative: a ReLU stands behind the last layer, and where it gives 0 no gradient comes back."
        raise task.mistake("relu_at_the_end", said, "End forward with a linear layer.")
    if bool((out >= 0).all()) and bool((out <= 1).all()) and not bool(((out.sum(0) - 1).abs() < 1e-4).all()):
        said = (
            "All outputs lie between 0 and 1: forward ends in a sigmoid. The loss takes any number, and has a softmax."
        )
        raise task.mistake("sigmoid_at_the_end", said, "Return what stands before the sigmoid.")
    return ()


def judge_alone(task: Task, session: Session) -> tuple[str, ...]:
    """After eval() the output for an example is the same whatever else is in the batch, and if nothing else is."""
    x = _model(task, session)
    whole = logits(task, session, x)
    try:
        parts = [logits(task, session, x[:n]) for n in (LOOKED_AT // 4, 1)]
    except Mistake as mistake:
        raise _fails_alone(task, session, mistake) from None
    if any(differ(whole[: len(part)], part) for part in parts):
        raise _depends(task, session, whole)
    return ()


def _fails_alone(task: Task, session: Session, mistake: Mistake) -> Mistake:
    if (found := _batch_statistics(task, session)) is not None:
        return found
    message = f"forward works for a batch of {LOOKED_AT} and not for a smaller one. {mistake.message}"
    hint = "squeeze() drops the batch axis too when there is one example in it: name the axis, or do without."
    return task.mistake("batch_of_one", message, hint)


def _depends(task: Task, session: Session, out: Tensor) -> Mistake:
    if bool(((out.sum(0) - 1).abs() < 1e-4).all()):
        message = f"{_said(task)}: a softmax runs over the batch (dim=0)."
        hint = "Return the logits; the loss has a softmax, over the classes."
        return task.mistake("softmax_over_the_batch", message, hint)
    if (found := _batch_statistics(task, session)) is not None:
        return found
    message = f"{_said(task)}: x is normalised by its batch, or rows are mixed."
    hint = f"Normalise by fixed numbers, or each {task.things[0]} by itself; keep the first axis apart everywhere."
    return task.mistake("depends_on_the_batch", message, hint)


def _batch_statistics(task: Task, session: Session) -> Mistake | None:
    if not session.ask("statistics", doing="looking into your model").values.get("batch"):
        return None
    message = f"{_said(task)}: a batch normalisation keeps no running statistics."
    return task.mistake("batch_statistics", message, "Leave track_running_stats as it is.")


def _said(task: Task) -> str:
    return f"After eval(), the output for one {task.things[0]} depends on the other {task.things[1]} of the batch"


def judge_sure(task: Task, session: Session) -> tuple[str, ...]:
    """After eval() nothing is random."""
    x = _model(task, session)
    if differ(logits(task, session, x, seed=1), logits(task, session, x, seed=2)):
        said = f"After eval(), the same {task.things[0]} gets another answer each time."
        hint = "F.dropout needs training=self.training, or use nn.Dropout; noise is for training alone."
        raise task.mistake("random_after_eval", said, hint)
    return ()


def judge_kept(task: Task, session: Session) -> tuple[str, ...]:
    """forward leaves x as it is."""
    x = _model(task, session)
    reply = session.ask("outputs", x, 0, doing="calling forward")
    read(task, reply, len(x))
    if reply.values.get("changed"):
        said = f"forward changes the {task.things[1]} it is given in place, so that they are others at the next step."
        raise task.mistake("changes_its_arguments", said, "Write x = x - 0.5 in place of x -= 0.5 or x.sub_(0.5).")
    return ()
