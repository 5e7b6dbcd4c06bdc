kl_derivation = r"""
a = E_q[(x - mu_1)^2]
b = E_q[(x - mu_2)^2]
KL = E_q[log q - log p]
KL = E_q[-log s1 - (x - m1)^2/(2 s1^2) + log s2 + (x - m2)^2/(2 s2^2)]
KL = log(s2/s1) - a/(2 s1^2) + b/(2 s2^2)
a = s1^2
b = E_q(x^2) - 2 m2 E_q(x) + m2^2 = s1^2 + m1^2 - 2 m1 m2 + m2^2
KL = log(s2/s1) - 1/2 + (s1^2 + (m1 - m2)^2)/(2 s2^2)
"""
