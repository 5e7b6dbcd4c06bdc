"""What stands beside the mathematics of a row: reasons, numbers of equations, remarks, ticks.

The readers leave marks where a wide space, a cell of a table or words stood. Here each mark is decided on: it is layout
and goes, it parts two equations, or what follows is a reason. Reasons stand behind the row, each after a ``note``; the
equations in them are read where they can be, and are no reason to refuse the row where they cannot.
"""

import re

from autograder.maths.reading.tokens import RELATIONS, Token

OPENING = {"(": ")", "[": "]", "{": "}"}
INFIX = frozenset({"=", "+", "-", "*", "/", "^", "_", ")", "]", "}", ",", ";", "~", "norm", "/."}) | RELATIONS
DANGLING = frozenset({"=", "+", "-", "*", "/", "^", "_", "(", "[", "{", ",", ";", "~", "norm"}) | RELATIONS
REASON = re.compile(r"\b(?:with|where|since|because|by|using|as|mit|wobei|da|weil|per|via|due|from|recall|note|denn)\b")
CONDITION = re.compile(r"\b(?:iff|if|when|whenever|for|unless|falls|wenn|für|genau)\b")
AGAIN = re.compile(
    r"\b(?:or|equivalently|so|thus|hence|therefore|and|then|oder|und|also|daher)\b|^\s*(?:i\.?\s?e\.?|ie)\b"
)
NUMERAL = re.compile(r"\d{1,2}(?:\.\d{1,2})?[a-z]?|\*+|[ivx]+|[IVX]+|[a-c]|†|\\dagger")


def settled(found: list[Token]) -> list[Token]:
    """The tokens of a row without marks: what is claimed, then each reason after a ``note``."""
    found = _without_empty(_joined_bars(found))
    if not any(token.kind == "mark" or token.value in ("|", "(", "[") for token in found):
        return found
    main, asides = _asides(found)
    pieces = _pieces(main)
    kept: list[Token] = list(pieces[0][1])
    for place, (mark, piece) in enumerate(pieces[1:], start=1):
        if not piece:
            continue
        if mark.value != "gap" and not _equates(piece) and _own_column(pieces[:place]):
            continue
        if _goes_on(kept, piece) or ((mark.value == "gap" and not _equates(piece)) and piece[0].value != "|"):
            kept += piece
        elif (mark.value == "gap" and piece[0].value != "|") or AGAIN.search(mark.value.lower()):
            kept += [Token("operator", ";", mark.position), *piece]
        elif not CONDITION.search(mark.value.lower()):
            asides.append(piece)
    kept, barred = _barred(kept)
    return kept + [token for aside in [*barred, *asides] for token in _note(aside)]


def _own_column(before: list[tuple[Token, list[Token]]]) -> bool:
    """Whether words begin a column of their own, as those behind && in an align do: what stands among them claims nothing."""
    return len(before) > 2 and all(mark.value == "gap" and not piece for mark, piece in before[-2:])


def _note(aside: list[Token]) -> list[Token]:
    while aside and aside[0].value == "|":
        aside = aside[1:]
    while len(aside) > 1 and aside[0].value in ("(", "[") and _closing(aside, 0) == len(aside) - 1:
        aside = aside[1:-1]
    aside = [token for token in aside if token.kind != "mark"]
    return [Token("operator", "note", aside[0].position), *aside] if _equates(aside) else []


def _goes_on(before: list[Token], piece: list[Token]) -> bool:
    """Whether a mark stands in the middle of an expression, where it is layout."""
    last = next((k for k in range(len(before) - 1, -1, -1) if before[k].value == ";"), -1)
    current = before[last + 1 :]
    if piece[0].kind == "operator" and piece[0].value in INFIX:
        return True
    if not current or (current[-1].kind == "operator" and current[-1].value in DANGLING):
        return True
    return _optimum_only(current)


def _optimum_only(tokens: list[Token]) -> bool:
    """min_G max_D: what is optimised is still to come."""
    first = tokens[1] if tokens[0].value in ("[", "{") and len(tokens) > 1 else tokens[0]
    if first.kind != "command" or first.value not in ("min", "max"):
        return False
    place = len(tokens) - 1
    if tokens[place].value == "}":
        while place and tokens[place].value != "{":
            place -= 1
    return (place > 0 and tokens[place - 1].value == "_") or tokens[-1].value in ("min", "max")


def _equates(piece: list[Token]) -> bool:
    return any(token.kind == "operator" and (token.value == "=" or token.value in RELATIONS) for token in piece)


