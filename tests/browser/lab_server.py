"""A JupyterLab of its own: own folders, a port that it finds itself, a copy of the notebooks."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

SETTINGS = {
    # otherwise cells outside the window leave the page and their panels with them
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    # otherwise a tour of news and updates asks the network
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
FOLDERS = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
}
PATIENCE = 600  # seconds after which a test gives up; no shorter time decides anything
# a proxy's 127.0.0.1 is another machine
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class LabServer:
    """JupyterLab over a copy of `notebooks`; everything it writes stays in `folder`."""

    def __init__(self, notebooks: Path, folder: Path):
        self.root = folder / "notebooks"
        ignored = shutil.ignore_patterns(".ipynb_checkpoints")
        shutil.copytree(notebooks, self.root, ignore=ignored)
        write_settings(folder / "settings")
        self.log = folder / "jupyterlab.log"
        self.folder, self.url = folder, None
        self._start()

    def _start(self) -> None:
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command(self.root),
                env=environment(self.folder),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_ready(self, seconds: float = PATIENCE) -> None:
        """Return once the server answers, at `url`; show its log if it does not."""
        deadline = time.monotonic() + seconds
        while not self.answers():
            if self.process.poll() is not None and "already in use" in self.log.read_text():
                self._start()  # another program took the port between finding and taking it
            elif self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"JupyterLab did not start:\n{self.log.read_text()}")
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether the server has written down its address and answers there."""
        runtime = self.folder / FOLDERS["JUPYTER_RUNTIME_DIR"]
        try:
            file = runtime / f"jpserver-{self.process.pid}.json"
            self.url = json.loads(file.read_text())["url"].rstrip("/")
            with DIRECTLY.open(f"{self.url}/api", timeout=PATIENCE) as response:
                return response.status == 200
        except (OSError, json.JSONDecodeError):  # no file yet, half a file, nobody there
            return False

    def stop(self) -> None:
        """End the server; SIGTERM lets it end its kernels first."""
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def environment(folder: Path) -> dict[str, str]:
    """That of this process, but folders of its own, and no proxy: all is on one machine."""
    own = {name: str(folder / place) for name, place in FOLDERS.items()}
    direct = {name: value for name, value in os.environ.items() if not is_proxy(name)}
    return direct | own | {"JAX_PLATFORMS": "cpu"}


def is_proxy(name: str) -> bool:
    return name.lower().endswith("_proxy")


def command(root: Path) -> list[str]:
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": 0,  # any that is free
        "ServerApp.root_dir": root,
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,  # containers of continuous integration run as root
        "IdentityProvider.token": "",  # reachable from this machine only
        "LabApp.expose_app_in_browser": True,  # gives the page window.jupyterapp
        "LabApp.news_url": None,
        "LabApp.extension_manager": "readonly",  # the other one lists packages from PyPI
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "jupyterlab", *flags]


def write_settings(folder: Path) -> None:
    for plugin, settings in SETTINGS.items():
        file = folder / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings))
