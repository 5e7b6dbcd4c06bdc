kl_simplified = r"""
½(μ₁² + σ₁² − 1) − ln σ₁
"""
