"""A line between client and server that can be cut: both ends get a reset, as when a router forgets the connection."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading

_RESET = struct.pack("ii", 1, 0)  # close at once, with a reset
_WATCH_SECONDS = 0.05


class Line:
    """Carries one connection from `port` to the server's port until it is cut."""

    def __init__(self, server_port: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._server_port = server_port
        self._is_cut = threading.Event()
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """Nothing passes any more, and both ends are told so."""
        self._is_cut.set()
        self._thread.join()

    def _carry(self) -> None:
        with self._listener:
            if not self._comes(self._listener):
                return
            client, _ = self._listener.accept()
        server = socket.create_connection(("127.0.0.1", self._server_port))
        with client, server, contextlib.suppress(OSError):
            other = {client: server, server: client}
            while not self._is_cut.is_set():
                for one in select.select(list(other), [], [], _WATCH_SECONDS)[0]:
                    if not (data := one.recv(65536)):
                        return
                    other[one].sendall(data)
            for one in other:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)

    def _comes(self, listener: socket.socket) -> bool:
        while not self._is_cut.is_set():
            if select.select([listener], [], [], _WATCH_SECONDS)[0]:
                return True
        return False
