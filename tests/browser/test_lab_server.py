"""The server of the browser tests, where a proxy is asked for everything."""

import pytest

from .lab_server import environment

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
