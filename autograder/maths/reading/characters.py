"""Characters that stand for letters, signs and digits, and the refusal of those that only look like them."""

import unicodedata

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
GREEK_NAMES = frozenset(GREEK.values())
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True))
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
    "𝔼": "E",
    "∞": "infinity",
    "½": "half",
    "∫": "int",
    "∑": "sum",
    "Σ": "sum",
    "√": "sqrt",
}
LOOKALIKES = dict(
    zip("аеорсухАВЕНКМОРСТХіІјЈѕЅԁɡοΟΑΒΕΖΗΙΚΜΝΡΤΥΧ", "aeopcyxABEHKMOPCTXiIjJsSdgoOABEZHIKMNPTYX", strict=True)
)


def letter(character: str) -> str:
    """An ASCII or Greek letter for one that a formula editor or PDF wrote in its own alphabet (𝑥, 𝜇, ｘ)."""
    return (
        unicodedata.normalize("NFKC", character) if ord(character) >= 0x1D400 or ord(character) >= 0xFF00 else character
    )


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
    if character in "<>≤≥≈≠∝":
        return Unreadable(
            f'Each line says that two things are equal; "{character}" is not read. Write "=", or leave this line out.',
            position,
            "=",
        )
    if character == "!":
        return Unreadable('Factorials ("!") are not part of the language here.', position)
    return Unreadable(
        f'The character "{character}" ({name}) is not part of the language; use letters, numbers and '
        "+ - * / ^ = ( ) [ ] { } | , ;.",
        position,
    )
