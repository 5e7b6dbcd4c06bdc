"""Answers that say the same stand together: identical after normalisation, near-identical, then by meaning (``sense``).

Groups order the reading and give no points. Same texts, same groups, whatever order they come in.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import StandardScaler, normalize

from autograder.commands.review.sense import Sense, by_words
from autograder.commands.wording import normalised
from autograder.model import Rubric

How = Literal["identical", "nearly identical", "alike", "alone"]

NEAR = 0.85
"""Cosine of the letter 4-grams above which two texts differ in a few words."""
ABOUT = 6
"""Texts of one group by meaning, on average: what can be read side by side. No threshold of likeness would do for every
exercise, and who marks sees every text of a group and takes out what does not belong."""


@dataclass(frozen=True)
class Group:
    """Answers read together: ``members`` are distinct texts, each with the students who handed it in."""

    members: tuple["Member", ...]
    how: How

    @cached_property
    def key(self) -> str:
        """The same as long as the texts are."""
        return hashlib.sha256("".join(sorted(member.key for member in self.members)).encode()).hexdigest()[:12]

    @property
    def students(self) -> tuple[str, ...]:
        return tuple(student for member in self.members for student in member.students)


@dataclass(frozen=True)
class Member:
    """One text up to layout, as the first of its students wrote it."""

    key: str
    text: str
    students: tuple[str, ...]


def grouped(texts: Mapping[str, str], rubric: Rubric | None = None, sense: Sense = by_words) -> list[Group]:
    """Student -> text in groups, the largest first. Without a rubric only texts that are the same but for white space are one
    group: what a formula says hangs on every sign."""
    if rubric is None:
        members = _members(texts, lambda text: " ".join(text.split()))
        return _ordered([Group((member,), _how([member], 1)) for member in members])
    members = _members(texts, normalised)
    pieces = [[members[i] for i in piece] for piece in _joined([normalised(member.text) for member in members])]
    groups = []
    for cluster in _by_meaning([piece[0].text for piece in pieces], rubric, sense):
        inside = sorted((member for i in cluster for member in pieces[i]), key=lambda m: (-len(m.students), m.key))
        groups.append(Group(tuple(inside), _how(inside, len(cluster))))
    return _ordered(groups)


def _ordered(groups: list[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (-len(group.students), group.key))


def _members(texts: Mapping[str, str], same: Callable[[str], str]) -> list[Member]:
    found: dict[str, list[str]] = {}
    for student in sorted(texts):
        found.setdefault(same(texts[student]) or texts[student], []).append(student)
    made = [
        Member(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12], texts[students[0]], tuple(students))
        for text, students in found.items()
    ]
    return sorted(made, key=lambda member: member.key)


def _how(members: Sequence[Member], pieces: int) -> How:
    if pieces > 1:
        return "alike"
    if len(members) > 1:
        return "nearly identical"
    return "identical" if len(members[0].students) > 1 else "alone"


def _joined(texts: Sequence[str]) -> list[list[int]]:
    """Chains of texts that differ in a few words, by index."""
    parent = list(range(len(texts)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    if any(text.strip() for text in texts):
        vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 4)).fit_transform(texts)
        close = (vectors @ vectors.T).tocoo()
        near = close.data >= NEAR
        for i, j in sorted(zip(close.row[near].tolist(), close.col[near].tolist(), strict=True)):
            parent[max(root(i), root(j))] = min(root(i), root(j))
    return _gathered([root(i) for i in range(len(texts))])


def _by_meaning(texts: Sequence[str], rubric: Rubric, sense: Sense) -> list[list[int]]:
    """By what texts are about and by how they stand to each entry of the rubric."""
    empty = [i for i, text in enumerate(texts) if not normalised(text)]
    full = [i for i, text in enumerate(texts) if normalised(text)]
    if len(full) <= ABOUT:  # so few need no order
        return [*([empty] if empty else []), *([i] for i in full)]
    clusters = _clusters([texts[i] for i in full], _entries(rubric), sense)
    return [*([empty] if empty else []), *([full[i] for i in cluster] for cluster in clusters)]


def _clusters(texts: Sequence[str], entries: Sequence[str], sense: Sense) -> list[list[int]]:
    topics, likeness = sense(texts, entries)
    profile = StandardScaler().fit_transform(likeness) / len(entries) ** 0.5
    whole = np.hstack([normalize(topics), profile]).round(6)  # the last bits are the machine's
    return _gathered(AgglomerativeClustering(max(1, len(texts) // ABOUT)).fit_predict(whole).tolist())


def _entries(rubric: Rubric) -> list[str]:
    criteria = [entry for a in rubric.advice for entry in (a.criterion.full, " ".join(a.signals))]
    return [*criteria, *(m.comment for m in rubric.misunderstandings), rubric.good, rubric.weak]


def _gathered(labels: Iterable[int]) -> list[list[int]]:
    found: dict[int, list[int]] = {}
    for i, label in enumerate(labels):
        found.setdefault(label, []).append(i)
    return list(found.values())
