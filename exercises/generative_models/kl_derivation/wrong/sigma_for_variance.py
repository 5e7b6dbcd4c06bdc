"""
fails: every line follows
name: sigma in place of sigma² in the density
credit: 0.59
mistake: sigma_for_sigma_squared
"""

kl_derivation = r"""
KL(q || p) = ∫ q(x) log(q(x)/p(x)) dx
= E_q[log q(x)] - E_q[log p(x)]
= E_q[-1/2 log(2π σ₁²) - (x - μ₁)²/(2 σ₁²)] - E_q[-1/2 log(2π σ₂²) - (x - μ₂)²/(2 σ₂)]
= log(σ₂/σ₁) - 1/2 + E_q[(x - μ₂)²]/(2 σ₂)
= log(σ₂/σ₁) - 1/2 + (σ₁² + (μ₁ - μ₂)²)/(2 σ₂)
"""
