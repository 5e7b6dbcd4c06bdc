"""The commands that README and docs show, page by page and in their order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.conftest import REPOSITORY

PACK = "autograder/commands/templates/pack_readme.md.j2"
SHELL = {"sh", "bash", "shell", "zsh", "console", "powershell", "ps1", "cmd", "bat", "batch"}
PROGRAMS = (
    "autograder|pip|pip3|python|python3|py|pytest|nbgrader|jupyter|make|dask|kubectl|npm|source|git|conda|uv|sphinx-build|"
    "apt|apt-get|brew|sudo|docker|sbatch|srun|ssh|Set-ExecutionPolicy|%pip|!pip"
)
COMMAND = re.compile(rf"\s*(?:[A-Z_]+=\S+ )*(?:{PROGRAMS}) +(?![=→|])\S")
FENCE = re.compile(r"^( *)```([\w-]*)[^\n]*\n(.*?)^\1```", re.M | re.S)


@dataclass(frozen=True)
class Said:
    """A command as a page shows it, and the number of the section (``## ...``) in which it stands."""

    page: str
    text: str
    section: int


def pages() -> dict[str, str]:
    """Name -> text: what a newcomer reads, and the README of a pack as it is written for a sheet."""
    files = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]
    files.remove(REPOSITORY / "docs" / "walks.md")  # quotes what did not work
    read = {str(path.relative_to(REPOSITORY)): path.read_text(encoding="utf-8") for path in files}
    pack = (REPOSITORY / PACK).read_text(encoding="utf-8").replace("{{ sheet.id }}", "generative_models")
    return read | {PACK: pack}


def commands(page: str, text: str) -> list[Said]:
    """What is to be typed there, in order, each once. Names of commands (`autograder check`) are none."""
    sections = re.split(r"^(?=## )", text, flags=re.M)
    found: dict[str, Said] = {}
    for number, section in enumerate(sections):
        for line in _commands(section):
            found.setdefault(line, Said(page, line, number))
    return list(found.values())


def _commands(text: str) -> Iterator[str]:
    at = 0
    for fence in FENCE.finditer(text):
        yield from _spans(text[at : fence.start()])
        if fence[2] in SHELL:
            yield from _lines(fence[2], fence[3])
        at = fence.end()
    yield from _spans(text[at:])


def _lines(language: str, block: str) -> Iterator[str]:
    """Command lines; of a console those after a ``$``, the rest is what they answer."""
    for line in block.replace("\\\n", " ").splitlines():
        line = " ".join(line.split())
        if language == "console":
            if line.startswith("$ "):
                yield line[2:]
        elif line and not line.startswith("#"):
            yield re.sub(r" +# .*", "", line)


def _spans(prose: str) -> Iterator[str]:
    for span in re.findall(r"`([^`]+)`", prose):
        line = " ".join(span.split())
        if COMMAND.match(line) and not is_a_name(line):
            yield line


def is_a_name(line: str) -> bool:
    """Whether this only names a command, shortens one that stands in full elsewhere, or says what may follow it."""
    words = line.split()
    if words[-1] == "-m" or any(word.endswith("...") or word.startswith("[") for word in words):
        return True
    return words[0] in ("autograder", "nbgrader") and len(words) == 2


def hidden_commands(text: str) -> list[str]:
    """Lines that look like a command, in a block that is not marked as one of commands (or has no fence at all)."""
    blocks = [fence[3] for fence in FENCE.finditer(text) if fence[2] not in SHELL]
    bare = FENCE.sub("", text)
    indented = re.findall(r"^(?: {4}|\t)(\S.*)$", bare, re.M)
    lines = [line for block in blocks for line in block.splitlines()] + indented
    return [line for line in lines if re.match(r"(\$ )?" + COMMAND.pattern.removeprefix(r"\s*"), line)]