def _pieces(found: list[Token]) -> list[tuple[Token, list[Token]]]:
    """The tokens between the marks that stand outside all brackets; marks inside are dropped."""
    pieces: list[tuple[Token, list[Token]]] = [(Token("mark", "", 0), [])]
    level = 0
    for token in found:
        if token.kind == "mark":
            if level <= 0:
                pieces.append((token, []))
            continue
        level += _step(token)
        pieces[-1][1].append(token)
    return pieces


def _step(token: Token) -> int:
    return (token.value in OPENING) - (token.value in (")", "]", "}")) if token.kind == "operator" else 0


def _asides(found: list[Token]) -> tuple[list[Token], list[list[Token]]]:
    """The row without what stands beside it in brackets of its own, and that."""
    main: list[Token] = []
    asides: list[list[Token]] = []
    place = level = 0
    while place < len(found):
        token = found[place]
        if level == 0 and token.kind == "operator" and token.value in ("(", "["):
            end = _closing(found, place)
            if end > 0 and _is_aside(found, place, end):
                inside = found[place + 1 : end]
                worded = next((part.value for part in inside if part.kind == "mark" and part.value != "gap"), "")
                if not CONDITION.search(worded.lower()):
                    asides.append([part for part in inside if part.kind != "mark"])
                place = end + 1
                if not any(part.kind != "mark" for part in main) and _only_names(inside):
                    place += found[place : place + 1] != [] and found[place].value == "="  # (*) = ...
                continue
        level += _step(token)
        main.append(token)
        place += 1
    return main, asides


def _closing(found: list[Token], place: int) -> int:
    """The place of the bracket that closes the one at ``place``, -1 if none does."""
    level = 0
    for end in range(place, len(found)):
        level += _step(found[end])
        if level == 0:
            return end
    return -1


def _only_names(inside: list[Token]) -> bool:
    spelled = "".join(token.value for token in inside if token.kind != "mark")
    return bool(NUMERAL.fullmatch(spelled)) if spelled else any(token.kind == "mark" for token in inside)


def _is_aside(found: list[Token], start: int, end: int) -> bool:
    """Whether brackets hold no factor: words, the number of an equation behind a gap, stars, or an equation."""
    inside = found[start + 1 : end]
    before = found[start - 1] if start else None
    spelled = [token for token in inside if token.kind != "mark"]
    if inside and inside[0].kind == "mark" and inside[0].value != "gap":
        return True
    if spelled and all(token.value in ("*", "†") for token in spelled):
        return True
    apart = before is not None and before.kind == "mark"
    if _only_names(inside):
        last = all(token.kind == "mark" for token in found[end + 1 :])
        return apart and last and any(token.kind != "mark" for token in found[:start])
    level, equal = 0, False
    for token in inside:
        level += _step(token)
        equal = equal or (level == 0 and token.kind == "operator" and (token.value == "=" or token.value in RELATIONS))
    glued = before is not None and before.kind in ("name", "command") and found[start].position == _after(before)
    return equal and start > 0 and not glued and not (before is not None and before.value in DANGLING)


def _after(token: Token) -> int:
    return token.position + len(token.value)


def _barred(kept: list[Token]) -> tuple[list[Token], list[list[Token]]]:
    """A bar outside all brackets, behind something complete and with no index of its own, opens a reason."""
    level = 0
    for place, token in enumerate(kept):
        level += _step(token)
        if level == 0 and token.kind == "operator" and token.value == "|" and place:
            before, after = kept[place - 1], kept[place + 1].value if place + 1 < len(kept) else ""
            if not (before.kind == "operator" and before.value in DANGLING) and after not in ("_", "^"):
                return kept[:place], [kept[place + 1 :]]
    return kept, []


def _joined_bars(found: list[Token]) -> list[Token]:
    """Two bars side by side are one ‖."""
    joined: list[Token] = []
    for token in found:
        last = joined[-1] if joined else None
        if token.kind == "operator" and token.value == "|" and last and last.kind == "operator" and last.value == "|":
            joined[-1] = Token("operator", "norm", last.position)
        else:
            joined.append(token)
    return joined


def _without_empty(found: list[Token]) -> list[Token]:
    """Without ``{}``, which only sets the space around a sign."""
    kept: list[Token] = []
    for token in found:
        if token.value == "}" and kept and kept[-1].value == "{" and not _takes_argument(kept[:-1]):
            kept.pop()
        else:
            kept.append(token)
    return kept


def _takes_argument(before: list[Token]) -> bool:
    return bool(before) and before[-1].value in ("_", "^", "frac")
