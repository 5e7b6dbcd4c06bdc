"""The strict reader of a stored report: every key, every type, and that scores and status fit the findings."""

import base64
import json
import math
from collections.abc import Sequence
from typing import Any, NoReturn, TypeVar

from autograder.formats._json_quick import quick_report, quick_result
from autograder.model import CourseError, Criterion, Detail, Finding, Line, Origin, Picture, Report, Result, Status

VERSION = 1
T = TypeVar("T")


def report_of(data: bytes, name: str) -> Report:
    """See ``json.read``."""
    if (quick := quick_report(data)) is not None:
        return quick
    try:
        tree = json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise CourseError(f"{name} is not readable JSON ({error}); delete it and grade this student again.") from None
    return _Node(tree, name, name).report()


def result_of(text: str) -> Result:
    """See ``json.read_result``."""
    return quick_result(text) or _Node(json.loads(text), "the index", "index.sqlite").result()


def _no_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number of JSON")


class _Node:
    """One object of the tree, and where it stands in the file."""

    def __init__(self, tree: Any, where: str, name: str) -> None:
        self.tree, self.where, self.name = tree, where, name
        if not isinstance(tree, dict):
            raise self.wrong("an object", tree)

    def wrong(self, expected: str, found: Any, key: str = "") -> CourseError:
        shown = json.dumps(found, ensure_ascii=False, default=str)
        shown = shown if len(shown) <= 60 else shown[:57] + "..."
        return self.damage(f"expected {expected}, found {shown}", key)

    def damage(self, said: str, key: str = "") -> CourseError:
        where = f"{self.where}, {key!r}" if key else self.where
        return CourseError(f"{where}: {said}; delete {self.name} and grade this student again.")

    def keys(self, *expected: str, may: Sequence[str] = ()) -> None:
        if self.tree.keys() - may == set(expected):  # the usual case
            return
        for key in (*expected, *sorted(self.tree)):
            if key not in self.tree:
                raise self.damage(f"the key {key!r} is missing")
            if key not in (*expected, *may):
                raise self.damage(f"the key {key!r} is unknown")

    def get(self, key: str, kind: type[T]) -> T:
        value = self.tree[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.wrong(
                {str: "a text", list: "a list", dict: "an object", int: "a whole number"}[kind], value, key
            )
        return value

    def number(self, key: str) -> float:
        value = self.tree[key]
        if type(value) not in (int, float) or not _finite(value):
            raise self.wrong("a number", value, key)
        return float(value)

    def maybe(self, key: str) -> str | None:
        return None if self.tree[key] is None else self.get(key, str)

    def one_of(self, key: str, *choices: str) -> Any:
        if self.tree[key] not in choices:
            raise self.wrong(f"one of {', '.join(choices)}", self.tree[key], key)
        return self.tree[key]

    def texts(self, key: str) -> tuple[str, ...]:
        if not all(isinstance(text, str) for text in self.get(key, list)):
            raise self.wrong("a list of texts", self.tree[key], key)
        return tuple(self.tree[key])

    def nodes(self, key: str) -> list["_Node"]:
        listed: list[Any] = self.get(key, list)
        return [_Node(tree, f"{self.where}, {key} {i}", self.name) for i, tree in enumerate(listed, 1)]

    def node(self, key: str) -> "_Node":
        return _Node(self.tree[key], f"{self.where}, {key!r}", self.name)

    def fits(self, key: str, value: Any) -> None:
        if self.tree[key] != value or isinstance(self.tree[key], bool):
            raise self.wrong(f"{json.dumps(value)}, which is what the findings say", self.tree[key], key)

    # -------------------------------------------------------------- one method per type

    def report(self) -> Report:
        if self.tree.get("version") != VERSION:
            raise self.wrong(f"version {VERSION}", self.tree.get("version"), "version")
        self.keys(
            "version", "sheet", "student", "status", "score", "possible", "submission", "problem", "notes", "exercises",
            "isolation", "versions", "seconds",
        )  # fmt: skip
        submission = self.node("submission")
        submission.keys("path", "sha256", "origin")
        versions, seconds = self.node("versions"), self.node("seconds")
        report = Report(
            sheet=self.get("sheet", str),
            student=self.get("student", str),
            path=submission.get("path", str),
            sha256=submission.get("sha256", str),
            results=tuple(node.result() for node in self.nodes("exercises")),
            possible=self.number("possible"),
            problem=self.get("problem", str),
            isolation=self.get("isolation", str),
            notes=self.texts("notes"),
            versions={key: versions.get(key, str) for key in versions.tree},
            seconds={key: seconds.number(key) for key in seconds.tree},
            origin=submission.node("origin").origin(),
        )
        self.fits("status", report.status)
        self.fits("score", report.score)
        return report

    def origin(self) -> Origin:
        self.keys("platform", "user", "late", "timestamp", may=("aliases",))
        if not isinstance(self.tree["late"], bool):
            raise self.wrong("true or false", self.tree["late"], "late")
        learning = ("moodle", "canvas", "nbgrader", "brightspace", "blackboard", "ilias", "gradescope")
        platform = self.one_of("platform", "", *learning)
        aliases = self.texts("aliases") if "aliases" in self.tree else ()
        return Origin(platform, self.get("user", str), self.tree["late"], self.get("timestamp", str), aliases)

    def result(self) -> Result:
        self.keys("id", "item", "score", "possible", "findings", "answer", may=("stamp",))
        result = Result(
            id=self.get("id", str),
            item=self.get("item", str),
            possible=self.number("possible"),
            findings=tuple(node.finding() for node in self.nodes("findings")),
            answer=self.get("answer", str),
            stamp=self.get("stamp", str) if "stamp" in self.tree else "",
        )
        self.fits("score", result.score)
        return result

    def finding(self) -> Finding:
        self.keys(
            "check", "status", "points", "possible", "visibility", "message", "hint", "mistake", "counterexample",
            "detail", may=("tell", "line"),
        )  # fmt: skip
        return Finding(
            check=self.get("check", str),
            status=Status(self.one_of("status", *Status)),
            points=self.number("points"),
            possible=self.number("possible"),
            visibility=self.one_of("visibility", "public", "hidden"),
            message=self.get("message", str),
            hint=self.get("hint", str),
            mistake=self.maybe("mistake"),
            counterexample=self.maybe("counterexample"),
            detail=tuple(node.detail() for node in self.nodes("detail")),
            tell=self.get("tell", str) if "tell" in self.tree else "",
            line=self.get("line", int) if "line" in self.tree else 0,
        )

    def detail(self) -> Detail:
        match self.tree.get("type"):
            case "picture":
                self.keys("type", "media_type", "caption", "base64")
                media_type = self.one_of("media_type", "image/svg+xml", "image/png")
                return Picture(media_type, self.base64("base64"), self.get("caption", str))
            case "line":
                self.keys("type", "number", "text", "latex", "verdict", "message")
                text, latex, verdict = (self.get(key, str) for key in ("text", "latex", "verdict"))
                return Line(self.get("number", int), text, latex, verdict, self.get("message", str))
            case "criterion":
                self.keys("type", "name", "points", "full")
                return Criterion(self.get("name", str), self.number("points"), self.get("full", str))
            case "text":
                self.keys("type", "text")
                return self.get("text", str)
            case other:
                raise self.wrong("one of picture, line, criterion, text", other, "type")

    def base64(self, key: str) -> bytes:
        try:
            return base64.b64decode(self.get(key, str), validate=True)
        except ValueError:
            raise self.wrong("base64", self.tree[key], key) from None


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an int beyond every float
        return False
