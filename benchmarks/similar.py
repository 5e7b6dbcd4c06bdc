"""What `similar` costs for classes of the sheet: the answers of the demonstration class, each student's own changes put in."""

import random
import time
from pathlib import Path

from autograder.commands.similar.handed_in import Handed, Place, from_submissions, taken_away
from autograder.commands.similar.page import page
from autograder.commands.similar.pairs import compared
from autograder.course import load_sheet
from autograder.intake import submissions

COURSE = Path(__file__).parent.parent
SIZES = (300, 1000, 3000)


def varied(place: Place, draw: random.Random) -> Place:
    """Every tenth word is the student's own."""
    words = [word if draw.random() < 0.9 else f"w{draw.randrange(10**6)}" for word in place.text.split(" ")]
    return Place(place.where, place.kind, " ".join(words))


def main() -> None:
    sheet = load_sheet("generative_models", COURSE)
    some = from_submissions(submissions([COURSE / "demo" / "class"], sheet).submissions, sheet)
    course, before = taken_away(sheet, COURSE), 0.0
    for size in SIZES:
        draw = random.Random(size)
        handed = [
            Handed(f"s{i:05}", tuple(varied(place, draw) for place in some[i % len(some)].places)) for i in range(size)
        ]
        start = time.process_time()
        found = compared(handed, course)
        middle = time.process_time()
        shown = page(found, sheet)
        end = time.process_time()
        seconds = middle - start
        grown = f", {seconds / before:.1f} times the class before" if before else ""
        print(
            f"{size} submissions: {len(found.pairs)} pairs in {seconds:.1f} s of processor{grown}; "
            f"page {end - middle:.1f} s, {len(shown) / 1e6:.1f} MB"
        )
        before = seconds
