"""
fails: is KL(q‖p) for p = N(0, 1)
name: the sign of the whole turned round
credit: 0
mistake: sign_of_the_whole
"""

kl_simplified = r"""
1/2 (1 + log(sigma_1^2) - mu_1^2 - sigma_1^2)
"""
