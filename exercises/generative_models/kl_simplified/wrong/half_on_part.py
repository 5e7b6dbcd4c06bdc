"""
fails: is KL(q‖p) for p = N(0, 1)
name: the half on the logarithm of sigma as well
credit: 0
mistake: sigma_for_sigma_squared
"""

kl_simplified = r"""
1/2*(mu_1^2 + sigma_1^2 - log(sigma_1) - 1)
"""
