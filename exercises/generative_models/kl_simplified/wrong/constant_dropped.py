"""
fails: is KL(q‖p) for p = N(0, 1)
name: the constant -1/2 dropped
credit: 0
mistake: a_term_dropped
"""

kl_simplified = r"""
-log σ₁ + (σ₁² + μ₁²)/2
"""
