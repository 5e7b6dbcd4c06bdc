# item: 8
# why: a stand-in for google.colab leads the code to files that only Colab has; without it the other branch runs
# expect: kl_standard_normal = full
# expect: reparameterize = full

# %%
try:
    import google.colab
    COLAB = True
except ImportError:
    COLAB = False

# %%
if COLAB:
    with open('/content/sample_data/README.md') as f:
        print(f.readline())
    exec(open('/content/drive/MyDrive/setup.py').read())
else:
    import torch

# %%
def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1)

# %%
def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return mu + std * torch.randn_like(std)
