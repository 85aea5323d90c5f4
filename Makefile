# Everything from a bare checkout: only Python >= 3.11 and make are needed.

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: soak mutants help demo test check bench install format transitions clean

VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 3
ROOMS := bot casework usecases messages storage pictures delivery handlers scheduler web simulator
CODE := $(ROOMS) docs $(wildcard tests benchmarks)

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

demo: $(VENV)/.program ## try everything in the browser, no token needed
	@$(BIN)/xunchaqun demo $(ARGS)

# Many processes import the same code: each would compile it for itself.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/.tools ## run all tests
	$(BIN)/pytest -n $(JOBS) --dist worksteal $(ARGS)

check: $(VENV)/.tools ## lint, format, types, layers, budgets, documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports
	$(BIN)/pytest -n $(JOBS) tests/architecture

soak: $(VENV)/.tools ## play a simulated month, kill and cut the power many times (ARGS="kills power")
	@$(BIN)/python -m tests.soak $(ARGS)

mutants: $(VENV)/.tools ## plant bugs in a copy, one by one: some test must notice each
	@$(BIN)/python -m tests.mutants $(ARGS)

bench: $(VENV)/.tools ## measure the speed against floors and peers
	$(BIN)/python -m benchmarks

install: $(VENV)/.program ## only install, into .venv

format: $(VENV)/.tools ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

transitions: $(VENV)/.tools ## write docs/transitions.md and docs/permissions.md from their tables
	$(BIN)/python -m docs.make_transitions
	$(BIN)/python -m docs.make_permissions

clean: ## remove the environment and all caches
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# The environment. `.program` is what `demo` needs; `.tools` adds what `test` and `check` need.
$(VENV)/.program: pyproject.toml | $(BIN)/python
	@echo "Installing xunchaqun into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.tools: pyproject.toml | $(BIN)/python
	@echo "Installing xunchaqun and its tools into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[postgres,test]'
	@touch $(VENV)/.program $@

# The first Python >= 3.11 that really starts; PYTHON=… chooses another one.
$(BIN)/python:
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
	    if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        found=$$python; break; \
	    fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "Python 3.11 or newer is needed and was not found." >&2; \
	    echo "Install it (Debian, Ubuntu: apt install python3 python3-venv), then try again." >&2; \
	    exit 1; \
	fi; \
	if ! $$found -c 'import venv, ensurepip' 2>/dev/null; then \
	    echo "$$found has no venv module." >&2; \
	    echo "Install it (Debian, Ubuntu: apt install python3-venv), then try again." >&2; \
	    exit 1; \
	fi; \
	echo "Making $(VENV) with $$($$found --version) …"; \
	$$found -m venv $(VENV)
