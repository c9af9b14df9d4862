# Everything a fresh machine needs: Python 3.11 or later with venv, and make. Each target sets up
# what it needs; stamps under .setup/ keep the second run from installing, or asking for, anything.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .setup
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# What `make ingest` reads and where it leaves the dataset.
PATHS = $(wildcard samples/*.pdf) $(if $(shell find samples/originals -iname '*.pdf' -print -quit 2>/dev/null),samples/originals)
OUT = out
# What `make faults` injects.
SEED = 1
COUNT = 120

.PHONY: help install ocr ingest test lint samples faults picture bench lock clean

help: ## list the targets
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

install: $(STAMPS)/run ## set up .venv with the command .venv/bin/cuadra

ocr: $(STAMPS)/ocr ## install what reads scanned pages: ocrmypdf, Tesseract with Spanish

ingest: $(STAMPS)/run ## read the samples into OUT=out and audit them (PATHS="a.pdf folder")
	$(BIN)/cuadra ingest $(PATHS) --out $(OUT)

test: $(STAMPS)/dev $(STAMPS)/browser $(STAMPS)/tesseract ## run the tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(STAMPS)/dev ## check style, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

samples: $(STAMPS)/all $(STAMPS)/typesetters ## build the sample PDFs again from their text
	$(BIN)/python samples/build.py

faults: $(STAMPS)/dev ## inject COUNT=120 faults (SEED=1), one at a time, and count those found
	$(BIN)/python tools/faults.py --seed $(SEED) --count $(COUNT)
	$(BIN)/python tools/faults_prose.py

picture: $(STAMPS)/dev $(STAMPS)/browser ## draw the README's picture of the report again
	$(BIN)/python tools/picture_report.py

bench: $(STAMPS)/all $(STAMPS)/tesseract ## measure accuracy and time beside its peers
	@for question in bench/*.py; do $(BIN)/python $$question; done

lock: ## write the lock files anew from pyproject.toml
	@throwaway=$$(mktemp -d); trap 'rm -rf "$$throwaway"' EXIT; \
	$(PYTHON) -m venv "$$throwaway" && "$$throwaway/bin/pip" install --quiet uv && \
	PATH="$$throwaway/bin:$$PATH" tools/lock

clean: ## remove what the targets made: environment, stamps, caches and out/
	rm -rf $(VENV) $(STAMPS) out .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Not a stamp: an environment that somebody removed is made and filled again.
$(BIN)/python:
	tools/make-venv $(PYTHON) $(VENV)

$(STAMPS)/run: $(BIN)/python locks/run.txt pyproject.toml
	$(PIP_INSTALL) --require-hashes -r locks/run.txt
	$(PIP_INSTALL) --no-build-isolation --no-deps -e .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/ocr: $(STAMPS)/run $(STAMPS)/tesseract locks/ocr.txt
	$(PIP_INSTALL) --require-hashes -r locks/ocr.txt
	@touch $@

$(STAMPS)/dev: $(STAMPS)/run locks/dev.txt
	$(PIP_INSTALL) --require-hashes -r locks/dev.txt
	@touch $@

$(STAMPS)/all: $(STAMPS)/dev locks/all.txt
	$(PIP_INSTALL) --require-hashes -r locks/all.txt
	@touch $@

# The tests open the report in a browser and read scans; neither is needed to run the program.
$(STAMPS)/browser:
	tools/need chromium=chromium /usr/share/fonts/truetype/dejavu=fonts-dejavu-core
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/tesseract:
	tools/need tesseract=tesseract-ocr gs=ghostscript \
	  /usr/share/tesseract-ocr/5/tessdata/spa.traineddata=tesseract-ocr-spa
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/typesetters:
	tools/need chromium=chromium lowriter=libreoffice-writer pdftoppm=poppler-utils \
	  /usr/share/fonts/truetype/liberation=fonts-liberation \
	  /usr/share/fonts/truetype/dejavu=fonts-dejavu-core
	@mkdir -p $(STAMPS) && touch $@
