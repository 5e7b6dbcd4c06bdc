"""Who is meant in a table of people: which columns of a list or a roster say it, whatever they are called.

Learning platforms name columns in the user's language, instructors as they like. Addresses are told by what is in them; names and
groups by the words that a dozen languages have for them; a number or login by its heading, or because every row has another one.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.model.errors import UsageError

_FIRST = "firstname|forename|givenname|vorname|prenom|nombres|voornaam|imie|fornavn|fornamn|etunimi|jmeno"
_LAST = (
    "lastname|surname|familyname|nachname|familienname|nomdefamille|apellidos?|cognome|sobrenome|apelidos?|achternaam"
    "|nazwisko|efternavn|etternavn|efternamn|sukunimi|prijmeni|prezime"
)
_NAME = (
    r"(?:\w*full|whole|display|sortable|student|member|mitglieds|teilnehmer|voller|vollstandiger)?namen?|nom\w*|nombre\w*"
    "|nome\\w*|naam|namn|navn|student|studentin|studierender?|member|mitglied|partner|person|imieinazwisko|imeiprezime"
)
_SEVERAL = (
    r"(?:\w*members|\w*mitglieder|students|studierende|studenten|teilnehmer\w*|participants|\w*membres|miembros|membri"
    "|etudiants|estudiantes|alumnos|membros|leden|partners|people|personen)(?:names?|namen)?|names|studentnames"
)
_GROUP = r"\w*gr(?:o|u|ou|oe)p+\w?\w?(?:namen?)?|\w*teams?(?:namen?)?|nom\w*group\w*|\w*equip\w*|squadra|skupina|csoport|ryhma"
_KINDS = (  # the first that fits a heading's letters counts
    ("", r"grouping|gruppierung|groupement|agrupa|raggrup|section|sektion|abschnitt|role|rolle|status|grade|bewertung"),
    ("email", r"mail|courriel|correo"),
    ("canvas", "canvasuserid"),
    ("several", f"^(?:{_SEVERAL})$"),
    ("groupid", r"(?:group|team)(?:id|number|no)$|gruppen?(?:id|nummer|nr)$"),
    ("group", rf"^(?:{_GROUP}|zespol|tym|takim|omada|ομαδα|команда|группа|група)$|グループ|组|組"),
    ("first", rf"^(?:\w*(?:{_FIRST})s?|ime)$"),
    ("last", rf"^\w*(?:{_LAST})s?$"),
    ("name", rf"^(?:{_NAME})$"),
    (
        "id",
        r"id$|login|user|kennung|benutzer|utilisateur|usuario|utente|matrik|matrnr|number|nummer|numero|identif|account",
    ),
)
_SHORT = {"name", "nom", "nombre", "nome", "naam", "namn", "navn"}  # half a name where the other half has a column
_PARTICIPANT = re.compile(r"[^\W\d_]+ \d+")  # of Moodle's grading worksheet
_FOLDER = re.compile(r"(?P<name>.+)_(?P<user>\d+|anon-[^\W_]+)", re.DOTALL)
_SPELT = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_SPELT_OUT = _SPELT | str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_NUMBERED = re.compile(r"\d+|(?<=[ _])[A-H]$")


@dataclass(frozen=True)
class Identity:
    """Who a row of a table is: the name shown, and all else that says it.

    ``canvas`` and ``moodle`` are those platforms' own numbers, which their downloads and exports go by.
    """

    name: str
    ids: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    canvas: str = ""
    moodle: str = ""

    @property
    def shown(self) -> str:
        return next(filter(None, (self.name, *self.ids, *self.emails)), "")

    @property
    def sure(self) -> frozenset[str]:
        """What nobody else has: numbers, logins and addresses, as ``letters`` writes them."""
        return known(*map(letters, (*self.ids, *self.emails, self.canvas, self.moodle)))

    @property
    def logins(self) -> frozenset[str]:
        """The part of their addresses before the @."""
        return known(*(letters(address.partition("@")[0]) for address in self.emails))

    @property
    def names(self) -> frozenset[str]:
        return name_keys(self.name)

    @property
    def plain(self) -> frozenset[str]:
        return plain_keys(self.name)


@dataclass(frozen=True)
class Column:
    """What a column of a table says: ``kind`` is one of ``_KINDS``, ``number`` the "2" of "Member 2"."""

    at: int
    kind: str
    number: str = ""


def folded(text: str) -> str:
    """Equal for what differs in case, white space and width alone."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def email_keys(address: str) -> frozenset[str]:
    """An address, and the part before the @, which is a login in many places."""
    address = folded(address)
    return known(address, address.partition("@")[0])


