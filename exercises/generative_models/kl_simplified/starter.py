# A formula in mu_1 and sigma_1, as text or LaTeX.
kl_simplified = r"""
"""
