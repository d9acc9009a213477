# make demo   index the sample pages and search them
# make test   every check that CI runs, against the built wheel
# make check  the quick ones, while writing
# make bench  speed beside other engines, half an hour
# PYTHON=python3.12 chooses the interpreter; each target sets up what it needs by itself.

PYTHON ?= python3
VENV := .venv
TEST_VENV := .venv-test
DEMO := build/demo.idx
PIP := -m pip --disable-pip-version-check --quiet

.PHONY: demo test check format bench clean python wheel

demo: python
	test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python $(PIP) install .
	rm -rf $(DEMO)
	$(VENV)/bin/searcher index sample_corpus --archive $(DEMO)
	$(VENV)/bin/searcher search --archive $(DEMO) --limit 3 river flood
	$(VENV)/bin/searcher search --archive $(DEMO) --limit 3 --sort newest 'people:"Mara Ellison" council'

test: wheel
	$(TEST_VENV)/bin/ruff format --check .
	$(TEST_VENV)/bin/ruff check .
	$(TEST_VENV)/bin/mypy
	$(TEST_VENV)/bin/lint-imports
	TESTS_RUN_ON_WHEEL=1 $(TEST_VENV)/bin/pytest --doctest-modules --pyargs index searcher
	TESTS_RUN_ON_WHEEL=1 $(TEST_VENV)/bin/pytest tests

# The tests run on the wheel, not on the work tree, so that what is not packaged is missed.
wheel: python
	test -x $(TEST_VENV)/bin/python || $(PYTHON) -m venv $(TEST_VENV)
	rm -rf build/wheel
	$(TEST_VENV)/bin/python $(PIP) wheel --no-deps --wheel-dir build/wheel .
	$(TEST_VENV)/bin/python $(PIP) install "$$(ls build/wheel/*.whl)[dev]"
	$(TEST_VENV)/bin/python $(PIP) install --force-reinstall --no-deps build/wheel/*.whl

check: $(TEST_VENV)
	$(TEST_VENV)/bin/ruff format --check .
	$(TEST_VENV)/bin/ruff check .
	$(TEST_VENV)/bin/mypy
	$(TEST_VENV)/bin/lint-imports

format: $(TEST_VENV)
	$(TEST_VENV)/bin/ruff format .
	$(TEST_VENV)/bin/ruff check --fix .

bench: wheel
	$(TEST_VENV)/bin/python $(PIP) install "$$(ls build/wheel/*.whl)[bench]"
	OPENBLAS_NUM_THREADS=1 $(TEST_VENV)/bin/python tests/benchmarks/bench_engine.py
	$(TEST_VENV)/bin/python tests/benchmarks/bench_pipeline.py

$(TEST_VENV): wheel

python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one with: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'

clean:
	rm -rf build dist $(VENV) $(TEST_VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
