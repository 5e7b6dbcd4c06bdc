"""Runs in the student's process: the loop is ours, the model and its loss are the student's.

Each function is one request. It gets the submission's names and plain values, and returns tensors as they are; nothing is judged
here and nothing here is secret. The model lives in ``namespace[STATE]`` between requests.
"""

import contextlib

import torch

STATE = "__vae_training__"
LAYOUTS = {"flat": (-1, 784), "image": (-1, 1, 28, 28)}


def build(namespace, seed, device):
    """A new VAE() on ``device``, or on the CPU where that device cannot be used."""
    torch.manual_seed(seed)
    try:
        torch.zeros(1, device=device)
    except Exception:
        device = "cpu"
    model = namespace["VAE"]().to(device)
    namespace[STATE] = {"model": model, "device": device}
    named = list(model.named_parameters())
    return {
        "device": str(device),
        "parameters": sum(p.numel() for _, p in named),
        "loose": loose(model),
        "elsewhere": [name for name, p in named if p.device.type != torch.device(device).type],
        "methods": [name for name in ("encode", "decode", "forward") if callable(getattr(model, name, None))],
    }


def loose(model):
    """Names of layers kept in plain lists, tuples or dicts, which PyTorch does not see."""
    kinds = (torch.nn.Module, torch.nn.Parameter)
    found = []
    for owner in model.modules():
        for name, value in vars(owner).items():
            items = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
            if not name.startswith("_") and any(isinstance(item, kinds) for item in items):
                found.append(name)
    return found


def shaped(namespace, pixels, layout):
    """Bytes (n, 784) as a batch in [0, 1] of the layout asked for, on the model's device."""
    x = pixels.to(torch.float32).div(255).to(namespace[STATE]["device"])
    return x.reshape(LAYOUTS[layout])


def forward(namespace, pixels, layout, seed, training=False):
    """What forward(x) returns; ``found`` says in words what it is when it is not three tensors."""
    torch.manual_seed(seed)
    with torch.no_grad():
        out = namespace[STATE]["model"].train(training)(shaped(namespace, pixels, layout))
    if not isinstance(out, (tuple, list)) or len(out) != 3 or not all(isinstance(t, torch.Tensor) for t in out):
        return {"found": f"{len(out)} values" if isinstance(out, (tuple, list)) else f"one {type(out).__name__}"}
    return {"found": "", "x_hat": out[0], "mu": out[1], "logvar": out[2]}


def loss(namespace, pixels, layout, x_hat, mu, logvar):
    """vae_loss of values we chose."""
    x = shaped(namespace, pixels, layout)
    x_hat, mu, logvar = (value.to(x.device) for value in (x_hat, mu, logvar))
    return {"loss": namespace["vae_loss"](x_hat.reshape(x.shape), x, mu, logvar).detach()}


def watch(namespace, pixels, layout, mu, logvar, seed):
    """The z that forward hands to decode when encode returns what we chose; ``calls`` is 1 where that could be seen."""
    state = namespace[STATE]
    with torch.no_grad(), replaced(state["model"].train(), mu.to(state["device"]), logvar.to(state["device"])) as seen:
        torch.manual_seed(seed)
        state["model"](shaped(namespace, pixels, layout))
    return {"calls": calls(seen), "z": seen["decode"][0] if seen["decode"] else None}


@contextlib.contextmanager
def replaced(model, mu, logvar):
    """encode returns (mu, logvar), and both note what they are called with. Put into the instance's dict, where submodules
    are shadowed as well."""
    original, seen = model.decode, {"encode": [], "decode": []}

    def encode(*args, **kwargs):
        seen["encode"].append((*args, *kwargs.values())[0])
        return mu, logvar

    def decode(*args, **kwargs):
        seen["decode"].append((*args, *kwargs.values())[0])
        return original(*args, **kwargs)

    vars(model).update(encode=encode, decode=decode)
    try:
        yield seen
    finally:
        for name in ("encode", "decode"):
            vars(model).pop(name, None)


def calls(seen):
    """How often forward went through encode and decode; 0 where it does not use both."""
    return len(seen["decode"]) if len(seen["encode"]) == len(seen["decode"]) else 0


