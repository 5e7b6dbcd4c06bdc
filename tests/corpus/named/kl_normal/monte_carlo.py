# cause: the value is random: estimated from samples, it changes from call to call
# credit: 1/4
# kind: random
import torch
from torch.distributions import Normal


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    q, p = Normal(mu_1, sigma_1), Normal(mu_2, sigma_2)
    x = q.rsample((1000,))
    return (q.log_prob(x) - p.log_prob(x)).mean(0)
