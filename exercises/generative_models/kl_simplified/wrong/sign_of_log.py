"""
fails: is KL(q‖p) for p = N(0, 1)
name: sign of the logarithm
credit: 0
mistake: sign_of_a_term
"""

kl_simplified = r"""
KL = (mu_1^2 + sigma_1^2 - 1)/2 + log(sigma_1)
"""
