"""
fails: starts at a definition of KL(q‖p)
name: KL the wrong way round from the start
credit: 0
mistake: no_start
"""

kl_derivation = r"""
KL(q || p) = ∫ p(x) log(p(x)/q(x)) dx
= E_p[log p(x)] - E_p[log q(x)]
= E_p[-log σ₂ - (x - μ₂)²/(2 σ₂²)] - E_p[-log σ₁ - (x - μ₁)²/(2 σ₁²)]
= log(σ₁/σ₂) - 1/2 + E_p[(x - μ₁)²]/(2 σ₁²)
= log(σ₁/σ₂) - 1/2 + (σ₂² + (μ₁ - μ₂)²)/(2 σ₁²)
"""
