"""
fails: encodes the text
name: Code points
credit: 0.25
tell: You use the code points of the characters, ord. The ids count the characters of the text from 1.
"""

class CharTokenizer:
    """Characters of a text <-> ids from 1; 0 for all others."""

    def __init__(self, text):
        self.characters = sorted(set(text))
        self.ids = {character: i for i, character in enumerate(self.characters, start=1)}

    def __len__(self):
        return len(self.characters) + 1

    def encode(self, text):
        """A string -> the list of its ids."""
        return [ord(character) for character in text]

    def decode(self, ids):
        """A list of ids -> a string."""
        return "".join(chr(i) for i in ids)
