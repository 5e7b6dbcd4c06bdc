"""Arguments are left alone, and the same input gives the same answer."""

from autograder.checks import leaves_alone, repeats


def test_a_function_passes_both(run, battery):
    for check in (leaves_alone(battery), repeats(battery)):
        assert run(check, "def f(x, y): return x**2 * torch.log(y)") is None


def test_a_change_in_place_keeps_three_quarters(run, battery):
    mistake = run(leaves_alone(battery), "def f(x, y):\n    z = x**2 * torch.log(y)\n    y += 1\n    return z")
    assert (mistake.name, mistake.credit) == ("changes_its_arguments", 0.75)
    assert mistake.message == "f changes its argument y in place; the caller still needs it."
    assert mistake.counterexample.startswith("f(x=")


def test_who_gives_no_answer_earns_nothing_for_changing_nothing(run, battery):
    for body in ("pass", "return 'x'", "return torch.ones(7)", "return torch.full_like(x * y, float('nan'))"):
        for check in (leaves_alone(battery), repeats(battery)):
            mistake = run(check, f"def f(x, y): {body}")
            assert "can be no answer" in mistake.message
            assert mistake.name == ""


def test_a_memory_is_found(run, battery):
    source = "n = 0\ndef f(x, y):\n    global n\n    n += 1\n    return n * x**2 * torch.log(y) + n"
    mistake = run(repeats(battery), source)
    assert " at first and " in mistake.message and mistake.message.startswith("f answers the same input with ")


def test_random_numbers_alone_are_no_memory(run, battery):
    """The generators are seeded from the input before each call."""
    source = "import random\ndef f(x, y): return x * y * torch.rand(()) * random.random() * np.random.rand()"
    assert run(repeats(battery), source) is None
