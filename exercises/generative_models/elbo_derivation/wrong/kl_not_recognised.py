"""
fails: ends in E_q[log p(x|z)] - KL(q(z)‖p(z))
name: the KL is left as an expectation
credit: 0.75
mistake: no_end
"""

elbo_derivation = r"""
L = ∫ q(z) log(p(z,x)/q(z)) dz
= ∫ q(z) log(p(x|z) p(z)/q(z)) dz
= ∫ q(z) log p(x|z) dz + ∫ q(z) log(p(z)/q(z)) dz
= E_q[log p(x|z)] - E_q[log(q(z)/p(z))]
"""
