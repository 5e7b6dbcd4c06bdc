"""Before training: what of the model the gradients reach."""

from torch import Tensor
from vae_pieces import Layouts

from autograder.checks import Mistake, Reply, Session


def judge_gradients(session: Session, pixels: Tensor, shapes: Layouts) -> None:
    """The reconstruction's gradient must come through z to mu and to logvar, and each weight that matters must learn."""
    doing = "following the gradients of vae_loss"
    reply = session.ask("gradients", pixels, shapes.forward, shapes.loss, 0, doing=doing)
    outputs(reply)
    weights(reply)
    sampler(reply)
    if not reply.tensor("loss_to").any():
        raise Mistake(
            "No gradient passes vae_loss: its value is cut off from x_hat, mu and logvar by detach(), item(), data or numpy.",
            name="loss_detached",
            credit=0.25,
        )


def outputs(reply: Reply) -> None:
    if detached := reply.names("detached"):
        raise Mistake(
            f"forward returns {' and '.join(detached)} detached, so that the KL trains nothing: encode's carry gradients, those "
            "that forward returns do not. Return them as encode gives them.",
            name="returns_detached",
            credit=0.5,
        )
    if frozen := reply.names("frozen"):
        raise Mistake(
            f"{frozen[0]} does not learn: requires_grad is off, or it is computed under no_grad or detached.",
            name="frozen_head",
            credit=0.5,
        )


def weights(reply: Reply) -> None:
    if cut := reply.names("cut"):
        more = f" (and {len(cut) - 1} more)" if len(cut) > 1 else ""
        raise Mistake(
            f"{cut[0]}{more} never learns: what forward returns depends on it, but no gradient comes back to it. Behind it "
            "stands a no_grad(), a detach() or .data, or a function without a slope.",
            name="trunk_cut",
            credit=0.5,
        )


def sampler(reply: Reply) -> None:
    """From x_hat to z, and from z to mu and logvar."""
    if reply.number("z_learns") == 1 and not reply.tensor("to_z").any():
        raise Mistake(
            "No gradient comes from x_hat back to z: decode cuts it, by detach(), .data, no_grad or a function without a slope, "
            "so that encode does not learn what the decoder needs.",
            name="decoder_cut",
            credit=0.5,
        )
    for name in ("mu", "logvar"):
        onwards, from_x_hat = reply.tensor(f"{name}_to"), reply.tensor("x_hat_to")
        unreached = bool(((onwards > 0) & (from_x_hat == 0)).any())
        if float(reply.tensor(f"to_{name}").sum()) == 0 and unreached:
            raise Mistake(
                f"No gradient comes from x_hat back to {name}: it is cut where z is drawn. Draw eps = torch.randn_like(mu) and "
                "compute z = mu + exp(logvar/2)·eps; Normal(...).sample(), torch.normal and detach() let nothing through.",
                name="gradient_cut",
                credit=0.5,
            )
