r"""Reader of LaTeX: the part of it people write formulas in, without macros of their own. Gives tokens; runs nothing.

Sizes, spaces, fonts, tags, environments and colours are dropped, and ``\underbrace{A}_{B}`` is A. Wide spaces, cells and
``\text{...}`` that is no name become marks; what they mean for the row says ``notes``.
"""

import re

from autograder.maths.reading import latex_commands as known
from autograder.maths.reading.braces import argument, group
from autograder.maths.reading.characters import (
    DROPPED_SIGNS,
    GREEK,
    GREEK_NAMES,
    SIGNS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    letter,
    refuse,
    sign_kind,
)
from autograder.maths.reading.notes import settled
from autograder.maths.reading.tokens import MAX_CHARS, Kind, Line, Token, Unreadable

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+|\{,\}[0-9]+)?|\.[0-9]+")
COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?|.)", re.DOTALL)
LETTERS = re.compile(r"[A-Za-z]+")
WORD = re.compile(r"\s*(?:\{\s*([A-Za-z][A-Za-z. ]*?)\s*\}|([A-Za-z]))")
OPTIONAL = re.compile(r"\s*\{[A-Za-z]*\*?\}(?:\[[^\]]*\]|\{[lcr@{}|\d\s]*\})*")
DIFFERENTIAL = re.compile(r"d[a-zXZYT]")
SIZES = re.compile(r"\\(?:[bB]igg?)[lrm]?$")
SPACE = re.compile(r"\\[,;:! ]|\s|~")
LABEL = re.compile(r"\s*[_^]")


def tokens(text: str, words: frozenset[str] = frozenset()) -> Line:
    """The tokens of one line of LaTeX (no row breaks, no $). ``words``: runs of letters that are one name.

    Raises:
        Unreadable: an open brace, or a line that is too long.
    """
    if len(text) > MAX_CHARS:
        raise Unreadable(
            f"This line has {len(text)} characters; at most {MAX_CHARS} are read. Break it into several lines.",
            MAX_CHARS,
        )
    found = _Lexer(text, known.WORDS | words).between(0, len(text))
    return Line(settled(found), latex=True, length=len(text))


