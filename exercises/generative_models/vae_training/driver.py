"""Runs in the student's process: the loop is ours, the model and its loss are the student's.

Each function is one request. It gets the submission's names and plain values, and returns tensors as they are; nothing is judged
here and nothing here is secret. The model lives in ``namespace[STATE]`` between requests.
"""

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
    floats = (p.dtype for p in model.parameters() if p.is_floating_point())
    namespace[STATE] = {"model": model, "device": device, "dtype": next(floats, torch.get_default_dtype())}
    know_shapes(namespace, model)
    know_dtype(namespace, model)
    named = [(name, p) for name, p in model.named_parameters() if not lazy(p)]
    return {
        "device": str(device),
        "parameters": sum(p.numel() for _, p in named),
        "loose": loose(model),
        "elsewhere": [name for name, p in named if p.device.type != torch.device(device).type],
        "methods": [name for name in ("encode", "decode", "forward") if callable(getattr(model, name, None))],
    }


def lazy(parameter):
    return isinstance(parameter, torch.nn.parameter.UninitializedParameter)


def know_shapes(namespace, model):
    """Calls a model with lazy layers once, from which they know their shapes; what fails here fails again where it is told."""
    pixels = torch.full((2, 784), 128, device=namespace[STATE]["device"])
    for layout in LAYOUTS:
        if any(lazy(p) for p in model.parameters()):
            try:
                with torch.no_grad():
                    model.eval()(shaped(namespace, pixels, layout))
            except Exception:
                continue


def know_dtype(namespace, model):
    """A model may compute in another dtype than it takes and gives, float64 within: then digits stay of the default one."""
    state = namespace[STATE]
    own, state["dtype"] = state["dtype"], torch.get_default_dtype()
    if own is state["dtype"]:
        return
    for layout in LAYOUTS:
        try:
            with torch.no_grad():
                out = model.eval()(shaped(namespace, torch.full((2, 784), 128, device=state["device"]), layout))
            if out[0].dtype is state["dtype"]:
                return
        except Exception:
            continue
    state["dtype"] = own


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
    """Bytes (n, 784) as a batch in [0, 1] of the layout asked for, on the model's device and of its dtype."""
    return placed(namespace, pixels).div(255).reshape(LAYOUTS[layout])


def placed(namespace, *values):
    """Values that we chose, where the model is and of its dtype."""
    state = namespace[STATE]
    moved = [value.to(state["device"], state["dtype"]) for value in values]
    return moved if len(moved) > 1 else moved[0]


def tensors(out, names):
    """The tensors of ``out`` by their names; ``found`` says in words what it is where it is not so many tensors."""
    if not isinstance(out, (tuple, list)) or len(out) != len(names) or not all(torch.is_tensor(t) for t in out):
        return {"found": f"{len(out)} values" if isinstance(out, (tuple, list)) else f"one {type(out).__name__}"}
    return {"found": "", **dict(zip(names, out))}


def forward(namespace, pixels, layout, seed, training=False):
    """What forward(x) returns."""
    torch.manual_seed(seed)
    state = namespace[STATE]
    with torch.no_grad():
        reply = tensors(state["model"].train(training)(shaped(namespace, pixels, layout)), ("x_hat", "mu", "logvar"))
    state["images"] = reply["x_hat"].shape[1:] if "x_hat" in reply else (784,)  # as vae_loss gets them
    return reply


def encode(namespace, pixels, layout, seed=0):
    """mu and logvar of every image."""
    torch.manual_seed(seed)
    with torch.no_grad():
        return tensors(namespace[STATE]["model"].eval().encode(shaped(namespace, pixels, layout)), ("mu", "logvar"))


def decode(namespace, z, seed=0):
    """What decode(z) makes of latents we chose."""
    torch.manual_seed(seed)
    with torch.no_grad():
        return {"x_hat": namespace[STATE]["model"].eval().decode(placed(namespace, z))}


def compared(layout, x_hat, x):
    """x_hat and x as vae_loss gets them: both as x_hat comes ("given"), or both in one layout."""
    shape = x_hat.shape if layout == "given" else LAYOUTS[layout]
    return x_hat.reshape(shape), x.reshape(shape)


def loss(namespace, pixels, layout, x_hat, mu, logvar):
    """vae_loss of values we chose, and the size of its gradient in x_hat, mu and logvar."""
    x = shaped(namespace, pixels, "flat")
    leaves = [value.clone().requires_grad_() for value in placed(namespace, x_hat, mu, logvar)]
    x_hat = leaves[0].reshape(-1, *namespace[STATE].get("images", (784,)))
    value = namespace["vae_loss"](*compared(layout, x_hat, x), *(leaf * 1 for leaf in leaves[1:]))
    slopes = torch.zeros(3)
    if torch.is_tensor(value) and value.requires_grad:
        found = torch.autograd.grad(value.mean(), leaves, allow_unused=True)
        slopes = torch.stack([slopes[0] if g is None else g.norm().cpu().float() for g in found])
    return {"loss": value, "slopes": slopes}


def train(namespace, pixels, layout, loss_layout, seed, optimizer, rate, steps, batch):
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
        value = criterion(*compared(loss_layout, x_hat, batch_x), mu, logvar)
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
