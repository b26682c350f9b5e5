# SPDX-License-Identifier: Apache-2.0
# What one does with a checkout. Every target sets up what it needs; Python 3.11 and make are enough to begin.
PYTHON ?= python3
POLICY ?= baby-device
BIN := .venv/bin

.PHONY: help setup setup-dev demo test test-long check mutants bench

help:            ## Say what one can do.
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1|\2/' | column -t -s '|'

setup:           ## Leave .venv/bin/upheld ready to run.
	@$(PYTHON) dev/bootstrap.py run

setup-dev:       ## The same, with what the tests and checks need.
	@$(PYTHON) dev/bootstrap.py dev

demo: setup      ## Run a policy with simulated people: make demo POLICY=family-website
	@$(BIN)/upheld demo $(POLICY)

test: setup-dev  ## Run the suite, on SQLite and on PostgreSQL where one is reachable.
	@$(BIN)/python dev/suite.py

test-long: setup-dev ## Kills, years, mutants and fuzzing.
	@$(BIN)/python dev/suite.py --long

check: setup-dev ## Lint, strict types, import contracts, migrations and translations complete.
	@$(BIN)/python dev/check.py

mutants: setup-dev ## Take each claimed control out; every claim on it must fail.
	@$(BIN)/python dev/mutants.py

bench: setup-dev ## Measure; figures go to benchmarks/results.
	@$(BIN)/python -m pytest benchmarks -q --benchmark-only --benchmark-disable-gc
