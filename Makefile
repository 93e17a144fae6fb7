PYTHON ?= python3
BIN := .venv/bin
# The numbers in the lessons are those of a CPU; this also spares a line on stderr where a GPU is present.
export JAX_PLATFORMS ?= cpu
# What XLA has compiled is kept: the next kernel opens a lesson in half the time and with less memory.
export JAX_COMPILATION_CACHE_DIR ?= $(CURDIR)/.venv/compiled
export JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS ?= 0.1

.PHONY: lab test notebooks site bench grid clean

# The root is this folder, so that the file browser reaches lessons/ as well.
lab: .venv/.installed
	$(BIN)/jupyter lab --ServerApp.ip=127.0.0.1 --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks

# loadscope: a panel is built once for all its tests, and the cells of one notebook must land on one kernel.
test: .venv/.installed
	$(BIN)/pytest -n2 --dist loadscope --ignore=tests/browser tests
	IPYTHONDIR=$(CURDIR)/tests/notebooks/offline $(BIN)/pytest --nbval --nbval-current-env --nbval-cell-timeout=300 -n2 --dist loadscope notebooks
	$(BIN)/pytest -n2 tests/browser

notebooks: .venv/.installed
	$(BIN)/python -m lessons.pages.store_outputs notebooks/*.ipynb

# The lessons as plain pages, whose main sliders move without a kernel.
site: .venv/.installed
	$(BIN)/python -m lessons.pages site notebooks/*.ipynb

bench: .venv/.installed
	$(BIN)/python -m benchmarks

# Lesson 6's results: the cells that the stored file lacks. Interrupt it at any time; the next run goes on.
grid: .venv/.installed
	$(BIN)/python -m reproduce.grid

clean:
	-$(PYTHON) -m lessons.pages.place site
	rm -rf .venv .pytest_cache build *.egg-info tests/browser/failures
	find . -name __pycache__ -prune -exec rm -rf {} +
	find . -name .ipynb_checkpoints -prune -exec rm -rf {} +

.venv/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "These lessons need Python 3.11 or later, and $(PYTHON) is " + sys.version.split()[0] + "; name another with make PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -c constraints.txt -e '.[test]'
	touch $@
