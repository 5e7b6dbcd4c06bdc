"""A recurrent network that reads the digit row by row."""

from torch import nn


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(28, 96, batch_first=True)
        self.out = nn.Linear(96 * 28, 10)

    def forward(self, x):
        states, _ = self.rnn(x.squeeze(1))
        return self.out(states.flatten(1))
