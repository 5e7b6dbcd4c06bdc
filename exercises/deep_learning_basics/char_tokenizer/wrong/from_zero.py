"""
fails: encodes the text
name: Ids from 0
credit: 0.5
tell: Your ids begin with 0. The 0 stands for characters that are not in the text; the others begin with 1.
"""

class CharTokenizer:
    """Characters of a text <-> ids from 1; 0 for all others."""

    def __init__(self, text):
        self.characters = sorted(set(text))
        self.ids = {character: i for i, character in enumerate(self.characters, start=0)}

    def __len__(self):
        return len(self.characters) + 1

    def encode(self, text):
        """A string -> the list of its ids."""
        return [self.ids.get(character, len(self.characters)) for character in text]

    def decode(self, ids):
        """A list of ids -> a string."""
        return "".join(self.characters[i] for i in ids)
