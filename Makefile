.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/bash

PYTHON ?= python3
export PYTHON
python := .venv/bin/python
lock_options := --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-header
# Passed on to pytest: make test ARGS="-k counter"
ARGS ?=

.PHONY: help
help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: .setup-run .compress ## Serve the demo site at http://127.0.0.1:8000 (HOST, PORT)
	@SECOND_WIND_MODE=demo exec $(python) app.py

.PHONY: run-many
run-many: .setup-dev .test-tools .compress ## Serve the demo site from two app processes behind nginx and pgbouncer (PORT)
	@exec $(python) -m scripts.many

.PHONY: test
test: .setup-dev .test-tools .compress ## Run every test, browser and PostgreSQL included (ARGS for pytest)
	@$(python) -m pytest -n 3 --maxschedchunk 2 $(ARGS)

.PHONY: lint
lint: .setup-dev ## Check format, style and types
	@$(python) -m ruff format --check --quiet . || { echo "To format: make format"; exit 1; }
	@$(python) -m ruff check --quiet .
	@$(python) -m mypy

.PHONY: format
format: .setup-dev ## Format the code and put imports in order
	@$(python) -m ruff check --quiet --fix-only .
	@$(python) -m ruff format .

.PHONY: check
check: lint ## Lint, types, every test, every branch covered
	@$(MAKE) test ARGS="--cov $(ARGS)"

.PHONY: attacks
attacks: .setup-dev .test-tools ## Attack the figures, and keep what the attacks find (wellbeing/proof.json)
	@$(python) -m pytest tests/attacks -n 2 --maxschedchunk 2 --keep-findings $(ARGS)

.PHONY: drills
drills: .setup-dev .test-tools ## Kill whatever changes a site at random moments (DRILLS of each, 200 if not said; takes an hour or more)
	@DRILLS=$${DRILLS:-200} $(python) -m pytest tests/faults/test_drills.py -n 2 --maxschedchunk 1 -rP $(ARGS)

.PHONY: test-install
test-install: .setup-run ## Try the installer in a clean Debian (needs root; makes one in a folder of its own)
	@scripts/test-install.sh

.PHONY: bench
bench: .setup-dev .compress ## Run the benchmarks; figures go to bench/results.json
	@$(python) -m bench $(ARGS)

.PHONY: judges
judges: .setup-dev ## Let outside tools judge what is published (downloads them; JUDGES_DATA=FILE)
	@$(python) -m judges $(ARGS)

.PHONY: screenshots
screenshots: .setup-dev .test-tools .compress ## Take the README's screenshots into docs/screenshots
	@$(python) -m scripts.screenshots

.PHONY: translations
translations: .setup-run ## Bring the Spanish texts up to date with the code, and say what lacks one
	@$(python) -m scripts.translations

.PHONY: vendor
vendor: .setup-run ## Fetch the vendored scripts, styles and fonts again (maintainers; needs npm)
	@$(python) -m scripts.vendor

.PHONY: lock
lock: .setup-dev ## Pin the newest dependencies that requirements*.in allow (maintainers)
	@$(python) -m uv pip compile $(lock_options) requirements.in -o requirements.txt
	@$(python) -m uv pip compile $(lock_options) requirements-dev.in -o requirements-dev.txt
	@cd judges && for judge in */requirements.in; do \
		../$(python) -m uv pip compile $(lock_options) $$judge -o $${judge%.in}.txt || exit 1; done

.PHONY: clean
clean: ## Remove what make made, except instance/ (the site's data)
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis htmlcov .coverage .coverage.* test-results build
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find static -type f \( -name '*.br' -o -name '*.gz' \) -delete 2>/dev/null || true

.PHONY: .setup-run .setup-dev .test-tools .compress
.setup-run:
	@scripts/setup.sh run

.setup-dev:
	@scripts/setup.sh dev

.test-tools: .setup-dev
	@scripts/test-tools.sh

# WhiteNoise serves a compressed copy when there is one, so a copy must never be older than its original.
.compress: .setup-run
	@$(python) -m scripts.compress
