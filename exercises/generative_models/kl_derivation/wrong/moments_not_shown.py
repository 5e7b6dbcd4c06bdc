"""
fails: evaluates the moments
name: from the log densities straight to the result
credit: 0.8
mistake: not_moments_evaluated
"""

kl_derivation = r"""
KL(q || p) = ∫ q(x) log(q(x)/p(x)) dx
= E_q[log q(x)] - E_q[log p(x)]
= E_q[-1/2 log(2π σ₁²) - (x - μ₁)²/(2 σ₁²)] - E_q[-1/2 log(2π σ₂²) - (x - μ₂)²/(2 σ₂²)]
= log(σ₂/σ₁) + (σ₁² + (μ₁ - μ₂)²)/(2 σ₂²) - 1/2
"""
