"""
fails: uses p(z,x) = p(x|z) p(z)
name: p(z|x) where p(x|z) belongs
credit: 0.06250000
mistake: not_joint_factored
"""

elbo_derivation = r"""
L = ∫ q(z) log(p(z,x)/q(z)) dz
= ∫ q(z) log(p(z|x) p(z)/q(z)) dz
= ∫ q(z) log p(z|x) dz + ∫ q(z) log(p(z)/q(z)) dz
= E_q[log p(z|x)] - KL(q(z) || p(z))
"""
