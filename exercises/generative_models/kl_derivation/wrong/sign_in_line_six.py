"""
fails: every line follows
name: a sign turned round when the moments are put in
credit: 0.66875000
mistake: sign_of_a_term
"""

kl_derivation = r"""
$$\begin{aligned}
\mathrm{KL}(q \,\|\, p) &= \int q(x) \log\frac{q(x)}{p(x)} \, dx \\
&= \mathbb{E}_q[\log q(x)] - \mathbb{E}_q[\log p(x)] \\
&= \mathbb{E}_q\left[-\log\sigma_1 - \frac{(x-\mu_1)^2}{2\sigma_1^2}\right] - \mathbb{E}_q\left[-\log\sigma_2 - \frac{(x-\mu_2)^2}{2\sigma_2^2}\right] \\
&= \log\frac{\sigma_2}{\sigma_1} - \frac{1}{2\sigma_1^2}\mathbb{E}_q[(x-\mu_1)^2] + \frac{1}{2\sigma_2^2}\mathbb{E}_q[(x-\mu_2)^2] \\
&= \log\frac{\sigma_2}{\sigma_1} - \frac12 + \frac{1}{2\sigma_2^2}\mathbb{E}_q[x^2 - 2\mu_2 x + \mu_2^2] \\
&= \log\frac{\sigma_2}{\sigma_1} - \frac12 + \frac{1}{2\sigma_2^2}\left(\sigma_1^2 + \mu_1^2 + 2\mu_1\mu_2 + \mu_2^2\right) \\
&= \log\frac{\sigma_2}{\sigma_1} - \frac12 + \frac{1}{2\sigma_2^2}\left(\sigma_1^2 + (\mu_1 + \mu_2)^2\right) \\
&= \log\frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1 + \mu_2)^2}{2\sigma_2^2} - \frac12
\end{aligned}$$
"""
