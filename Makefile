PYTHON ?= python3
BIN := .venv/bin
# The numbers in the lessons are those of a CPU; this also spares a line on stderr where a GPU is present.
export JAX_PLATFORMS ?= cpu
# What XLA has compiled is kept: the next kernel opens a lesson in half the time and with less memory.
export JAX_COMPILATION_CACHE_DIR ?= $(CURDIR)/.venv/compiled
export JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS ?= 0.1

.PHONY: install lab test test-fast lint test-newest edges notebooks site moving-picture bench grid clean

# Flags for JupyterLab: make lab ARGS="--no-browser --port 8890". It installs, too, but refuses root first.
lab:
	@$(PYTHON) -m tools.lab $(ARGS)

test: install
	@$(BIN)/python -m tools.check

# Between edits: the package without what trains, and no browser.
test-fast: install
	@$(BIN)/python -m tools.check fast

# Rules, format and types; make lint ARGS=--fix mends what ruff can.
lint: install
	@$(BIN)/python -m tools.lint $(ARGS)

# The notebooks with the newest Python that starts here, in an environment of its own.
test-newest:
	@$(PYTHON) -m tools.newest

# Which stored numbers would change if each weight did by a millionth.
edges: install
	@$(BIN)/python -m tests.notebooks.edges $(ARGS)

notebooks: install
	$(BIN)/python -m lessons.pages.store_outputs notebooks/*.ipynb

# The lessons as plain pages, whose main sliders move without a kernel.
site: install
	$(BIN)/python -m lessons.pages site notebooks/*.ipynb

# The picture at the top of the README: a panel in JupyterLab whose slider is dragged.
moving-picture: install
	@$(BIN)/python -m tools.moving_picture

bench: install
	$(BIN)/python -m benchmarks

# Lesson 6's results: the cells that the stored file lacks. Interrupt it at any time; the next run goes on.
grid: install
	$(BIN)/python -m reproduce.grid

clean:
	-$(PYTHON) -m lessons.pages.place site
	rm -rf .venv .venv-newest .pytest_cache build *.egg-info tests/browser/failures
	find . -name __pycache__ -prune -exec rm -rf {} +
	find . -name .ipynb_checkpoints -prune -exec rm -rf {} +

# Does nothing if .venv fits. A script decides, for a date does not tell that the checkout was moved or copied.
install:
	@$(PYTHON) -m tools.install
