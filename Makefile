# Two commands: `make demo` shows what HFS-KG does, `make test` runs every check.
# They need Python 3.11 or later and make. Everything else goes into .venv, pinned by constraints.txt.

PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
HFSKG := $(PY) -m hfskg

# An environment that was made in another folder is made again: it would run the other folder's code.
ifneq "$(shell cat .venv/made-in 2>/dev/null)" "$(CURDIR)"
.venv/made-in: moved
endif

.DELETE_ON_ERROR:
.PHONY: demo test lint types ontology-check unit moved clean help

help:
	@echo "make demo   build the seeds into build/, validate, export, and ask three questions"
	@echo "make test   lint, types and all tests (the ontology's among them; make ontology-check runs those alone)"
	@echo "make clean  remove the environment and what was built"

.venv/made-in:
	@if [ -z "$(PYTHON)" ]; then echo "HFS-KG needs Python 3.11 or later; none was found (name one: make PYTHON=/path/to/python)." >&2; exit 2; fi
	@echo "Making the environment in .venv with $(PYTHON) ..."
	@"$(PYTHON)" -m venv --clear .venv || { echo "Python's venv module is missing (on Debian: apt-get install python3-venv)." >&2; exit 2; }
	@printf '%s\n' "$(CURDIR)" > $@

.venv/demo-installed: .venv/made-in constraints.txt pyproject.toml
	@echo "Installing what the demo needs ..."
	@$(PIP) install --constraint constraints.txt hatchling editables setuptools wheel
	@$(PIP) install --constraint constraints.txt --no-build-isolation --editable .
	@touch $@

.venv/test-installed: .venv/demo-installed
	@echo "Installing what the tests need ..."
	@$(PIP) install --constraint constraints.txt --no-build-isolation --editable '.[test,ontology]'
	@touch $@

demo: .venv/demo-installed
	@$(HFSKG) build seeds/ --out build/
	@$(HFSKG) validate build/
	@$(HFSKG) export build/ --format turtle --output build.ttl
	@$(HFSKG) query cases --graph build/ --format table
	@$(HFSKG) query interleukin-1-inhibitors --graph build/ --format table
	@$(HFSKG) query ferritin-before-after --graph build/ --format table

test: lint types unit

lint: .venv/test-installed
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

types: .venv/test-installed
	@$(PY) -m mypy

ontology-check: .venv/test-installed
	@$(PY) -m pytest -q tests/test_ontology.py

unit: .venv/test-installed
	@$(PY) -m pytest -n 2 -q

clean:
	rm -rf .venv build build.ttl dist .mypy_cache .ruff_cache .pytest_cache
