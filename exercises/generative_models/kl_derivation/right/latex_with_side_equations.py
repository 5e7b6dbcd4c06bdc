kl_derivation = r"""
Let $q = \mathcal{N}(\mu_1, \sigma_1^2)$ and $p = \mathcal{N}(\mu_2, \sigma_2^2)$. The log densities are

$$\log q(x) = -\frac12\log(2\pi\sigma_1^2) - \frac{(x-\mu_1)^2}{2\sigma_1^2}, \qquad \log p(x) = -\frac12\log(2\pi\sigma_2^2) - \frac{(x-\mu_2)^2}{2\sigma_2^2}.$$

With them

\begin{align*}
D_{\mathrm{KL}}(q \,\|\, p) &= \mathbb{E}_q\left[\log q(x) - \log p(x)\right] \\
  &= \mathbb{E}_q\Bigl[\log\frac{\sigma_2}{\sigma_1} - \frac{(x-\mu_1)^2}{2\sigma_1^2} \\
  &\qquad\qquad + \frac{(x-\mu_2)^2}{2\sigma_2^2}\Bigr] \\
  &= \log\frac{\sigma_2}{\sigma_1} - \underbrace{\frac{\mathbb{E}_q[(x-\mu_1)^2]}{2\sigma_1^2}}_{=1/2} + \frac{\mathbb{E}_q[(x-\mu_2)^2]}{2\sigma_2^2}
\end{align*}

and, since $\mathbb{E}_q[(x-\mu_2)^2] = \mathbb{E}_q\{((x-\mu_1) + (\mu_1-\mu_2))^2\} = \sigma_1^2 + (\mu_1-\mu_2)^2$,

$$= \log\frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1-\mu_2)^2}{2\sigma_2^2} - \frac12.$$
"""
