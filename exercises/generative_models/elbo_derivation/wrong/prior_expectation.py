"""
fails: every line follows
name: expectation under the prior
credit: 0.65625000
mistake: expectation_under_the_other_distribution
"""

elbo_derivation = r"""
L = ∫ q(z) log(p(z,x)/q(z)) dz
= ∫ q(z) log(p(x|z) p(z)/q(z)) dz
= ∫ q(z) log p(x|z) dz + ∫ q(z) log(p(z)/q(z)) dz
= E_{p(z)}[log p(x|z)] - KL(q(z) || p(z))
"""
