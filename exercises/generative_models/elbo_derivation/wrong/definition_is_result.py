"""
fails: uses p(z,x) = p(x|z) p(z)
name: the definition and the result, nothing between
credit: 0.06250000
mistake: not_joint_factored
"""

elbo_derivation = r"""
L = ∫ q(z) log(p(z,x)/q(z)) dz
= E_q[log p(x|z)] - KL(q(z) || p(z))
"""
