kl_simplified = r"""
-0.5*(1 + np.log(sigma_1**2) - mu_1**2 - sigma_1**2)
"""
