"""
fails: is KL(q‖p) for p = N(0, 1)
name: the definition, not evaluated
credit: 0
mistake: not_the_asked_form
"""

kl_simplified = r"""
E_q[log q(x)] - E_q[log p(x)]
"""
