import torch


class GANLosses:
    @staticmethod
    def discriminator_loss(d_real, d_fake):
        """J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
        return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()

    @staticmethod
    def generator_loss(d_real, d_fake):
        """J^(G) = -J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
        return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()

    @staticmethod
    def nonsaturating_generator_loss(d_fake):
        """-½ E[log D(G(z))] from the probabilities D(G(z)): (N,) or (N, 1) -> scalar."""
        return -0.5 * torch.log(d_fake).mean()
