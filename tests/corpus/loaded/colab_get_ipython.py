# item: 8
# why: 'google.colab' in str(get_ipython())
# expect: nonsaturating_loss = full

# %%
import torch
if 'google.colab' in str(get_ipython()):
    device = 'cuda'
    !pip install torchinfo
    import torchinfo
else:
    device = 'cpu'

# %%
def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake.to(device)).mean()
