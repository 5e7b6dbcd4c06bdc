"""A dictionary each way."""

class CharTokenizer:
    def __init__(self, text):
        self.to_id, self.to_character = {}, {0: "?"}
        for character in sorted({*text}):
            self.to_id[character] = len(self.to_character)
            self.to_character[len(self.to_character)] = character

    def __len__(self):
        return len(self.to_character)

    def encode(self, text):
        return [self.to_id[c] if c in self.to_id else 0 for c in text]

    def decode(self, ids):
        text = ""
        for i in ids:
            text += self.to_character[i]
        return text
