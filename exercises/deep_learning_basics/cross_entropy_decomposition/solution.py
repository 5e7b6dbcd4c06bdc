cross_entropy_decomposition = r"""
H(p, q) = -sum_x p(x) log q(x)
= -sum_x p(x) log(p(x) q(x)/p(x))
= -sum_x p(x) (log p(x) - log(p(x)/q(x)))
= -sum_x p(x) log p(x) + sum_x p(x) log(p(x)/q(x))
= H(p) + KL(p || q)
"""
