"""The pairs as a table: a row for each two places."""

import csv
import io

from autograder.commands.similar.pairs import Compared, Shared
from autograder.commands.similar.passages import Passage, passages
from autograder.formats import cell

HEAD = (
    "pair",
    "student",
    "where",
    "other student",
    "other where",
    "unusual tokens",
    "passages",
    "tokens of the longest",
    "submissions with it",
    "submissions compared",
)


def table(found: Compared) -> bytes:
    """UTF-8 with its mark and CRLF, as ``grades.csv``; the most unusual pair is 1."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(HEAD)
    for number, pair in enumerate(found.pairs, 1):
        for shared in pair.shared:
            writer.writerow(_row(number, shared, passages(shared, found), len(found.handed)))
    return written.getvalue().encode("utf-8-sig", "replace")


def _row(number: int, shared: Shared, there: list[Passage], handed_in: int) -> list[str]:
    unusual = [passage for passage in there if not passage.common]
    longest = max(unusual, key=lambda passage: passage.tokens, default=None)
    one, other = ([cell(side.student), side.place.where] for side in (shared.one, shared.other))
    of_longest = [str(longest.tokens), str(len(longest.students))] if longest else ["", ""]
    return [str(number), *one, *other, f"{shared.unusual:g}", str(len(unusual)), *of_longest, str(handed_in)]
