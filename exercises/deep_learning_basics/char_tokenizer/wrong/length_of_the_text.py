"""
fails: knows its length
name: The length of the text
credit: 0.5
tell: len() is the length of the text. It is the number of ids: that of the different characters, and 1 for the 0.
"""

class CharTokenizer:
    """Characters of a text <-> ids from 1; 0 for all others."""

    def __init__(self, text):
        self.text = text
        self.characters = sorted(set(text))
        self.ids = {character: i for i, character in enumerate(self.characters, start=1)}

    def __len__(self):
        return len(self.text)

    def encode(self, text):
        """A string -> the list of its ids."""
        return [self.ids.get(character, 0) for character in text]

    def decode(self, ids):
        """A list of ids -> a string."""
        return "".join(self.characters[i - 1] if i > 0 else "?" for i in ids)
