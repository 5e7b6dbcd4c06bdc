"""How a process ends, on every system: our own exit codes, and words for those of the system. Runs on both sides of the fence.

An exit code is what ``subprocess`` says: negative for a signal, else the number that the process left with.
"""

import signal

OWN_FAILURE = 97  # of a student's process whose connection to the grader is gone or makes no sense
OUR_FAULT = 98  # and of one in which our code failed for another reason
NO_MEMORY = 99  # and of one that the submission left no memory to go on
CPU_PART = 20  # so many times what one exercise may use ends a process in any case; the grader itself counts closer


def _code(name: str) -> int | None:
    """The exit code of a process that a signal ended; None where the system has no such signal."""
    number = getattr(signal, name, None)
    return None if number is None else -int(number)


KILLED, OUT_OF_TIME = _code("SIGKILL"), _code("SIGXCPU")
_OF_SIGNALS = {
    "SIGSEGV": "segmentation fault",
    "SIGBUS": "bus error",
    "SIGABRT": "abort",
    "SIGFPE": "arithmetic error",
    "SIGILL": "illegal instruction",
}
_OF_WINDOWS = {
    0xC0000005: "access violation",
    0xC00000FD: "stack overflow",
    0xC000001D: "illegal instruction",
    0xC0000094: "division by zero",
    0xC0000409: "abort",
}
_CRASHES = {code: words for name, words in _OF_SIGNALS.items() if (code := _code(name))} | _OF_WINDOWS


def crash(code: int) -> str:
    """What ended a process that did not end itself ("segmentation fault"); "" for one that did."""
    return _CRASHES.get(code) or (f"signal {-code}" if code < 0 else "")
