"""Starts the host that a run needs: isolation as demanded, the digits, and a word of trust where files cannot be hidden."""

from collections.abc import Sequence
from pathlib import Path

from autograder.model import Data, Options, Settings, UsageError
from autograder.student import Host, chosen
from autograder.training import kept, mnist

FASHION = "fashion_mnist"
UNHIDDEN = "rlimits"  # the level at which a submission may read what this account may


def start_host(
    settings: Settings,
    options: Options | None = None,
    *,
    data: Sequence[Data] = (),
    secret: Sequence[Path] = (),
    require: str | None = None,
    trust: bool = True,
    patient: bool = True,
) -> Host:
    """A host for submissions to a sheet with these settings; the caller closes it.

    Args:
        data: the sheet's own data sets.
        secret: folders that submissions must not be able to read.
        require: refuse less isolation than this level.
        patient: try a GPU now, so that all reports say the same of it; else when the first training wants one.
        trust: False where hidden checks will run: then a level at which they could be read is refused.

    Raises:
        UsageError: less isolation than required, no such device, or no MNIST where ``options`` say.
        InternalError: no submission can be run here.
    """
    root = mnist(Path(options.mnist) if options and options.mnist else None).root
    asked = options.device if options and options.training else "cpu"
    device = chosen(asked)
    host = Host(
        settings,
        require=require,
        secret=secret,
        readable=[root],
        data={"mnist": root, **_readable(data)},
        device=device,
        careful=asked == "auto",
    )
    try:
        import torch

        torch.set_num_threads(1)  # the other cores are for submissions
        _refuse(host, asked, patient=patient, trust=trust)
    except BaseException:
        host.__exit__(None, None, None)
        raise
    return host


def _readable(data: Sequence[Data]) -> dict[str, Path]:
    """What a host gives submissions to read: by the plain path, and FashionMNIST where torchvision looks for it."""
    plain = {f"./{one.plain}": kept(one) for one in data}
    fashion = {one.name: mnist(kept(one)).root for one in data if one.name == FASHION}
    return plain | fashion


def _refuse(host: Host, asked: str, *, patient: bool, trust: bool) -> None:
    """Raises UsageError if submissions could read hidden checks, or cannot train on the device asked for by its name."""
    if host.level == UNHIDDEN and not trust:
        raise UsageError(
            "Nothing here keeps submissions from reading your files, the hidden checks among them "
            f"({'; '.join(host.refused) or 'no walls were found'}). Grade on another machine, or say --i-trust-these-students."
        )
    if asked == "auto" and not patient:
        return
    found = host.device  # tried now, if it is a GPU
    if asked not in ("auto", found):
        raise UsageError(
            f"--device {asked}: submissions cannot train on it here ({host.device_refused}). "
            "Say --device cpu; the verdicts are the same."
        )
