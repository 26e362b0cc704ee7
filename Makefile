# The newcomer's commands. Everything runs in .venv, built from the hashed lock files.
.DEFAULT_GOAL := help
PYTHON ?= python3.11
VENV := .venv
RUN := $(VENV)/bin
PIP := $(RUN)/python -m pip install --quiet --disable-pip-version-check --no-deps
WORKSPACE ?= workspace
PORT ?= 8000
MESSAGES := DJANGO_SETTINGS_MODULE=verband.workbench.settings ../../$(RUN)/python -m django
SPARK := $(if $(shell command -v java 2>/dev/null),$(VENV)/spark)
DUTCH := src/verband/workbench/locale/nl/LC_MESSAGES/django.po

.PHONY: help demo open test check bench docs lock translations coverage-of-requirements

help: ## show the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 28

demo: $(VENV)/run ## the whole line on the embedded public data, ending with a report
	@$(RUN)/verband demo --workspace $(WORKSPACE)

open: $(VENV)/run ## open the application on the demo workspace (PORT=8001 for another port)
	@$(RUN)/verband serve --workspace $(WORKSPACE) --port $(PORT)

test: $(VENV)/dev $(SPARK) ## the tests, on SQLite and DuckDB and, where they are found, on PostgreSQL and Spark
	@$(RUN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
	@$(RUN)/python -m tests.on_postgresql -m "not spark" tests/contract tests/rooms/response/test_race.py

check: $(VENV)/dev ## style, types, import directions
	@$(RUN)/ruff check .
	@$(RUN)/ruff format --check .
	@$(RUN)/mypy
	@$(RUN)/lint-imports

bench: $(VENV)/dev ## every benchmark, peers in the same run
	@for name in ingest connect_null connect_plant connect_power connect_scale connect_engines attribution same_incident same_actor known_campaigns weighing cascade response_rates; do $(RUN)/python -m benchmarks $$name || exit 1; done

docs: $(VENV)/dev ## write docs/reference from the code
	@$(RUN)/python -m docs.reference

coverage-of-requirements: $(VENV)/dev ## which requirements have no test
	@$(RUN)/python -m tests.requirements

lock: ## renew the lock files (needs uv)
	uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --extra build pyproject.toml -o requirements/run.txt
	uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --extra build --extra dev --extra bench --extra fast pyproject.toml -o requirements/dev.txt
	uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --extra spark --constraint requirements/dev.txt pyproject.toml -o requirements/spark.txt

translations: $(VENV)/dev ## collect the texts and compile the translations (needs GNU gettext)
	@cd src/verband && $(MESSAGES) makemessages --locale nl --no-obsolete --no-location --ignore 'static/*'
	@sed -E -i.before '/^"(POT-Creation-Date|Report-Msgid-Bugs-To):/d' $(DUTCH) && rm $(DUTCH).before
	@cd src/verband && $(MESSAGES) compilemessages --locale nl

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not here; name another with make PYTHON=..."; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing packages into $(VENV) ..."
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing packages for tests into $(VENV) ..."
	@$(PIP) --require-hashes -r requirements/dev.txt
	@$(PIP) --no-build-isolation --editable .
	@touch $@ $(VENV)/run

$(VENV)/spark: requirements/spark.txt | $(VENV)/dev
	@echo "Installing Spark into $(VENV) ..."
	@$(PIP) --no-build-isolation --require-hashes -r requirements/spark.txt
	@touch $@
