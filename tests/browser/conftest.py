"""Fixtures: one JupyterLab and one Chromium for the whole session, pages as tests ask for them."""

import os
import shutil
from pathlib import Path

import nbformat
import pytest

from .lab_server import LabServer
from .notebook_page import NotebookPage, new_window
from .panel_heights import panel_heights

HERE = Path(__file__).parent
# another folder of notebooks, to try the harness itself
NOTEBOOKS = Path(os.environ.get("BROWSER_NOTEBOOKS") or HERE.parents[1] / "notebooks")
LESSONS = sorted(file.stem for file in NOTEBOOKS.glob("*.ipynb"))
FIRST_LESSON = next((name for name in LESSONS if name.startswith("1_")), LESSONS[0])
FAILURES = HERE / "failures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# The same engine without windows of its own, whose pages take a tenth of the check's time.
HEADLESS = "chromium-headless-shell"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-proxy-server",
]
# What the kernel has imported is not looked over again each time that garbage is collected, after
# every cell that has compiled something.
FREEZE = "\nimport gc\ngc.freeze()"
# A kernel that makes no pictures ahead, as on a server with many learners.
ALONE = "import os\nos.environ['LESSONS_AHEAD'] = '0'\n"
COMPARED = "print(lesson.agreement("
LONG = {"test_page_tasks"}
TOUR = "0_tour"
FIRST = {"first_notebook", "first_page"}
OPEN_PAGES = pytest.StashKey[list]()


def pytest_generate_tests(metafunc):
    """Run what asks for a lesson once per lesson, what asks for the first one or the tour with that
    alone.
    """
    asked = set(metafunc.fixturenames)
    if "lesson" in asked:
        chosen = [FIRST_LESSON] if FIRST & asked else [TOUR] if "tour" in asked else LESSONS
        metafunc.parametrize("lesson", chosen, indirect=True, scope="session")


def pytest_xdist_make_scheduler(config, log):
    """With several workers, one gets all tests of a lesson: it opens and compiles once."""
    from xdist.scheduler import LoadScopeScheduling

    class ByLesson(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return lesson_of(nodeid) or super()._split_scope(nodeid)

    config.option.loadscopereorder = False  # the order is that of the next function
    return ByLesson(config, log)


def lesson_of(nodeid: str) -> str | None:
    """The lesson that a test is about."""
    return next((lesson for lesson in LESSONS if lesson in nodeid), None)


def pytest_collection_modifyitems(items):
    """What takes long starts first, so that no worker waits for the others at the end: the first
    lesson, the others, whole files, single tests. In the tour, who runs the cells one by one comes
    before those who want all of them run.
    """

    def turn(item):
        lesson = lesson_of(item.nodeid)
        if lesson:
            return (0 if lesson == FIRST_LESSON else 1), "tour" not in item.fixturenames
        return (2 if item.path.stem in LONG else 3), True

    ours = [place for place, item in enumerate(items) if HERE in item.path.parents]
    in_turn = sorted((items[place] for place in ours), key=turn)
    for place, item in zip(ours, in_turn, strict=True):
        items[place] = item


@pytest.fixture(scope="session")
def lesson(request) -> str:
    """Each lesson's name in turn: pytest sorts the tests by it."""
    return request.param


@pytest.fixture(scope="session")
def chromium_path() -> str:
    for name in (HEADLESS, *BROWSERS):
        if path := shutil.which(name):
            return path
    message = f"no browser found: looked for {', '.join((HEADLESS, *BROWSERS))}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)  # a skip would look like a pass there
    pytest.skip(message)


@pytest.fixture(scope="session")
def browser(chromium_path):
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as runner:
        chromium = runner.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def lab(chromium_path, tmp_path_factory):
    """A running JupyterLab; without a browser there is no point in starting it."""
    server = LabServer(NOTEBOOKS, tmp_path_factory.mktemp("lab"))
    for lesson in LESSONS:
        lighten(server.root / f"{lesson}.ipynb", ahead=lesson == FIRST_LESSON)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()


def lighten(file: Path, ahead: bool) -> None:
    """No panel of the copy trains and no second implementation runs, which the check of the
    notebooks does; test_first_lesson.py looks at a panel that trains. Pictures are made `ahead` in
    one lesson, whose tests ask for it.
    """
    notebook = nbformat.read(file, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in code:
        cell.source = cell.source.replace(".train()", "").replace(COMPARED, "print()  # ")
    code[0].source += FREEZE
    if not ahead:
        code[0].source = ALONE + code[0].source
    nbformat.write(notebook, file)


@pytest.fixture(scope="session")
def lab_window(browser):
    """The window in which JupyterLab is loaded once for all notebooks."""
    page = new_window(browser)
    yield page
    page.context.close()


@pytest.fixture(scope="session")
def open_notebook(lab, browser, lab_window, pytestconfig):
    """A function from a notebook's path, relative to notebooks/, to its NotebookPage."""
    pages = pytestconfig.stash.setdefault(OPEN_PAGES, [])

    def open_page(path: str) -> NotebookPage:
        page = NotebookPage(browser, lab.url, path, lab_window)
        pages.append(page)  # before opening, so that a failure to open leaves a screenshot
        page.open()
        return page

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture(scope="session")
def opened_notebook(open_notebook, lesson):
    """The lesson's notebook, opened once for all tests, with no cell run."""
    page = open_notebook(f"{lesson}.ipynb")
    yield page
    page.close()


@pytest.fixture(scope="session")
def notebook(opened_notebook):
    """The same, all of it run; `sizes` are those of its panels before anything was unfolded,
    `veiled` says of each veiled one whether it could be seen.
    """
    page = opened_notebook
    page.run_all()
    page.sizes = panel_heights(page)
    page.veiled = page.unfold_and_unveil()
    return page


@pytest.fixture(scope="session")
def tour(opened_notebook):
    """The notebook of the tour, with no cell run: the test that asks for it comes first."""
    return opened_notebook


@pytest.fixture(scope="session")
def first_notebook(notebook):
    """The first notebook, opened once with those above: two pages on one notebook would share
    its kernel.
    """
    return notebook


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Leave a screenshot of every open page when a test fails."""
    report = yield
    if report.failed:
        for page in item.config.stash.get(OPEN_PAGES, []):
            if not page.closed:
                FAILURES.mkdir(exist_ok=True)
                page.screenshot(FAILURES / f"{item.name}-{page.name}.png")
    return report
