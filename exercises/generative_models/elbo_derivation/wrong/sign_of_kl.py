"""
fails: every line follows
name: sign of the KL
credit: 0.65625000
mistake: sign_of_a_term
"""

elbo_derivation = r"""
L = ∫ q(z) log(p(z,x)/q(z)) dz
= ∫ q(z) log(p(x|z) p(z)/q(z)) dz
= ∫ q(z) log p(x|z) dz + ∫ q(z) log(p(z)/q(z)) dz
= E_q[log p(x|z)] + KL(q(z) || p(z))
"""
