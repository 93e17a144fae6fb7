"""The server of the browser tests: where a proxy is asked for everything, and where its port is
taken.
"""

import sys

import pytest

from ..browser import lab_server
from .lab_server import LabServer, environment

DEAD = "http://127.0.0.1:9"  # the port of the discard protocol, where nobody listens
NAMES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture
def dead_proxy(monkeypatch):
    """Everything goes through an address that does not answer, 127.0.0.1 too."""
    for name in NAMES:
        monkeypatch.setenv(name, DEAD)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_the_server_is_found_without_the_proxy(lab, dead_proxy):
    assert lab.answers()


def test_server_and_kernels_do_not_hear_of_the_proxy(dead_proxy, tmp_path):
    assert not [name for name in environment(tmp_path) if name.lower().endswith("_proxy")]


# What LabServer needs of a server: it loses its port the first time, and then writes down its
# address and answers.
LOSES_ITS_PORT_ONCE = """
import http.server, json, os, pathlib, sys
if not pathlib.Path("{folder}/tried").exists():
    pathlib.Path("{folder}/tried").touch()
    sys.exit("The port 8888 is already in use.")
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
runtime = pathlib.Path("{folder}/runtime")
runtime.mkdir()
address = {{"url": f"http://127.0.0.1:{{server.server_port}}/"}}
(runtime / f"jpserver-{{os.getpid()}}.json").write_text(json.dumps(address))
server.serve_forever()
"""


@pytest.fixture
def start(monkeypatch, tmp_path):
    """A function from a script to the server that runs it in JupyterLab's place."""
    servers = []

    def started(script):
        (tmp_path / "none").mkdir()
        monkeypatch.setattr(lab_server, "command", lambda root: [sys.executable, "-c", script])
        servers.append(LabServer(tmp_path / "none", tmp_path / "lab"))
        return servers[-1]

    yield started
    for server in servers:
        server.stop()


def test_a_server_that_loses_its_port_starts_again(start, tmp_path):
    server = start(LOSES_ITS_PORT_ONCE.format(folder=tmp_path / "lab"))
    server.wait_until_ready()
    assert server.answers() and server.url.startswith("http://127.0.0.1:")


def test_a_server_that_fails_shows_its_log(start):
    with pytest.raises(RuntimeError, match="did not start:\nno such option"):
        start("import sys; sys.exit('no such option')").wait_until_ready()
