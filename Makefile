# What a newcomer needs is `make run`; `make test` and `make check` prove that it works.
PYTHON ?= python3
PY := .venv/bin/python
export PYTHONPATH := site:.

# --- Running --------------------------------------------------------------------------------
.PHONY: setup run stop

setup: ## the virtual environment, exactly as locked
	@$(PYTHON) -m dev.environment

run: ## everything on http://127.0.0.1:8000 (PORT= changes it); Ctrl-C ends it
	@$(PYTHON) -m dev.run

stop: ## end a run from another terminal, with the embedded servers
	@test ! -x $(PY) || $(PY) -m dev.stack stop

# --- Proving --------------------------------------------------------------------------------
.PHONY: test browser stack promises trust bench check fmt lint types floors migrations templates messages baseline lock ci run-check

test: setup ## everything but the browser and the campaign, in parallel
	@$(PY) -m pytest -n auto --dist loadgroup

browser: setup ## the site in Debian's Chromium: journeys, accessibility, console
	@$(PY) -m pytest tests/browser -m browser -n auto --dist loadfile

promises: setup ## what the help page promises, one test for each question
	@$(PY) -m pytest tests/promises -v -n 0

trust: setup ## the campaign of checks: make trust [ID=T12] [SEED=7] [ROUNDS=1000]
	@rm -f trust-report.json
	@SEED=$(or $(SEED),1) $(PY) -m pytest tests/trust -m "trust" -n 0 -p no:randomly --show-capture=no $(if $(ID),--check $(ID))

bench: setup ## our public reads next to a bare Django view
	@$(PY) -m tests.bench

check: setup lint types floors migrations templates ## all that reads the code without running it
	@$(PY) -m dev.messages --check

fmt: ## write the code as ruff likes it
	@$(PY) -m ruff check --fix -q . ; $(PY) -m ruff format -q .

lint:
	@$(PY) -m ruff format --check . && $(PY) -m ruff check .

types:
	@$(PY) -m mypy core accounts notifications newsletter upkeep teams pets finance payments support blog editorial faq legal commerce booking home api dev site/dijivet

floors:
	@.venv/bin/lint-imports

migrations:
	@eval "$$($(PY) -m dev.servers env)" && $(PY) manage.py makemigrations --check --dry-run

templates:
	@$(PY) -m djlint --lint --quiet templates

messages: ## collect texts for translation and compile them
	@$(PY) -m dev.messages
	@$(PY) -m dev.vendor_messages

baseline: ## write the file anew from which empty databases of development are filled
	@$(PY) -m dev.baseline

lock: ## pin and hash what requirements*.txt ask for
	@.venv/bin/uv pip compile -q requirements.txt --python-version 3.11 --universal --generate-hashes -o requirements.lock --custom-compile-command "make lock"
	@.venv/bin/uv pip compile -q requirements-dev.txt --python-version 3.11 --universal --generate-hashes -o requirements-dev.lock --custom-compile-command "make lock"

ci: check test browser trust run-check ## all of it, as on the build machine

run-check: ## make run on a clean clone, killed, started again, stopped
	@bash dev/check_run.sh
