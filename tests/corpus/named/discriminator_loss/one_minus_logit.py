# cause: 1 - logit for 1 - D: the probabilities are turned into logits before the 1 is taken
# credit: 0
# kind: formula
import torch


def discriminator_loss(d_real, d_fake):
    real, fake = torch.logit(d_real), torch.logit(d_fake)
    return -0.5 * torch.log(torch.sigmoid(real)).mean() - 0.5 * torch.log(torch.sigmoid(1 - fake)).mean()
