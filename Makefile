# `make run` and `make test` do all set-up themselves; nothing else is needed than Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# Set-up leaves the compiling to the first import, which is to be the only one, also where this variable is set, as it is
# in many containers: each start of a program would take two seconds longer.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test quick lint types speed calibration faults endurance mutants coverage lock registry published reference clean help

help:  ## say what there is
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/'

run: $(READY)  ## set up, do the main job, print the leaderboard and where the page lies
	$(BIN)/pollbench run

test: $(READY)  ## set up, run all tests
	$(BIN)/python -m pytest -n auto --dist loadfile

quick: $(READY)  ## what to run between two edits: formulas, rules of the house, tests of the changed files
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not browser and not slow" $$($(BIN)/python tests/quick.py)

lint: $(READY)  ## lint and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  ## types
	$(BIN)/mypy

speed: $(READY)  ## every figure of speed with its goal and its machine; LONG=1 measures the long ones too, KEEP=1 keeps them, SCRIPTS="..." some
	$(BIN)/python benchmark/speed/report.py $(if $(LONG),--long) $(if $(KEEP),--keep) $(SCRIPTS)

registry: $(READY)  ## register the checksums of the data files, after a change that is meant
	$(BIN)/python -m pollbench.data.checksums

published: $(READY)  ## write the score tables as cited, after a change that is meant
	$(BIN)/pollbench check --write

reference: $(READY)  ## write the generated tables of the README and the data dictionary
	$(BIN)/python benchmark/tools/reference_pages.py
	$(BIN)/pollbench chart error-by-forecaster --locale en --format svg --width 760 --output dashboards/error_by_forecaster.svg

calibration: $(READY)  ## re-run the simulations that the inferences rest on
	$(BIN)/python benchmark/calibration/run_calibrations.py

faults: $(READY)  ## kill the program at random moments, feed it mutated files, plant the mistakes of a careful clerk
	$(BIN)/python benchmark/faults/kill.py $(or $(TRIES),25) $(if $(KEEP),--keep)
	$(BIN)/python benchmark/faults/mutate.py $(or $(CASES),10000) $(if $(KEEP),--keep)
	$(BIN)/python benchmark/faults/plant.py $(or $(PLACES),5) $(if $(KEEP),--keep)

endurance: $(READY)  ## every figure of kills, mutated files, planted mistakes, mutants, coverage and same bytes, with its goal and its machine
	$(BIN)/python benchmark/faults/measured.py

mutants: $(READY)  ## change one operator, constant or statement of the formulas at a time, and see whether a test notices
	$(BIN)/python benchmark/faults/mutants.py $(ROOM) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(RECORD),--record $(RECORD)) $(if $(KEEP),--keep)

coverage: $(READY)  ## which lines and branches the tests reach, those in the browser left out
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not browser" --cov --cov-report=term:skip-covered --cov-report=json:.coverage.json
	$(if $(KEEP),$(BIN)/python benchmark/faults/measured.py --coverage .coverage.json)
	@echo "$$($(BIN)/python --version), $$(uname -sm), $$(nproc) processors"

lock: $(READY)  ## resolve the dependencies anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --all-extras --constraint constraints.txt pyproject.toml -o requirements.lock

clean:  ## remove the environment and all output
	rm -rf $(VENV) output dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The stamp is made last, so that an interrupted set-up is done again. Python compiles what is imported when it is first
# imported: most of what is installed never is.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "PollBench needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --no-build-isolation --editable .
	@touch $(READY)
