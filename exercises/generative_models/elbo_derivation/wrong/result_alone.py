"""
fails: starts at L
name: the result alone
credit: 0
mistake: no_start
"""

elbo_derivation = r"""
∫ q(z) log p(x|z) dz - KL(q(z) || p(z))
= E_q[log p(x|z)] - KL(q(z) || p(z))
"""
