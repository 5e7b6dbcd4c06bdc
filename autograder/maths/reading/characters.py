"""Characters that stand for letters, signs and digits, and the refusal of those that only look like them."""

import unicodedata
from typing import Literal

from autograder.maths.reading.tokens import Unreadable

GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ϵ": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ϑ": "theta",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "µ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "ς": "sigma",
    "τ": "tau",
    "φ": "phi",
    "ϕ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
}
GREEK |= {
    "Γ": "Gamma",
    "Δ": "Delta",
    "Θ": "Theta",
    "Λ": "Lambda",
    "Ξ": "Xi",
    "Π": "Pi",
    "Φ": "Phi",
    "Ψ": "Psi",
    "Ω": "Omega",
}
GREEK_NAMES = frozenset(GREEK.values())
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₘₙₓ₌", "0123456789ijklmnx=", strict=True))
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿᴺᴷ", "0123456789-nNK", strict=True))
SIGNS = {
    "−": "-",
    "–": "-",
    "·": "*",
    "⋅": "*",
    "×": "*",
    "∗": "*",
    "÷": "/",
    "∕": "/",
    "∥": "norm",
    "‖": "norm",
    "∣": "|",
    "∼": "~",
    "≡": "=",
    "≔": "=",
    "≜": "=",
    "⁄": "/",
    "′": "'",
    "’": "'",
    "┬": "_",
    "〖": "(",
    "〗": ")",
    "⟨": "<(",
    "⟩": ")>",
    "≤": "≤",
    "≥": "≥",
    "≈": "≈",
    "≠": "≠",
    "∝": "∝",
    "𝔼": "E",
    "ℒ": "L",
    "ℋ": "H",
    "ℝ": "R",
    "ℙ": "P",
    "ℕ": "N",
    "∂": "partial",
    "∇": "nabla",
    "∆": "Delta",
    "∞": "infinity",
    "½": "half",
    "∫": "int",
    "∑": "sum",
    "Σ": "sum",
    "∏": "prod",
    "√": "sqrt",
}
DROPPED_SIGNS = frozenset("✓✔☑□■∎▒█▯`\u2061\u2062\u2063\u2064")  # ticks, and what a formula editor leaves behind


def sign_kind(value: str) -> Literal["command", "name", "operator"]:
    """What kind of token a sign is."""
    if value in ("int", "sum", "prod", "half", "sqrt"):
        return "command"
    return "name" if value.isalpha() and value.isascii() and value != "norm" else "operator"


LOOKALIKES = dict(
    zip("аеорсухАВЕНКМОРСТХіІјЈѕЅԁɡοΟΑΒΕΖΗΙΚΜΝΡΤΥΧ", "aeopcyxABEHKMOPCTXiIjJsSdgoOABEZHIKMNPTYX", strict=True)
)


def plain_letters(text: str) -> str:
    """Plain letters for those of formula editors, and no box around what an integral is of (∫▒〖...〗). Keeps every position."""
    found = [letter(character) for character in text]
    for start in range(len(text) - 1):
        if text[start] == "▒" and text[start + 1] == "〖" and (end := _unbox(text, start + 1)) > 0:
            found[start] = found[start + 1] = found[end] = " "
    return "".join(found)


def _unbox(text: str, start: int) -> int:
    level = 0
    for end in range(start, len(text)):
        level += (text[end] == "〖") - (text[end] == "〗")
        if level == 0:
            return end
    return -1


def letter(character: str) -> str:
    """An ASCII or Greek letter for one that a formula editor or PDF wrote in its own alphabet (𝑥, 𝜇, ｘ)."""
    if ord(character) < 0xFF00:
        return character
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


def refuse(character: str, position: int) -> Unreadable:
    """Why a character is not part of the language, and what to type."""
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    if character in LOOKALIKES:
        meant = LOOKALIKES[character]
        return Unreadable(
            f'The character "{character}" ({name}) only looks like "{meant}"; type "{meant}" in its place.',
            position,
            meant,
        )
    if not character.isprintable():
        return Unreadable(
            f"There is an invisible character here ({name}); delete it and type the place again.", position
        )
    if character == "!":
        return Unreadable('Factorials ("!") are not part of the language here.', position)
    return Unreadable(
        f'The character "{character}" ({name}) is not part of the language; use letters, numbers and '
        "+ - * / ^ = ( ) [ ] { } | , ;.",
        position,
    )
