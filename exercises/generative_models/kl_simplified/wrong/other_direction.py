"""
fails: is KL(q‖p) for p = N(0, 1)
name: KL(p‖q) in place of KL(q‖p)
credit: 0
mistake: another_formula
"""

kl_simplified = r"""
log(sigma_1) + (1 + mu_1^2)/(2 sigma_1^2) - 1/2
"""