def leak(namespace, a, b, layout, z):
    """decode of the same z after other digits; forward of other digits when encode always says the same."""
    state = namespace[STATE]
    model, z = state["model"].eval(), z.to(state["device"])

    def decoded():
        torch.manual_seed(0)
        return model.decode(z)

    def forwarded(pixels):
        torch.manual_seed(0)
        out = model(shaped(namespace, pixels, layout))
        return out[0]

    with torch.no_grad():
        forwarded(a)
        after_a = decoded()
        forwarded(b)
        after_b, again = decoded(), decoded()
        with replaced(model, z, torch.full_like(z, -40.0)) as seen:
            forward_a, forward_b = forwarded(a), forwarded(b)
    return {
        "after_a": after_a,
        "after_b": after_b,
        "again": again,
        "forward_a": forward_a,
        "forward_b": forward_b,
        "calls": calls(seen),
    }


def gradients(namespace, pixels, layout, seed):
    """How far the reconstruction's gradient comes: to mu, to logvar, to each parameter; and the loss's to each parameter."""
    torch.manual_seed(seed)
    model = namespace[STATE]["model"].train()
    x = shaped(namespace, pixels, layout)
    x_hat, mu, logvar = model(x)
    named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    weights = torch.randn_like(x_hat)
    value = namespace["vae_loss"](x_hat, x, mu, logvar)
    frozen = [name for name, p in model.named_parameters() if not p.requires_grad and p.dim() > 1]
    frozen += [name for name, value in (("mu", mu), ("logvar", logvar)) if not value.requires_grad]
    return {
        "frozen": frozen,
        "to_mu": reach((x_hat * weights).sum(), [mu]),
        "to_logvar": reach((x_hat * weights).sum(), [logvar]),
        "mu_to": reach(mu.sum(), [p for _, p in named]),
        "logvar_to": reach(logvar.sum(), [p for _, p in named]),
        "x_hat_to": reach((x_hat * weights).sum(), [p for _, p in named]),
        "loss_to": reach(value.sum(), [p for _, p in named]),
    }


def reach(value, targets):
    """Norm of the gradient of ``value`` with respect to each target; 0 where none arrives."""
    targets_with = [t for t in targets if t.requires_grad]
    if not value.requires_grad or not targets_with:
        return torch.zeros(len(targets))
    grads = torch.autograd.grad(value, targets_with, retain_graph=True, allow_unused=True)
    norms = {id(t): 0.0 if g is None else float(g.norm()) for t, g in zip(targets_with, grads)}
    return torch.tensor([norms.get(id(t), 0.0) for t in targets])


def train(namespace, pixels, layout, seed, optimizer, rate, steps, batch):
    """The loop: ``steps`` batches, student's forward and loss, our optimiser. Stops at the first loss that is not finite."""
    torch.manual_seed(seed)
    state = namespace[STATE]
    model, criterion = state["model"].train(), namespace["vae_loss"]
    x = shaped(namespace, pixels, layout)
    order = torch.Generator().manual_seed(seed)
    step = optimiser(optimizer, list(model.parameters()), rate)
    losses = []
    for _ in range(steps):
        batch_x = x[torch.randint(len(x), (batch,), generator=order).to(x.device)]
        x_hat, mu, logvar = model(batch_x)
        value = criterion(x_hat, batch_x, mu, logvar)
        value = value.mean() if value.dim() else value
        step.zero_grad()
        value.backward()
        step.step()
        losses.append(value.detach())
        if not torch.isfinite(losses[-1]):
            break
    return {"losses": torch.stack(losses).to(torch.float64)}


def optimiser(name, parameters, rate):
    """The optimiser of that name; Adam in one pass over the parameters, a quarter of the time, where theirs allow it."""
    fused = {"fused": True} if name == "Adam" and all(p.dtype is torch.float32 for p in parameters) else {}
    return getattr(torch.optim, name)(parameters, lr=rate, **fused)


def encode(namespace, pixels, layout):
    """mu and logvar of every image."""
    with torch.no_grad():
        out = namespace[STATE]["model"].eval().encode(shaped(namespace, pixels, layout))
    if not isinstance(out, (tuple, list)) or len(out) != 2 or not all(isinstance(t, torch.Tensor) for t in out):
        return {"found": f"{len(out)} values" if isinstance(out, (tuple, list)) else f"one {type(out).__name__}"}
    return {"found": "", "mu": out[0], "logvar": out[1]}


def decode(namespace, z):
    """What decode(z) makes of latents we chose."""
    state = namespace[STATE]
    with torch.no_grad():
        return {"x_hat": state["model"].eval().decode(z.to(state["device"]))}
