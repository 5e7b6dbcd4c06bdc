"""
fails: puts in the log densities
name: the definition and the result, nothing between
credit: 0.05
mistake: not_log_densities_put_in
"""

kl_derivation = r"""
KL(q || p) = ∫ q(x) log(q(x)/p(x)) dx
= log(σ₂/σ₁) + (σ₁² + (μ₁ - μ₂)²)/(2 σ₂²) - 1/2
"""
