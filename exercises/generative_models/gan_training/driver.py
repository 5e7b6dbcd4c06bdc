"""Runs in the student's process: generator, discriminator and loop are ours, the three losses are the student's.

Each function is one request. It gets the submission's names and plain values, and returns tensors as they are; nothing is
judged here and nothing here is secret. The networks live in ``namespace[STATE]`` between requests.
"""

import numpy as np
import torch
from torch import nn

STATE = "__gan_training__"
LATENT = 16
GENERATOR_LOSSES = ("generator_loss", "nonsaturating_generator_loss")


def build(namespace, seed, device):
    """A new generator and discriminator on ``device``, or on the CPU where that device cannot be used."""
    torch.manual_seed(seed)
    try:
        torch.zeros(1, device=device)
    except Exception:
        device = "cpu"
    generator = nn.Sequential(nn.Linear(LATENT, 128), nn.ReLU(), nn.Linear(128, 784), nn.Sigmoid())
    discriminator = nn.Sequential(nn.Linear(784, 128), nn.LeakyReLU(0.2), nn.Linear(128, 1), nn.Sigmoid())
    nn.init.zeros_(discriminator[2].weight)  # undecided: D(x) = 1/2 for every x
    nn.init.zeros_(discriminator[2].bias)
    namespace[STATE] = {"G": generator.to(device), "D": discriminator.to(device), "device": device}
    return {"device": str(device)}


def losses(namespace, d_real, d_fake):
    """The three losses of probabilities we chose, with their gradients; a loss that fails says how."""
    answers = {}
    for name in ("discriminator_loss", *GENERATOR_LOSSES):
        leaves = [d.to(torch.get_default_dtype(), copy=True).requires_grad_() for d in (d_real, d_fake)]
        value = called(namespace, name, *(leaf * 1 for leaf in leaves))  # no leaves, which may not be changed in place
        answers[name] = torch.tensor(float(value)) if isinstance(value, (float, np.generic)) else value
        answers[name + "_real"], answers[name + "_fake"] = gradient(value, leaves)
    return answers


def called(namespace, name, d_real, d_fake):
    """The loss as the student wrote it; reduced to its mean where it is not reduced at all."""
    arguments = (d_fake,) if name == "nonsaturating_generator_loss" else (d_real, d_fake)
    value = namespace[name](*arguments)
    return value.mean() if isinstance(value, torch.Tensor) and value.dim() else value


def gradient(value, targets):
    """Gradients of ``value``; zeros where none arrives."""
    if not isinstance(value, torch.Tensor) or not value.requires_grad:
        return [torch.zeros_like(target) for target in targets]
    found = torch.autograd.grad(value, targets, allow_unused=True, retain_graph=True)
    return [torch.zeros_like(target) if g is None else g for g, target in zip(found, targets)]


def along(namespace, logits):
    """d loss / d logit of each generator loss, at one D(G(z)) = sigmoid(logit) at a time, and D(x) = 1/2."""
    slopes = {}
    for name in GENERATOR_LOSSES:
        slopes[name] = torch.zeros(len(logits))
        for i in range(len(logits)):
            logit = logits[i].reshape(1, 1).to(torch.get_default_dtype(), copy=True).requires_grad_()
            value = called(namespace, name, torch.full((1, 1), 0.5), torch.sigmoid(logit))
            slopes[name][i] = gradient(value, [logit])[0]
    return slopes


def reach(namespace, pixels, seed):
    """Norm of each generator loss's gradient in the parameters of G."""
    torch.manual_seed(seed)
    state = namespace[STATE]
    x = images(namespace, pixels)
    nn.init.normal_(state["D"][2].weight, std=0.05)  # an undecided D has no slope to follow
    norms = {}
    for name in GENERATOR_LOSSES:
        fake = state["G"](torch.randn(len(x), LATENT).to(x.device))
        value = called(namespace, name, state["D"](x), state["D"](fake))
        found = gradient(value, list(state["G"].parameters()))
        norms[name] = torch.stack([g.norm() for g in found])
    return norms


def images(namespace, pixels):
    """Bytes (n, 784) as a batch in [0, 1] on the device of the networks and of their dtype, torch's default."""
    return pixels.to(namespace[STATE]["device"], torch.get_default_dtype()).div(255)


def batches(x, batch, seed):
    """Random batches of ``x`` and latents, without end."""
    order = torch.Generator().manual_seed(seed)
    while True:
        chosen = torch.randint(len(x), (batch,), generator=order)
        z = torch.randn(batch, LATENT, generator=order)
        yield x[chosen.to(x.device)], z.to(x.device), torch.rand(batch, x.shape[1], generator=order).to(x.device)


def against_noise(namespace, pixels, seed, rate, steps, batch):
    """Trains D alone, on digits against uniform noise."""
    torch.manual_seed(seed)
    state = namespace[STATE]
    D = state["D"]
    step = torch.optim.Adam(D.parameters(), lr=rate, fused=True)
    values = []
    for _, (x, _, noise) in zip(range(steps), batches(images(namespace, pixels), batch, seed)):
        value = called(namespace, "discriminator_loss", D(x), D(noise))
        step.zero_grad()
        value.backward()
        step.step()
        values.append(value.detach())
    return {"losses": torch.stack(values).to(torch.float64)}


def judge(namespace, pixels):
    """D(x) of images we chose."""
    with torch.no_grad():
        return {"d": namespace[STATE]["D"](images(namespace, pixels))}


def samples(namespace, z):
    """G(z) of latents we chose."""
    with torch.no_grad():
        return {"x": namespace[STATE]["G"](z.to(namespace[STATE]["device"], torch.get_default_dtype()))}


def train(namespace, pixels, loss_of_g, seed, rate, steps, batch):
    """The game: one step of D, one of G with the loss named, ``steps`` times."""
    torch.manual_seed(seed)
    G, D = namespace[STATE]["G"], namespace[STATE]["D"]
    step_d, step_g = (torch.optim.Adam(n.parameters(), lr=rate, betas=(0.5, 0.999), fused=True) for n in (D, G))
    values = []
    for _, (x, z, _) in zip(range(steps), batches(images(namespace, pixels), batch, seed)):
        fake = G(z)
        of_d = called(namespace, "discriminator_loss", D(x), D(fake.detach()))
        step_d.zero_grad()
        of_d.backward()
        step_d.step()
        of_g = called(namespace, loss_of_g, D(x).detach(), D(fake))
        step_g.zero_grad()
        of_g.backward()
        step_g.step()
        values.append(torch.stack([of_d.detach(), of_g.detach()]))
    of_d, of_g = torch.stack(values).to(torch.float64).unbind(1)
    return {"of_d": of_d, "of_g": of_g}
