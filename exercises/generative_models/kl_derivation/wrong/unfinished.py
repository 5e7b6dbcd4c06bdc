"""
fails: ends in the closed form
name: stops before the moments
credit: 0.6
mistake: no_end
"""

kl_derivation = r"""
KL(q || p) = ∫ q(x) log(q(x)/p(x)) dx
= E_q[log q(x)] - E_q[log p(x)]
= E_q[-1/2 log(2π σ₁²) - (x - μ₁)²/(2 σ₁²)] - E_q[-1/2 log(2π σ₂²) - (x - μ₂)²/(2 σ₂²)]
= log(σ₂/σ₁) - E_q[(x - μ₁)²]/(2 σ₁²) + E_q[(x - μ₂)²]/(2 σ₂²)
= log(σ₂/σ₁) - 1/2 + E_q[x² - 2 μ₂ x + μ₂²]/(2 σ₂²)
"""
