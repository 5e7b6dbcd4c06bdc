"""Whether every layer learns: an optimiser finds it, a gradient reaches it, and the next call still has it."""

from autograder.checks.classify.asks import build
from autograder.checks.classify.task import Task
from autograder.checks.session import Session


def judge_layers(task: Task, session: Session) -> tuple[str, ...]:
    """Raises the Mistake that keeps a layer from learning, looked at with each weight a little off where it begins."""
    examples = task.examples(session)
    x, y = examples.x[:64], examples.y[:64]
    if unseen := build(task, session, x).names("loose"):
        said = f"self.{unseen[0]} holds layers that PyTorch does not see, so that no optimiser finds their parameters."
        raise task.mistake("not_registered", said, "Keep lists of layers in nn.ModuleList or nn.Sequential.")
    session.ask("nudge", 0, doing="looking into your model")
    reply = session.ask("layers", x, y, 0, doing="looking for gradients")
    if made := reply.names("made"):
        said = f"forward makes a new layer at each call, {made[0]}, so that nothing it learns is kept."
        raise task.mistake("made_in_forward", said, "Make layers in __init__ and use them in forward.")
    if cut := reply.names("frozen"):
        said = (
            f"{cut[0]} never learns: it is computed where no gradient is kept (torch.no_grad, or requires_grad=False)."
        )
        raise task.mistake("frozen", said, "Leave torch.no_grad() to the loop that evaluates.")
    if cut := reply.names("cut"):
        said = f"No gradient reaches {cut[0]}, although the output depends on it: it is cut behind that layer."
        raise task.mistake(
            "detached", said, "detach(), .data, .item() and numpy() cut gradients; leave them out of forward."
        )
    return ()
