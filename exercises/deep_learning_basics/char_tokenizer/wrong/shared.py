"""
fails: two tokenizers keep apart
name: Characters kept in the class
credit: 0.5
tell: The characters are kept in the class, so that a second tokenizer replaces those of the first. Keep them in the
    object: self.characters.
"""

class CharTokenizer:
    """Characters of a text <-> ids from 1; 0 for all others."""

    def __init__(self, text):
        CharTokenizer.characters = sorted(set(text))
        CharTokenizer.ids = {character: i for i, character in enumerate(CharTokenizer.characters, start=1)}

    def __len__(self):
        return len(CharTokenizer.characters) + 1

    def encode(self, text):
        """A string -> the list of its ids."""
        return [CharTokenizer.ids.get(character, 0) for character in text]

    def decode(self, ids):
        """A list of ids -> a string."""
        return "".join(CharTokenizer.characters[i - 1] if i > 0 else "?" for i in ids)
