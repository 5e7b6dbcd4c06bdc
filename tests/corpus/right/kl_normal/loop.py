# right: python loops and math, put back into a tensor by stack: gradients flow
import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    m1, s1, m2, s2 = torch.broadcast_tensors(mu_1, sigma_1, mu_2, sigma_2)
    out = []
    for a, b, c, d in zip(m1.flatten(), s1.flatten(), m2.flatten(), s2.flatten()):
        out.append(torch.log(d / b) + (b * b + (a - c) * (a - c)) / (2 * d * d) - 0.5)
    return torch.stack(out).reshape(m1.shape)
