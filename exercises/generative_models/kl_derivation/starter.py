# One step per line, each beginning with "=" (or a chain of LaTeX in a displayed `aligned` block).
# E_q[...], ∫ ... dx, KL(q || p), log, sigma_1^2 (or s1**2, or σ₁²) are understood; see "what you may write".
kl_derivation = r"""
"""
