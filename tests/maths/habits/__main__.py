"""``python -m tests.maths.habits``: what becomes of the answers of the corpus, by habit.

Options: ``-v`` lists the answers that do not get what they should; a word chooses the exercises and habits that hold it.
"""

import sys
from collections import Counter

from tests.maths.habits.corpus import Fate, Written, corpus, fate, on_the_line

Table = dict[str, Counter[str]]


def verdict(answer: Written, found: Fate) -> str:
    """The column of the table: "right full", "wrong on the line", ..."""
    if answer.label == "wrong" and found.word == "lost":
        return "wrong on the line" if on_the_line(answer, found) else "wrong elsewhere"
    return f"{answer.label} {found.word}"


COLUMNS = {
    "right full": "full",
    "right held": "held",
    "right lost": "rejected",
    "wrong full": "accepted",
    "wrong held": "held",
    "wrong on the line": "on the line",
    "wrong elsewhere": "elsewhere",
    "person held": "held",
    "person full": "accepted",
    "person lost": "rejected",
}
GOOD = {"right full", "wrong on the line", "person held"}


def main(arguments: list[str]) -> None:
    words = [word for word in arguments if not word.startswith("-")]
    table: Table = {}
    for answer in corpus():
        if not all(word in f"{answer.source} {answer.habit} {answer.label}" for word in words):
            continue
        found = fate(answer)
        column = verdict(answer, found)
        table.setdefault(answer.habit, Counter())[column] += 1
        if "-v" in arguments and column not in GOOD:
            print(f"--- {answer.source} [{answer.habit}] {column}\n{answer.text.strip()}\n")
            print(f"  says: {found.message}\n  at: {found.rows}  wanted: {answer.line}  {answer.slip}")
            for line in found.shown:
                print(
                    f"    {getattr(line, 'number', '')} {getattr(line, 'verdict', '')}: {getattr(line, 'text', '')[:110]}"
                )
    show(table)


def show(table: Table) -> None:
    print(f"{'':40} {'right':>24} | {'wrong':>40} | {'person':>24}")
    print(f"{'habit':40} " + " ".join(f"{name:>9}" for name in COLUMNS.values()))
    for habit, row in sorted(table.items()):
        print(f"{habit:40} " + " ".join(f"{row[column] or '':>9}" for column in COLUMNS))
    total = sum(table.values(), Counter())
    print(f"{'all':40} " + " ".join(f"{total[column]:>9}" for column in COLUMNS))


if __name__ == "__main__":
    main(sys.argv[1:])
