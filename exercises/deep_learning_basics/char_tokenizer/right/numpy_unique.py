"""np.unique and an array of ids."""

import numpy as np


class CharTokenizer(dict):
    def __init__(self, text):
        super().__init__(zip(np.unique(list(text)).tolist(), range(1, 10**9)))

    def __len__(self):
        return sum(1 for _ in self) + 1

    def encode(self, text):
        return [int(self.get(character) or 0) for character in text]

    def decode(self, ids):
        back = {i: character for character, i in self.items()}
        return "".join(back.get(int(i), "?") for i in ids)
