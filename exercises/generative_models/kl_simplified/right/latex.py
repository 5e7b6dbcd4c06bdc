kl_simplified = r"""
$$\mathrm{KL}(q \,\|\, \mathcal{N}(0,1)) = \frac12\left(\mu_1^2 + \sigma_1^2 - 1 - \ln\sigma_1^2\right)$$
"""
