# Two commands matter: `make demo` and `make test`. Each installs all that it needs on a fresh Debian machine with Python 3.11.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# Three on two cores: a fifth of a test is waiting for the database or the browser.
WORKERS ?= 3
TWO = $(MAKE) --no-print-directory --output-sync=target -j 2

# Each of the many commands that the tests start would otherwise translate the whole program anew, on a machine that is
# set to keep nothing of what Python translates.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test provider audit audit-in-a-build lint types imports collect compiled tests histories bench reference screenshots lock clean

demo: .venv/ready ## Load the made-up county, print the address and the sign-ins, serve until stopped
	tools/service-account
	$(BIN)/keyworker demo

test: .venv/bin/python ## Lint, types, import contract and every test; two things at a time, for much of it is waiting
	$(TWO) .venv/ready .venv/debian
	tools/service-account
	$(TWO) collect provider lint imports compiled
	$(MAKE) --no-print-directory -j 3 types tests audit-in-a-build

provider:
	tools/identity-provider

audit-in-a-build:
	$(BIN)/python tools/audit.py --in-a-build

audit: .venv/ready ## Ask the public list of faults about every pinned library; it ends badly where it cannot be asked
	$(BIN)/python tools/audit.py

lint:
	$(BIN)/ruff check src tests benchmarks tools
	$(BIN)/ruff format --check src tests benchmarks tools

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports

# So that what the tests import is translated once, before several at a time would each do it.
collect:
	$(BIN)/pytest --collect-only -qq -n 0 >.venv/collected || { tail -40 .venv/collected; exit 1; }

# So that each function that counts is compiled once, before several at a time would each compile it.
compiled:
	$(BIN)/python -m tests.measures.compiled_first

tests:
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup

histories: .venv/ready ## Clocks on ten thousand random lives, every measure on many random histories, on every engine, and every command and list file as every role
	KEYWORKER_LIVES=10000 $(BIN)/pytest -q -n 0 tests/clocks/test_clocks_reference.py
	KEYWORKER_HISTORIES=25 $(BIN)/pytest -q -n 0 tests/cli/test_cli_crawl.py tests/measures/test_measures_every_definition.py tests/measures/test_measures_kernel.py
	KEYWORKER_STRUCTURES=300 $(BIN)/pytest -q -n 0 tests/measures/test_measures_subtracted.py
	KEYWORKER_HISTORIES=1 $(BIN)/pytest -q -n 0 tests/web/test_web_crawl.py -k no_list_and_no_count

test-spark: .venv/ready ## Every case of the measures on a Spark cluster of two workers; leaves nothing running
	tools/spark-environment
	$(BIN)/pytest -n 0 -q -o addopts="-ra --strict-markers --strict-config" --timeout 900 tests/spark

bench: .venv/ready ## The heavy benchmarks; each appends to benchmarks/ledger.jsonl
	for one in load facts county methods councils access looking finding pages interface working; do $(BIN)/python -m benchmarks.$$one || exit 1; done

reference: .venv/ready ## Write the generated pages of docs/reference again
	$(BIN)/python -m keyworker.vocabulary.reference
	$(BIN)/python -m keyworker.clocks.reference
	$(BIN)/python -m keyworker.web.api.reference

screenshots: .venv/ready .venv/debian ## Take the manual's pictures from the browser tests
	KEYWORKER_SCREENSHOTS=1 $(BIN)/pytest -q tests/browser

lock: ## Pin every library again, with hashes
	$(BIN)/pip install uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock --python-version 3.11
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra spark -c requirements.lock --generate-hashes --no-emit-index-url --no-header -q -o requirements-spark.lock --python-version 3.11
	echo pip-audit | $(BIN)/uv pip compile - --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o tools/audit.lock --python-version 3.11

.venv/bin/python:
	tools/python-environment "$(PYTHON)"

.venv/ready: requirements.lock pyproject.toml | .venv/bin/python
	tools/python-libraries
	touch $@

.venv/debian: tools/debian-packages | .venv/bin/python
	tools/debian-packages
	touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
