"""Runs in the student's process: the loop is ours, the model is the student's.

Each function is one request. It gets the submission's names and plain values, and returns tensors and names as they are; nothing
is judged here and nothing here is secret. The model lives in ``namespace[STATE]`` between requests.
"""

import copy
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.parameter import UninitializedParameter

STATE = "__classifier__"
NUDGE = 0.02  # of the size that PyTorch's own layers begin with
CHANGE = 0.05  # of a weight's own size, by which it is moved to see whether anything depends on it
MOVED = 1e-5  # of what forward returns
Names = dict[str, Any]
Reply = dict[str, Any]


def build(namespace: Names, function: str, example: Tensor, seed: int, device: str) -> Reply:
    """A new model on ``device``, or on the CPU where that device cannot be used."""
    torch.manual_seed(seed)
    try:
        torch.zeros(1, device=device)
    except Exception:
        device = "cpu"
    given = namespace[function]
    model = copy.deepcopy(given) if isinstance(given, nn.Module) else given()
    if not isinstance(model, nn.Module):
        return {"found": type(model).__name__}
    model = model.to(device)
    floats = (p.dtype for p in model.parameters() if p.is_floating_point())
    namespace[STATE] = {"model": model, "device": device, "dtype": next(floats, torch.get_default_dtype())}
    if any(isinstance(p, UninitializedParameter) for p in model.parameters()):
        with torch.no_grad():
            model.eval()(placed(namespace, example))
    named = list(model.named_parameters())
    return {
        "device": str(device),
        "parameters": sum(p.numel() for _, p in named),
        "loose": loose(model),
        "elsewhere": [name for name, p in named if p.device.type != torch.device(device).type],
        "alike": [name for name, p in named if p.dim() > 1 and p.numel() > 1 and float(p.detach().std()) == 0],
    }


def loose(model: nn.Module) -> list[str]:
    """Names of layers with weights that are kept in plain lists, tuples or dicts, which PyTorch does not see."""
    found = []
    for owner in model.modules():
        for name, value in vars(owner).items():
            items = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
            if not name.startswith("_") and any(weighty(item) for item in items):
                found.append(name)
    return found


def weighty(item: Any) -> bool:
    return isinstance(item, nn.Parameter) or (isinstance(item, nn.Module) and any(True for _ in item.parameters()))


def placed(namespace: Names, x: Tensor) -> Tensor:
    """Examples where the model is and of its dtype; bytes as numbers in [0, 1]."""
    state = namespace[STATE]
    moved = x.to(state["device"], state["dtype"])
    return moved / 255 if x.dtype is torch.uint8 else moved


def nudge(namespace: Names, seed: int) -> Reply:
    """Moves every weight that learns by a little noise: a layer that begins at zero hides what lies behind it."""
    torch.manual_seed(seed)
    with torch.no_grad():
        for p in namespace[STATE]["model"].parameters():
            if p.requires_grad and p.is_floating_point():
                p.add_(NUDGE * torch.randn_like(p))
    return {}


def outputs(namespace: Names, x: Tensor, seed: int, flat: bool = False) -> Reply:
    """What forward(x) returns after eval(), and whether it changed x."""
    torch.manual_seed(seed)
    given = placed(namespace, x)
    given = given.flatten(1) if flat else given
    before = given.clone()
    with torch.no_grad():
        out = namespace[STATE]["model"].eval()(given)
    changed = not torch.equal(given, before)
    if not torch.is_tensor(out):
        return {"found": type(out).__name__, "changed": changed}
    return {"out": out, "floating": out.is_floating_point(), "changed": changed}


# ------------------------------------------------------------------ layers


def layers(namespace: Names, x: Tensor, y: Tensor, seed: int) -> Reply:
    """Which parameters the output depends on and no gradient reaches, and which layers a call makes anew."""
    model = namespace[STATE]["model"].train()
    given, labels = placed(namespace, x), y.to(namespace[STATE]["device"])
    torch.manual_seed(seed)
    owners = made(model, given)
    off: list[str] = []
    hooks = [module.register_forward_pre_hook(noting(off, name)) for name, module in model.named_modules() if name]
    try:
        torch.manual_seed(seed)
        out = model(given.clone())
    finally:
        for hook in hooks:
            hook.remove()
    named = list(model.named_parameters())
    reached = gradients(out, labels, [p for _, p in named])
    cut = [
        name for (name, p), norm in zip(named, reached, strict=True) if norm == 0 and matters(namespace, given, p, seed)
    ]
    unasked = [name for name in cut if not dict(named)[name].requires_grad or name.rpartition(".")[0] in off]
    return {"made": owners, "cut": cut, "frozen": unasked}


def made(model: nn.Module, given: Tensor) -> list[str]:
    """The layers with weights that a second call of the model makes."""
    owners: list[nn.Module] = []
    with torch.no_grad():
        model(given.clone())
        hook = nn.modules.module.register_module_parameter_registration_hook(
            lambda owner, _name, _parameter: owners.append(owner)
        )
        try:
            model(given.clone())
        finally:
            hook.remove()
    return [str(owner) for owner in dict.fromkeys(owners)]


