"""Places looked up by bisection."""

from bisect import bisect_left


class CharTokenizer:
    def __init__(self, text):
        self.alphabet = "".join(sorted(set(text)))

    def __len__(self):
        return 1 + len(self.alphabet)

    def encode(self, text):
        return list(map(self.id, text))

    def id(self, character):
        place = bisect_left(self.alphabet, character)
        return place + 1 if self.alphabet[place : place + 1] == character else 0

    def decode(self, ids):
        return "".join(("?" + self.alphabet)[i] for i in ids)
