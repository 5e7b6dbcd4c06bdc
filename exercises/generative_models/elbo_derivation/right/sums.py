elbo_derivation = r"""
L = ∑_z q(z) log(p(x,z)/q(z))
p(x,z) = p(x|z) p(z)
L = ∑_z q(z) (log p(x|z) + log p(z) - log q(z))
= ∑_z q(z) log p(x|z) - ∑_z q(z) log(q(z)/p(z))
= E_q[log p(x|z)] - KL(q || p(z))
"""
