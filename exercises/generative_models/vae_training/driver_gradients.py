"""Runs in the student's process after driver_probes.py: how far gradients come in the model."""

import torch

CHANGE = 0.05  # of a weight's own size, by which it is moved to see whether anything depends on it
MOVED = 1e-5  # of what forward returns


def gradients(namespace, pixels, layout, loss_layout, seed):
    """How far the reconstruction's gradient comes: to z, mu and logvar, to each parameter; and what it does not reach."""
    model = namespace[STATE]["model"].train()
    x = shaped(namespace, pixels, layout)
    torch.manual_seed(seed)
    with watched(model) as seen:
        x_hat, mu, logvar = model(x)
    q = seen["encode"][0][1] if seen["encode"] else (mu, logvar)
    z = seen["decode"][0][0] if len(seen["decode"]) == 1 else None
    named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    parameters, image = [p for _, p in named], (x_hat * torch.randn_like(x_hat)).sum()
    together = image + mu.sum() + logvar.sum()
    reached = reach(together, parameters)
    value = namespace["vae_loss"](*compared(loss_layout, x_hat, x), mu, logvar)
    return {
        "detached": [
            name
            for name, out, own in zip(("mu", "logvar"), (mu, logvar), q)
            if own.requires_grad and not out.requires_grad
        ],
        "frozen": [name for name, p in model.named_parameters() if not p.requires_grad and p.dim() > 1]
        + [name for name, own in zip(("mu", "logvar"), q) if not own.requires_grad],
        "to_z": reach(image, [z]) if z is not None else None,
        "z_learns": bool(z is not None and z.requires_grad),
        "to_mu": reach(image, [q[0]]),
        "to_logvar": reach(image, [q[1]]),
        "mu_to": reach(q[0].sum(), parameters),
        "logvar_to": reach(q[1].sum(), parameters),
        "x_hat_to": reach(image, parameters),
        "loss_to": reach(value.mean(), [x_hat, mu, logvar]),
        "cut": [
            name for (name, p), norm in zip(named, reached.tolist()) if norm == 0 and matters(namespace, x, p, seed)
        ],
    }


def reach(value, targets):
    """Norm of the gradient of ``value`` with respect to each target; 0 where none arrives."""
    targets_with = [t for t in targets if t.requires_grad]
    if not value.requires_grad or not targets_with:
        return torch.zeros(len(targets))
    grads = torch.autograd.grad(value, targets_with, retain_graph=True, allow_unused=True)
    norms = {id(t): 0.0 if g is None else float(g.norm()) for t, g in zip(targets_with, grads)}
    return torch.tensor([norms.get(id(t), 0.0) for t in targets])


def matters(namespace, x, parameter, seed):
    """Whether what forward returns depends on a parameter: a layer that is not used need not learn."""
    model, own = namespace[STATE]["model"], parameter.detach().clone()

    def returned():
        torch.manual_seed(seed)
        return [t.detach().clone() for t in model(x)]

    with torch.no_grad():
        before = returned()
        generator = torch.Generator().manual_seed(seed)
        noise = torch.randn(own.shape, generator=generator).to(own.device, own.dtype)
        parameter.data.add_(CHANGE * (own.square().mean().sqrt() + CHANGE) * noise)
        after = returned()
        parameter.data.copy_(own)
    return any(float((a - b).abs().max()) > MOVED for a, b in zip(before, after))
