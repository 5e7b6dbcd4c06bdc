"""The workers of a Dask cluster: one that is there, or one of our own on this machine. Needs the extra ``dask``.

Each worker is told of the run by a plugin, which the scheduler keeps for workers that come later. A worker that dies loses
nothing: Dask hands its submissions to another one.
"""

import logging
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from autograder.course import load_stamped, parcel
from autograder.grading.engines import seat
from autograder.grading.job import Job, made_with
from autograder.grading.stamp import versions
from autograder.model import AutograderError, CourseError, InternalError, UsageError

try:
    import dask.config
    import distributed
    from distributed.diagnostics.plugin import WorkerPlugin
except ImportError as error:
    raise UsageError(
        f"--engine dask needs Dask, which is not installed here ({error}); pip install 'deep-autograder[dask]'."
    ) from None


_OWN = {
    "distributed.scheduler.http.routes": [],  # each has a port for HTTP all the same: it answers nothing
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,  # this and the next two would take a twentieth of a processor
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "10s",
}


def executor(job: Job, size: int, address: str) -> Executor:
    """``size`` workers on this machine where ``address`` is "", else those of the scheduler there.

    Raises:
        UsageError: no scheduler answers, it has no worker, or a worker has other versions.
    """
    with ExitStack() as stack:
        client = _client(stack, size, address)
        _refuse_other_versions(client)
        run = _run(job)
        plugin = _Told(run)
        client.register_plugin(plugin, name=run.token)
        stack.callback(_quietly, lambda: client.unregister_worker_plugin(run.token))
        return _Dask(client, run.token, address or "the cluster of its own", stack.pop_all().close)


def _client(stack: ExitStack, size: int, address: str) -> Any:
    if not address:
        cluster = stack.enter_context(_own(size))
        return stack.enter_context(distributed.Client(cluster, set_as_default=False))
    security = distributed.Security()
    scheme = "tls" if security.get_connection_args("client").get("ssl_context") else "tcp"
    try:
        client = distributed.Client(f"{scheme}://{address}", timeout="10s", set_as_default=False, security=security)
    except (OSError, TimeoutError) as error:
        raise UsageError(f"No Dask scheduler answers at {scheme}://{address} ({_first_line(error)}).") from None
    return stack.enter_context(client)


def _own(size: int) -> Any:
    """Scheduler and workers in this process: what grades is a ``seat``, a process beside each of them. They speak over no socket,
    since whoever reaches a scheduler acts as this account, a submission too."""
    common = {"protocol": "inproc://", "dashboard": False, "dashboard_address": "127.0.0.1:0"}
    worker = {"cls": distributed.Worker, "options": {**common, "nthreads": 1, "memory_limit": 0}}
    with dask.config.set(_OWN):
        return distributed.SpecCluster(
            workers=dict.fromkeys(range(size), worker),
            scheduler={"cls": distributed.Scheduler, "options": common},
            silence_logs=logging.CRITICAL,
        )


def _run(job: Job) -> seat.Run:
    sent = parcel(job.course, job.secret)
    sheet = load_stamped(job.sheet, job.course, job.secret)
    return seat.Run(uuid.uuid4().hex, replace(job, engine="local"), sent, made_with(sheet))


def _refuse_other_versions(client: Any) -> None:
    found: Mapping[str, Any] = client.run(versions, on_error="return")
    if not found:
        raise UsageError("The Dask scheduler has no worker; start one with `dask worker HOST:PORT`.")
    for worker, theirs in found.items():
        if isinstance(theirs, BaseException):
            raise UsageError(f"Worker {worker} cannot grade ({_first_line(theirs)}); install this engine there.")
        if sentence := seat.differences(versions(), theirs):
            raise UsageError(f"Worker {worker} cannot grade: {sentence}.")


class _Told(WorkerPlugin):
    """Tells a worker of the run, and of its end."""

    def __init__(self, run: seat.Run) -> None:
        self.run = run

    def setup(self, worker: Any) -> None:
        seat.expect(self.run)

    def teardown(self, worker: Any) -> None:
        seat.leave(self.run.token)


class _Dask(Executor):
    """What is submitted runs in a ``seat`` beside whichever worker Dask chooses; ``room`` is how many to hand out at a time."""

    def __init__(self, client: Any, token: str, address: str, close: Callable[[], None]) -> None:
        self._client, self._token, self._address, self._close = client, token, address, close
        self._handed_out: set[Any] = set()

    @property
    def room(self) -> int:
        """One more than there are threads now; twice as many tell a cluster that grows by need that there is need."""
        return 2 * int(sum(self._client.nthreads().values())) + 1

    def submit(self, function: Callable[..., Any], /, *given: Any, **_: Any) -> "Future[Any]":
        made: Future[Any] = Future()
        asked = self._client.submit(_there, self._token, function, *given, pure=False)
        self._handed_out.add(asked)
        asked.add_done_callback(lambda done: self._pass_on(done, made))
        return made

    def _pass_on(self, done: Any, made: "Future[Any]") -> None:
        self._handed_out.discard(done)
        try:
            made.set_result(done.result())
        except distributed.KilledWorker as error:
            made.set_exception(BrokenExecutor(_first_line(error)))
        except (AutograderError, BrokenExecutor) as error:
            made.set_exception(error)
        except (CancelledError, OSError, TimeoutError) as error:
            made.set_exception(
                InternalError(
                    f"the Dask scheduler was lost ({self._address}: {_first_line(error)}). What was graded is kept: run the "
                    "same command again to grade the rest."
                )
            )
        except Exception as error:
            made.set_exception(InternalError(f"a Dask worker failed: {type(error).__name__}: {_first_line(error)}"))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """What is still handed out is given up: it is only there where nobody waits for it any more."""
        self._client.cancel(list(self._handed_out), force=True) if self._handed_out else None
        _quietly(self._close)


def _there(token: str, function: Callable[..., Any], *given: Any) -> Any:
    """On a worker. What is refused there is refused with the worker's name."""
    try:
        return seat.perform(token, function, *given)
    except (UsageError, CourseError) as error:
        raise type(error)(f"Worker {distributed.get_worker().address} cannot grade: {error}") from None


def _quietly(close: Callable[[], object]) -> None:
    """Where a cluster is lost there is nothing left to be tidied."""
    try:
        close()
    except (OSError, TimeoutError, CancelledError, RuntimeError):
        return


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).strip().splitlines()[0]
