"""What a group handed in counts for each of its members: by the course's list of groups (``groups``).

A submission is a group's by the group's name, or a member's by number, login, address or name; each must fit one alone. A group's
own submission comes before a member's. Who handed in something else keeps it for themselves, whoever is left with several
gets none of them before a person has looked, and each such thing is said in a sentence.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

from autograder.intake import names
from autograder.intake.groups import Group, short
from autograder.intake.layout import Claim, candidates
from autograder.model import AutograderError, Origin, listed, roster


@dataclass(eq=False)
class _Member:
    """A person of the list, with all groups they stand in and what they handed in themselves."""

    who: roster.Identity
    groups: list[str] = field(default_factory=list)
    own: list[Claim] = field(default_factory=list)

    @property
    def name(self) -> str:
        return names.clean(self.who.shown)

    @property
    def in_full(self) -> str:
        """The name with what tells this person from another of that name."""
        more = [text for text in _aliases(self.who)[:1] if text != self.name]
        return f"{self.name} ({more[0]})" if more else self.name


_Owner = Group | _Member
_Index = Mapping[str, Sequence[_Owner]]


def shared(claims: Iterable[Claim], groups: Sequence[Group]) -> tuple[list[Claim], list[str]]:
    """The claims with one for each member of a group that handed in, and a sentence for whatever did not go as usual."""
    return _Sharing(list(claims), groups).result()


@dataclass
class _Sharing:
    claims: list[Claim]
    groups: Sequence[Group]
    of_group: defaultdict[str, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    notes: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)  # students that are in no group

    def result(self) -> tuple[list[Claim], list[str]]:
        kept = [claim for claim in self.claims if not self._placed(claim)]
        if self.alone:
            others = "counts for nobody else" if len(self.alone) == 1 else "count for nobody else"
            self.notes.append(f"{listed(self.alone)} {'is' if len(self.alone) == 1 else 'are'} in no group: {others}.")
        given = [(member, self._counts(member)) for member in self.members]
        for group in self.groups:
            if not self._handed_in[group.name]:
                members = listed(names.clean(who.shown) for who in group.members)
                self.notes.append(f"Group {group.name} handed in nothing, so nothing was written for {members}.")
        return [*kept, *self._with_teams(given)], self.notes

    # -------------------------------------------------------------- whose a submission is

    @cached_property
    def members(self) -> list[_Member]:
        """Everybody once: two rows are one person by number, login or address, by name only where there is nothing else."""
        found: list[_Member] = []
        by_key: dict[str, _Member] = {}
        for group in self.groups:
            for who in group.members:
                keys = who.sure or who.names
                member = next((by_key[key] for key in keys if key in by_key), None)
                if member is None:
                    member = _Member(who)
                    found.append(member)
                by_key |= dict.fromkeys(keys, member)
                if group.name not in member.groups:
                    member.groups.append(group.name)
        return found

    @cached_property
    def _by(self) -> Mapping[str, _Index]:
        """What is asked -> key -> whose it is."""
        made = defaultdict[str, defaultdict[str, list[_Owner]]](lambda: defaultdict(list))
        for group in self.groups:
            for key in group.keys:
                made["group"][key].append(group)
            made["short"][short(group.name)].append(group)
        for member in self.members:
            for asked, keys in (
                ("sure", member.who.sure),
                ("login", member.who.logins),
                ("name", member.who.names),
                ("plain", member.who.plain),
            ):
                for key in keys:
                    made[asked][key].append(member)
            for group_name, name in product(map(roster.letters, member.groups), member.who.names):
                made["both"][group_name + name].append(member)
        return made

    def _owners(self, claim: Claim) -> list[_Owner]:
        """Whose a claim may be, by the surest way that tells anything."""
        name, user = roster.apart(claim.student)
        student = name or claim.student
        spelt = {roster.letters(student), roster.letters(claim.student)}
        sure = spelt | {roster.letters(text) for text in (user, claim.origin.user)}
        by_short = {short(student), short(claim.student)}
        ways: tuple[Mapping[str, Iterable[str]], ...] = (
            {"group": spelt, "sure": sure},
            {"both": spelt},
            {"login": spelt, "name": roster.name_keys(student)},
            {"plain": roster.plain_keys(student)},
            {"short": by_short},
        )
        for way in ways:
            keys = [(asked, key) for asked, those in way.items() for key in sorted(those) if key]
            if found := {id(owner): owner for asked, key in keys for owner in self._by[asked].get(key, ())}:
                return _agreed(list(found.values()))
        return []

    def _placed(self, claim: Claim) -> bool:
        """Gives a claim to its group or member; says so where it has none."""
        student, found = names.clean(claim.student), self._owners(claim)
        if len(found) != 1:
            shown = " or ".join(f"group {one.name}" if isinstance(one, Group) else one.in_full for one in found)
            if found:
                self.notes.append(f"{student} may be {shown}: counts for nobody else.")
            else:
                self.alone.append(student)
            return False
        if isinstance(found[0], _Member):
            found[0].own.append(_known(claim, found[0]))
        else:
            self.of_group[found[0].name].append(claim)
        return True

    # -------------------------------------------------------------- what counts for a member

    @cached_property
    def _handed_in(self) -> Mapping[str, list[Claim]]:
        """What each group handed in: under its own name, or else its members."""
        found = defaultdict[str, list[Claim]](list)
        for member in self.members:
            for group in member.groups:
                found[group] += member.own
        return found | self.of_group

    def _counts(self, member: _Member) -> list[Claim]:
        """What counts for a member; a claim with a problem where that is not known."""
        there = _different([claim for group in member.groups for claim in self._handed_in[group]])
        groups = f"{'group' if len(member.groups) == 1 else 'groups'} {listed(member.groups)}"
        if len(member.groups) > 1:
            self.notes.append(f"{member.name} is in {groups}.")
        if member.own:
            if len(_different([*member.own, *there])) == 1:
                return member.own
            note = f"{member.name} handed in alone, and {groups} something else; what was handed in alone counts."
            self.notes.append(note)
            return [replace(claim, notes=(note, *claim.notes)) for claim in member.own]
        made = [replace(claim, student=member.name, origin=_origin(claim.origin, member.who)) for claim in there]
        if len(there) < 2:
            return made
        students = listed(sorted(names.clean(claim.student) for claim in there))
        problem = (
            f"Different submissions may count for {member.name}, of {groups} ({students}); leave one, and grade again."
        )
        self.notes.append(problem)
        return [replace(made[0], problem=problem)]

    def _with_teams(self, given: Sequence[tuple[_Member, list[Claim]]]) -> Iterable[Claim]:
        """Each claim with the others for whom the same counts."""
        same = defaultdict[tuple[str, str], list[str]](list)
        for member, claims in given:
            for group, claim in product(member.groups, claims):
                if not claim.problem:
                    same[group, _content(claim)].append(member.name)
        for member, claims in given:
            for claim in claims:
                team = {name: None for group in member.groups for name in same.get((group, _content(claim)), ())}
                team.pop(member.name, None)
                yield claim if claim.problem else replace(claim, team=tuple(team))


def _agreed(found: list[_Owner]) -> list[_Owner]:
    """A group alone where the others are its members: Canvas writes the group's name and the number of who handed in."""
    groups = [one for one in found if isinstance(one, Group)]
    inside = [one for one in found if isinstance(one, _Member) and [group.name for group in groups] == one.groups]
    return list(groups) if len(groups) == 1 and len(inside) == len(found) - 1 else found


