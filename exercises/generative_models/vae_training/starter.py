from torch import nn


class VAE(nn.Module):
    def encode(self, x):
        """x: (N, 784) or (N, 1, 28, 28) in [0, 1]. Returns mu and logvar, both (N, d)."""
        # YOUR CODE HERE
        raise NotImplementedError

    def decode(self, z):
        """z: (N, d). Returns x_hat in (0, 1), one value per pixel."""
        # YOUR CODE HERE
        raise NotImplementedError

    def forward(self, x):
        """Returns x_hat, mu and logvar."""
        # YOUR CODE HERE
        raise NotImplementedError
