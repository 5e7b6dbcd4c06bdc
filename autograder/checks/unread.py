"""Texts in which no formula was found: what costs points, and what a person has to look at."""

import re
from typing import Literal

from autograder.model import Line, Mistake, NeedsPerson

Unread = Literal["person", "wrong"]

PICTURE = re.compile(
    r"!\[[^\]]{0,300}\][^\S\n]{0,9}\(|<img\b|\battachment:|\.(?:png|jpe?g|heic|pdf|gif|webp|tiff?)\b", re.IGNORECASE
)
ELSEWHERE = re.compile(
    r"\b(?:scan|scanned|photo|picture|image|upload(?:ed)?|attached|attachment|handwritten|on paper|sheet|page|"
    r"bild|foto|anhang|blatt|seite|zettel|photo|page|feuille|pièce jointe|fotoğraf|resim|sayfa)\b",
    re.IGNORECASE,
)
FEW = 8  # words that cannot describe a formula


def without_formula(text: str, shown: tuple[Line, ...] = (), *, unread: int = 0) -> Mistake | NeedsPerson:
    """What is to be said of a text without a readable formula. ``unread``: formulas in its sentences that could not be read."""
    if PICTURE.search(text):
        return NeedsPerson("This answer is a picture; a person will look at it.", detail=shown)
    said = re.sub(r"(?m)^[^\S\n]*(?:#|//|%).*$", "", text)
    if unread or ELSEWHERE.search(said) or len(re.findall(r"\w{2,}", said)) >= FEW:
        return NeedsPerson("No formula could be read in this answer; a person will read it.", detail=shown)
    return Mistake(
        "There is no line of mathematics in this answer; write it as text or LaTeX, one step per line.",
        name="no_formula",
        detail=shown,
    )
