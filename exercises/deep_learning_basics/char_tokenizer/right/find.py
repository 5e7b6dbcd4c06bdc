"""str.find, which says -1."""

class CharTokenizer:
    def __init__(self, text):
        self.vocab = ["?"] + sorted(list(set(text)))
        self.known = "".join(self.vocab[1:])

    def __len__(self):
        return len(self.vocab)

    def encode(self, text):
        return [self.known.find(ch) + 1 for ch in text]

    def decode(self, ids):
        return "".join([self.vocab[index] for index in ids])
