"""
fails: brings in log p(x)
name: the definition and the result, nothing between
credit: 0.0625
mistake: not_log_p_brought_in
"""

cross_entropy_decomposition = r"""
H(p, q) = -sum_x p(x) log q(x)
= H(p) + KL(p || q)
"""