class _Lexer:
    def __init__(self, text: str, words: frozenset[str]) -> None:
        self.text, self.words, self.found, self.depth = text, words, list[Token](), 0

    def between(self, place: int, end: int) -> list[Token]:
        self.depth += 1
        if self.depth > 20:
            raise Unreadable("Commands are nested too deeply here; write the formula more simply.", place)
        while place < end:
            place = self.step(place, end)
        self.depth -= 1
        return self.found

    def add(self, kind: Kind, value: str, position: int) -> None:
        self.found.append(Token(kind, value, position))

    def step(self, place: int, end: int) -> int:
        character = self.text[place]
        if character == "&":
            self.add("mark", "gap", place)
            return place + 1
        if character.isspace() or character in "~$" or character in DROPPED_SIGNS:
            return place + 1
        if character == "%":
            newline = self.text.find("\n", place)
            return end if newline < 0 else newline + 1
        if character == "\\" and (match := COMMAND.match(self.text, place)):
            return self.command(match.group(), place, match.end())
        if match := NUMBER.match(self.text, place):
            self.add("number", match.group().replace("{,}", "."), place)
            return match.end()
        if match := LETTERS.match(self.text, place):
            return self.letters(match.group(), place)
        return self.sign(character, place)

    def letters(self, run: str, place: int) -> int:
        """A run of letters is one name if it is a known word, and one name per letter otherwise."""
        if run in self.words:
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
        if word in known.ALIASES:
            self.add("command", known.ALIASES[word], place)
        else:
            self.add("name", word.replace(" ", ""), place)

    def sign(self, character: str, place: int) -> int:
        if self.text.startswith(":=", place):
            self.add("operator", "=", place)
            return place + 2
        if character in "+-*/^_()[]{},;:|='<>":
            self.add("operator", character, place)
        elif character in SUPERSCRIPTS or character in SUBSCRIPTS:
            self.add("operator", "^" if character in SUPERSCRIPTS else "_", place)
            small = (SUPERSCRIPTS | SUBSCRIPTS)[character]
            self.add("number" if small.isdigit() else "name", small, place)
        elif character in SIGNS:
            self.add(sign_kind(SIGNS[character]), SIGNS[character], place)
        elif (plain := letter(character)) in GREEK:
            self.add("name", GREEK[plain], place)
        elif plain.isascii() and plain.isalpha():
            self.add("name", plain, place)
        elif character != ".":  # a full stop ends a displayed formula
            self.add("foreign", refuse(character, place).message, place)
        return place + 1

    def command(self, command: str, place: int, end: int) -> int:
        if command in known.GAPS:
            self.add("mark", "gap", place)
            return end
        if command in known.FONTS:
            return self.font(command, place, end)
        if command in known.SPACES or command in known.TICKS or SIZES.match(command):
            return self.invisible(command, place, end)
        if command in known.OPERATORS or command in known.RELATION_SIGNS:
            self.add("operator", known.OPERATORS.get(command) or known.RELATION_SIGNS[command], place)
        elif command in known.COMMANDS:
            self.add("command", known.COMMANDS[command], place)
        elif command in known.NAMES or command[1:] in GREEK_NAMES or command[1:] in self.words:
            self.add("name", known.NAMES.get(command, command[1:]), place)
        else:
            return self.structure(command, place, end)
        return end

    def invisible(self, command: str, place: int, end: int) -> int:
        r"""Sizes and spaces; ``\left. ... \right|`` makes a bracket of what the bar is for."""
        after = end + len(self.text[end:]) - len(self.text[end:].lstrip())
        if command == "\\left" and self.text[after : after + 1] == ".":
            if re.search(r"\\right\s*(?:\||\\vert|\\rvert)\s*[_^]", self.text[after:]):
                self.add("operator", "(", place)
            return after + 1
        if command == "\\right" and self.text[after : after + 1] == ".":
            return after + 1
        if command == "\\right" and self.level() and re.match(r"(?:\||\\r?vert)\s*[_^]", self.text[after:]):
            self.add("operator", ")", place)
        return end

    def font(self, command: str, place: int, end: int) -> int:
        match = WORD.match(self.text, end)
        if match is None:
            return self.group_of_words(place, end) if command in known.REMARKS else self.styled(end)
        word = match.group(1) or match.group(2)
        indexing = bool(self.found) and self.found[-1].value in ("_", "{") and self.found[-1].kind == "operator"
        spelled = word.rstrip(".") in self.words or (len(word) == 1 and word == match.group().strip("{}"))
        if command not in known.REMARKS or indexing or spelled:
            word = "Var" if command == "\\mathbb" and word == "V" else word
            if self.text[match.end() : match.end() + 1].isalpha() and word == "d":  # \mathrm{d}z
                self.add("name", "d", place)
            else:
                self.name(word.rstrip("."), place)
        else:
            self.add("mark", word, place)
        return match.end()

    def group_of_words(self, place: int, end: int) -> int:
        start, after = group(self.text, end)
        if (said := self.text[start : after - 1].strip()) and re.search(r"[^\W\d_]", said):
            self.add("mark", said, place)
        elif number := re.fullmatch(r"\(?\d+[a-z]?\)?|\(\*+\)", said):
            self.add("mark", number.group(), place)
        return after

    def styled(self, end: int) -> int:
        r"""\operatorname{\mathbb E} and \mathrm{D_{KL}} are names; \mathbf{a + b} is a bracket."""
        if self.text[end:].lstrip()[:1] != "{":
            return end
        (start, stop), after = argument(self.text, end)
        if (joined := SPACE.sub("", self.text[start:stop])) in self.words:  # arg\\,min
            self.name(joined, start)
            return after
        before = len(self.found)
        self.between(start, stop)
        inside = self.found[before:]
        single = bool(inside) and inside[0].kind == "name" and (len(inside) == 1 or inside[1].value == "_")
        if not single or any(token.value in ("+", "-", "=") for token in inside):
            self.found[before:] = [Token("operator", "{", start), *inside, Token("operator", "}", stop)]
        return after

    def level(self) -> int:
        """How many brackets are open."""
        return sum((token.value in ("(", "[", "{")) - (token.value in (")", "]", "}")) for token in self.found)

    def structure(self, command: str, place: int, end: int) -> int:
        """Commands with arguments of which all or some are dropped."""
        if command in ("\\begin", "\\end"):
            match = OPTIONAL.match(self.text, end)
            return match.end() if match else end
        if command in known.DROPPED:
            return group(self.text, end)[1]
        if command in known.MARKS:
            return self.marked(known.MARKS[command], place, end)
        if command in known.ARROWS:
            self.add("operator", known.ARROWS[command], place)
            return group(self.text, end)[1]
        if command == "\\mathop":
            (start, stop), end = argument(self.text, end)
            self.between(start, stop)
            return end
        if command == "\\underset":
            return self.underset(place, end)
        if command in known.UNWRAPPED or command in known.SECOND or command in known.BRACED:
            (start, stop), end = argument(self.text, group(self.text, end)[1] if command in known.SECOND else end)
            signed = command.endswith("cancel") and self.text[start:].lstrip()[:1] in ("+", "-")  # 1 \cancel{+ a}
            self.grouped(start, stop, flat=signed or command in ("\\overset", "\\stackrel"))
            return self.note(end) if command in known.BRACED else end
        self.add("foreign", known.unknown(command), place)
        return end

    def underset(self, place: int, end: int) -> int:
        (start, stop), after = argument(self.text, end)
        (second, close), last = argument(self.text, after)
        self.between(second, close)
        self.add("operator", "_", place)
        self.grouped(start, stop)
        return last

    def marked(self, mark: str, place: int, end: int) -> int:
        r"""\hat x is a name of its own, "xhat"; an arrow or a line of a vector changes nothing."""
        (start, stop), after = argument(self.text, end)
        before = len(self.found)
        self.between(start, stop)
        inside = self.found[before:]
        if mark and inside and inside[0].kind == "name":
            self.found[before] = Token("name", inside[0].value + mark, place)
        return after

    def note(self, end: int) -> int:
        r"""Skips the label of an \underbrace."""
        while match := LABEL.match(self.text, end):
            end = group(self.text, match.end())[1]
        return end

    def grouped(self, start: int, stop: int, *, flat: bool = False) -> None:
        """The contents as a bracket, unless an equation stands in it (a frame around a whole row), or a term with its sign
        behind another one, as in a + 1 \\cancel{- 1}."""
        before = len(self.found)
        self.between(start, stop)
        inside = self.found[before:]
        goes_on = bool(inside) and inside[0].value in ("+", "-") and before > 0 and self.found[before - 1].ends_operand
        if not flat and not goes_on and not any(token.value == "=" for token in inside):
            self.found[before:] = [Token("operator", "{", start), *inside, Token("operator", "}", stop)]
