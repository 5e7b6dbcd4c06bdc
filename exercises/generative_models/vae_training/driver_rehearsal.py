"""Runs in the student's process after driver.py: a short training, and what the model makes of digits and of noise."""

import torch

OUTPUTS = ("x_hat", "mu", "logvar")


def first_that_works(ways, attempt):
    """The first of ``ways`` with which ``attempt`` does not raise; where all raise, what the first one raised."""
    failed = []
    for way in ways:
        try:
            attempt(way)
            return way
        except Exception as error:
            failed.append(error)
    raise failed[0]


def begin(namespace, pixels):
    """Finds the layouts in which forward, encode and vae_loss take digits."""
    state, found = namespace[STATE], {}

    def forward_takes(layout):
        found.update(forward(namespace, pixels, layout, 0))

    forward_layout = first_that_works(LAYOUTS, forward_takes)
    if found["found"]:
        return {"amiss": f"forward(x) must return x_hat, mu and logvar, but it returns {found['found']}."}
    if found["x_hat"][0].numel() != 784:
        return {"amiss": f"forward(x) of {len(pixels)} digits gives x_hat of shape {tuple(found['x_hat'].shape)}."}
    order = sorted(LAYOUTS, key=lambda layout: layout != forward_layout)
    encode_layout = first_that_works(order, lambda layout: encode(namespace, pixels, layout))
    shown = [found[name].detach().float().cpu() for name in OUTPUTS]
    state["layouts"] = forward_layout, encode_layout
    state["loss"] = first_that_works(("given", *LAYOUTS), lambda layout: loss(namespace, pixels, layout, *shown))
    return {}


def rehearse(namespace, pixels, seed, optimizer, rate, steps, batch):
    """The loss of each batch of a training of the usual kind."""
    state = namespace[STATE]
    return train(namespace, pixels, state["layouts"][0], state["loss"], seed, optimizer, rate, steps, batch)


def look(namespace, pixels, seed):
    """What decode makes of mu of these digits, and of z ~ N(0, I); and mu itself."""
    said = encode(namespace, pixels, namespace[STATE]["layouts"][1])
    if said["found"]:
        return {"amiss": f"encode(x) must return mu and logvar, but it returns {said['found']}."}
    mu = said["mu"].detach().float().cpu()
    noise = torch.randn(36, mu.shape[1], generator=torch.Generator().manual_seed(seed))
    own, drawn = (decode(namespace, z)["x_hat"].flatten(1) for z in (mu, noise))
    return {"mu": mu, "x_hat": own, "samples": drawn}
