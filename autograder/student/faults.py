"""The words for what went wrong in a student's process: short, kind, and with what to do next.

Everything that comes in here was written by a stranger: texts are cut, control characters made visible, addresses removed (the
same submission gives the same words), and nothing is looked at but its type and length.
"""

import errno
import re
from collections.abc import Mapping
from typing import Any

from autograder.model import Fault, InternalError
from autograder.student import endings

NO_NETWORK = "Grading has no network and starts no processes; please do without."
ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
# Where a submission runs: a folder of ours in some temporary folder, or what it sees as /submission. Each part is looked for from
# its own beginning and runs over no slashes before it, so that a stranger's text is read once.
FOLDER = re.compile(r"(?<=[/\\])autograder-\d{1,20}-\w{8}[/\\]+work-\w{8}[/\\]*|(?<![\w/])/submission/")
DRIVE = re.compile(r"[A-Za-z]:[/\\]")
LONGEST_PATH = 200
FORBIDDEN = {
    errno.EPERM,
    errno.EACCES,
    errno.ENETUNREACH,
    errno.ENETDOWN,
    errno.EAFNOSUPPORT,
    errno.ENOSYS,
    errno.EROFS,
}
NETWORK_WORDS = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "urlopen error",
    "Network is unreachable",
)
MEMORY_WORDS = ("can't allocate memory", "DefaultCPUAllocator", "Cannot allocate memory", "Unable to allocate")


def clean(text: str, longest: int = 300) -> str:
    """A stranger's text, safe to print: one line, control characters as \\x.., no addresses, at most ``longest`` characters."""
    text = _shown(text[: 4 * longest])
    return text if len(text) <= longest else text[: longest - 1] + "…"


def printed(raw: bytes, dropped: int) -> str:
    """What a process printed, safe to show: lines kept, every other control character as \\x.., the cut named."""
    lines = raw.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    shown = "\n".join(_shown(line) for line in lines)
    return shown + (f"\n… ({dropped} more bytes were printed and are not kept)" if dropped else "")


def _shown(text: str) -> str:
    text = ADDRESS.sub("0x…", _without_folders(text))
    return text if text.isprintable() else "".join(_visible(letter) for letter in text)


def _without_folders(text: str) -> str:
    kept, end = "", 0
    for match in FOLDER.finditer(text):
        above = text[max(end, match.start() - LONGEST_PATH) : match.start()]
        kept += text[end : match.start() - (0 if match[0] == "/submission/" else len(_path_at_the_end(above)))]
        end = match.end()
    return kept + text[end:]


def _path_at_the_end(text: str) -> str:
    """The beginning of a path that goes on where ``text`` ends; with a drive's letter it may hold blanks."""
    text = re.split(r"['\"\n]", text)[-1]
    drive = DRIVE.search(text)
    return text[drive.start() :] if drive else re.split(r"\s", text)[-1]


def _visible(letter: str) -> str:
    if letter.isprintable() or letter == " ":
        return letter
    return " " if letter in "\n\t" else letter.encode("unicode_escape", "replace").decode("ascii")


# ------------------------------------------------------------------ one fault

_PLACE = re.compile(r"\bin cell (\d{1,8}), line (\d{1,8})\b")


def place_in(message: str) -> tuple[int, int] | None:
    """The cell and line that a message made here names; the last, since what stands before may be a student's words."""
    found = _PLACE.findall(message)
    return (int(found[-1][0]), int(found[-1][1])) if found else None


def raised(what: str, error: dict[str, Any], memory_mb: int) -> Fault:
    """The fault of an exception that came up in ``what`` ("mean_square", "Cell 4"); ``error`` is what ``inside.words`` made."""
    type_, text = clean(str(error.get("type", "")), 80) or "an exception", clean(str(error.get("text", "")))
    bases = (
        [base for base in error.get("bases", ()) if isinstance(base, str)]
        if isinstance(error.get("bases"), list)
        else []
    )
    cell, line = (number if type(number) is int else None for number in (error.get("cell"), error.get("line")))
    place = (
        f" in cell {cell}, line {line}" if cell and not what.startswith("Cell") else f" at line {line}" if line else ""
    )
    said = f"{type_}: {text}" if text else type_
    kind, advice = _kind(type_, text, bases, error.get("errno"), memory_mb)
    message = (
        f"{what} raised {said.rstrip('.')}{place}." if kind != "exit" else f"{what} ended the program{place} ({said})."
    )
    cause = error.get("cause")
    if isinstance(cause, dict):
        message, advice = f"{message} {_cause(cause, memory_mb)}", ""
    return Fault(kind, f"{message} {advice}".strip(), exception=type_, cell=cell, line=line)


def unparsed(place: str, error: Mapping[str, Any]) -> Fault:
    """The fault of a cell that is no Python; ``place`` is how a student finds it: "the cell of mean_square"."""
    type_, text = clean(str(error.get("type", "")), 80), clean(str(error.get("text", ""))).rstrip(".")
    cell, line = (number if type(number) is int else None for number in (error.get("cell"), error.get("line")))
    source = clean(str(error.get("source", "")), 120)
    where = (f" at line {line}" if line else "") + (f": `{source}`" if source else "")
    message = f"{place[:1].upper()}{place[1:]} is no Python: {type_}: {text}{where}."
    return Fault("exception", message, exception=type_, cell=cell, line=line)


