"""What carries sense in prose and formulas: the one spelling by which texts of a class are compared."""

import re
import unicodedata

LONGEST = 20_000  # characters of a text that are compared; an answer's sense shows before that
WORD = re.compile(r"[\w=<>+\-*/^|]+")


def normalised(text: str) -> str:
    """Lower case, without accents' spellings, punctuation, markup and white space that carry no sense."""
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text[:LONGEST]).casefold()))
