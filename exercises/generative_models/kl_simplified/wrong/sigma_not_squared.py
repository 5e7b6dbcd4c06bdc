"""
fails: is KL(q‖p) for p = N(0, 1)
name: sigma for sigma squared
credit: 0
mistake: sigma_for_sigma_squared
"""

kl_simplified = r"""
\frac12\left(\mu_1^2 + \sigma_1 - 1 - \log\sigma_1^2\right)
"""
