"""macOS: a sandbox profile around a worker that serves one submission. Untested: written to its documentation, no Mac at hand.

A process that has imported torch must not fork there, so each submission gets a worker started ahead. The profile denies by
default what leaves the worker; ``sandbox_init`` is deprecated but ships, and the self-test decides whether it is believed.
"""

import ctypes
import platform
from typing import Any

PROFILE = """(version 1)
(allow default)
(deny network*)
(deny process-fork)
(deny process-exec*)
(deny signal (target others))
(deny process-info* (target others))
(deny mach-register)
(deny file-write*)
(allow file-write* (subpath (param "WORK")) (literal "/dev/null"))
(deny file-read-data (subpath "/Users") (subpath "/private/var/folders") (subpath "/private/tmp") (subpath "/Volumes"))
(allow file-read* (subpath (param "WORK")){readable})
"""


def profile(readable: list[str]) -> str:
    """The profile that leaves ``readable`` and the parameter WORK."""
    return PROFILE.format(readable="".join(f' (subpath "{path}")' for path in readable if '"' not in path))


def enter(spec: dict[str, Any]) -> None:
    """Shuts this worker in, for good. Raises OSError where there is no ``sandbox_init``."""
    if platform.system() != "Darwin":
        raise OSError("the sandbox of macOS is only there")
    library = ctypes.CDLL("/usr/lib/libSystem.dylib", use_errno=True)
    message = ctypes.c_char_p()
    parameters = (ctypes.c_char_p * 3)(b"WORK", spec["scratch"].encode(), None)
    text = profile([*spec["readable"], *spec["engine"]]).encode()
    if library.sandbox_init_with_parameters(text, ctypes.c_uint64(0), parameters, ctypes.byref(message)) != 0:
        raise OSError(f"the sandbox refused its profile: {message.value!r}")
