if __name__ == '__main__':
    import torch
    import torch.nn.functional as F
    from torch import nn


    def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
        """KL(N(mu_1, sigma_1²) ‖ N(mu_2, sigma_2²)), elementwise, in nats."""
        return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5


    def discriminator_loss(d_real, d_fake):
        """J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
        return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()
