"""One submission's code, running: the process it is loaded into, and its replacements."""

import contextlib
from collections.abc import Sequence
from typing import Any, Self

from autograder import model
from autograder.model import InternalError
from autograder.student import faults, wire
from autograder.student.any_host import AnyHost
from autograder.student.endings import CPU_PART
from autograder.student.loading import GivenUp, Loaded, Loading
from autograder.student.outcomes import outcome
from autograder.student.process import Ended, Process, Take
from autograder.student.zygote import Lost

MOST_DEATHS = 3  # processes that one batch of calls may use up; the calls left over get the last one's fault
SHORTER = 4  # once a function has hung, its next calls get this part of the limit


class Student:
    """One submission's code, running. A context manager; forks at the first call, ends every process on leaving."""

    def __init__(self, host: AnyHost, submission: model.Submission, device: str = "cpu") -> None:
        self.host, self.submission, self.device = host, submission, device
        self._elsewhere: Student | None = None
        self.loaded: Loaded | None = None
        self._loading = Loading(submission, host.settings)
        self._given_up: model.Fault | None = None
        self._process: Process | None = None
        self._hung: set[str] = set()  # functions of which a call ran out of time
        self._budget = ""  # whose calls are made now: each exercise has a budget of its own
        self._used: dict[str, float] = {}  # seconds that each has used, as ``clock`` counts them
        self._hurried = False

    # -------------------------------------------------------------- what a report says

    @property
    def notes(self) -> tuple[str, ...]:
        return self.loaded.notes if self.loaded else (self._given_up.message,) if self._given_up else ()

    @property
    def printed(self) -> str:
        return self.loaded.printed if self.loaded else ""

    @property
    def hurried(self) -> bool:
        """Whether something of it ended at a limit while the machine was busy with other work."""
        elsewhere = self._elsewhere is not None and self._elsewhere.hurried
        return self._hurried or self._loading.hurried or elsewhere

    def missing(self, names: Sequence[str]) -> model.Fault | None:
        """Why one of ``names`` is not there, or None. Loads the submission."""
        if self.submission.problem:
            return model.Fault("missing", self.submission.problem)
        if self.loaded is None:
            self._ready()
        if self.loaded is None:
            reason = self._given_up.message if self._given_up else ""
            return faults.missing(list(names), [], {}, fallback=reason)
        return self.loaded.missing(names)

    def on(self, device: str) -> "Student":
        """This submission in processes that see ``device``, with budgets of their own: what goes wrong there counts there."""
        if device == self.device:
            return self
        if self._elsewhere is None:
            self._elsewhere = Student(self.host, self.submission, device)
        self._elsewhere._budget = self._budget
        return self._elsewhere

    def for_(self, exercise: str) -> "Student":
        """This submission, with what is asked of it from here on charged to ``exercise``."""
        self._budget = exercise
        return self

    @property
    def spent(self) -> float:
        """Seconds that the exercise has used, on every device, as ``clock`` counts them."""
        return self._used.get(self._budget, 0.0) + (self._elsewhere.spent if self._elsewhere is not None else 0.0)

    def afresh(self) -> None:
        """Ends its processes: the next call is answered by a fresh one, loaded as these were."""
        self._end()
        if self._elsewhere is not None:
            self._elsewhere._end()

    def leave(self, device: str) -> None:
        """Ends the process that sees ``device``, if there is one beside this."""
        if self._elsewhere is not None and self._elsewhere.device == device:
            self._elsewhere._end()

    # -------------------------------------------------------------- a process with the cells loaded

    def _ready(self) -> Process | None:
        """A process in which the submission is loaded; None if it cannot be. Raises InternalError."""
        lost, is_again = 0, self.loaded is not None
        while self._process is None and self._given_up is None:
            process = self.host.process(self._loading.imports, self.device)
            budget = min(self.host.settings.load_seconds, self._left())
            try:
                loaded = self._loading.attempt(process, budget)
            except GivenUp as given_up:
                self._given_up = given_up.args[0]
            except Lost as error:
                self.host.forget(process.source)
                if (lost := lost + 1) == 2:
                    raise InternalError(f"The process that submissions run in was lost twice: {error}") from None
            except BaseException:
                with contextlib.suppress(Lost):
                    process.end()
                raise
            else:
                self._process = process if loaded else None
                self.loaded = self.loaded or loaded
            if is_again:  # the first load is nobody's
                self._charge(process)
        return self._process

    def _left(self) -> float:
        return max(0.05, self.host.settings.total_seconds - self._used.get(self._budget, 0.0))

    @property
    def _is_used_up(self) -> bool:
        return self._used.get(self._budget, 0.0) >= self.host.settings.total_seconds

    def _charge(self, process: Process) -> None:
        self._used[self._budget] = self._used.get(self._budget, 0.0) + process.spent

    # -------------------------------------------------------------- calls

    def calls(self, calls: Sequence[model.Call], seconds: float) -> list[model.Outcome]:
        """See ``model.Answer.calls``. All calls go in one message; a call that ends the process is left out of the next one."""
        absent = {name: self.missing([name]) for name in dict.fromkeys(call.function for call in calls)}
        outcomes = {i: model.Outcome(fault=fault) for i, call in enumerate(calls) if (fault := absent[call.function])}
        deaths, at_once = 0, len(calls)
        while todo := [i for i in range(len(calls)) if i not in outcomes][:at_once]:
            got, fault = self._batch([calls[i] for i in todo], seconds)
            outcomes |= {todo[i]: outcome for i, outcome in got.items()}
            deaths += fault is not None
            if fault and fault.kind == "protocol":
                at_once = 1  # which call it was shows when they are asked one by one
            if fault and (deaths == MOST_DEATHS or self._is_used_up):
                rest = [i for i in range(len(calls)) if i not in outcomes]
                outcomes |= dict.fromkeys(rest, model.Outcome(fault=faults.not_made(fault, deaths)))
        return [outcomes[i] for i in range(len(calls))]

    def _batch(
        self, calls: Sequence[model.Call], seconds: float
    ) -> tuple[dict[int, model.Outcome], model.Fault | None]:
        """Outcomes as far as they came, by index; second, the fault that ended the process, if one did. It is among the outcomes
        too, unless it is a disturbance that any of several calls may have made."""
        limit = seconds / SHORTER if self._hung & {call.function for call in calls} else seconds
        plain = [
            [call.function, call.args, call.gradients, call.cotangent, call.seed, call.keywords, call.steps]
            for call in calls
        ]
        got, ended, limit = self._ask({"op": "calls", "calls": plain}, [call.function for call in calls], limit)
        outcomes = dict(enumerate(got))
        if ended is None:
            return outcomes, None
        culprit = min(max(ended.begun, len(got)), len(calls) - 1)
        if ended.reason == "timeout":
            self._hung.add(calls[culprit].function)
        fault = self._fault(calls[culprit].function, ended, limit)
        if fault.kind != "protocol" or len(calls) == 1:
            outcomes[culprit] = model.Outcome(fault=fault)
        return outcomes, fault

    def probe(self, source: str, function: str, args: Sequence[Any], seconds: float) -> model.Outcome:
        """See ``model.Answer.probe``."""
        request = {"op": "probe", "source": source, "function": function, "args": list(args)}
        got, ended, limit = self._ask(request, ["Your code"], seconds)
        return model.Outcome(fault=self._fault("your code", ended, limit)) if ended else got[0]

    def _ask(
        self, request: dict[str, Any], names: Sequence[str], seconds: float
    ) -> tuple[list[model.Outcome], Ended | None, float]:
        """One outcome per name, as far as they came, how the process ended if it did, and the limit that was in force.

        If our own side fails, it is tried once more in a fresh process. Raises InternalError if that fails too.
        """
        if self._is_used_up:
            self._end()
            return [], Ended("timeout", 0), seconds
        for _ in range(2):
            process = self._ready()
            if process is None:
                assert self._given_up
                return [model.Outcome(fault=self._given_up) for _ in names], None, seconds
            limit = min(seconds, self._left())
            got: list[model.Outcome] = []

            def take(item: Any, got: list[model.Outcome] = got) -> None:
                if len(got) >= len(names):
                    raise wire.WireError("more outcomes than were asked for")
                got.append(outcome(names[len(got)], item, self.host.settings.memory_mb))

            try:
                ended = self._timed(process, request, take, limit)
            except Lost:
                self.host.forget(process.source)
                continue
            if ended is None and len(got) < len(names):
                self._end()
                ended = Ended("protocol", len(got))
            return got, ended, limit
        raise InternalError("The process that submissions run in was lost twice during one request.")

    def _timed(self, process: Process, request: dict[str, Any], take: Take, limit: float) -> Ended | None:
        """Asks ``process``, which is this submission's no more if it ended; counts the time."""
        self._process = None
        try:
            process.ask(request, take, seconds=limit, each=True, within=self._left())
        except Ended as ended:
            self._hurried |= ended.reason == "timeout" and ended.busy
            return ended
        except BaseException:
            with contextlib.suppress(Lost):
                process.end()
            raise
        finally:
            self._charge(process)
        self._process = process
        return None

    def _fault(self, what: str, ended: Ended, limit: float) -> model.Fault:
        settings = self.host.settings
        if ended.reason == "timeout":
            return faults.timeout(what, limit) if not self._is_used_up else faults.total(settings.total_seconds)
        if ended.reason == "protocol":
            return faults.protocol(what)
        return faults.ended(what, ended.code, ended.cpu, CPU_PART * settings.total_seconds, settings.memory_mb)

    def _end(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            with contextlib.suppress(Lost):  # gone with the process it came from
                process.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._elsewhere is not None:
            self._elsewhere.__exit__(*exception)
        self._end()
