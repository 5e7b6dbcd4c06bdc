r"""Reader of LaTeX: the part of it people write formulas in, without macros of their own. Gives tokens; runs nothing.

Sizes, spaces, fonts, tags and colours are dropped, ``\underbrace{A}_{B}`` is A, and ``\text{...}`` is a remark
unless it is an index or an operator's name.
"""

import re

from autograder.maths.reading.characters import GREEK, GREEK_NAMES, SIGNS, SUBSCRIPTS, SUPERSCRIPTS, letter, refuse
from autograder.maths.reading.latex_commands import (
    ALIASES,
    BRACED,
    COMMANDS,
    DOTS,
    DROPPED,
    FONTS,
    MARKS,
    NAMES,
    OPERATORS,
    RELATIONS,
    REMARKS,
    SECOND,
    SPACES,
    UNWRAPPED,
    WORDS,
)
from autograder.maths.reading.tokens import MAX_CHARS, Line, Token, Unreadable

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?|.)", re.DOTALL)
LETTERS = re.compile(r"[A-Za-z]+")
WORD = re.compile(r"\s*(?:\{\s*([A-Za-z][A-Za-z. ]*?)\s*\}|([A-Za-z]))")
DIFFERENTIAL = re.compile(r"d[a-z]")
SIZES = re.compile(r"\\(?:[bB]igg?)[lrm]?$")
CONNECTIVE = re.compile(r"\b(?:with|where|for|since|because|by|using|and|if|as|mit|wobei|da)\b")


def tokens(text: str) -> Line:
    """The tokens of one line of LaTeX (no row breaks, no $).

    Raises:
        Unreadable: a command or character that is not in the language, an open brace, or a line that is too long.
    """
    if len(text) > MAX_CHARS:
        raise Unreadable(
            f"This line has {len(text)} characters; at most {MAX_CHARS} are read. Break it into several lines.",
            MAX_CHARS,
        )
    found = _Lexer(text).between(0, len(text))
    return Line(_bars(found), latex=True, length=len(text))


def _bars(found: list[Token]) -> list[Token]:
    """Two bars side by side are one ‖."""
    joined: list[Token] = []
    for token in found:
        if (
            token.kind == "operator"
            and token.value == "|"
            and joined
            and joined[-1].kind == "operator"
            and joined[-1].value == "|"
        ):
            joined[-1] = Token("operator", "norm", joined[-1].position)
        else:
            joined.append(token)
    return joined


