"""How gunicorn serves the portal: two processes with four threads each suit two cores (measured, see README)."""

import gc
import os
from importlib import import_module
from pathlib import Path

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
wsgi_app = "enamnd.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = 4
timeout = 120  # a protocol of a hundred pages is printed well within it
graceful_timeout = 20
control_socket_disable = True
loglevel = "warning"  # requests are logged by the portal itself, with who and which
if Path("/dev/shm").is_dir():  # noqa: S108
    worker_tmp_dir = "/dev/shm"  # noqa: S108  a disk that stalls must not stop the heartbeat


def post_worker_init(worker):
    """Load every page's code before the first visitor asks, and spare visitors the search of all of it for garbage.

    A search through everything that a worker has loaded stops all its threads for a tenth of a second or more.
    """
    import_module("enamnd.urls")
    import_module("enamnd.documents.signing.embedded")  # a second that the first signer need not wait
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
