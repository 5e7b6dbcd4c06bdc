"""
fails: every line follows
name: the logarithm taken outside the expectation
credit: 0.6
mistake: logarithm_taken_outside
"""

elbo_derivation = r"""
L = E_q[log(p(z,x)/q(z))]
= E_q[log p(x|z) + log p(z) - log q(z)]
= E_q[log p(x|z)] + E_q[log(p(z)/q(z))]
= log E_q[p(x|z)] + E_q[log(p(z)/q(z))]
= log E_q[p(x|z)] - KL(q(z) || p(z))
"""
