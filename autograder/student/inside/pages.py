"""Memory in large pages: a process is forked by copying one entry for 2 MB in place of 512, and ends as quickly.

Torch and what it imports are 150 MB of small objects in the process that all students' processes are forked from. With 4 KB
pages half of what a small submission costs is the copying of that table, and its end (see ``make figures``).
"""

import contextlib
import ctypes
import re
import sys

LARGE = 2 << 20
COLLAPSE = 25  # MADV_COLLAPSE, since Linux 6.1; what is older says EINVAL, and everything stays as it is
ALLOCATED_LARGE = (
    "glibc.malloc.hugetlb=1"  # for GLIBC_TUNABLES: what is allocated in pieces of 2 MB asks for such pages
)
_PLACE = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw\S* \S+ \S+ \d+ *(.*)")


def gather() -> int:
    """Puts this process's own memory, Python's and the C library's, into large pages as far as the kernel grants it: a tenth of
    a second for 150 MB. Returns how many there are."""
    if sys.platform != "linux":
        return 0
    madvise = ctypes.CDLL(None, use_errno=True).madvise
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    return sum(madvise(start, LARGE, COLLAPSE) == 0 for start in _starts())


def _starts() -> list[int]:
    """Where large pages could lie, within the heap and what is mapped without a file."""
    found: list[int] = []
    with contextlib.suppress(OSError), open("/proc/self/maps", encoding="utf-8", errors="replace") as file:
        for match in filter(None, map(_PLACE.match, file)):
            if match[3] in ("", "[heap]"):
                first = -(-int(match[1], 16) // LARGE) * LARGE
                found += range(first, int(match[2], 16) - LARGE + 1, LARGE)
    return found
