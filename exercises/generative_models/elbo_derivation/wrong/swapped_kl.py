"""
fails: every line follows
name: KL the wrong way round
credit: 0.65625000
mistake: kl_the_wrong_way_round
"""

elbo_derivation = r"""
L = ∫ q(z) log(p(z,x)/q(z)) dz
= ∫ q(z) log(p(x|z) p(z)/q(z)) dz
= ∫ q(z) log p(x|z) dz + ∫ q(z) log(p(z)/q(z)) dz
= E_q[log p(x|z)] - KL(p(z) || q(z))
"""