def name_keys(*names: str) -> frozenset[str]:
    """A name with its letters only, in both orders of "Last, First"."""
    keys = set()
    for name in names:
        last, _, first = name.partition(",")
        keys |= {letters(last + first), letters(first + last)}
    return known(*keys)


def plain_keys(*names: str) -> frozenset[str]:
    """A name as it is spelt where there are no accents, in both ways that are usual: "muller" and "mueller" for "Müller"."""
    keys = name_keys(*names)
    return frozenset(_unmarked(key.translate(way)) for key in keys for way in (_SPELT, _SPELT_OUT))


def apart(student: str) -> tuple[str, str]:
    """The name and the platform's number in a student's id as our collectors make it, ("Ada-Lovelace", "17"); else ("", "")."""
    found = _FOLDER.fullmatch(student)
    return (found["name"], found["user"]) if found else ("", "")


def letters(text: str) -> str:
    """The letters and digits of a text, folded."""
    return "".join(character for character in folded(text) if character.isalnum())


def known(*keys: str) -> frozenset[str]:
    """Keys without the empty one."""
    return frozenset(key for key in keys if key)


# ------------------------------------------------------------------ tables


def rows_of(data: bytes, name: str) -> list[list[str]]:
    """The rows of a table with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252; the first is the header.

    Raises:
        UsageError: no table, or one without a row below its header.
    """
    text = _decoded(data)
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [
            [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise UsageError(f"{name} cannot be read as a table ({error}); save it as CSV.") from None
    rows = [row for row in rows if any(row)]
    if len(rows) < 2 or "\0" in text:
        raise UsageError(f"{name}: expected a table (CSV) with a header and a row for each person or group.")
    return rows


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def columns(rows: Sequence[Sequence[str]]) -> list[Column]:
    """What each column says, by its heading and by what is in it."""
    found = [_column(at, title, [row[at] for row in rows[1:] if at < len(row)]) for at, title in enumerate(rows[0])]
    halves = {column.kind for column in found} & {"first", "last"}
    if len(halves) == 1:  # "Name, Vorname"
        other = ({"first", "last"} - halves).pop()
        return [Column(c.at, other, c.number) if _plain(rows[0][c.at]) in _SHORT else c for c in found]
    return found


def _column(at: int, title: str, values: Sequence[str]) -> Column:
    numbers = _NUMBERED.findall(title)
    title = _plain(_NUMBERED.sub("", title))
    said = [value for value in values if value]
    kind = next((kind for kind, pattern in _KINDS if re.search(pattern, title)), None)
    if said and all("@" in value and " " not in value for value in said):
        kind = "email"
    elif kind is None:  # a heading that says nothing: a number or login where each row has its own
        own = len(said) == len(values) > 1 and len(set(said)) == len(said)
        kind = "id" if own and title and not any(" " in value for value in said) else ""
    return Column(at, kind, numbers[0] if numbers else "")


def _plain(title: str) -> str:
    """A heading's letters without accents."""
    return "".join(c for c in _unmarked(title.casefold().replace("ł", "l")) if c.isalpha())


def _unmarked(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def identity(row: Sequence[str], of: Sequence[Column]) -> Identity:
    """Who a row is by these of its columns."""

    def said(*kinds: str) -> list[str]:
        return [row[c.at] for c in of if c.kind in kinds and c.at < len(row) and row[c.at]]

    whole = [part for value in said("name", "several") for part in _apart(value)]
    name = " ".join([*said("first"), *said("last")]) or next(iter(whole), "")
    emails = [value for value in (*said("email"), *whole, *said("id")) if "@" in value]
    words = [value for value in whole if "@" not in value and " " not in value]  # a login, where nothing else is one
    ids = said("id") or ([] if emails and len(whole) == 1 else words)
    name = "" if name in emails else name
    moodle = next((value.split(" ")[1] for value in ids if _PARTICIPANT.fullmatch(value)), "")
    canvas = next(iter(said("canvas")), "")
    ids = [value for value in ids if not _PARTICIPANT.fullmatch(value)]
    return Identity(name, tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(emails)), canvas, moodle)


def _apart(value: str) -> list[str]:
    """ "Ada Lovelace <ada@uni.example>" and "Ada Lovelace (alovel)" say two things."""
    found = re.fullmatch(r"([^<>()]+?)\s*[<(]([^<>()]+)[>)]", value)
    return [found[1], found[2]] if found else [value]
