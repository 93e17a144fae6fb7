"""Run by every kernel whose IPYTHONDIR is tests/notebooks/offline: a lesson must work with no
network.
"""

import socket


def _guard(connect):
    def guarded(self, address):
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            # Not an OSError, which code that falls back to a download's copy would swallow.
            raise RuntimeError(f"a lesson must work offline, but connects to {address}")
        return connect(self, address)

    return guarded


socket.socket.connect = _guard(socket.socket.connect)
socket.socket.connect_ex = _guard(socket.socket.connect_ex)
