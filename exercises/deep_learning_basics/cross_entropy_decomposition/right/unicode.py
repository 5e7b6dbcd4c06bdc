cross_entropy_decomposition = r"""
H(p, q) = −∑_x p(x) log q(x)
= −∑_x p(x) log q(x) + ∑_x p(x) log p(x) − ∑_x p(x) log p(x)
= ∑_x p(x) (log p(x) − log q(x)) − ∑_x p(x) log p(x)
= KL(p ‖ q) + H(p)
"""
