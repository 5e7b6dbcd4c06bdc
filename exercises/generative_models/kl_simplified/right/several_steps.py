kl_simplified = r"""
KL = log(sigma_2/sigma_1) + (sigma_1^2 + (mu_1 - mu_2)^2)/(2 sigma_2^2) - 1/2
= log(1/sigma_1) + (sigma_1^2 + mu_1^2)/2 - 1/2
= -log(sigma_1) + 1/2 (sigma_1^2 + mu_1^2 - 1)
"""
