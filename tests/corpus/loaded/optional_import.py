# item: 6
# why: an import that may fail, with its fall-back
# expect: kl_normal = full

# %%
import torch
try:
    import jax.numpy as jnp
    HAVE_JAX = True
except ImportError:
    HAVE_JAX = False

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    if HAVE_JAX and not isinstance(mu_1, torch.Tensor):
        return jnp.log(sigma_2 / sigma_1)
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5