def _known(claim: Claim, member: _Member) -> Claim:
    """A member's own claim, with all by which a learning platform's file may know them."""
    origin = replace(claim.origin, aliases=_aliases(member.who))
    prefixed = {roster.letters(group) + name for group in member.groups for name in member.who.names}
    return replace(
        claim, origin=origin, student=member.name if roster.letters(claim.student) in prefixed else claim.student
    )


def _origin(origin: Origin, who: roster.Identity) -> Origin:
    """Where a group's submission comes from, for one of its members."""
    alone = next(iter((*who.ids, *who.emails, who.shown)))
    user = {"": "", "canvas": who.canvas, "moodle": who.moodle}.get(origin.platform, names.clean(alone))
    return replace(origin, user=user, aliases=_aliases(who))


def _aliases(who: roster.Identity) -> tuple[str, ...]:
    return tuple(names.clean(text) for text in (*who.ids, *who.emails))


def _different(claims: Iterable[Claim]) -> list[Claim]:
    """One of each content."""
    found: dict[str, Claim] = {}
    for claim in claims:
        found.setdefault(_content(claim), claim)
    return list(found.values())


def _content(claim: Claim) -> str:
    """Equal for the same answers, wherever they lie."""
    digests = []
    for file in candidates(claim):
        try:
            digests.append(hashlib.sha256(file.read(200_000_000)).hexdigest())
        except AutograderError:
            digests.append(file.path)
    return " ".join(sorted(digests)) or claim.student
