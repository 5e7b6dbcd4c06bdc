# Every target does its own set-up: a virtual environment in .venv with the tested versions.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo demo-basics test test-all check bench figures load redteam fuzz docs clean
.DEFAULT_GOAL := demo

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev,nbgrader,review,dask]"
	$(BIN)/python -m compileall -q -j 0 autograder reference  # else each process compiles them, where bytecode is not kept
	touch $@

demo: .venv/ready   ## grade the bundled class, trainings last, and say which page to open
	$(BIN)/autograder grade generative_models demo/class --out demo-out

demo-basics: .venv/ready   ## the same for the small class on the second sheet
	$(BIN)/autograder grade deep_learning_basics demo/basics --out demo-basics-out

test: .venv/ready   ## what must hold, without the slow suites
	$(BIN)/pytest -m "not slow" -n auto --dist loadfile --no-loadscope-reorder

test-all: .venv/ready   ## the slow suites too
	$(BIN)/pytest

check: .venv/ready   ## lint and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/bench   ## this engine beside nbgrader, otter, plain asserts and the floor: a table, JSON and a page, in 15 minutes
	$(BIN)/python -m benchmarks.versus

figures: .venv/ready   ## whatever else is measured, with the machine it was measured on
	$(BIN)/python -m benchmarks

load: .venv/ready   ## the same class alone and beside eight busy loops: equal bytes
	$(BIN)/python -m benchmarks.load

redteam: .venv/ready   ## the whole attack suite
	$(BIN)/python -m tests.redteam

docs: .venv/docs   ## the documentation as a site, to be read offline: docs/_build/index.html
	$(BIN)/sphinx-build -q -W -b html docs docs/_build

.venv/bench: .venv/ready
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[bench]"
	touch $@

.venv/docs: .venv/ready
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[docs]"
	touch $@

clean:
	rm -rf .venv demo-out demo-basics-out docs/_build build dist *.egg-info
