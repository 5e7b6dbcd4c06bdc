"""
fails: encodes the text
name: In the order of the text
credit: 0.5
tell: The ids follow the order in which characters come in the text. Sort the characters.
"""

class CharTokenizer:
    """Characters of a text <-> ids from 1; 0 for all others."""

    def __init__(self, text):
        self.characters = list(dict.fromkeys(text))
        self.ids = {character: i for i, character in enumerate(self.characters, start=1)}

    def __len__(self):
        return len(self.characters) + 1

    def encode(self, text):
        """A string -> the list of its ids."""
        return [self.ids.get(character, 0) for character in text]

    def decode(self, ids):
        """A list of ids -> a string."""
        return "".join(self.characters[i - 1] if i > 0 else "?" for i in ids)
