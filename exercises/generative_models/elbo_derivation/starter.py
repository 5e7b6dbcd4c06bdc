# One step per line, each beginning with "=" (or a chain of LaTeX in a displayed `aligned` block).
# E_q[...], ∫ ... dz, KL(q(z) || p(z)), p(z,x), p(x|z), log are understood; see "what you may write".
elbo_derivation = r"""
"""
