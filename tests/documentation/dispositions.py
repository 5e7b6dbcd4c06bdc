"""What is not run at all, and why; what is dear, what stays until it is stopped, and what ends with another code than 0."""

from collections.abc import Iterable

NOT_RUN = {  # the beginning of a command -> why it cannot be run here
    "py -3 ": "Windows; none was at hand, as docs/student.md says",
    "Set-ExecutionPolicy ": "Windows",
    "%pip ": "a cell in Colab; tests/nbgrader/test_colab.py runs the notebook in its circumstances",
    "kubectl ": "Kubernetes; docs/cluster.md says that it was not tried",
    "dask scheduler ": "binds an address of another network, with certificates; tests/grading/test_cluster.py starts one here",
    "dask worker ": "as its scheduler",
    "autograder grade SHEET PATHS ": "as its scheduler",
    "npm ": "another registry; what it brings is optional",
    "make test": "this is it",
    "make test-all": "this is it",
    "make check": "lints the tree itself, before every change",
    "make docs": "tests/test_documentation.py builds the same site",
    "make redteam": "an hour; tests/redteam runs its programs",
    "make bench": "15 minutes, and installs other graders; tests/test_benchmarks.py imports its parts",
    "make figures": "half an hour; tests/test_benchmarks.py imports its parts",
    "python -m benchmarks.large 10000": "a quarter of an hour; tests/test_benchmarks.py imports it",
    "make load": "minutes with every core busy; it is for quiet machines",
    "python benchmarks/calibrate_training.py": "trains for 20 minutes and writes docs/calibration.csv",
    "python -m tests.mutants ": "an hour; tests/mutants has it",
    "pytest -m browser": "a part of this suite",
    "pytest tests/checks/test_device.py": "a part of this suite",
}
DEAR = {  # what takes long: each is a slow test of its own, or is part of the slow walk
    "make demo",
    "python -m benchmarks class_page",
    "python -m benchmarks similar",
    "RENEW_GOLDEN=1 pytest tests/formats/test_golden.py",
}
SLOW = (  # the beginnings of commands that are run in the slow walk alone
    "pip install ",
    "pip wheel ",
    "mkdir -p course && cd course",
    "python3 -m venv ",
    "source .venv/bin/activate",
    "autograder test",
    "autograder test ",  # every labelled answer
    "autograder mistakes ",
    "autograder preview ",
    "autograder grade SHEET ",
    "autograder release ",  # the packs of the other pages are released, too
    "autograder notebook ",  # from here on tests/nbgrader does the same on a sheet of its own
    "autograder grade generative_models . ",
    "nbgrader ",
    "pytest ",  # imports torch once more; what it says is that of `autograder check`
)
STAYS = {  # the beginning of a command that runs until it is stopped -> what it says when it is there
    "autograder review results/": "http://127.0.0.1:",
    "autograder check --watch ": "Waiting for ",
    "jupyter lab ": "http://localhost:",
}
CODES = {  # the beginning of a command -> its exit code, where it is not 0
    "autograder check generative_models my_sheet.py ": 1,  # it shows a mistake
    "pytest my_sheet.ipynb": 1,
    "python -m autograder": 2,  # says what there is
    "python -P -m autograder": 2,
}
FILLED = {  # what stands for something -> something
    "SHEET": "generative_models",
    "EXERCISE": "kl_normal",
    "NAME": "a_new_one",
    "PATH": "submissions/",
    "OUT": "out",
}


def begins(command: str, with_one_of: Iterable[str]) -> str | None:
    """The entry that ``command`` is or, where the entry ends in a space, begins with; the longest of several."""
    fitting = [
        entry for entry in with_one_of if command == entry or (entry.endswith(" ") and command.startswith(entry))
    ]
    return max(fitting, key=len, default=None)
