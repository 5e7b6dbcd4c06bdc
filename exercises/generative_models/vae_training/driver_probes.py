"""Runs in the student's process after driver.py: looks into the model before it is trained.

What is looked at is the model with each weight a little off where it begins (``nudge``). A last layer, a head or a gain that
begins at zero hides what lies behind it, and that is no mistake.
"""

import contextlib

import torch
from torch.utils._python_dispatch import TorchDispatchMode

NUDGE = 0.02  # of the size that PyTorch's own layers begin with


def nudge(namespace, seed):
    """Moves every weight that learns by a little noise."""
    torch.manual_seed(seed)
    with torch.no_grad():
        for p in namespace[STATE]["model"].parameters():
            if p.requires_grad and p.is_floating_point():
                p.add_(NUDGE * torch.randn_like(p))
    return {}


@contextlib.contextmanager
def watched(model, said=None):
    """Notes what encode and decode are called with and what they return; encode returns ``said`` if that is given. Put into the
    instance's dict, where submodules are shadowed as well."""
    methods, seen = {"encode": model.encode, "decode": model.decode}, {"encode": [], "decode": []}

    def through(name):
        def call(*args, **kwargs):
            out = said if said is not None and name == "encode" else methods[name](*args, **kwargs)
            seen[name].append(((*args, *kwargs.values())[0], out))
            return out

        return call

    vars(model).update({name: through(name) for name in methods})
    try:
        yield seen
    finally:
        for name in methods:
            vars(model).pop(name, None)


def calls(seen):
    """How often forward went through encode and decode; 0 where it does not use both."""
    return len(seen["decode"]) if len(seen["encode"]) == len(seen["decode"]) else 0


def watch(namespace, pixels, layout, mu, logvar, seed):
    """The z that forward hands to decode when encode returns what we chose; ``calls`` is 1 where that could be seen."""
    with torch.no_grad(), watched(namespace[STATE]["model"].train(), tuple(placed(namespace, mu, logvar))) as seen:
        torch.manual_seed(seed)
        namespace[STATE]["model"](shaped(namespace, pixels, layout))
    return {"calls": calls(seen), "z": seen["decode"][0][0] if seen["decode"] else None}


def beside(namespace, pixels, layout, encode_layout, seed, training):
    """What forward returns, beside what encode and decode gave in that very call: a dropout or a batch norm makes no difference
    then. Where forward does not use them, encode is called apart, at the same seed and at another."""
    model = namespace[STATE]["model"].train(training)

    def apart(seed):
        torch.manual_seed(seed)
        return model.encode(shaped(namespace, pixels, encode_layout))

    with torch.no_grad():
        with watched(model) as seen:
            torch.manual_seed(seed)
            reply = tensors(model(shaped(namespace, pixels, layout)), ("x_hat", "mu", "logvar"))
        first = seen["encode"][0][1] if seen["encode"] else apart(seed)
        second = first if seen["encode"] else apart(seed + 1)
    reply.update(q_mu=first[0], q_logvar=first[1], other_mu=second[0], other_logvar=second[1])
    if len(seen["decode"]) == 1:
        reply["z"], reply["decoded"] = seen["decode"][0]
    return reply


def made(namespace, pixels, layout, encode_layout, z):
    """Layers with weights that a second call of encode, decode or forward makes anew."""
    model = namespace[STATE]["model"].eval()
    requests = {
        "encode": lambda: model.encode(shaped(namespace, pixels, encode_layout)),
        "decode": lambda: model.decode(placed(namespace, z)),
        "forward": lambda: model(shaped(namespace, pixels, layout)),
    }
    found = {}
    with torch.no_grad():
        for name, call in requests.items():
            call()
            owners = []
            hook = torch.nn.modules.module.register_module_parameter_registration_hook(
                lambda owner, _, parameter: owners.append(owner)  # noqa: B023  # called in this turn of the loop alone
            )
            try:
                call()
            finally:
                hook.remove()
            found[name] = [str(owner) for owner in dict.fromkeys(owners)]
    return found


class Drawn(TorchDispatchMode):
    """Notes the shapes of noise that is drawn; a dropout's zeros are none."""

    def __init__(self):
        super().__init__()
        self.noise = []

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        out = function(*args, **(kwargs or {}))
        if function._schema.name.removeprefix("aten::").startswith(("rand", "normal")):
            self.noise.append(list(out.shape))
        return out


def drawn(namespace, z):
    """The shapes of noise that decode(z) draws."""
    with torch.no_grad(), Drawn() as mode:
        namespace[STATE]["model"].eval().decode(placed(namespace, z))
    return {"noise": mode.noise}


def batch_statistics(namespace):
    """Whether a normalisation reads the batch when the model is evaluated too: rows depend on each other then, for a reason."""
    norms = [m for m in namespace[STATE]["model"].modules() if isinstance(m, torch.nn.modules.batchnorm._BatchNorm)]
    return {"used": any(m.running_mean is None for m in norms)}


def leak(namespace, a, b, layout, z):
    """decode of the same z after other digits; forward of other digits when encode always says the same."""
    model, z = namespace[STATE]["model"].eval(), placed(namespace, z)

    def decoded():
        torch.manual_seed(0)
        return model.decode(z)

    def forwarded(pixels):
        torch.manual_seed(0)
        return model(shaped(namespace, pixels, layout))[0]

    with torch.no_grad():
        forwarded(a)
        after = {"after_a": decoded()}
        forwarded(b)
        after |= {"after_b": decoded(), "again": decoded()}
        with watched(model, (z, torch.full_like(z, -40.0))) as seen:
            return {**after, "forward_a": forwarded(a), "forward_b": forwarded(b), "calls": calls(seen)}
