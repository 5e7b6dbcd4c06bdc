# cause: the gradient does not reach logvar: the noise part is made under no_grad
# credit: 1/2
# kind: gradient
import torch


def reparameterize(mu, logvar):
    with torch.no_grad():
        noise = torch.exp(logvar / 2) * torch.randn_like(mu)
    return mu + noise
