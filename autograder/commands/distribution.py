"""Under which name this package is published, and whether another project's package stands in its way."""

NAME = "deep-autograder"


def stranger() -> str:
    """A sentence when another project's package of this import name is installed beside this one; "" if none is."""
    from importlib.metadata import PackageNotFoundError, distribution  # ``--help`` does without

    try:
        found = distribution("autograder")  # ours has another name
    except PackageNotFoundError:
        return ""
    return (
        f"the package autograder {found.version} that is installed here is another project, and its files may stand in place of "
        f"ours. Remove both and install {NAME} again: pip uninstall autograder {NAME}."
    )
