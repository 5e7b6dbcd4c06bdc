"""What may be named in a line: parameters with their domains and spellings, random variables, densities, functions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property

from autograder.maths.tree import Node

# "real", "positive" or "unit"; a number: the symbol has that value. "1..n" makes an index of a letter, and of every symbol
# with that letter as its index a sequence; "simplex" is for a sequence that sums to one.
Domain = str | int | Fraction
Domains = Mapping[str, Domain]
KINDS = ("real", "positive", "unit", "simplex")
INDEX = re.compile(r"1\.\.([A-Za-z]\w*)")
SEALED = "·"  # behind the name of a variable that a declared formula binds, which nobody else can write
SPARE = ("i", "j", "k", "l", "m")  # further letters for indices

ALIASES = {"m": "mu", "s": "sigma", "sig": "sigma", "std": "sigma", "mean": "mu"}
DECORATIONS = frozenset(
    {"theta", "phi", "psi", "lambda", "0"}
)  # p_θ, q_φ: the parameters of a model, not another density


@dataclass(frozen=True)
class Formula:
    """A function that the exercise declares. ``indexed``: written with an index (s_i), not with brackets."""

    parameters: tuple[str, ...]
    tree: Node
    indexed: bool = False


@dataclass(frozen=True)
class Language:
    """The names of one exercise.

    Attributes:
        symbols: parameters, "mu_1" -> its domain.
        spellings: further names of symbols, "mu" -> "mu_1"; Latin letters for mu and sigma need not be listed.
        variables: random variables that may be integrated over.
        observed: those of them that are fixed unless something binds them (x in a latent-variable model).
        densities: name -> the variable it ranges over when nothing says so, "" for any.
        aliases: other names of densities.
        functions: functions of the model, D and G.
        formulas: functions and densities that the exercise declares by a formula.
        sequences: x of x_1, ..., x_n -> the symbol that counts them.
        indices: letter of an index -> the symbol that counts its values.
        default: variable -> the density meant by an expectation that names none; "" for any variable.
        own: parameters that the world itself has (mu_1 and the others of two normals).
        drawn: variable -> its distribution, where an answer or the world says so.
        wide: a log without brackets, or a derivative, is taken of the whole product behind it.
        labels: names that stand for a whole formula (L, V, J^(D), or what a student introduced).
    """

    symbols: Domains = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)
    variables: tuple[str, ...] = ()
    observed: frozenset[str] = frozenset()
    densities: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    functions: tuple[str, ...] = ()
    formulas: Mapping[str, Formula] = field(default_factory=dict)
    sequences: Mapping[str, str] = field(default_factory=dict)
    indices: Mapping[str, str] = field(default_factory=dict)
    default: Mapping[str, str] = field(default_factory=dict)
    drawn: Mapping[str, Node] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    wide: bool = False

    def with_labels(self, labels: frozenset[str]) -> "Language":
        return replace(self, labels=self.labels | labels)

    @cached_property
    def known(self) -> frozenset[str]:
        """Every name, with its index and without, that means something by itself."""
        whole = {*self.names, *self.variables, *self.densities, *self.aliases, *self.functions, *self.labels}
        whole |= {*self.formulas, *self.sequences}
        symbols = {*self.names, *self.labels, *self.functions}
        return frozenset(whole | {name.partition("_")[0].partition("^")[0] for name in symbols})

    @property
    def random(self) -> tuple[str, ...]:
        """The variables without the letters of indices."""
        return tuple(name for name in self.variables if not self.indices or name not in (*self.indices, *SPARE))

    @cached_property
    def words(self) -> frozenset[str]:
        """Names of several letters."""
        return frozenset(name for name in self.known if len(name) > 1 and name.isalpha())

    @cached_property
    def names(self) -> dict[str, str]:
        """Every spelling of a symbol, in the form base_index, -> the symbol."""
        names = {symbol: symbol for symbol in self.symbols}
        for symbol in self.symbols:
            base, _, index = symbol.partition("_")
            for short, long in ALIASES.items():
                if long == base:
                    names.setdefault(f"{short}_{index}" if index else short, symbol)
        return names | {spelling: symbol for spelling, symbol in self.spellings.items() if symbol in self.symbols}

    def density(self, base: str, index: str) -> str | None:
        """The density called base_index, or None."""
        name = f"{base}_{index}" if index and index not in DECORATIONS else base
        name = self.aliases.get(name, name)
        return name if name in self.densities else None

    def suggest(self, name: str) -> str:
        """A sentence that names the closest thing one may write."""
        known = [
            *self.names,
            *self.variables,
            *self.densities,
            *self.functions,
            *sorted(self.labels),
            "log",
            "exp",
            "sqrt",
            "pi",
            "KL",
            "E",
            "Var",
        ]
        close = get_close_matches(name, known, n=1, cutoff=0.5)
        may = ", ".join(dict.fromkeys([*self.symbols, *self.variables, *self.densities, *self.functions]))
        return f"Did you mean {self.names.get(close[0], close[0])}?" if close else f"You may use {may}."


def canonical(domains: Domains, language: Language) -> dict[str, Domain]:
    """Declarations with each name as base_index ("s1" is "s_1"; where the world has sigma_1, "sigma_1")."""
    found: dict[str, Domain] = {}
    for name, domain in domains.items():
        spelled = re.sub(r"(?<=[^\W\d_])(?=\d+$)", "_", name)
        base, _, index = spelled.partition("_")
        long = f"{ALIASES.get(base, base)}_{index}" if index else ALIASES.get(base, base)
        found[long if long in language.own else spelled] = domain
    return found


def indices(domains: Domains) -> dict[str, str]:
    """Letters that are indices, and the symbols that count their values."""
    found = {name: INDEX.fullmatch(domain) for name, domain in domains.items() if isinstance(domain, str)}
    return {name: match[1] for name, match in found.items() if match}


def sequences(domains: Domains) -> dict[str, tuple[str, Domain]]:
    """x for x_i -> (the index's letter, the domain of every element)."""
    letters = indices(domains)
    split = {name: name.partition("_") for name in domains}
    return {base: (index, domains[name]) for name, (base, _, index) in split.items() if index in letters}


def scalars(domains: Domains) -> dict[str, Domain]:
    """The declarations that are numbers: neither indices nor sequences."""
    letters = indices(domains)
    return {
        name: domain
        for name, domain in domains.items()
        if name not in letters and name.partition("_")[2] not in letters
    }
