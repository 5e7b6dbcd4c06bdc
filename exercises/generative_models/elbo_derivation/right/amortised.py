elbo_derivation = r"""
$$\mathcal{L} = \int q_\phi(z|x) \log\frac{p_\theta(z,x)}{q_\phi(z|x)} dz$$
$$= \int q_\phi(z|x) \left[\log p_\theta(x|z) + \log p(z) - \log q_\phi(z|x)\right] dz$$
$$= E_{q_\phi(z|x)}[\log p_\theta(x|z)] - KL(q_\phi(z|x) \| p(z))$$
"""
