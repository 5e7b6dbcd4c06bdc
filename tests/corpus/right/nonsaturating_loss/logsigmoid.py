# right: logsigmoid of the logit, labels unused
import torch
import torch.nn.functional as F


def nonsaturating_generator_loss(d_fake):
    logits = torch.log(d_fake / (1 - d_fake))
    return -F.logsigmoid(logits).mean() / 2
