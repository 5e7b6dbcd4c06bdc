kl_derivation = r"""
KL(q || p) = ∫ q(x) log q(x) dx - ∫ q(x) log p(x) dx
= -H(q) - E_q[log p(x)]
= -1/2 log(2 pi e s1^2) + 1/2 log(2 pi s2^2) + E_q[(x - m2)^2]/(2 s2^2)
= -1/2 log(2 pi e s1^2) + 1/2 log(2 pi s2^2) + (Var_q(x) + (E_q[x] - m2)^2)/(2 s2^2)
= -1/2 - log(s1) + log(s2) + (s1^2 + (m1 - m2)^2)/(2 s2^2)
= 1/2 (log(s2^2/s1^2) + (s1^2 + (m1 - m2)^2)/s2^2 - 1)
"""
