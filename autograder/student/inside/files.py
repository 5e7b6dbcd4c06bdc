"""Files beside the notebook: Python files handed in with it, and those that ``%%writefile`` makes. Runs in the student's process.

They lie in the process's own writable folder, which stands last on the path of imports: they are found as in Jupyter, and hide
neither Python's own modules nor an installed package.
"""

import contextlib
import importlib
import itertools
import os
import re
import sys
import types
from collections.abc import Mapping
from typing import Any

_WRITE = re.compile(
    r"\s*%%(?:writefile|file)[ \t]+(?P<append>-a[ \t]+|--append[ \t]+)?(?P<path>[^\n]+?)[ \t]*(?:\n|\Z)"
)
_HIDDEN = re.compile(r"_|\Z")


class Files:
    """The modules of one submission: the main one, one for each other file whose cells run, and those that can be imported."""

    def __init__(self, main: dict[str, Any], modules: Mapping[str, str]) -> None:
        self.root = os.getcwd()
        self._last = next(reversed(sys.modules))  # of the modules that are no submission's
        self.spaces: dict[str, dict[str, Any]] = {"": main}
        self._common: dict[str, Any] = {name: main[name] for name in ("get_ipython", "display") if name in main}
        for path, source in modules.items():
            with contextlib.suppress(OSError):  # a name that no folder can hold
                self._write(path, source)

    def namespace(self, file: str) -> dict[str, Any]:
        """Where cells of ``file`` run: names of one file are not mixed up with another's."""
        if file not in self.spaces:
            module = types.ModuleType(f"submission_{len(self.spaces)}")
            module.__builtins__ = __builtins__  # type: ignore[attr-defined]  # a module run by exec has it
            sys.modules[module.__name__] = module
            self.spaces[file] = module.__dict__
            self.spaces[file].update(self._common)
        return self.spaces[file]

    def written(self, text: str) -> bool:
        """Whether the cell is a ``%%writefile``; then its file is written."""
        match = _WRITE.match(text)
        if match is None:
            return False
        path = match["path"].strip("'\"")
        self._write(
            os.path.basename(path) if os.path.isabs(path) else path, text[match.end() :], append=bool(match["append"])
        )
        return True

    def offer(self, chosen: Mapping[str, str]) -> None:
        """Puts into the main module what only other files define, and what is ``chosen`` from one of them."""
        main = self.spaces[""]
        for name, file in chosen.items():
            if name in self.spaces.get(file, {}):
                main[name] = self.spaces[file][name]
        imported = [module for module in self._newer() if self._is_own(module)]
        for space in [*self.spaces.values(), *(vars(module) for module in imported)]:
            for name, value in list(space.items()):
                if type(name) is str and not _HIDDEN.match(name) and isinstance(value, types.FunctionType | type):
                    main.setdefault(name, value)

    def _write(self, path: str, source: str, *, append: bool = False) -> None:
        """Writes below the folder, whatever the path says."""
        target = os.path.normpath(os.path.join(self.root, path))
        if not target.startswith(self.root + os.sep):
            target = os.path.join(self.root, os.path.basename(path))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "a" if append else "w", encoding="utf-8") as file:
            file.write(source)
        self._find(target)

    def _find(self, target: str) -> None:
        folder = os.path.dirname(target)
        while os.path.exists(os.path.join(folder, "__init__.py")) and folder != self.root:
            folder = os.path.dirname(folder)
        for place in (self.root, folder):
            if place not in sys.path:
                sys.path.append(place)
        importlib.invalidate_caches()

    def _newer(self) -> list[types.ModuleType]:
        """The modules imported since, in their order. Of those from before, not one is touched: in a process just forked that
        would copy the memory they lie in."""
        names = list(
            itertools.takewhile(lambda name: type(name) is not str or name != self._last, reversed(sys.modules))
        )
        return [sys.modules[name] for name in reversed(names)]

    def _is_own(self, module: object) -> bool:
        try:
            return str(getattr(module, "__file__", None)).startswith(self.root + os.sep)
        except BaseException:  # a stand-in or a stranger's object in the place of a module
            return False
