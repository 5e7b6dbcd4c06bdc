cross_entropy_decomposition = r"""
a = -sum_x p(x) log p(x)
H(p, q) = -sum_x p(x) log q(x)
= a - a - sum_x p(x) log q(x)
= a + sum_x p(x) log p(x) - sum_x p(x) log q(x)
= H(p) + sum_x p(x) log(p(x)/q(x))
= H(p) + KL(p || q)
"""
