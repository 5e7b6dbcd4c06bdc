"""
fails: splits the logarithm
name: the logarithm is not split
credit: 0.875
mistake: not_logs_split
"""

elbo_derivation = r"""
L = ∫ q(z) log(p(z,x)/q(z)) dz
= ∫ q(z) log(p(x|z) p(z)/q(z)) dz
= E_q[log p(x|z)] - KL(q(z) || p(z))
"""
