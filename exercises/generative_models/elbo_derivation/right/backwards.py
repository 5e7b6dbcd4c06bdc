elbo_derivation = r"""
E_q[log p(x|z)] - KL(q(z) || p(z))
= E_q[log p(x|z)] - E_q[log(q(z)/p(z))]
= E_q[log p(x|z) + log p(z) - log q(z)]
= E_q[log(p(x|z) p(z)/q(z))]
= ∫ q(z) log(p(z,x)/q(z)) dz
= L
"""