def _cause(error: dict[str, Any], memory_mb: int) -> str:
    """Why a name that the code uses is not there, as a sentence: what should define it failed before."""
    what = "The cell that should define it"
    return (unparsed(what, error) if "source" in error else raised(what, {**error, "cause": None}, memory_mb)).message


def _kind(type_: str, text: str, bases: list[str], number: Any, memory_mb: int) -> tuple[str, str]:
    """(kind, advice) for an exception."""
    if "SystemExit" in bases or "KeyboardInterrupt" in bases:
        return "exit", "Please return instead of leaving the program."
    if "MemoryError" in bases or any(words in text for words in MEMORY_WORDS):
        return "memory", f"There are {memory_mb} MB for everything a submission does."
    if number in FORBIDDEN or any(words in text for words in NETWORK_WORDS):
        return "forbidden", f"{NO_NETWORK} Only the submission's own folder can be written."
    if "FileNotFoundError" in bases:
        return "exception", "Only the notebook and the Python files handed in with it are there while grading."
    if "RecursionError" in bases:
        return "exception", "It calls itself without end; is there a case in which it stops?"
    if "ModuleNotFoundError" in bases:
        return "exception", "This package is not installed for grading; please do without it."
    return "exception", ""


def timeout(what: str, seconds: float) -> Fault:
    return Fault(
        "timeout", f"{what} was not done after {seconds:.4g} s and was stopped. Is there a loop that does not end?"
    )


def not_made(fault: Fault, deaths: int) -> Fault:
    """The fault of a call that was not made, because the calls before it ended ``deaths`` processes, the last by ``fault``."""
    times = "once" if deaths == 1 else f"{deaths} times"
    message = f"This call was not made: calls before it ended the process {times}. The last time: {fault.message}"
    return Fault(fault.kind, message, cell=fault.cell, line=fault.line)


def total(seconds: float) -> Fault:
    return Fault("timeout", f"The exercise has used up the {seconds:.4g} s that all its calls together may take.")


def protocol(what: str) -> Fault:
    return Fault(
        "protocol",
        f"The connection to the grader was disturbed during {what}. "
        "Please do not close or write to files that your code did not open, and leave Python's own machinery as it is.",
    )


def too_large(what: str, reason: str) -> Fault:
    return Fault("unserialisable", f"{what} returned something that cannot be taken over: it {clean(reason)}.")


def ended(what: str, code: int, cpu: float, cpu_seconds: float, memory_mb: int) -> Fault:
    """The fault of a process that is gone, by its exit code. Raises InternalError where it was our code that failed there."""
    if code == endings.OUT_OF_TIME or (code == endings.KILLED and cpu >= cpu_seconds - 1):
        return timeout(what, cpu_seconds)
    if code in (endings.KILLED, endings.NO_MEMORY):
        return Fault(
            "memory", f"The process was killed during {what}, most likely for its use of memory (limit {memory_mb} MB)."
        )
    if name := endings.crash(code):
        return Fault(
            "crash",
            f"Python itself crashed during {what} ({name}). An endless recursion or a broken library does that.",
        )
    if code == endings.OWN_FAILURE:
        return protocol(what)
    if code == endings.OUR_FAULT:
        raise InternalError(f"Our part of the submission's process failed during {what}.")
    return Fault("exit", f"The process ended itself during {what}. Please return instead of leaving the program.")


# ------------------------------------------------------------------ names that are not there


def missing(
    names: list[str],
    known: list[str],
    failed: dict[str, Fault],
    elsewhere: Mapping[str, str] | None = None,
    fallback: str = "",
) -> Fault:
    """The fault for ``names`` that loading did not define; ``failed`` holds, by name, why its cell failed, ``elsewhere`` where
    else a name stands."""
    wanted = " and ".join(repr(name) for name in names)
    cause = next((failed[name] for name in names if name in failed), None)
    message = f"{wanted} {'is' if len(names) == 1 else 'are'} not defined anywhere in the submission."
    if cause:
        message = f"{wanted} could not be defined: {cause.message}"
    elif elsewhere:
        rest = [repr(name) for name in names if name not in elsewhere]
        message = " ".join(elsewhere.values())
        message += f" {' and '.join(rest)} {'is' if len(rest) == 1 else 'are'} not defined either." if rest else ""
    elif fallback:
        message = f"{wanted} could not be defined: {fallback}"
    elif similar := _similar(names[0], known):
        message += f" There is {' and '.join(repr(name) for name in similar)}: is the name written as the sheet asks?"
    return Fault("missing", message, cell=cause.cell if cause else None, line=cause.line if cause else None)


def _similar(name: str, known: list[str]) -> list[str]:
    import difflib

    by_key = {other.lower(): other for other in sorted(known, reverse=True)}
    return [clean(by_key[key], 60) for key in difflib.get_close_matches(name.lower(), by_key, n=2, cutoff=0.6)]
