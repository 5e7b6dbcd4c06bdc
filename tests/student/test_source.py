"""What a cell's source means: magics are neutralised in their place, and the quick part defines without computing."""

import ast

import pytest

from autograder.student.inside import source

LINES = [
    ("%matplotlib inline", "pass"),
    ("!pip install torch", "pass"),
    ("    !ls -l", None),
    ("torch.nn.Linear?", "pass"),
    ("?print", "pass"),
    ("%time x = f(3)", "x = f(3)"),
    ("files = !ls", "files = None"),
    ("x = %sql select", "x = None"),
]


@pytest.mark.parametrize(("line", "python"), [(a, b) for a, b in LINES if b])
def test_a_line_of_ipython_becomes_python_in_its_place(line, python):
    assert source.python(f"a = 1\n{line}\nb = 2") == f"a = 1\n{python}\nb = 2"


def test_magic_inside_a_block_keeps_its_indentation():
    assert source.python("if True:\n    !ls -l\n    %timeit f()\nx = 1") == "if True:\n    pass\n    f()\nx = 1"


def test_a_continued_shell_line_goes_as_a_whole():
    assert source.python("!pip install \\\n  torch\nx = 1") == "pass\n\nx = 1"


@pytest.mark.parametrize("text", ["a = (7\n% 4)", 's = """\n!ls\n%time\n"""', "x = 1  # %time !ls ?", "a = b != c"])
def test_python_that_only_looks_like_magic_is_left_alone(text):
    assert source.python(text) == text


@pytest.mark.parametrize("magic", ["%%time", "%%timeit -n 1", "%%capture out"])
def test_a_cell_magic_around_python_leaves_its_body(magic):
    assert source.python(f"{magic}\nx = 1") == "\nx = 1"


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile a.py", "%%javascript", "%%"])
def test_a_cell_of_another_language_is_no_python(magic):
    assert source.python(f"\n{magic}\nrm -rf /") is None


def test_a_real_syntax_error_stays():
    with pytest.raises(SyntaxError):
        ast.parse(source.python("def f(:\n  pass") or "")


def quick(text: str, own: set[str] = frozenset()) -> str:
    tree = ast.parse(text)
    return ast.unparse(ast.Module(source.quick(tree.body, set(own) | source.bound_names(tree)), []))


@pytest.mark.parametrize(
    "text",
    [
        "import torch\nfrom torch import nn",
        "def f(x):\n    return train(x)",
        "class VAE(nn.Module):\n    pass",
        "EPS = 1e-08",
        "device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')",
        "bce = nn.BCELoss(reduction='sum')",
        "torch.set_default_dtype(torch.float64)",
        "try:\n    import tqdm\nexcept ImportError:\n    tqdm = None",
        "if torch.cuda.is_available():\n    device = 'cuda'\nelse:\n    device = 'cpu'",
    ],
)
def test_the_quick_part_keeps_what_defines(text):
    assert quick(text) == ast.unparse(ast.parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "for i in range(10):\n    step()",
        "while True:\n    pass",
        "def train():\n    ...\nlosses = train()",
        "model = VAE()\nhistory = model.fit(data)",
        "with torch.no_grad():\n    x = 1",
        "print('hello')",
        "import os\nos._exit(1)",
        "if __name__ == '__main__':\n    main()",
    ],
)
def test_the_quick_part_leaves_out_what_computes(text):
    kept = quick(text, {"VAE"})
    assert not any(word in kept for word in ("range", "while", "losses", "fit", "with", "print", "_exit", "main()"))
