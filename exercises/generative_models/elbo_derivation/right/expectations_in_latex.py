elbo_derivation = r"""
\begin{align*}
\mathcal{L} &= \mathbb{E}_{z \sim q(z)}\left[\log\frac{p(z, x)}{q(z)}\right] \\
 &= \mathbb{E}_{z \sim q(z)}\left[\log\frac{p(x \mid z)\, p(z)}{q(z)}\right] && \text{since } p(z,x) = p(x|z) p(z) \\
 &= \mathbb{E}_{z \sim q(z)}\left[\log p(x \mid z)\right] + \mathbb{E}_{z \sim q(z)}\left[\log\frac{p(z)}{q(z)}\right] \\
 &= \mathbb{E}_{z \sim q(z)}\left[\log p(x \mid z)\right] - \mathrm{KL}\left(q(z) \,\|\, p(z)\right)
\end{align*}
"""
