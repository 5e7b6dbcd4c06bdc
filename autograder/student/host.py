"""Where submissions run: a Host keeps one zygote, a Student is one submission's process and its replacements."""

import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from autograder import model
from autograder.errors import InternalError
from autograder.student import faults, wire
from autograder.student.loading import GivenUp, Loaded, Loading
from autograder.student.process import Ended, Lost, Process, Zygote
from autograder.student.proxy import Answer, outcome

MOST_DEATHS = 3  # processes that one batch of calls may use up; the calls left over get the last one's fault
SHORTER = 4  # once a function has hung, its next calls get this part of the limit


class Host:
    """Runs submissions, each in processes of its own. A context manager; one zygote, started anew if it dies."""

    def __init__(
        self,
        settings: model.Settings,
        *,
        require: str | None = None,
        level: str | None = None,
        readable: Sequence[Path] = (),
        secret: Sequence[Path] = (),
        preload: Sequence[str] = ("torch", "torchvision"),
        data: Mapping[str, Path] | None = None,
    ) -> None:
        self.settings = settings
        self.scratch = tempfile.mkdtemp(prefix="autograder-")
        import sysconfig
        self.spec: dict[str, Any] = dict(level="rlimits", python_path=[sysconfig.get_path("purelib")], scratch=self.scratch,
            memory_mb=settings.memory_mb, cpu_seconds=int(settings.total_seconds)+5, disk_mb=64, preload=list(preload), data={k: str(v) for k,v in (data or {}).items()}, gpu=False)
        self.isolation = "rlimits"
        self.promises = ()
        self.zygote: Zygote | None = None
        self._zygote()

    def _zygote(self) -> Zygote:
        if self.zygote is None:
            try:
                self.zygote = Zygote(self.spec)
            except Lost as lost:
                raise InternalError(f"The process that submissions run in could not be started: {lost}") from None
        return self.zygote

    def process(self, imports: Sequence[str] = ()) -> Process:
        """A fresh process. If the zygote is gone, a new one is started and tried once. Raises InternalError."""
        for _ in range(2):
            try:
                return Process(self._zygote(), imports)
            except Lost as lost:
                reason = str(lost)
                self.forget()
        raise InternalError(f"No process for the submission could be started, twice: {reason}")

    def forget(self) -> None:
        """Ends the zygote; the next process starts a new one."""
        if self.zygote is not None:
            self.zygote.close()
            self.zygote = None

    def open(self, submission: model.Submission) -> "Student":
        return Student(self, submission)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.forget()
        shutil.rmtree(self.scratch, ignore_errors=True)


