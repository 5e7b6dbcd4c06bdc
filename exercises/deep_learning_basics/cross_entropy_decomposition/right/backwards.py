cross_entropy_decomposition = r"""
H(p) + KL(p || q)
= -sum_x p(x) log p(x) + sum_x p(x) log(p(x)/q(x))
= -sum_x p(x) log p(x) + sum_x p(x) (log p(x) - log q(x))
= -sum_x p(x) log q(x)
= H(p, q)
"""
