kl_simplified = r"""
KL(q || N(0, 1)) = (mu_1^2 + sigma_1^2 - 1)/2 - log(sigma_1)
"""
