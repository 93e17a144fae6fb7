"""One notebook in JupyterLab: open, run, look for errors, find its panels."""

from pathlib import Path
from urllib.parse import quote, urlsplit

from .lab_server import PATIENCE
from .panel_page import MORE, PANEL, PanelPage
from .settled import settled, unveiled

NOTEBOOK = "jupyterapp.shell.currentWidget"
KERNEL = f"{NOTEBOOK}.sessionContext.session.kernel"
OPENED = f"""path => window.jupyterapp && {NOTEBOOK}?.context?.path === path
    && {KERNEL.replace(".", "?.")}?.status === 'idle'"""
KERNEL_IDLE = f"{KERNEL}.status === 'idle'"
# what is under a folded heading is not visible, and nothing that is not visible can be used
UNFOLD = f"""async () => {{
    await jupyterapp.commands.execute('notebook:expand-all-headings');
    document.querySelectorAll('{MORE}').forEach(more => more.click());
}}"""

# `unanswered` holds the widget messages whose callbacks still run in the kernel, `asked` counts
# all. A reply counts
# when JupyterLab has handled it (iopubMessage), that is after the widgets show their new values.
WATCH_MESSAGES = f"""() => {{
    window.unanswered = new Set();
    window.asked = 0;
    {KERNEL}.anyMessage.connect((_, {{ msg, direction }}) => {{
        if (direction !== 'send' || msg.header.msg_type !== 'comm_msg') return;
        unanswered.add(msg.header.msg_id);
        asked += 1;
    }});
    {KERNEL}.iopubMessage.connect((_, msg) => {{
        if (msg.header.msg_type === 'status' && msg.content.execution_state === 'idle')
            unanswered.delete(msg.parent_header.msg_id);
        window.dispatchEvent(new Event('answered'));
    }});
}}"""

OPEN = "path => { jupyterapp.commands.execute('docmanager:open', { path }); }"
OUTPUTS = f"""[...{NOTEBOOK}.content.model.cells].flatMap((cell, number) =>
    (cell.type === 'code' ? cell.outputs.toJSON() : []).map(output => ({{ number, ...output }})))"""
ERRORS = f"""{OUTPUTS}.filter(output => output.output_type === 'error')
    .map(output => `cell ${{output.number + 1}}: ${{output.ename}}: ${{output.evalue}}`)"""

# a widget comes into the page only when its model has arrived, some time after its cell has ended
WIDGETS_SHOWN = f"""{OUTPUTS}
    .filter(output => output.data?.['application/vnd.jupyter.widget-view+json']).length
    <= document.querySelectorAll('.jp-OutputArea-output > .jupyter-widgets').length"""

START_CELL = f"""async source => {{
    const cells = {NOTEBOOK}.content;
    const run = command => jupyterapp.commands.execute('notebook:' + command);
    cells.activeCellIndex = cells.widgets.length - 1;
    await run('insert-cell-below');
    cells.activeCell.model.sharedModel.setSource(source);
    window.cellRuns = true;
    run('run-cell').then(() => {{ window.cellRuns = false; }});
}}"""

DELETE_LAST_CELL = f"""async () => {{
    {NOTEBOOK}.content.activeCellIndex = {NOTEBOOK}.content.widgets.length - 1;
    await jupyterapp.commands.execute('notebook:delete-cell');
}}"""
# Without the question whether to save it. That the kernel is gone takes a second.
CLOSE = f"""async wait => {{
    const notebook = window.jupyterapp && {NOTEBOOK};
    const session = notebook?.sessionContext?.session?.id;
    notebook?.dispose();
    if (!session) return;
    const gone = jupyterapp.serviceManager.sessions.shutdown(session).catch(() => {{}});
    if (wait) await gone;
}}"""

# not scrollHeight: that counts the empty space below the last cell
CELLS_HEIGHT = f"""() => {{
    const cells = {NOTEBOOK}.content.widgets.map(cell => cell.node.getBoundingClientRect());
    return cells.at(-1).bottom - cells[0].top;
}}"""


