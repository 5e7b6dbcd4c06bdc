"""A grader as most are: the student's code, the oracle and the result in one process. Only attacks are run with it.

python naive.py PROGRAM RESULTS COMPARISON
"""

import json
import pickle
import sys
from pathlib import Path

import torch

program, results, comparison = sys.argv[1:]


def reference(x):
    return (x**2).mean()


def compare(value, expected):
    match comparison:
        case "==":
            return bool(value == expected)
        case "abs":
            return bool(abs(value - expected) < 1e-6)
        case "abs all":
            return bool((abs(value - expected) < 1e-6).all())
        case "not greater":
            return not abs(value - expected) > 1e-6
        case "pickle":
            return bool(torch.allclose(pickle.loads(pickle.dumps(value)), expected))
    return bool(torch.allclose(value, expected))


def main():
    Path(results).with_suffix(".ready").touch()  # on a busy machine, importing torch takes as long as hanging
    namespace = {"__name__": "student"}
    exec(compile(Path(program).read_text(encoding="utf-8"), "student", "exec"), namespace)
    if "attack" in namespace:
        claim = namespace["attack"]()
        Path(results).write_text(json.dumps({"score": 1.0 if claim else 0.0}))
        return
    scores = []
    for seed in range(3):
        x = torch.randn(4, generator=torch.Generator().manual_seed(seed))
        try:
            value = namespace["mean_square"](x)
            expected = reference(x)
            scores.append(float(compare(value, expected)))
        except Exception as error:
            print(f"{type(error).__name__}: {error}")
            scores.append(0.0)
    with open(results, "w") as file:
        json.dump({"score": sum(scores) / len(scores)}, file)


main()
