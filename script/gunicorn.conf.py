"""How gunicorn serves the product: two synchronous workers that never wait for a silent connection.

The application is loaded once, before the workers are forked: the schema is brought up to date and the
demonstration loaded by one process, and a start costs one import instead of three.
"""

from __future__ import annotations

import gc
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from script.modules import kept

if TYPE_CHECKING:
    from gunicorn.arbiter import Arbiter

root = Path(__file__).resolve().parent.parent
address = os.environ.get("BIND", "127.0.0.1")

chdir = str(root)
pythonpath = f"{root}/script"
wsgi_app = "wsgi:application()"
bind = address if ":" in address else f"{address}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WORKERS", "2"))
preload_app = True
timeout = 120
limit_request_line = 8190  # the most gunicorn takes: pages answer what is too long, in French, and not gunicorn
graceful_timeout = 20
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
loglevel = os.environ.get("LOG_LEVEL", "warning")
accesslog = os.environ.get("ACCESS_LOG")
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  # a heartbeat file, unlinked

SILENCE = 10


def when_ready(server: Arbiter) -> None:
    """Say so, let the kernel keep connections until they speak, and look for rubbish less often.

    Browsers open connections ahead of need; a synchronous worker that accepted one would wait for it.
    What was loaded before the fork lives as long as the process: the collector need not walk it, and the
    workers go on sharing its memory. It is not walked even once: it holds some thousand dead objects among a
    million, and to find them takes a tenth of the start.
    """
    kept.keep()
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 20)
    for listener in server.LISTENERS:
        if hasattr(socket, "TCP_DEFER_ACCEPT") and listener.sock.family != socket.AF_UNIX:
            listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 10 * SILENCE)
    ready = os.environ.get("READY_FILE")
    if ready:  # whole at once: whoever waits for it reads it
        said = Path(f"{ready}.new")
        said.write_text("" if server.app.wsgi().config["SETTINGS"].demonstration else "sans démonstration\n", "utf-8")
        said.replace(ready)
