kl_derivation = r"""
log(s2/s1) + (s1**2 + (m1 - m2)**2)/(2*s2**2) - 1/2
= log(s2/s1) - 1/2 + E_q[(x - m2)**2]/(2*s2**2)
= log(s2/s1) - E_q[(x - m1)**2]/(2*s1**2) + E_q[(x - m2)**2]/(2*s2**2)
= E_q[-log(s1) - (x - m1)**2/(2*s1**2) + log(s2) + (x - m2)**2/(2*s2**2)]
= E_q[log q(x) - log p(x)]
= KL(q || p)
"""
