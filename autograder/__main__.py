"""``autograder`` and ``python -m autograder``: the import path is closed before anything else is imported."""

import sys


def main() -> None:
    """Entry point of the ``autograder`` command."""
    from autograder.import_path import close

    close(sys.argv[1:])
    from autograder.commands.cli import main

    main()


if __name__ == "__main__":
    main()
