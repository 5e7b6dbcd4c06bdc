"""
fails: starts at L
name: starts in the middle
credit: 0.5
mistake: x
"""

elbo_derivation = r"""
∫ q(z) log p(x|z) dz - KL(q(z) || p(z))
= E_q[log p(x|z)] - KL(q(z) || p(z))
"""
