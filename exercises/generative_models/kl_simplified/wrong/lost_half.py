"""
fails: is KL(q‖p) for p = N(0, 1)
name: a factor 1/2 lost
credit: 0
mistake: a_lost_half
"""

kl_simplified = r"""
mu_1^2 + sigma_1^2 - 1 - log(sigma_1)
"""
