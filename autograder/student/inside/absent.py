"""Packages that notebooks import and grading does not have: modules in which everything is there and does nothing. Runs in the
student's process.

They are made when they are imported, never before: code that looks whether it runs in Colab (``"google.colab" in sys.modules``,
``find_spec``) gets the true answer. A package that is installed is found before its stand-in.
"""

import importlib.util
import sys
import types
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any

PACKAGES = ("google.colab", "IPython", "tqdm")
PLACES = ("google",)  # whoever finds these believes to run there
used: set[str] = set()  # those that were imported


class Harmless:
    """Takes every call, attribute and loop, and does nothing; around an iterable (``tqdm(loader)``) it is that iterable."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._inner = args[0] if args else ()

    def __call__(self, *args: Any, **options: Any) -> "Harmless":
        return Harmless(*args)

    def __getattr__(self, name: str) -> "Harmless":
        if name.startswith("__"):
            raise AttributeError(name)
        return Harmless()

    def __iter__(self) -> Any:
        return iter(range(self._inner) if isinstance(self._inner, int) else self._inner)  # trange(5) is tqdm(range(5))

    def __len__(self) -> int:
        return self._inner if isinstance(self._inner, int) else len(self._inner)

    def __enter__(self) -> "Harmless":
        return self

    def __exit__(self, *exception: object) -> None:
        return None


class _Module(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Harmless()


def module(name: str) -> types.ModuleType:
    """A module of that name in which everything is there and does nothing."""
    return _Module(name)


class _Finder(MetaPathFinder, Loader):
    """Asked last, when no package of that name is installed."""

    def __init__(self, packages: Sequence[str]) -> None:
        self.packages, self.looking = packages, False

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if self.looking and name.startswith(PLACES):
            return None
        inside = any(name == package or name.startswith(f"{package}.") for package in self.packages)
        around = any(package.startswith(f"{name}.") for package in self.packages)
        return ModuleSpec(name, self, is_package=True) if inside or around else None

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        used.update(package for package in self.packages if module.__name__.startswith(package))

    def look(self, find_spec: Callable[..., Any]) -> Callable[..., Any]:
        """``importlib.util.find_spec`` that only looks: for it we are in no place where we are not."""

        def looked(name: str, package: str | None = None) -> Any:
            self.looking = True
            try:
                return find_spec(name, package)
            finally:
                self.looking = False

        return looked


def install(without: Sequence[str] = ()) -> None:
    """Makes the packages importable, but for those that the submission is to do ``without``."""
    finder = _Finder([package for package in PACKAGES if package not in without])
    sys.meta_path.append(finder)
    importlib.util.find_spec = finder.look(importlib.util.find_spec)