def noting(off: list[str], name: str) -> Any:
    """Notes the names of layers that are called where no gradient is kept."""
    return lambda _module, _args: None if torch.is_grad_enabled() else off.append(name)


def gradients(out: Tensor, labels: Tensor, parameters: list[Tensor]) -> list[float]:
    """Norm of the loss's gradient in each parameter; 0 where none arrives."""
    learning = [p for p in parameters if p.requires_grad]
    if not out.requires_grad or not learning:
        return [0.0] * len(parameters)
    found = torch.autograd.grad(nn.functional.cross_entropy(out, labels), learning, allow_unused=True)
    norms = {id(p): 0.0 if g is None else float(g.norm()) for p, g in zip(learning, found, strict=True)}
    return [norms.get(id(p), 0.0) for p in parameters]


def matters(namespace: Names, given: Tensor, parameter: Tensor, seed: int) -> bool:
    """Whether what forward returns depends on a parameter: a layer that is not used need not learn."""
    model, own = namespace[STATE]["model"], parameter.detach().clone()

    def returned() -> Tensor:
        torch.manual_seed(seed)
        out: Tensor = model(given.clone()).detach().clone()
        return out

    with torch.no_grad():
        before = returned()
        noise = torch.randn(own.shape, generator=torch.Generator().manual_seed(seed)).to(own.device, own.dtype)
        parameter.data.add_(CHANGE * (own.square().mean().sqrt() + CHANGE) * noise)
        after = returned()
        parameter.data.copy_(own)
    return float((after - before).abs().max()) > MOVED


def statistics(namespace: Names) -> Reply:
    """Whether a normalisation reads the batch when the model is evaluated too."""
    norms = [m for m in namespace[STATE]["model"].modules() if isinstance(m, nn.modules.batchnorm._BatchNorm)]
    return {"batch": any(m.running_mean is None for m in norms)}


# ------------------------------------------------------------------ training


def begin(namespace: Names, seed: int, optimizer: str, rate: float) -> Reply:
    """An optimiser, and the order of the examples; Adam in one pass over the parameters where theirs allow it."""
    state = namespace[STATE]
    parameters = list(state["model"].parameters())
    fused = {"fused": True} if optimizer == "Adam" and all(p.dtype is torch.float32 for p in parameters) else {}
    state["optimiser"] = getattr(torch.optim, optimizer)(parameters, lr=rate, **fused)
    state["order"] = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    return {}


def train(namespace: Names, x: Tensor, y: Tensor, steps: int, batch: int) -> Reply:
    """The loop: ``steps`` more batches. Stops at the first loss that is not finite."""
    state = namespace[STATE]
    model, optimiser = state["model"].train(), state["optimiser"]
    examples, labels = placed(namespace, x), y.to(state["device"])
    losses = []
    for _ in range(steps):
        chosen = torch.randint(len(examples), (batch,), generator=state["order"]).to(state["device"])
        loss = nn.functional.cross_entropy(model(examples[chosen]), labels[chosen])
        optimiser.zero_grad()
        torch.autograd.backward([loss])
        optimiser.step()
        losses.append(loss.detach())
        if not torch.isfinite(loss):
            break
    return {"losses": torch.stack(losses).to(torch.float64)}


# ------------------------------------------------------------------ why it does not learn


def seen(namespace: Names, x: Tensor) -> Reply:
    """For each number of an example, whether any output depends on it, by the gradient."""
    given = placed(namespace, x).requires_grad_()
    out = namespace[STATE]["model"].eval()(given * 1)
    weights = torch.randn(out.shape, generator=torch.Generator().manual_seed(0)).to(out.device, out.dtype)
    (slopes,) = torch.autograd.grad((out * weights).sum(), [given])
    return {"seen": (slopes.abs().amax(0) > 0).float()}


def inside(namespace: Names, x: Tensor, y: Tensor) -> Reply:
    """How many numbers each layer with weights passes on of one example, and the gradient's size in each matrix of weights."""
    model = namespace[STATE]["model"].train()
    given, labels = placed(namespace, x), y.to(namespace[STATE]["device"])
    widths: dict[str, int] = {}

    def note(name: str) -> Any:
        return lambda _module, _args, out: widths.update(
            {name: out.numel() // len(given)} if torch.is_tensor(out) else {}
        )

    own = [(name, m) for name, m in model.named_modules() if name and any(True for _ in m.parameters(recurse=False))]
    hooks = [module.register_forward_hook(note(name)) for name, module in own]
    try:
        out = model(given)
    finally:
        for hook in hooks:
            hook.remove()
    matrices = [p for p in model.parameters() if p.dim() > 1]
    return {
        "widths": torch.tensor([float(width) for width in widths.values()]),
        "slopes": torch.tensor(gradients(out, labels, matrices)),
    }