class Student:
    """One submission's code, running. A context manager; forks at the first call, ends every process on leaving."""

    def __init__(self, host: Host, submission: model.Submission) -> None:
        self.host, self.submission = host, submission
        self.loaded: Loaded | None = None
        self._loading = Loading(submission, host.settings)
        self._given_up: model.Fault | None = None
        self._process: Process | None = None
        self._hung: set[str] = set()  # functions of which a call ran out of time
        self._spent = 0.0  # seconds that processes of this submission were waited for

    # -------------------------------------------------------------- what a report says

    @property
    def notes(self) -> tuple[str, ...]:
        return self.loaded.notes if self.loaded else (self._given_up.message,) if self._given_up else ()

    @property
    def printed(self) -> str:
        return self.loaded.printed if self.loaded else ""

    def answer(self, exercise: model.Exercise) -> Answer:
        return Answer(self, exercise)

    def missing(self, names: Sequence[str]) -> model.Fault | None:
        """Why one of ``names`` is not there, or None. Loads the submission."""
        if self.submission.problem:
            return model.Fault("missing", self.submission.problem)
        if self.loaded is None:
            self._ready()
        if self.loaded is None:
            return faults.missing(list(names), [], {}, fallback=self._given_up.message if self._given_up else "")
        return self.loaded.missing(names)

    # -------------------------------------------------------------- a process with the cells loaded

    def _ready(self) -> Process | None:
        """A process in which the submission is loaded; None if it cannot be. Raises InternalError."""
        while self._process is None and self._given_up is None:
            process = self.host.process(self._loading.imports)
            budget = min(self.host.settings.load_seconds, self._left())
            started = time.monotonic()
            try:
                loaded = self._loading.attempt(process, budget)
            except GivenUp as given_up:
                self._given_up = given_up.args[0]
            except Lost:
                self.host.forget()
            except BaseException:
                process.end()
                raise
            else:
                self._process = process if loaded else None
                self.loaded = self.loaded or loaded
            self._spent += time.monotonic() - started
        return self._process

    def _left(self) -> float:
        return max(0.05, self.host.settings.total_seconds - self._spent)

    # -------------------------------------------------------------- calls

    def calls(self, calls: Sequence[model.Call], seconds: float) -> list[model.Outcome]:
        """See ``model.Answer.calls``. All calls go in one message; a call that ends the process is left out of the next one."""
        faults_of = {name: self.missing([name]) for name in dict.fromkeys(call.function for call in calls)}
        outcomes = {i: model.Outcome(fault=fault) for i, call in enumerate(calls) if (fault := faults_of[call.function])}
        todo, deaths = [i for i in range(len(calls)) if i not in outcomes], 0
        while todo:
            limit = min(seconds if not self._hung & {calls[i].function for i in todo} else seconds / SHORTER, self._left())
            got, fault, culprit = self._batch([calls[i] for i in todo], limit)
            outcomes |= dict(zip(todo, got, strict=False))
            if fault is None:
                break
            deaths += 1
            if culprit is None or deaths >= MOST_DEATHS or self._spent >= self.host.settings.total_seconds:
                culprit, rest = None, todo[len(got) :]
                outcomes |= {i: model.Outcome(fault=fault) for i in rest}
                break
            outcomes[todo[culprit]] = model.Outcome(fault=fault)
            todo = [i for i in todo if i not in outcomes]
        return [outcomes[i] for i in range(len(calls))]

    def _batch(
        self, calls: Sequence[model.Call], limit: float
    ) -> tuple[list[model.Outcome], model.Fault | None, int | None]:
        """Outcomes as far as they came; if not all did, the fault of the call that ended it and its index (None: no use in
        going on)."""
        got: list[model.Outcome] = []

        def take(item: Any) -> None:
            if len(got) >= len(calls):
                raise wire.WireError("more outcomes than calls")
            got.append(outcome(calls[len(got)].function, item, self.host.settings.memory_mb))

        request = {"op": "calls", "calls": [[c.function, c.args, c.gradients, c.cotangent, c.seed] for c in calls]}
        ended = self._ask(request, take, limit, each=True)
        if ended is None:
            if len(got) == len(calls):
                return got, None, None
            self._end()
            return got, faults.protocol(calls[len(got)].function), len(got)
        culprit = min(max(ended.begun, len(got)), len(calls) - 1)
        fault = self._fault(calls[culprit].function, ended, limit)
        if ended.reason == "timeout":
            self._hung.add(calls[culprit].function)
        return got, fault, culprit

    def probe(self, source: str, function: str, args: Sequence[Any], seconds: float) -> model.Outcome:
        """See ``model.Answer.probe``."""
        items: list[Any] = []
        if self._ready() is None:
            assert self._given_up
            return model.Outcome(fault=self._given_up)
        limit = min(seconds, self._left())
        request = {"op": "probe", "source": source, "function": function, "args": list(args)}
        ended = self._ask(request, lambda item: items.append(outcome("Your code", item, self.host.settings.memory_mb)), limit, each=False)
        if ended is not None:
            return model.Outcome(fault=self._fault("your code", ended, limit))
        return items[0] if len(items) == 1 else model.Outcome(fault=faults.protocol("your code"))

    def _ask(self, request: dict[str, Any], take: Any, limit: float, *, each: bool) -> Ended | None:
        """Asks the process; returns how it ended if it did. If our own side fails, tries once more in a fresh process."""
        for _ in range(2):
            process = self._ready()
            if process is None:
                raise InternalError("A submission that was loaded before cannot be loaded any more.")
            started = time.monotonic()
            try:
                process.ask(request, take, seconds=limit, each=each)
            except Ended as ended:
                self._process = None
                return ended
            except Lost:
                self._process = None
                self.host.forget()
            except BaseException:
                self._end()
                raise
            else:
                return None
            finally:
                self._spent += time.monotonic() - started
        raise InternalError("The process that submissions run in was lost twice during one request.")

    def _fault(self, what: str, ended: Ended, limit: float) -> model.Fault:
        settings = self.host.settings
        if ended.reason == "timeout":
            return faults.timeout(what, limit) if self._spent < settings.total_seconds else faults.total(settings.total_seconds)
        if ended.reason == "protocol":
            return faults.protocol(what)
        return faults.ended(what, ended.status, ended.cpu, settings.total_seconds, settings.memory_mb)

    def _end(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            process.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._end()
