# `make site` builds the demonstration site, `make test` runs every test; both set up what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Without isolation, so that what builds the package is pinned too.
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# Tests run in as many processes as there are processors, those of one file in one; tests/conftest.py has their order.
AT_ONCE := -n auto --dist loadfile --no-loadscope-reorder
# Tests start the tool hundreds of times: what is compiled is kept, wherever this is turned off.
export PYTHONDONTWRITEBYTECODE :=
# What covers most in least time: nine lines in ten.
QUICK ?= tests/sites tests/model tests/read tests/pages tests/edits

.PHONY: help setup setup-test site lint quick check test test-fast test-all accept docs screenshots documents test-long bench bench-large bench-huge bench-resident bench-serve bench-search bench-suggest clean

help:  ## what there is
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "%-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Compiled by all processors at the end: pip takes one for it.
$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "briefing needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(PIP_INSTALL) --no-compile hatchling editables
	$(PIP_INSTALL) --no-compile --no-build-isolation --editable '.[dev]'
	-$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib briefing
	@touch $@

setup: $(VENV)/.installed  ## a virtual environment with the tool and what its tests need

site: setup  ## build the demonstration site into site/
	$(BIN)/briefing build

setup-test: setup
	tests/setup.sh

lint: setup  ## lint, types and import layers
	$(BIN)/ruff check briefing tests
	$(BIN)/ruff format --check --quiet briefing tests
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

quick: setup  ## while working, some ten seconds: lint and the tests that cover most; of other folders with QUICK=tests/link
	$(BIN)/ruff check briefing tests
	$(BIN)/ruff format --check --quiet briefing tests
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -q $(AT_ONCE) --hypothesis-profile quick -m 'not slow and not long' $(QUICK)

# Lint and types need one processor, and not for long: the tests run beside them.
check: setup  ## lint, types, layers and fast tests
	$(MAKE) --jobs 2 --keep-going lint test-fast

test: setup setup-test  ## everything: lint, types, layers, the fast tests and the slow ones
	$(MAKE) --jobs 2 --keep-going lint test-all

test-fast: setup
	$(BIN)/pytest -q $(AT_ONCE) --hypothesis-profile quick -m 'not slow and not long'

test-all: setup
	$(BIN)/pytest -q $(AT_ONCE) -m 'not long'

accept: setup  ## put what is seen in the place of what tests/sites/ and the documents expect
	$(BIN)/pytest -q --accept tests/sites tests/docs

docs: setup  ## write what the documents say of fields, views and commands from the code
	$(BIN)/python -m tests.docs.generate

screenshots: setup setup-test  ## take the pictures of README and of the documents
	$(BIN)/python -m tests.demo.screenshots

documents: setup  ## where the documents are in content/texts/: their quotes, and that no page holds more of them
	$(BIN)/briefing anchor --check --strict
	$(BIN)/python tests/demo/texts.py

test-long: setup  ## the long runs behind docs/reliability.md
	tests/setup.sh --long
	$(BIN)/pytest -q -m long

bench: setup  ## time this tool and others on 1,000 generated articles, about ten minutes
	$(BIN)/python tests/bench/bench.py

bench-large: setup  ## the same, and on 10,000
	$(BIN)/python tests/bench/bench.py 1000 10000

bench-huge: setup  ## this tool alone on 100,000: a clean build and its memory
	$(BIN)/python tests/bench/bench.py --only clean --tools briefing --runs 1 100000

bench-resident: setup  ## a site kept in memory: from an edit to a page that shows it
	$(BIN)/python tests/bench/resident.py

bench-serve: setup  ## `briefing serve`: from a saved file to a browser that shows it, 100 and 10,000 articles
	$(BIN)/python tests/bench/serving.py

bench-search: setup  ## the search: from a query to its first result, in the demonstration and at 40,000 claims
	$(BIN)/python tests/bench/searching.py

bench-suggest: setup  ## how good suggestions are, on articles that people have marked
	$(BIN)/python tests/bench/suggestions.py

clean:  ## remove what make has made, but not site/
	rm -rf $(VENV) .bench node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