def new_window(browser):
    """An empty page, as large as a window on a desk."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(1000 * PATIENCE)
    return context.new_page()


class NotebookPage:
    """A notebook at `path` (relative to the lab's root), in a browser window of its own or in
    `window`, where JupyterLab is loaded once for one notebook after the other.
    """

    def __init__(self, browser, lab_url: str, path: str, window=None):
        self.name, self.path = Path(path).stem, path
        # a workspace each: the default one would reopen the notebook of the test before
        self.url = f"{lab_url}/lab/workspaces/{quote(self.name)}/tree/{quote(path)}?reset"
        self._own = window is None
        self.page = window or new_window(browser)
        self.page_errors: list[str] = []
        self.requests: list[str] = []
        self.closed = False
        self._heard = {
            "pageerror": lambda error: self.page_errors.append(str(error)),
            "console": self._keep_console_error,
            "request": lambda request: self.requests.append(request.url),
            "websocket": lambda socket: self.requests.append(socket.url),
        }
        for event, hear in self._heard.items():
            self.page.on(event, hear)

    def _keep_console_error(self, message) -> None:
        if message.type == "error":
            self.page_errors.append(f"{message.text} ({message.location.get('url')})")

    def open(self, timeout: float = PATIENCE) -> None:
        """Open the notebook and wait until its kernel is idle."""
        if self.page.url == "about:blank":
            self.page.goto(self.url)
        else:
            self.page.evaluate(OPEN, self.path)
        self.wait_for(OPENED, timeout, self.path)
        self.page.evaluate(WATCH_MESSAGES)

    def run_all(self, timeout: float = PATIENCE) -> None:
        """Run every cell; return when the last has ended and all panels show their pictures."""
        self.start_all()
        self.wait_for_all(timeout)

    def unfold_and_unveil(self) -> list[bool]:
        """Let all pictures and controls be seen; of each picture that was veiled whether it could
        be seen before.
        """
        self.page.evaluate(UNFOLD)
        return unveiled(self.page).veiled

    def start_all(self) -> None:
        """Start to run every cell and return at once."""
        self.page.evaluate(
            "() => { window.allRun = false;"
            " jupyterapp.commands.execute('notebook:run-all-cells')"
            ".then(() => { window.allRun = true; }); }"
        )

    def wait_for_all(self, timeout: float = PATIENCE) -> None:
        """Wait until the last cell has ended and all panels show their pictures."""
        self.wait_for("window.allRun", timeout)
        self.wait_for(KERNEL_IDLE, timeout)
        self._wait_for_widgets(timeout)

    def _wait_for_widgets(self, timeout):
        self.wait_for(WIDGETS_SHOWN, timeout)
        settled(self.page)

    def start_cell(self, source: str) -> None:
        """Run `source` in a new last cell and return at once."""
        self.page.evaluate(START_CELL, source)

    def cell_runs(self) -> bool:
        return self.page.evaluate("window.cellRuns")

    def wait_for_cell(self, timeout: float = PATIENCE) -> None:
        """Wait until the cell has ended and what it shows is in the page."""
        self.wait_for("!window.cellRuns", timeout)
        self._wait_for_widgets(timeout)

    def run_cell(self, source: str) -> None:
        """Run `source` in a new last cell, which stays."""
        self.start_cell(source)
        self.wait_for_cell()

    def delete_last_cell(self) -> None:
        """Take back what start_cell has added."""
        self.page.evaluate(DELETE_LAST_CELL)

    def wait_for(self, condition: str, timeout: float, argument=None) -> None:
        """Wait until the JavaScript `condition` holds, `timeout` in seconds."""
        # not at every frame, as without `polling`: that takes the core on which the kernel works
        limits = {"timeout": 1000 * timeout, "polling": 200}
        self.page.wait_for_function(condition, arg=argument, **limits)

    def error_outputs(self) -> list[str]:
        return self.page.evaluate(ERRORS)

    def panels(self) -> list[PanelPage]:
        """Every panel in the page, from top to bottom."""
        return [PanelPage(self.page, root) for root in self.page.locator(PANEL).all()]

    def panel(self, name: str) -> PanelPage:
        """The first panel called `name`."""
        root = self.page.locator(f"{PANEL}-{name}").first
        root.wait_for()
        root.scroll_into_view_if_needed()
        return PanelPage(self.page, root)

    def panel_of_new_cell(self, source: str) -> PanelPage:
        """The panel that `source` shows in a new last cell."""
        self.run_cell(source)
        new = self.page.locator(PANEL).last
        new.scroll_into_view_if_needed()
        return PanelPage(self.page, new)

    def assert_no_page_errors(self) -> None:
        assert not self.page_errors, "\n".join(self.page_errors)

    def assert_offline(self) -> None:
        hosts = {urlsplit(url).hostname for url in self.requests}
        # data: and blob: addresses have no host
        assert hosts <= {"127.0.0.1", None}, f"the page went to {hosts}"

    def screenshot(self, file: Path, whole: bool = False) -> None:
        """Save the window, or with `whole` the notebook from its top to its bottom."""
        if not whole:
            self.page.screenshot(path=file)
            return
        size = self.page.viewport_size
        # the notebook scrolls inside the window, so the window must grow with it
        height = self.page.evaluate(CELLS_HEIGHT) + 150
        self.page.set_viewport_size({**size, "height": min(int(height), 16000)})
        self.page.evaluate(f"{NOTEBOOK}.content.outerNode.scrollTop = 0")
        self.page.screenshot(path=file)
        self.page.set_viewport_size(size)

    def close(self, wait: bool = False) -> None:
        """End the kernel, which frees its memory, and close the notebook; its window if it is its
        own. With `wait` the kernel is gone when this returns.
        """
        if self.closed:
            return
        self.closed = True
        for event, hear in self._heard.items():
            self.page.remove_listener(event, hear)
        self.page.evaluate(CLOSE, wait or self._own)  # who closes the window would cut it short
        if self._own:
            self.page.context.close()