class _Lexer:
    def __init__(self, text: str) -> None:
        self.text, self.found, self.depth = text, list[Token](), 0

    def between(self, place: int, end: int) -> list[Token]:
        self.depth += 1
        if self.depth > 20:
            raise Unreadable("Commands are nested too deeply here; write the formula more simply.", place)
        while place < end:
            place = self.step(place, end)
        self.depth -= 1
        return self.found

    def add(self, kind: str, value: str, position: int) -> None:
        self.found.append(Token(kind, value, position))  # type: ignore[arg-type]  # the three kinds are spelled out by the callers

    def step(self, place: int, end: int) -> int:
        character = self.text[place]
        if character.isspace() or character in "&~$":
            return place + 1
        if character == "%":
            newline = self.text.find("\n", place)
            return end if newline < 0 else newline + 1
        if character == "\\" and (match := COMMAND.match(self.text, place)):
            return self.command(match.group(), place, match.end())
        if match := NUMBER.match(self.text, place):
            self.add("number", match.group(), place)
            return match.end()
        if match := LETTERS.match(self.text, place):
            return self.letters(match.group(), place)
        return self.sign(character, place)

    def letters(self, run: str, place: int) -> int:
        """A run of letters is one name if it is a known word, and one name per letter otherwise."""
        if run in WORDS:
            self.name(run, place)
        elif DIFFERENTIAL.fullmatch(run):
            self.add("name", run, place)
        else:
            for offset, single in enumerate(run):
                if DIFFERENTIAL.fullmatch(run[offset:]):
                    self.add("name", run[offset:], place + offset)
                    break
                self.add("name", single, place + offset)
        return place + len(run)

    def name(self, word: str, place: int) -> None:
        if word in ALIASES:
            self.add("command", ALIASES[word], place)
        else:
            self.add("name", word.replace(" ", ""), place)

    def sign(self, character: str, place: int) -> int:
        if self.text.startswith(":=", place):
            self.add("operator", "=", place)
            return place + 2
        if character in "+-*/^_()[]{},;:|=":
            self.add("operator", character, place)
        elif character in SUPERSCRIPTS or character in SUBSCRIPTS:
            self.add("operator", "^" if character in SUPERSCRIPTS else "_", place)
            self.add("number", (SUPERSCRIPTS | SUBSCRIPTS)[character], place)
        elif character in SIGNS:
            value = SIGNS[character]
            self.add(
                "command"
                if value in ("int", "sum", "half", "sqrt")
                else "name"
                if value in ("E", "infinity")
                else "operator",
                value,
                place,
            )
        elif (plain := letter(character)) in GREEK:
            self.add("name", GREEK[plain], place)
        elif plain.isascii() and plain.isalpha():
            self.add("name", plain, place)
        elif character != ".":  # a full stop ends a displayed formula
            raise refuse(character, place)
        return place + 1

    def command(self, command: str, place: int, end: int) -> int:
        if command in FONTS and (match := WORD.match(self.text, end)):
            return self.font(command, match, place)
        if command in REMARKS:
            return self.group(end)[1]
        if command in SPACES or SIZES.match(command):
            return end + 1 if command in ("\\left", "\\right") and self.text[end : end + 1] == "." else end
        if command in FONTS:
            return end
        if command in OPERATORS:
            self.add("operator", OPERATORS[command], place)
        elif command in COMMANDS:
            self.add("command", COMMANDS[command], place)
        elif command in NAMES or command[1:] in GREEK_NAMES:
            self.add("name", NAMES.get(command, command[1:]), place)
        else:
            return self.structure(command, place, end)
        return end

    def font(self, command: str, match: re.Match[str], place: int) -> int:
        word = match.group(1) or match.group(2)
        indexing = bool(self.found) and self.found[-1].value in ("_", "{") and self.found[-1].kind == "operator"
        if command not in REMARKS or indexing or word.rstrip(".") in WORDS:
            word = "Var" if command == "\\mathbb" and word == "V" else word
            self.name(word.rstrip("."), place)
        elif CONNECTIVE.search(word) and self.found and not self.level():
            self.add("operator", ";", place)
        return match.end()

    def level(self) -> int:
        """How many brackets are open."""
        return sum((token.value in ("(", "[", "{")) - (token.value in (")", "]", "}")) for token in self.found)

    def structure(self, command: str, place: int, end: int) -> int:
        """Commands with arguments of which all or some are dropped."""
        if command in DROPPED:
            return self.group(end)[1]
        if command == "\\mathop":
            (start, stop), end = self.inside(end)
            self.between(start, stop)
            return end
        if command == "\\underset":
            (start, stop), after = self.inside(end)
            (second, close), last = self.inside(after)
            self.between(second, close)
            self.add("operator", "_", place)
            self.grouped(start, stop)
            return last
        if command in UNWRAPPED or command in SECOND:
            (start, stop), end = self.inside(self.group(end)[1] if command in SECOND else end)
            if command in ("\\overset", "\\stackrel"):
                self.between(start, stop)
            else:
                self.grouped(start, stop)
            return end
        if command in BRACED:
            (start, stop), end = self.inside(end)
            self.grouped(start, stop)
            return self.note(end)
        raise self.unknown(command, place)

    def note(self, end: int) -> int:
        r"""Skips the label of an \underbrace."""
        while match := re.compile(r"\s*[_^]").match(self.text, end):
            end = self.group(match.end())[1]
        return end

    def grouped(self, start: int, stop: int) -> None:
        self.add("operator", "{", start)
        self.between(start, stop)
        self.add("operator", "}", stop)

    def inside(self, place: int) -> tuple[tuple[int, int], int]:
        start, after = self.group(place)
        return (start, after - 1 if self.text[after - 1] == "}" else after), after

    def group(self, place: int) -> tuple[int, int]:
        """(start of the contents, offset after it) of the argument at ``place``: a braced group or one character."""
        while place < len(self.text) and self.text[place].isspace():
            place += 1
        if self.text[place : place + 1] != "{":
            if match := COMMAND.match(self.text, place):
                return place, match.end()
            return place, min(place + 1, len(self.text))
        level, opened = 0, place
        while place < len(self.text):
            if self.text[place] == "\\":
                place += 1
            elif self.text[place] in "{}":
                level += 1 if self.text[place] == "{" else -1
                if level == 0:
                    return opened + 1, place + 1
            place += 1
        raise Unreadable('This "{" is never closed; write the "}" that belongs to it.', opened, "}")

    def unknown(self, command: str, place: int) -> Unreadable:
        if command in MARKS:
            return Unreadable(f"Letters with {command} are not read here; use a name without a mark.", place)
        if command in RELATIONS:
            return Unreadable(
                f'Each line says that two things are equal; {command} is not read. Write "=", or leave this line out.',
                place,
                "=",
            )
        if command in DOTS:
            return Unreadable("Dots are not read; write all terms.", place)
        return Unreadable(
            f"The command {command} is not part of the language here; write the formula without it.", place
        )
