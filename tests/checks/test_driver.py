"""What runs in a student's process for a classifier, called here on small models."""

import pytest
import torch
from torch import nn

from autograder.checks.classify import driver


@pytest.fixture(autouse=True)
def one_thread():
    """Models of this size wait for threads longer than they compute."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


class Two(nn.Module):
    """Sixteen numbers to three logits; ``kept`` is what a student stores beside its layers."""

    def __init__(self, **kept):
        super().__init__()
        self.a, self.b = nn.Linear(16, 24), nn.Linear(24, 3)
        for name, value in kept.items():
            setattr(self, name, value)

    def forward(self, x):
        return self.b(self.a(x).relu())


X, Y = torch.randn(12, 16, generator=torch.Generator().manual_seed(0)), torch.arange(12) % 3
WEIGHTS = 16 * 24 + 24 + 24 * 3 + 3


def built(given, seed=0):
    names = {"C": given}
    return names, driver.build(names, "C", X[:2], seed, "cpu")


def forward(function):
    """A class whose forward is ``function(model, x)``."""
    return type("Other", (Two,), {"forward": function})


def test_a_new_model_says_what_it_is_made_of():
    _, said = built(Two)
    assert said == {"device": "cpu", "parameters": WEIGHTS, "loose": [], "elsewhere": [], "alike": []}
    assert built(lambda: "text")[1] == {"found": "str"}


def test_the_seed_decides_how_a_model_begins():
    first, second, other = (built(Two, seed)[0][driver.STATE]["model"].a.weight for seed in (1, 1, 2))
    assert torch.equal(first, second)
    assert not torch.equal(first, other)


def test_a_module_itself_is_copied_for_each_training():
    model = Two()
    names, _ = built(model)
    driver.nudge(names, 0)
    assert not torch.equal(names[driver.STATE]["model"].a.weight, model.a.weight)


def test_what_begins_alike_is_named():
    def alike():
        model = Two()
        nn.init.constant_(model.b.weight, 0.1)
        return model

    assert built(alike)[1]["alike"] == ["b.weight"]


def test_layers_that_pytorch_does_not_see_are_named():
    kept = {
        "layers": [nn.ReLU(), nn.Linear(2, 2)],
        "named": {"a": nn.Linear(2, 2)},
        "pair": (1, nn.Parameter(torch.zeros(1))),
    }
    assert built(lambda: Two(**kept))[1]["loose"] == ["layers", "named", "pair"]
    harmless = {"sizes": [1, 2], "activations": [nn.ReLU()], "_cache": [nn.Linear(2, 2)], "one": nn.ReLU()}
    assert built(lambda: Two(**harmless))[1]["loose"] == []


def test_a_lazy_layer_gets_its_size_from_an_example():
    assert built(lambda: nn.Sequential(nn.LazyLinear(3)))[1]["parameters"] == 16 * 3 + 3


def test_bytes_are_numbers_from_0_to_1():
    names, _ = built(lambda: Two().double())
    assert driver.placed(names, torch.tensor([[0, 51, 255]], dtype=torch.uint8)).tolist() == [[0.0, 0.2, 1.0]]
    assert driver.placed(names, torch.tensor([[0.0, 51.0]])).tolist() == [[0.0, 51.0]]
    assert driver.placed(names, X).dtype is torch.float64


def test_every_weight_that_learns_is_moved_a_little():
    model = Two()
    model.b.weight.requires_grad_(False)
    names, _ = built(model)
    driver.nudge(names, 0)
    moved = {
        name: (p - dict(model.named_parameters())[name]).detach()
        for name, p in names[driver.STATE]["model"].named_parameters()
    }
    assert float(moved["b.weight"].abs().max()) == 0
    assert 0.01 < float(moved["a.weight"].std()) < 0.03


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda m, x: m.b(m.a(x)), {"floating": True, "changed": False}),
        (lambda m, x: m.b(m.a(x.mul_(2))), {"floating": True, "changed": True}),
        (lambda m, x: m.b(m.a(x)).argmax(1), {"floating": False, "changed": False}),
        (lambda m, x: [x.add_(1)], {"found": "list", "changed": True}),
        (lambda m, x: [x], {"found": "list", "changed": False}),
    ],
)
def test_what_forward_returns_and_whether_it_changes_what_it_gets(call, said):
    names, _ = built(forward(call))
    found = driver.outputs(names, X, 0)
    found.pop("out", None)
    assert found == said


def test_after_eval_nothing_is_dropped_and_the_seed_is_set():
    names, _ = built(forward(lambda m, x: nn.functional.dropout(m.b(m.a(x)), 0.5, m.training)))
    assert torch.equal(driver.outputs(names, X, 1)["out"], driver.outputs(names, X, 2)["out"])
    noisy, _ = built(forward(lambda m, x: m.b(m.a(x)) + torch.randn(3)))
    first, second, other = (driver.outputs(noisy, X, seed)["out"] for seed in (1, 1, 2))
    assert torch.equal(first, second)
    assert not torch.equal(first, other)


def test_examples_are_flattened_on_demand():
    names, _ = built(Two)
    assert driver.outputs(names, X.reshape(12, 4, 4), 0, flat=True)["out"].shape == (12, 3)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Two, {"made": [], "cut": [], "frozen": []}),
        (forward(lambda m, x: m.b(m.a(x).detach())), {"cut": ["a.weight", "a.bias"], "frozen": []}),
        (forward(lambda m, x: m.b(torch.no_grad()(m.a)(x))), {"cut": ["a.weight", "a.bias"], "frozen": ["a.weight", "a.bias"]}),
        (forward(lambda m, x: m.b(nn.LayerNorm(24)(m.a(x)))), {"made": [str(nn.LayerNorm(24))]}),
        (lambda: Two(unused=nn.Linear(2, 2)), {"cut": [], "frozen": []}),  # what is not used need not learn
    ],
)  # fmt: skip
def test_which_layers_no_gradient_reaches_and_which_are_made_anew(given, said):
    names, _ = built(given)
    found = driver.layers(names, X, Y, 0)
    assert {key: found[key] for key in said} == said
    model = names[driver.STATE]["model"]
    assert not any(module._forward_pre_hooks or module._forward_hooks for module in model.modules())


def test_a_layer_whose_weights_are_not_asked_for_a_gradient_is_frozen():
    def frozen():
        model = Two()
        model.a.requires_grad_(False)
        return model

    found = driver.layers(built(frozen)[0], X, Y, 0)
    assert found["cut"] == found["frozen"] == ["a.weight", "a.bias"]


def test_looking_whether_a_weight_matters_leaves_it_as_it_was():
    names, _ = built(Two)
    model = names[driver.STATE]["model"].eval()
    before = [p.detach().clone() for p in model.parameters()]
    assert all(driver.matters(names, X, p, 0) for p in model.parameters())
    assert all(torch.equal(p, q) for p, q in zip(model.parameters(), before, strict=True))
    spare = nn.Parameter(torch.ones(2))
    assert not driver.matters(names, X, spare, 0)


@pytest.mark.parametrize(
    ("norm", "batch"), [(nn.BatchNorm1d(16), False), (nn.BatchNorm1d(16, track_running_stats=False), True)]
)
def test_a_normalisation_without_running_statistics_reads_the_batch(norm, batch):
    assert driver.statistics(built(lambda: nn.Sequential(norm, nn.Linear(16, 3)))[0]) == {"batch": batch}


# ------------------------------------------------------------------ training


def trained(steps, *, seed=0, optimizer="Adam", rate=1e-2, given=Two, parts=1):
    names, _ = built(given)
    assert driver.begin(names, seed, optimizer, rate) == {}
    losses = torch.cat([driver.train(names, X, Y, steps // parts, 4)["losses"] for _ in range(parts)])
    return losses, names[driver.STATE]


def test_a_training_is_the_same_for_the_same_seed_and_goes_on_where_it_was():
    losses, _ = trained(20)
    assert len(losses) == 20
    assert losses.dtype is torch.float64
    assert torch.equal(losses, trained(20)[0])
    assert torch.equal(losses, trained(20, parts=2)[0])
    assert not torch.equal(losses, trained(20, seed=1)[0])


def test_a_training_makes_the_loss_smaller_as_fast_as_the_rate_says():
    losses, _ = trained(200)
    assert float(losses[-20:].mean()) < 0.3 * float(losses[:20].mean())
    slow, _ = trained(200, rate=1e-6)
    assert float(slow[-20:].mean()) > 0.9 * float(slow[:20].mean())


@pytest.mark.parametrize(
    ("optimizer", "given", "fused"),
    [("Adam", Two, True), ("Adam", lambda: Two().double(), None), ("SGD", Two, None)],
)
def test_the_optimiser_is_the_asked_one(optimizer, given, fused):
    _, state = trained(1, optimizer=optimizer, given=given)
    assert type(state["optimiser"]).__name__ == optimizer
    assert state["optimiser"].defaults["fused"] is fused
    assert state["optimiser"].defaults["lr"] == 1e-2


def test_a_training_stops_where_the_loss_is_not_finite():
    losses, _ = trained(9, given=forward(lambda m, x: m.b(m.a(x)) * float("inf")))
    assert len(losses) == 1
    assert not torch.isfinite(losses[0])


# ------------------------------------------------------------------ why it does not learn


def test_which_numbers_of_an_example_the_output_depends_on():
    names, _ = built(forward(lambda m, x: m.b(m.a(torch.cat([x[:, :4], 0 * x[:, 4:]], 1)))))
    assert driver.seen(names, X)["seen"].tolist() == [1.0] * 4 + [0.0] * 12
    state = torch.random.get_rng_state()
    driver.seen(names, X)
    assert torch.equal(torch.random.get_rng_state(), state)


def test_how_much_each_layer_passes_on_and_the_size_of_its_gradients():
    names, _ = built(Two)
    found = driver.inside(names, X, Y)
    assert found["widths"].tolist() == [24.0, 3.0]
    model = names[driver.STATE]["model"]
    loss = nn.functional.cross_entropy(model(X), Y)
    expected = [float(g.norm()) for g in torch.autograd.grad(loss, [model.a.weight, model.b.weight])]
    assert found["slopes"].tolist() == pytest.approx(expected)
    assert not any(module._forward_hooks for module in model.modules())


def test_where_nothing_learns_no_gradient_arrives():
    out, weight = torch.ones(2, 3), nn.Parameter(torch.ones(3))
    assert driver.gradients(out, torch.tensor([0, 1]), [weight]) == [0.0]
    assert driver.gradients(weight * out, torch.tensor([0, 1]), [weight, torch.ones(2)])[1] == 0.0
