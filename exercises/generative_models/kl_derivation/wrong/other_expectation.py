"""
fails: every line follows
name: one expectation under p
credit: 0.50833340
mistake: expectation_under_the_other_distribution
"""

kl_derivation = r"""
KL(q || p) = ∫ q(x) log(q(x)/p(x)) dx
= E_q[log q(x)] - E_p[log p(x)]
= E_q[-log σ₁ - (x - μ₁)²/(2 σ₁²)] - E_p[-log σ₂ - (x - μ₂)²/(2 σ₂²)]
= log(σ₂/σ₁) - E_q[(x - μ₁)²]/(2 σ₁²) + E_p[(x - μ₂)²]/(2 σ₂²)
= log(σ₂/σ₁) - 1/2 + 1/2
= log(σ₂/σ₁)
"""
